import type { ConversationItem, ConversationState, MessageItem } from "../state.ts";

/** Finds an item by id, in the conversation or beside it. */
export function findItem(state: ConversationState, id: string): ConversationItem | undefined {
  return state.items.findLast((item) => item.id === id) ?? state.detached.findLast((item) => item.id === id);
}

/** Replaces the item `id` by what `change` makes of it; the same state when that is the same item, or none. */
export function updateItem(
  state: ConversationState,
  id: string,
  change: (item: ConversationItem) => ConversationItem,
): ConversationState {
  const items = updated(state.items, id, change);
  if (items !== undefined) return items === state.items ? state : { ...state, items };
  const detached = updated(state.detached, id, change);
  return detached === undefined || detached === state.detached ? state : { ...state, detached };
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
  if (state.deletedIds.includes(id)) return state;
  if (findItem(state, id) !== undefined) return updateItem(state, id, change);
  return { ...state, detached: [...state.detached, change(make())] };
}

/** As `updateItem`, for messages only. */
export function updateMessage(
  state: ConversationState,
  id: string,
  change: (item: MessageItem) => MessageItem,
): ConversationState {
  return updateItem(state, id, (item) => (item.type === "message" ? change(item) : item));
}

/**
 * Gives a known item its place in the conversation: behind `previous`, first when that is `null`, last when it is
 * `undefined`. The first place decides: an item that has one keeps it. Behind an item not met yet means last
 * until that one is placed.
 */
export function placeItem(
  state: ConversationState,
  id: string,
  previous: string | null | undefined,
): ConversationState {
  const from = state.detached.findIndex((item) => item.id === id);
  const item = state.detached[from];
  if (item === undefined || (previous != null && typeof previous !== "string")) return state;
  const detached = state.detached.toSpliced(from, 1);
  const behind = previous == null ? -1 : state.items.findLastIndex((other) => other.id === previous);
  const unknown = previous != null && behind < 0;
  const last = previous === undefined || unknown;
  const index = last ? state.items.length : afterAbsent(state.items, behind + 1);
  const placed = unknown ? { ...item, awaits: previous } : item;
  return gatherBehind({ ...state, detached, items: state.items.toSpliced(index, 0, placed) }, id);
}

/** Behind items that the present server session does not have: it cannot name them as predecessors. */
function afterAbsent(items: readonly ConversationItem[], from: number): number {
  let index = from;
  while (items[index]?.standing === "absent") index++;
  return index;
}

/** Moves the items that waited for `id` to their places behind it, in the order in which they came. */
function gatherBehind(state: ConversationState, id: string): ConversationState {
  const waiting = state.items.filter((item) => item.awaits === id);
  if (waiting.length === 0) return state;
  const rest = state.items.filter((item) => item.awaits !== id);
  const index = rest.findIndex((item) => item.id === id) + 1;
  const arrived = waiting.map(({ awaits: _, ...item }) => item);
  return { ...state, items: rest.toSpliced(index, 0, ...arrived) };
}

/** How many deleted items are remembered. What comes late of one comes within a turn or two. */
const maxDeleted = 100;

/** Removes an item for good: what still comes of it changes nothing, unless it is added again. */
export function deleteItem(state: ConversationState, id: string): ConversationState {
  const removed = removeItem(state, id);
  if (removed === state) return state;
  return { ...removed, deletedIds: [...removed.deletedIds, id].slice(-maxDeleted) };
}

/** Lets an item that was deleted come back. */
export function reviveItem(state: ConversationState, id: string): ConversationState {
  if (!state.deletedIds.includes(id)) return state;
  return { ...state, deletedIds: state.deletedIds.filter((deleted) => deleted !== id) };
}

/** Removes an item from wherever it is. */
export function removeItem(state: ConversationState, id: string): ConversationState {
  const without = (list: readonly ConversationItem[]) =>
    list.some((item) => item.id === id) ? list.filter((item) => item.id !== id) : list;
  const items = without(state.items);
  const detached = without(state.detached);
  return items === state.items && detached === state.detached ? state : { ...state, items, detached };
}
