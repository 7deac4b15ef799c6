import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent, TranscriptionUsage } from "@duologue/protocol";
import type { DeletedItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { withResponseUsage, withTranscriptionUsage } from "../usage.ts";
import { maxParts, speechIndex } from "./content.ts";
import { findItem, isDeleted } from "./items.ts";
import { spokenIn } from "./present.ts";
import { isAlike } from "./readable.ts";
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
      const { item_id: id, content_index: index } = sent;
      const then = transcriptionUsage(before, id, index);
      // One that was deleted was listened to all the same.
      const now = transcriptionUsage(after, id, index) ?? (isDeleted(after, id) ? sent.usage : null);
      if (now == null || isAlike(now, then)) return after;
      const counted = { ...after, usage: withTranscriptionUsage(after.usage, now, then) };
      return withDeletedUsages(counted, id, (usages) => withUsage(usages, index ?? 0, now));
    }
    case "conversation.item.deleted": {
      if (before === after) return after;
      const usages = transcriptionUsages(before, sent.item_id);
      return usages.some((usage) => usage !== null)
        ? withDeletedUsages(after, sent.item_id, () => usages)
        : after;
    }
    default:
      return after;
  }
}

type Usages = NonNullable<DeletedItem["usages"]>;

/** What the transcription of each part of an item was counted with, whether the item is still there or not. */
function transcriptionUsages(state: ConversationState, itemId: string): Usages {
  const item = findItem(state, itemId);
  if (item === undefined) return state.deleted.findLast(({ id }) => id === itemId)?.usages ?? [];
  if (item.type !== "message") return [];
  return item.content.map((part) => (part.type === "input_audio" ? (part.usage ?? null) : null));
}

function transcriptionUsage(
  state: ConversationState,
  itemId: string,
  contentIndex: number | null | undefined,
): TranscriptionUsage | undefined {
  const item = findItem(state, itemId);
  const index = item?.type === "message" ? speechIndex(item, contentIndex) : (contentIndex ?? 0);
  return transcriptionUsages(state, itemId)[index] ?? undefined;
}

/** Remembers with a deleted item what its transcription was counted with; nothing of any other. */
function withDeletedUsages(
  state: ConversationState,
  itemId: string,
  change: (usages: Usages) => Usages,
): ConversationState {
  const index = state.deleted.findLastIndex(({ id }) => id === itemId);
  const gone = state.deleted[index];
  if (gone === undefined) return state;
  const usages = change(gone.usages ?? []);
  return { ...state, deleted: state.deleted.with(index, { ...gone, usages }) };
}

function withUsage(usages: Usages, index: number, usage: TranscriptionUsage): Usages {
  // Of a part that no message has, nothing is remembered.
  const length = index < maxParts ? Math.max(usages.length, index + 1) : usages.length;
  return Array.from({ length }, (_, at) => (at === index ? usage : (usages[at] ?? null)));
}
