import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent, TranscriptionUsage } from "@duologue/protocol";
import type { ConversationState } from "../state.ts";
import { withResponseUsage, withTranscriptionUsage } from "../usage.ts";
import { findItem } from "./items.ts";
import { spokenIn } from "./present.ts";
import { findResponse } from "./responses.ts";

/**
 * Keeps the books: what was used, counted once when it becomes known, so that it stays when what it was used for is
 * gone, and whether the assistant has spoken. `after` is what the entry has made of `before` otherwise.
 */
export function booked(
  before: ConversationState,
  { from, event }: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
): ConversationState {
  if (from !== "server") return after;
  const sent = event as ServerEvent;
  switch (sent.type) {
    case "response.output_audio.delta":
    case "output_audio_buffer.started":
      return spokenIn(after);
    case "response.done": {
      const { id } = sent.response;
      const usage = findResponse(after, id)?.usage;
      if (usage === undefined || findResponse(before, id)?.usage !== undefined) return after;
      return { ...after, usage: withResponseUsage(after.usage, usage) };
    }
    case "conversation.item.input_audio_transcription.completed": {
      const then = transcriptionUsage(before, sent.item_id);
      // One that was deleted was listened to all the same.
      const now =
        transcriptionUsage(after, sent.item_id) ?? (isDeleted(after, sent.item_id) ? sent.usage : null);
      if (now == null || JSON.stringify(now) === JSON.stringify(then)) return after;
      const counted = { ...after, usage: withTranscriptionUsage(after.usage, now, then) };
      return withDeletedUsage(counted, sent.item_id, now);
    }
    case "conversation.item.deleted": {
      const usage = transcriptionUsage(before, sent.item_id);
      return usage === undefined ? after : withDeletedUsage(after, sent.item_id, usage);
    }
    default:
      return after;
  }
}

/** What the transcription of an item was counted with, whether the item is still there or not. */
function transcriptionUsage(state: ConversationState, itemId: string): TranscriptionUsage | undefined {
  const item = findItem(state, itemId);
  if (item === undefined) return state.deleted.findLast(({ id }) => id === itemId)?.usage;
  const parts = item.type === "message" ? item.content : [];
  return parts.flatMap((part) => (part.type === "input_audio" ? [part.usage] : [])).find((usage) => usage);
}

function isDeleted(state: ConversationState, itemId: string): boolean {
  return state.deleted.some(({ id }) => id === itemId);
}

/** Remembers with a deleted item what its transcription was counted with; nothing of any other. */
function withDeletedUsage(
  state: ConversationState,
  itemId: string,
  usage: TranscriptionUsage,
): ConversationState {
  const index = state.deleted.findLastIndex(({ id }) => id === itemId);
  const gone = state.deleted[index];
  return gone === undefined ? state : { ...state, deleted: state.deleted.with(index, { ...gone, usage }) };
}
