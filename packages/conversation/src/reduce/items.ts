import type { ConversationItem, MessageItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { isEnded } from "./wire-item.ts";

/** Finds an item by id, in the conversation or beside it. */
export function findItem(state: ConversationState, id: string): ConversationItem | undefined {
  const matches = (item: ConversationItem) => item.id === id;
  // Few stand beside the conversation; in it, what changes is near the end.
  return state.detached.findLast(matches) ?? state.items.findLast(matches);
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
  const detached = updated(state.detached, id, change);
  if (detached !== undefined) return detached === state.detached ? state : { ...state, detached };
  const items = updated(state.items, id, change);
  if (items === undefined) return undefined;
  return items === state.items ? state : { ...state, items };
}

function updated(
  list: readonly ConversationItem[],
  id: string,
  change: (item: ConversationItem) => ConversationItem,
): readonly ConversationItem[] | undefined {
  const index = list.findLastIndex((item) => item.id === id);
  const item = list[index];
  if (item === undefined) return undefined;
  const next = change(item);
  return next === item ? list : list.with(index, next);
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
  if (known !== undefined || state.deleted.some((gone) => gone.id === id)) return known ?? state;
  return { ...state, detached: [...withRoom(state.detached), change(make())] };
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
  return updateItem(state, id, (item) => (item.type === "message" ? change(item) : item));
}

/** Forgets speech that was announced and has not become an item. */
export function withoutAnnounced(state: ConversationState): ConversationState {
  const detached = state.detached.filter(
    ({ type, status, responseId }) => type !== "message" || status !== "pending" || responseId !== undefined,
  );
  return detached.length === state.detached.length ? state : { ...state, detached };
}

/** Removes an item from wherever it is. */
export function removeItem(state: ConversationState, id: string): ConversationState {
  const without = (list: readonly ConversationItem[]) =>
    list.some((item) => item.id === id) ? list.filter((item) => item.id !== id) : list;
  const items = without(state.items);
  const detached = without(state.detached);
  return items === state.items && detached === state.detached ? state : { ...state, items, detached };
}
