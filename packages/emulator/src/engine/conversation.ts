import type { ServerItem } from "@duologue/protocol";
import { change, type Draft, send } from "./draft.ts";
import type { EngineState, StoredItem } from "./engine-state.ts";
import { itemBytes } from "./held-bytes.ts";

/** The id of the conversation's last item; `null` where it has none. */
export function lastItemId(state: EngineState): string | null {
  return state.conversation.at(-1)?.item.id ?? null;
}

/** The item with this id, the last one where an id stands for several. */
export function findItem(state: EngineState, itemId: string): StoredItem | undefined {
  return state.conversation.findLast(({ item }) => item.id === itemId);
}

/** Adds a finished item behind all others and announces it: added, then done. */
export function appendItem(draft: Draft, stored: StoredItem): void {
  insertItem(draft, stored, draft.state.conversation.length);
}

/**
 * Adds a finished item so that it comes to stand at `index`, and announces it: added, then done. It names the item before
 * it, or the `predecessor` that is given.
 */
export function insertItem(
  draft: Draft,
  stored: StoredItem,
  index: number,
  predecessor = draft.state.conversation[index - 1]?.item.id ?? null,
): void {
  const previous = { previous_item_id: predecessor, item: stored.item };
  changeConversation(draft, index, 0, stored);
  send(draft, { type: "conversation.item.added", ...previous });
  send(draft, { type: "conversation.item.done", ...previous });
}

/** Puts items where so many others stand. Their bytes are reckoned, and none of the rest. */
export function changeConversation(
  draft: Draft,
  index: number,
  deleted: number,
  ...added: readonly StoredItem[]
): void {
  const { conversation, conversationBytes } = draft.state;
  const gone = bytesOf(conversation.slice(index, index + deleted));
  change(draft, {
    conversation: conversation.toSpliced(index, deleted, ...added),
    conversationBytes: conversationBytes - gone + bytesOf(added),
  });
}

function bytesOf(items: readonly StoredItem[]): number {
  return items.reduce((sum, stored) => sum + itemBytes(stored), 0);
}

/** Replaces the item with the id of `stored`; without effect where it has been deleted. */
export function replaceItem(draft: Draft, stored: StoredItem): void {
  const index = draft.state.conversation.findLastIndex(({ item }) => item.id === stored.item.id);
  if (index !== -1) changeConversation(draft, index, 1, stored);
}

/** The item as a transcript has made it known. */
export function withTranscript(item: ServerItem, transcript: string): ServerItem {
  if (item.type !== "message" || item.role !== "user") return item;
  return {
    ...item,
    content: item.content.map((part) => (part.type === "input_audio" ? { ...part, transcript } : part)),
  };
}

/** The item of a message that has been cut short: the server keeps none of its words. */
export function withoutWords(item: ServerItem): ServerItem {
  if (item.type !== "message" || item.role !== "assistant") return item;
  return { ...item, content: [{ type: "output_audio" }] };
}
