import { redacted } from "@duologue/core";
import type { ServerEvent, ServerEventOf } from "@duologue/protocol";
import type { ConversationState } from "../state.ts";
import { greeted } from "./echoes.ts";
import type { Handlers } from "./handler.ts";
import { detectionChanged, inputEvents } from "./input-events.ts";
import { itemEvents } from "./item-events.ts";
import { bufferMoved, cutRefused } from "./ledger.ts";
import { mcpEvents } from "./mcp-events.ts";
import { isAlike, readObject } from "./readable.ts";
import { requestRefused } from "./request-answers.ts";
import { responseEvents } from "./response-events.ts";
import { withFields } from "./with-fields.ts";

/** What each server event means for the conversation. */
export const serverEvents = {
  ...itemEvents,
  ...inputEvents,
  ...responseEvents,
  ...mcpEvents,
  "session.created": (state, { session, event_id }) => greeted(configured(state, session), event_id),
  "session.updated": (state, { session }) => configured(state, session),
  "rate_limits.updated": (state, { rate_limits }) => {
    const rateLimits = rate_limits.filter((limit) => readObject(limit) !== undefined);
    return withFields(state, { rateLimits });
  },
  error: (state, event) => cutRefused(requestRefused(state, event), event),
  "output_audio_buffer.started": (state, event) => bufferMoved(state, event, "playing"),
  "output_audio_buffer.stopped": (state, event) => bufferMoved(state, event, "finished"),
  "output_audio_buffer.cleared": (state, event) => bufferMoved(state, event, "flushed"),
} satisfies Handlers<ServerEvent["type"]>;

function configured(
  state: ConversationState,
  session: ServerEventOf<"session.created">["session"],
): ConversationState {
  const clean = redacted(readObject(session) ?? state.session);
  return isAlike(clean, state.session) ? state : detectionChanged({ ...state, session: clean });
}
