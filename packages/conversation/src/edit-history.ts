import { RealtimeError, refuse } from "@duologue/core";
import type { ClientEvent, Item } from "@duologue/protocol";
import { given } from "./given.ts";
import type { ConversationItem } from "./item.ts";
import { editedOutId } from "./reduce/calls.ts";
import type { ConversationState } from "./state.ts";
import { toHistory } from "./to-history.ts";
import { remadeId, toldId } from "./told-id.ts";
import { toldItem } from "./told-item.ts";

/** An item that a conversation should have: the id of one that it has, or a new one. */
export type WantedItem = string | Item;

/**
 * The commands that make the conversation one of these items, in this order: as few as will do, deletions first. An
 * item that is named keeps what the server knows of it, its sound above all; a new one whose id is taken replaces that
 * one. Items cannot be moved, so the fewest that have to are told anew, in words, as in `toHistory`; of equally few,
 * those that lose the least by it. One whose id is longer than a server takes gets another by that.
 *
 * Throws `invalid_argument` for what is no list of items, for a name that the server does not know, for one that is given twice, for an item that
 * had to be moved and cannot be told in words, for an output of a function that is not behind its call, and for a new
 * item without an id that one with an output has to follow in the middle of the conversation.
 */
export function editCommands(state: ConversationState, wanted: readonly WantedItem[]): ClientEvent[] {
  if (!Array.isArray(wanted)) refuse("What is wanted is a list of items", wanted);
  const present = presentIds(state);
  const places = new Map(present.map((id, place) => [id, place]));
  refuseUnclear(wanted, places);
  const named = wanted.filter((item) => typeof item === "string");
  const kept = staying(state, named, places);
  refuseUncalled(state, wanted, kept);
  const deletions = present.filter((id) => !kept.has(id)).map((id) => deletion(state, id));
  return [...deletions, ...creations(state, wanted, kept)];
}

/** Takes an item away. Of a call that waits for its output it says so, since that is no reason to ask for an answer. */
function deletion(state: ConversationState, id: string): ClientEvent {
  const item = state.items.find((other) => other.id === id);
  const isWaited = item?.type === "function_call" && !item.answered;
  return {
    type: "conversation.item.delete",
    ...(isWaited ? { event_id: editedOutId(id) } : {}),
    item_id: id,
  };
}

/**
 * What has to be made anew. Behind an item that stays, the last of several goes first, each right behind that one, so
 * that none has to name another; at the end they follow in order.
 */
function creations(
  state: ConversationState,
  wanted: readonly WantedItem[],
  kept: ReadonlySet<string>,
): ClientEvent[] {
  const isStaying = (item: WantedItem | undefined): item is string =>
    typeof item === "string" && kept.has(item);
  const commands: ClientEvent[] = [];
  const end = wanted.findLastIndex(isStaying) + 1;
  for (let first = 0; first < end; first++) {
    if (isStaying(wanted[first])) continue;
    const behind = wanted[first - 1];
    const next = wanted.findIndex((item, index) => index > first && isStaying(item));
    const run = wanted.slice(first, next).map((item) => creation(state, item));
    commands.push(...placed(run, isStaying(behind) ? behind : "root"));
    first = next;
  }
  return [...commands, ...wanted.slice(end).map((item) => creation(state, item))];
}

type Create = Extract<ClientEvent, { item: Item }>;

/** New items behind one that stays. Where one answers another, each follows the one before, which has to have an id. */
function placed(run: readonly Create[], behind: string): readonly Create[] {
  const hasOutput = run.some(({ item }, index) => item.type === "function_call_output" && index > 0);
  if (!hasOutput) return run.map((command) => ({ ...command, previous_item_id: behind })).reverse();
  return run.map((command, index) => {
    const previous = index === 0 ? behind : run[index - 1]?.item.id;
    if (previous !== undefined) return { ...command, previous_item_id: previous };
    const message = `What is new behind ${behind} needs ids: an output of a function is in it.`;
    throw new RealtimeError("invalid_argument", message);
  });
}

