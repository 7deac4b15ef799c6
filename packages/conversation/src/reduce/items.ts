import type { ConversationItem, MessageItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { filtered } from "./lists.ts";
import { isEnded } from "./wire-item.ts";

/** Finds an item by id, in the conversation or beside it. */
export function findItem(state: ConversationState, id: string): ConversationItem | undefined {
  return latestItem(state, (item) => item.id === id);
}

/** The latest item that is meant, of those beside the conversation before those in it. */
export function latestItem(
  { detached, items }: ConversationState,
  isMeant: (item: ConversationItem) => boolean,
): ConversationItem | undefined {
  // Few stand beside the conversation; in it, what changes is near the end.
  return detached.findLast(isMeant) ?? items.findLast(isMeant);
}

/** Replaces the item `id` by what `change` makes of it; the same state when that is the same item, or none. */
export function updateItem(
  state: ConversationState,
  id: string,
  change: (item: ConversationItem) => ConversationItem,
): ConversationState {
  return withUpdated(state, id, change) ?? state;
}

/** `undefined` where there is no such item. */
function withUpdated(
  state: ConversationState,
  id: string,
  change: (item: ConversationItem) => ConversationItem,
): ConversationState | undefined {
  for (const name of ["detached", "items"] as const) {
    const index = state[name].findLastIndex((item) => item.id === id);
    const item = state[name][index];
    if (item === undefined) continue;
    const next = change(item);
    return next === item ? state : { ...state, [name]: state[name].with(index, next) };
  }
  return undefined;
}

/** As `updateItem`, after adding `make()` beside the conversation when the item is not known yet. */
export function upsertItem(
  state: ConversationState,
  id: string,
  make: () => ConversationItem,
  change: (item: ConversationItem) => ConversationItem = (item) => item,
): ConversationState {
  // A frame that fails validation may have anything for an id.
  if (typeof id !== "string" || id === "") return state;
  const known = withUpdated(state, id, change);
  if (known !== undefined || isDeleted(state, id)) return known ?? state;
  return { ...state, detached: [...withRoom(state.detached), change(make())] };
}

/** Whether an item was deleted and has not come back. */
export function isDeleted({ deleted }: ConversationState, id: string): boolean {
  return deleted.some((gone) => gone.id === id);
}

/** How many items stand beside the conversation; more than any answer has, or any program asks for at once. */
const maxDetached = 256;

/** The list with room for one more: the oldest is forgotten of those that have ended, or else of those announced. */
function withRoom(detached: readonly ConversationItem[]): readonly ConversationItem[] {
  if (detached.length < maxDetached) return detached;
  const ended = detached.findIndex(isEnded);
  const announced = detached.findIndex(({ status }) => status === "pending");
  return detached.toSpliced(ended >= 0 ? ended : Math.max(0, announced), 1);
}

/** As `updateItem`, for messages only. */
export function updateMessage(
  state: ConversationState,
  id: string,
  change: (item: MessageItem) => MessageItem,
): ConversationState {
  return updateItem(state, id, inMessage(change));
}

/** A change of messages, as one of any item. */
export function inMessage(
  change: (item: MessageItem) => MessageItem,
): (item: ConversationItem) => ConversationItem {
  return (item) => (item.type === "message" ? change(item) : item);
}

/** Forgets speech that was announced and has not become an item. */
export function withoutAnnounced(state: ConversationState): ConversationState {
  const detached = filtered(state.detached, (item) => !isAnnounced(item));
  return detached === state.detached ? state : { ...state, detached };
}

/** Whether an item is speech that was announced, and of which nothing else has come. */
export function isAnnounced({ type, status, responseId }: ConversationItem): boolean {
  return type === "message" && status === "pending" && responseId === undefined;
}

/** Removes an item from wherever it is. */
export function removeItem(state: ConversationState, id: string): ConversationState {
  const isOther = (item: ConversationItem) => item.id !== id;
  const items = filtered(state.items, isOther);
  const detached = filtered(state.detached, isOther);
  return items === state.items && detached === state.detached ? state : { ...state, items, detached };
}
