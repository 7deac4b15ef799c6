import type { ConversationItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { recreationOver, recreationSent } from "./echoes.ts";
import { findItem, isDeleted, removeItem } from "./items.ts";
import { mapped } from "./lists.ts";

type Items = readonly ConversationItem[];

/**
 * Gives a known item its place in the conversation: behind `previous`, first when that is `null` or `"root"`, last when
 * nothing is said of it. The first place decides: an item that has one keeps it. Behind an item not met yet means last,
 * and `awaits`, until that one is placed; behind one that awaits its own place means the same. Behind a deleted item
 * means where that one stood.
 */
export function placeItem(
  state: ConversationState,
  id: string,
  previous: string | null | undefined,
): ConversationState {
  const from = state.detached.findIndex((item) => item.id === id);
  const item = state.detached[from];
  if (item === undefined || (previous != null && typeof previous !== "string")) return state;
  const behind = standIn(state, id, previous);
  const index = indexFor(state.items, behind);
  const host = state.items.find((other) => other.id === behind);
  const isSettled = behind == null || (host !== undefined && host.awaits === undefined);
  const placed = isSettled ? item : { ...item, awaits: behind };
  const detached = state.detached.toSpliced(from, 1);
  return { ...state, detached, items: gathered(state.items.toSpliced(index, 0, placed), id) };
}

/** The predecessor that counts: `null` for none, `undefined` where nothing of use is said. */
function standIn(
  state: ConversationState,
  id: string,
  previous: string | null | undefined,
): string | null | undefined {
  // A service that is given an id twice names the item as its own predecessor.
  if (previous === undefined || previous === "" || previous === id) return undefined;
  return survivorOf(state, previous);
}

/**
 * The item behind which something stands that was put behind `id`: that one, or where it was deleted the one before it;
 * `null` for the beginning.
 */
export function survivorOf({ deleted }: ConversationState, id: string | null): string | null {
  let behind = id === "root" ? null : id;
  for (let steps = 0; behind !== null && steps <= deleted.length; steps++) {
    const gone = deleted.findLast((other) => other.id === behind);
    if (gone === undefined) break;
    behind = gone.behind;
  }
  return behind;
}

function indexFor(items: Items, behind: string | null | undefined): number {
  if (behind === undefined) return items.length;
  if (behind === null) return afterAbsent(items, 0);
  const host = items.findLastIndex((item) => item.id === behind);
  if (host >= 0) return afterAbsent(items, host + 1);
  // Of those that wait for the same item the latest comes first, as it would have been put right behind it.
  const first = items.findIndex((item) => item.awaits === behind);
  return first < 0 ? items.length : first;
}

/** Behind items that the present server session does not have: it cannot name them as predecessors. */
function afterAbsent(items: Items, from: number): number {
  let index = from;
  while (items[index]?.standing === "absent") index++;
  return index;
}

/** Moves the items that waited for `id` behind it, and those that waited for them; when it has its place, so have they. */
function gathered(items: Items, id: string): Items {
  if (!items.some(({ awaits }) => awaits === id)) return items;
  const isSettled = items.find((item) => item.id === id)?.awaits === undefined;
  const waiting = Map.groupBy(items, ({ awaits }) => awaits);
  const latestFirst = (awaited: string) => (waiting.get(awaited) ?? []).toReversed();
  const moved = new Set([id]);
  const block: ConversationItem[] = [];
  const next = latestFirst(id);
  for (let item = next.pop(); item !== undefined; item = next.pop()) {
    if (moved.has(item.id)) continue;
    moved.add(item.id);
    block.push(isSettled ? settled(item) : item);
    next.push(...latestFirst(item.id));
  }
  const rest = items.filter((item) => item.id === id || !moved.has(item.id));
  return rest.toSpliced(rest.findIndex((item) => item.id === id) + 1, 0, ...block);
}

function settled({ awaits: _, ...item }: ConversationItem): ConversationItem {
  return item;
}

/** How many deleted items are remembered. What comes late of one comes within a turn or two. */
const maxDeleted = 100;

/**
 * Removes an item for good: what still comes of it changes nothing, also where nothing of it has come yet. Only we can
 * have another of that id, by sending it.
 */
export function deleteItem(state: ConversationState, id: string): ConversationState {
  if (typeof id !== "string" || id === "") return state;
  const item = findItem(state, id);
  if (item === undefined && isDeleted(state, id)) return state;
  const index = state.items.findIndex((other) => other.id === id);
  // Of one that had no place yet it is only known that it was not before what is there.
  const before = index < 0 ? state.items.at(-1) : state.items[index - 1];
  const behind = item?.awaits ?? before?.id ?? null;
  const items = inherited(state.items, id, item?.awaits);
  const deleted = [...state.deleted, { id, behind }].slice(-maxDeleted);
  return removeItem({ ...state, items, deleted }, id);
}

/** The items that waited for `id` wait for `heir` instead; where there is none, their places are what they are now. */
function inherited(items: Items, id: string, heir: string | undefined): Items {
  const isMeant = ({ awaits }: ConversationItem) => awaits === id;
  if (heir !== undefined) return mapped(items, (item) => (isMeant(item) ? { ...item, awaits: heir } : item));
  const heads = items.filter(isMeant).map((item) => item.id);
  const freed = mapped(items, (item) => (isMeant(item) ? settled(item) : item));
  return heads.reduce(gathered, freed);
}

/** Notes that we sent an item whose id another one has that the server is asked to delete, or had. */
export function itemRemade(state: ConversationState, id: string | undefined): ConversationState {
  if (typeof id !== "string") return state;
  const item = findItem(state, id);
  // What this session does not have is made in it for the first time, and what is told otherwise does not go.
  const isRetold = item?.type === "message" && item.retelling === true;
  const isThere = item !== undefined && item.standing !== "absent" && !isRetold;
  return isThere || isDeleted(state, id) ? recreationSent(state, id) : state;
}

/** Lets an item come back that was deleted, where we sent it anew. */
export function reviveItem(state: ConversationState, id: string): ConversationState {
  if (!isDeleted(state, id) || !state.echoes.recreated.includes(id)) return state;
  const deleted = state.deleted.filter((gone) => gone.id !== id);
  return recreationOver({ ...state, deleted }, id);
}
