import { RealtimeError } from "@duologue/core";
import type { ClientEvent, Item } from "@duologue/protocol";
import { withItem, withoutItem } from "./expected-state.ts";
import { resumed } from "./reduce/links.ts";
import { type ConversationState, initialState } from "./state.ts";

/** Something that was said, in its simplest form. */
export interface SaidLine {
  readonly role: "user" | "assistant" | "system";
  readonly text: string;
  /** Its item's id; one is made unless told. */
  readonly id?: string | undefined;
}

/** A line, or a command that tells an item or takes one away: what `toHistory` makes, or somebody has kept. */
export type HistoryEntry = SaidLine | ClientEvent;

/**
 * The state of a conversation in which this was said before, elsewhere: give it to `conversation` as `from`, and the
 * first server session is told. `toHistory` of it are the commands. Items without ids get some: `item_h1`, `item_h2` …
 *
 * Throws `invalid_argument` for what is no list and, naming the entry, for what is neither a line nor a command about
 * an item, for a place behind an item that is not there, for an id that is taken, and for an output without its call.
 */
export function fromHistory(entries: readonly HistoryEntry[]): ConversationState {
  if (!Array.isArray(entries)) {
    throw new RealtimeError("invalid_argument", "A history is a list of lines and commands.");
  }
  const taken = new Set(entries.map(idOf));
  let count = 0;
  const freshId = () => {
    do count++;
    while (taken.has(`item_h${count}`));
    return `item_h${count}`;
  };
  return resumed(entries.reduce((state, entry, index) => told(state, entry, index, freshId), initialState));
}

function idOf(entry: HistoryEntry): string | undefined {
  if (!isSomething(entry)) return undefined;
  return "item" in entry ? entry.item?.id : "id" in entry ? entry.id : undefined;
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
  if (!("type" in entry)) {
    const { id = freshId() } = entry;
    if (isThere(id)) refuse(`has the id ${id}, which is taken`);
    return withItem(state, line(entry, refuse), id, undefined);
  }
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
      return withItem(state, item, item.id ?? freshId(), previous);
    }
    case "conversation.item.delete":
      if (!isThere(entry.item_id)) refuse(`deletes ${entry.item_id}, which is not there`);
      return withoutItem(state, entry.item_id);
    default:
      return refuse(`is a ${entry.type}; only items can be told`);
  }
}

/** History may come from a file, and hold anything. */
function isSomething(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

const roles: readonly unknown[] = ["user", "assistant", "system"];

function line({ role, text, id = "" }: SaidLine, refuse: (reason: string) => never): Item {
  if (!roles.includes(role) || typeof text !== "string" || typeof id !== "string") {
    refuse("is neither a line, which has a role and a text, nor a command");
  }
  if (role === "assistant") return { type: "message", role, content: [{ type: "output_text", text }] };
  return { type: "message", role, content: [{ type: "input_text", text }] };
}

function isCalled({ items }: ConversationState, callId: string): boolean {
  return items.some((item) => item.type === "function_call" && item.callId === callId);
}
