import type { ServerItem } from "@duologue/protocol";
import { change, type Draft, send } from "./draft.ts";
import type { EngineState, StoredItem } from "./engine-state.ts";

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

/** Adds a finished item so that it comes to stand at `index`, and announces it: added, then done. */
export function insertItem(draft: Draft, stored: StoredItem, index: number): void {
  const { conversation } = draft.state;
  const previous = { previous_item_id: conversation[index - 1]?.item.id ?? null, item: stored.item };
  change(draft, { conversation: conversation.toSpliced(index, 0, stored) });
  send(draft, { type: "conversation.item.added", ...previous });
  send(draft, { type: "conversation.item.done", ...previous });
}

/** Replaces the item with the id of `stored`; without effect where it has been deleted. */
export function replaceItem(draft: Draft, stored: StoredItem): void {
  const index = draft.state.conversation.findLastIndex(({ item }) => item.id === stored.item.id);
  if (index !== -1) change(draft, { conversation: draft.state.conversation.with(index, stored) });
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
