import type { ClientEvent, Item, ServerEvent } from "@duologue/protocol";
import { itemRemade } from "./reduce/places.ts";
import { reduce } from "./reduce.ts";
import type { ConversationState } from "./state.ts";

/** The state once the server has taken these commands, as far as they name the items that they add and take away. */
export function expectedState(state: ConversationState, commands: Iterable<ClientEvent>): ConversationState {
  let next = state;
  for (const command of commands) {
    if (command.type === "conversation.item.delete") next = withoutItem(next, command.item_id);
    if (command.type !== "conversation.item.create") continue;
    const { item, previous_item_id: previous } = command;
    if (item.id !== undefined) next = withItem(next, item, item.id, previous);
  }
  return next;
}

/** The state as if a server had said that it has an item. */
export function withItem(
  state: ConversationState,
  item: Item,
  id: string,
  previous: string | undefined,
): ConversationState {
  const call = item.type === "function_call" ? { call_id: item.call_id ?? id } : {};
  const place = previous ? { previous_item_id: previous } : {};
  const named = { event_id: "", item: { ...item, ...call, id }, ...place };
  const begun = said(itemRemade(state, id), { type: "conversation.item.added", ...named });
  return said(begun, { type: "conversation.item.done", ...named });
}

/** The state as if a server had said that an item is deleted. */
export function withoutItem(state: ConversationState, id: string): ConversationState {
  return said(state, { type: "conversation.item.deleted", event_id: "", item_id: id });
}

function said(state: ConversationState, event: ServerEvent): ConversationState {
  return reduce(state, { at: null, from: "server", event });
}
