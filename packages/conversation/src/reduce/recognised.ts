import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { ConversationItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { isToldId, ownerOfTold } from "../told-id.ts";

type LogEntry = Entry<ClientEvent, ServerEvent>;

/**
 * An entry in the ids of the conversation: where it names an item or a call by the id under which a later session was
 * told of it, that becomes the one that it has. The same entry where there is nothing of the kind in it.
 */
export function recognised(state: ConversationState, entry: LogEntry): LogEntry {
  if (entry.from === "local") return entry;
  // Fields of an event may be anything; only texts are looked at, and put back as texts.
  const event = entry.event as Named;
  const { item_id, previous_item_id, item } = event;
  const isItemTold = isToldId(item?.id) || isToldId(item?.call_id);
  if (!isItemTold && !isToldId(item_id) && !isToldId(previous_item_id)) return entry;
  const change: Named = {
    ...(isToldId(item_id) ? { item_id: ownId(state, item_id) } : {}),
    ...(isToldId(previous_item_id) ? { previous_item_id: ownId(state, previous_item_id) } : {}),
    ...(isItemTold && item ? { item: ownItem(state, item) } : {}),
  };
  return { ...entry, event: { ...entry.event, ...change } } as LogEntry;
}

interface Named {
  readonly item_id?: unknown;
  readonly previous_item_id?: unknown;
  readonly item?: NamedItem | null;
}

interface NamedItem {
  readonly id?: unknown;
  readonly call_id?: unknown;
}

function ownItem(state: ConversationState, item: NamedItem): NamedItem {
  return {
    ...item,
    ...(isToldId(item.id) ? { id: ownId(state, item.id) } : {}),
    ...(isToldId(item.call_id) ? { call_id: ownCallId(state, item.call_id) } : {}),
  };
}

function ownId({ items, deleted }: ConversationState, told: string): string {
  const idOf = ({ id }: { readonly id: string }) => id;
  return (ownerOfTold(items, told, idOf) ?? ownerOfTold(deleted, told, idOf))?.id ?? told;
}

function ownCallId({ items }: ConversationState, told: string): string {
  const owner = ownerOfTold(items, told, callIdOf);
  return (owner && callIdOf(owner)) ?? told;
}

function callIdOf(item: ConversationItem): string | undefined {
  return item.type === "function_call" || item.type === "function_call_output" ? item.callId : undefined;
}
