import type { XaiServerEvent } from "@duologue/protocol/dialects";
import type { ConversationState } from "../state.ts";
import { transcribed } from "./item-events.ts";
import { readText } from "./readable.ts";
import { withFields } from "./with-fields.ts";

type DialectEvent = Exclude<XaiServerEvent, { readonly type: "ping" }>;

/** What the events of other services mean, where the protocol has none that says the same. */
export const dialectEvents: {
  readonly [K in DialectEvent["type"]]: (
    state: ConversationState,
    event: Extract<DialectEvent, { readonly type: K }>,
  ) => ConversationState;
} = {
  // Everything that was understood so far, words before included: it replaces and never appends.
  "conversation.item.input_audio_transcription.updated": (state, event) =>
    transcribed(state, event.item_id, event.content_index, (part) => {
      if (part.transcription === "completed") return part;
      return withFields(part, { transcript: readText(event.transcript), transcription: "in_progress" });
    }),
};