function creation(state: ConversationState, wanted: WantedItem): Create {
  if (typeof wanted !== "string") return { type: "conversation.item.create", item: wanted };
  const item = state.items.find(({ id }) => id === wanted);
  const told = item === undefined ? undefined : toldItem(item);
  if (told === undefined) {
    const message = `Item ${wanted} cannot be moved: it cannot be told in words. Keep its place.`;
    throw new RealtimeError("invalid_argument", message);
  }
  return { type: "conversation.item.create", item: { ...told, id: remadeId(wanted) } };
}

/** The items of the session that commands reach: while the link is lost, what the next one is going to be told. */
function presentIds(state: ConversationState): readonly string[] {
  const ids = state.items.filter(({ standing }) => standing !== "absent").map(({ id }) => id);
  if (state.link !== "closed") return ids;
  const history = toHistory(state, { openCalls: true });
  const told = new Set(history.flatMap((command) => ("item" in command ? [command.item.id] : [])));
  return state.items.map(({ id }) => id).filter((id) => told.has(toldId(id)));
}

function refuseUnclear(wanted: readonly WantedItem[], places: ReadonlyMap<string, number>): void {
  const seen = new Set<string>();
  for (const item of wanted) {
    if (typeof item !== "string") given(item, "An item");
    const id = typeof item === "string" ? item : item.id;
    if (id === undefined) continue;
    if (seen.has(id)) throw new RealtimeError("invalid_argument", `Item ${id} is wanted twice.`);
    if (typeof item === "string" && !places.has(id)) {
      throw new RealtimeError("invalid_argument", `The server has no item ${id} to keep.`);
    }
    seen.add(id);
  }
}

/** The server takes an output only behind its call. */
function refuseUncalled(
  state: ConversationState,
  wanted: readonly WantedItem[],
  kept: ReadonlySet<string>,
): void {
  const called = new Set<string>();
  for (const want of wanted) {
    const item = typeof want === "string" ? state.items.find(({ id }) => id === want) : want;
    const callId = item === undefined ? undefined : callIdOf(item);
    if (callId === undefined) continue;
    const isMade = typeof want !== "string" || !kept.has(want);
    if (item?.type === "function_call") called.add(callId);
    else if (isMade && !called.has(callId)) {
      const message = `The output of call ${callId} has to stand behind that call.`;
      throw new RealtimeError("invalid_argument", message);
    }
  }
}

/** The call that an item is, or that it answers. */
function callIdOf(item: ConversationItem | Item): string | undefined {
  if ("callId" in item) return item.callId;
  return "call_id" in item ? item.call_id : undefined;
}

/** How much is lost when an item is told anew, in items: speech loses its sound, and some cannot be told at all. */
function worthOf(state: ConversationState, id: string, count: number): number {
  const item = state.items.find((other) => other.id === id);
  if (item === undefined || toldItem(item) === undefined) return count + 1;
  const isSpeech = item.type === "message" && item.content.some(({ type }) => type.endsWith("audio"));
  return isSpeech ? 1 + 1 / (count + 1) : 1;
}

/** Of the names in this order, those that can stay where they are, so that the most of worth does. */
function staying(
  state: ConversationState,
  names: readonly string[],
  places: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const place = names.map((name) => places.get(name) ?? 0);
  /** The worth of the best that ends with each, and what comes before it there. */
  const best: { readonly worth: number; readonly before: number | undefined }[] = [];
  for (const [index, name] of names.entries()) {
    let [worth, before]: [number, number | undefined] = [0, undefined];
    for (let other = 0; other < index; other++) {
      const found = best[other]?.worth ?? 0;
      if ((place[other] ?? 0) < (place[index] ?? 0) && found > worth) [worth, before] = [found, other];
    }
    best.push({ worth: worth + worthOf(state, name, names.length), before });
  }
  const most = Math.max(0, ...best.map(({ worth }) => worth));
  const kept = new Set<string>();
  let last: number | undefined = best.findIndex(({ worth }) => worth === most);
  while (last !== undefined && last >= 0) {
    kept.add(names[last] ?? "");
    last = best[last]?.before;
  }
  return kept;
}
