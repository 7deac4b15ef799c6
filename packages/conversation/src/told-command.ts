import { type ClientEvent, maxIdCharacters, type ResponseInputItem } from "@duologue/protocol";
import type { ConversationItem } from "./item.ts";
import { findItem } from "./reduce/items.ts";
import { survivorOf } from "./reduce/places.ts";
import { withFields } from "./reduce/with-fields.ts";
import type { ConversationState } from "./state.ts";
import { toldId } from "./told-id.ts";

/**
 * A command of ours as the present server session understands it: what stands in it because an earlier one made it goes
 * by the id under which it was told, and what was to stand behind an item that is not there, since it was deleted or
 * could not be told, stands behind the nearest one before it; where its place is not known, at the end. The same command
 * where that makes no difference.
 */
export function toldCommand<C extends ClientEvent>(state: ConversationState, command: C): C;
export function toldCommand(state: ConversationState, command: ClientEvent): ClientEvent {
  switch (command.type) {
    case "conversation.item.create": {
      const { previous_item_id: previous, ...others } = command;
      const item = toldItem(state, command.item);
      const behind = previous ? presentBehind(state, previous) : previous;
      const place = toldName(state, behind) ?? behind;
      if (item === command.item && place === previous) return command;
      return { ...others, ...(place === undefined ? {} : { previous_item_id: place }), item };
    }
    case "conversation.item.delete":
    case "conversation.item.retrieve":
    case "conversation.item.truncate":
      return withFields(command, { item_id: toldName(state, command.item_id) });
    case "response.create": {
      const { response } = command;
      const input = response?.input?.map((entry) => toldItem(state, entry));
      return withFields(command, { response: response && withFields(response, { input }) });
    }
    default:
      return command;
  }
}

/**
 * The item of the present server session behind which one stands that was to stand behind `previous`. What nobody knows
 * of may be on its way, and is for the server to judge.
 */
function presentBehind(state: ConversationState, previous: string): string | undefined {
  const id = state.echoes.recreated.includes(previous) ? previous : survivorOf(state, previous);
  if (id === null) return "root";
  const item = findItem(state, id);
  if (item?.standing !== "absent") return id;
  const index = state.items.indexOf(item);
  if (index < 0) return undefined;
  return state.items.slice(0, index).findLast(({ standing }) => standing !== "absent")?.id ?? "root";
}

/** An item, or a reference to one, as the session knows what it names. */
function toldItem<I extends ResponseInputItem>(state: ConversationState, item: I): I;
function toldItem(state: ConversationState, item: ResponseInputItem): ResponseInputItem {
  const named = withFields(item, { id: toldName(state, item.id) });
  if (!("call_id" in named) || named.call_id === undefined) return named;
  const { call_id: callId } = named;
  const isCalledBefore = state.items.some(
    (other) => other.type === "function_call" && other.callId === callId && isTold(callId, other),
  );
  return isCalledBefore ? { ...named, call_id: toldId(callId) } : named;
}

/** The name by which the session was told of an item, where that is another one. */
function toldName(state: ConversationState, id: string | undefined): string | undefined {
  return id !== undefined && isTold(id, findItem(state, id)) ? toldId(id) : undefined;
}

/** Whether a long id is of an item, or a call, of an earlier session. */
function isTold(id: string, item: ConversationItem | undefined): boolean {
  return id.length > maxIdCharacters && item?.standing !== undefined;
}
