import { type Entry, RealtimeError } from "@duologue/core";
import type { ClientEvent, Item, ServerEvent } from "@duologue/protocol";
import { resumed } from "./reduce/links.ts";
import { itemRemade } from "./reduce/places.ts";
import { reduce } from "./reduce.ts";
import { type ConversationState, initialState } from "./state.ts";

/** Something that was said, in its simplest form. */
export interface SaidLine {
  readonly role: "user" | "assistant" | "system";
  readonly text: string;
}

/** A line, or a command that tells an item or takes one away: what `toHistory` makes, or somebody has kept. */
export type HistoryEntry = SaidLine | ClientEvent;

/**
 * The state of a conversation in which this was said before, elsewhere: give it to `conversation` as `from`, and the
 * first server session is told. `toHistory` of it are the commands. Items without ids get some: `item_h1`, `item_h2` …
 *
 * Throws `invalid_argument`, naming the entry, for what is neither a line nor a command about an item, for a place
 * behind an item that is not there, for an id that is taken, and for an output without its call.
 */
export function fromHistory(entries: readonly HistoryEntry[]): ConversationState {
  const taken = new Set(
    entries.flatMap((entry) => (isSomething(entry) && "item" in entry ? [entry.item?.id ?? ""] : [])),
  );
  let count = 0;
  const freshId = () => {
    do count++;
    while (taken.has(`item_h${count}`));
    return `item_h${count}`;
  };
  return resumed(entries.reduce((state, entry, index) => told(state, entry, index, freshId), initialState));
}

function told(
  state: ConversationState,
  entry: HistoryEntry,
  index: number,
  freshId: () => string,
): ConversationState {
  const refuse = (reason: string): never => {
    throw new RealtimeError("invalid_argument", `history[${index}] ${reason}.`);
  };
  if (!isSomething(entry)) refuse("is neither a line nor a command");
  const isThere = (id: string) => state.items.some((item) => item.id === id);
  if (!("type" in entry)) return added(state, line(entry, refuse), freshId(), undefined);
  switch (entry.type) {
    case "conversation.item.create": {
      const { item, previous_item_id: previous } = entry;
      if (!isSomething(item)) refuse("creates no item");
      if (previous && previous !== "root" && !isThere(previous)) {
        refuse(`is put behind ${previous}, which is not there`);
      }
      if (item.id !== undefined && isThere(item.id)) refuse(`has the id ${item.id}, which is taken`);
      if (item.type === "function_call_output" && !isCalled(state, item.call_id)) {
        refuse(`is the output of ${item.call_id}, which was not called`);
      }
      return added(state, item, item.id ?? freshId(), previous);
    }
    case "conversation.item.delete":
      if (!isThere(entry.item_id)) refuse(`deletes ${entry.item_id}, which is not there`);
      return next(state, { type: "conversation.item.deleted", event_id: "", item_id: entry.item_id });
    default:
      return refuse(`is a ${entry.type}; only items can be told`);
  }
}

/** History may come from a file, and hold anything. */
function isSomething(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

const roles: readonly unknown[] = ["user", "assistant", "system"];

function line({ role, text }: SaidLine, refuse: (reason: string) => never): Item {
  if (!roles.includes(role) || typeof text !== "string") {
    refuse("is neither a line, which has a role and a text, nor a command");
  }
  if (role === "assistant") return { type: "message", role, content: [{ type: "output_text", text }] };
  return { type: "message", role, content: [{ type: "input_text", text }] };
}

function isCalled({ items }: ConversationState, callId: string): boolean {
  return items.some((item) => item.type === "function_call" && item.callId === callId);
}

/** As if a server had said so. */
function added(
  state: ConversationState,
  item: Item,
  id: string,
  previous: string | undefined,
): ConversationState {
  const call = item.type === "function_call" ? { call_id: item.call_id ?? id } : {};
  const place = previous ? { previous_item_id: previous } : {};
  const named = { event_id: "", item: { ...item, ...call, id }, ...place };
  const begun = next(itemRemade(state, id), { type: "conversation.item.added", ...named });
  return next(begun, { type: "conversation.item.done", ...named });
}

function next(state: ConversationState, event: ServerEvent): ConversationState {
  const entry: Entry<ClientEvent, ServerEvent> = { at: null, from: "server", event };
  return reduce(state, entry);
}
