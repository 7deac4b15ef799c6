import { redacted } from "@duologue/core";
import type { ServerEvent, ServerEventOf } from "@duologue/protocol";
import type { ConversationState, PartAudio } from "../state.ts";
import type { Handlers } from "./handler.ts";
import { inputEvents } from "./input-events.ts";
import { itemEvents } from "./item-events.ts";
import { findItem } from "./items.ts";
import { mcpEvents } from "./mcp-events.ts";
import { defaultRate, reported, withAudio } from "./playback.ts";
import { responseEvents } from "./response-events.ts";
import { activeResponse, findResponse } from "./responses.ts";
import { withTurn } from "./turn.ts";

/** What each server event means for the conversation. */
export const serverEvents = {
  ...itemEvents,
  ...inputEvents,
  ...responseEvents,
  ...mcpEvents,
  "session.created": (state, { session }) => configured(state, session),
  "session.updated": (state, { session }) => configured(state, session),
  "rate_limits.updated": (state, { rate_limits }) => ({ ...state, rateLimits: rate_limits }),
  error: (state, { error }) => {
    const { asked } = state.turn;
    if (asked === null) return state;
    const busy = error.code === "conversation_already_has_active_response";
    const ours = error.event_id != null && error.event_id === asked;
    // A server that names no command can still mean only the request that is on its way.
    if (!ours && !(busy && error.event_id == null)) return state;
    // Lost to a response that the server made by itself: what we wanted is wanted again once that one is over.
    if (!busy) return withTurn(state, { asked: null });
    // A response runs of which we were not told; its end is going to be.
    const serverAnswers = state.turn.serverAnswers || activeResponse(state) === undefined;
    return withTurn(state, { asked: null, wanted: "program", serverAnswers });
  },
  "output_audio_buffer.started": (state, event) => played(state, event, "playing"),
  "output_audio_buffer.stopped": (state, event) => played(state, event, "finished"),
  "output_audio_buffer.cleared": (state, event) => played(state, event, "flushed"),
} satisfies Handlers<ServerEvent["type"]>;

function configured(
  state: ConversationState,
  session: ServerEventOf<"session.created">["session"],
): ConversationState {
  const clean = redacted(session);
  return JSON.stringify(clean) === JSON.stringify(state.session) ? state : { ...state, session: clean };
}

/** Moves the sound of a response's messages, where the server plays it. */
function played(
  state: ConversationState,
  { response_id }: { readonly response_id?: string },
  playback: PartAudio["playback"],
): ConversationState {
  const response = response_id === undefined ? undefined : findResponse(state, response_id);
  if (response === undefined) return state;
  return response.itemIds.reduce((next, id) => {
    const item = findItem(next, id);
    if (item?.type !== "message") return next;
    return item.content.reduce(
      (changed, part, index) =>
        part.type === "output_audio"
          ? withAudio(changed, id, index, defaultRate, (audio) => reported(audio, playback, audio.heardMs))
          : changed,
      next,
    );
  }, state);
}
