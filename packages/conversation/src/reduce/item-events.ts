import type { Item } from "@duologue/protocol";
import type { ConversationState, InputAudioPart } from "../state.ts";
import { emptyInputAudio, withPart } from "./content.ts";
import type { Handlers } from "./handler.ts";
import { deleteItem, placeItem, reviveItem, updateMessage, upsertItem } from "./items.ts";
import { defaultRate, receivedMs, withAudio } from "./playback.ts";
import { itemLike, mergeWireItem, pendingMessage } from "./wire-item.ts";

/** Items of the default conversation: their coming, their place, their end. */
export const itemEvents: Handlers<
  | "conversation.created"
  | "conversation.item.added"
  | "conversation.item.created"
  | "conversation.item.done"
  | "conversation.item.retrieved"
  | "conversation.item.deleted"
  | "conversation.item.truncated"
  | "conversation.item.input_audio_transcription.delta"
  | "conversation.item.input_audio_transcription.completed"
  | "conversation.item.input_audio_transcription.failed"
  | "conversation.item.input_audio_transcription.segment"
> = {
  "conversation.created": (state) => state,
  "conversation.item.added": (state, { item, previous_item_id }) =>
    described(reviveItem(state, item.id), item, false, previous_item_id),
  "conversation.item.created": (state, { item, previous_item_id }) =>
    described(reviveItem(state, item.id), item, false, previous_item_id),
  // A null here says nothing about the place: only the first mention of an item decides it.
  "conversation.item.done": (state, { item, previous_item_id }) =>
    described(state, item, true, previous_item_id ?? undefined),
  "conversation.item.retrieved": (state, { item }) => described(state, item, false, undefined),
  "conversation.item.deleted": (state, { item_id }) => deleteItem(state, item_id),

  "conversation.item.truncated": (state, { item_id, content_index, audio_end_ms }) =>
    withAudio(state, item_id, content_index, defaultRate, (audio) => {
      const ours = audio.receivedBytes > 0;
      if (audio.truncatedAtMs === audio_end_ms) return audio;
      // Where the server plays, its cut is the only report of what was heard.
      return ours
        ? { ...audio, truncatedAtMs: audio_end_ms, heardMs: Math.min(audio.heardMs, receivedMs(audio)) }
        : { ...audio, truncatedAtMs: audio_end_ms, heardMs: audio_end_ms, playback: "flushed" };
    }),

  "conversation.item.input_audio_transcription.delta": (state, { item_id, content_index, delta }) =>
    transcribed(state, item_id, content_index, (part) =>
      part.transcription === "completed" || !delta
        ? part
        : { ...part, transcription: "in_progress", transcript: part.transcript + delta },
    ),
  "conversation.item.input_audio_transcription.completed": (state, event) =>
    transcribed(state, event.item_id, event.content_index, (part) =>
      part.transcription === "completed" && part.transcript === event.transcript
        ? part
        : {
            type: "input_audio",
            transcript: event.transcript,
            transcription: "completed",
            ...(event.usage == null ? {} : { usage: event.usage }),
          },
    ),
  "conversation.item.input_audio_transcription.failed": (state, { item_id, content_index, error }) =>
    transcribed(state, item_id, content_index, (part) =>
      part.transcription === "failed" || part.transcription === "completed"
        ? part
        : { ...part, transcription: "failed", error: error?.message ?? error?.code ?? "unknown" },
    ),
  // Segments repeat, with speakers, what `completed` brings whole.
  "conversation.item.input_audio_transcription.segment": (state) => state,
};

function described(
  state: ConversationState,
  wire: Item,
  final: boolean,
  previous: string | null | undefined,
): ConversationState {
  const { id } = wire;
  if (typeof id !== "string" || id === "") return state;
  const known = upsertItem(
    state,
    id,
    () => itemLike(id, wire),
    (item) => mergeWireItem(item, wire, final),
  );
  return placeItem(known, id, previous);
}

function transcribed(
  state: ConversationState,
  itemId: string,
  contentIndex: number | undefined,
  change: (part: InputAudioPart) => InputAudioPart,
): ConversationState {
  const known = upsertItem(state, itemId, () => pendingMessage(itemId, "user"));
  return updateMessage(known, itemId, (item) => withPart(item, contentIndex ?? 0, emptyInputAudio, change));
}
