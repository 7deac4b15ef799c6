import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { ConversationItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { isToldId, ownerOfTold } from "../told-id.ts";
import { withFields } from "./with-fields.ts";

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
  if (![item_id, previous_item_id, item?.id, item?.call_id].some(isToldId)) return entry;
  const named = withFields(event, {
    item_id: ownId(state, item_id),
    previous_item_id: ownId(state, previous_item_id),
    item: item && withFields(item, { id: ownId(state, item.id), call_id: ownCallId(state, item.call_id) }),
  });
  return { ...entry, event: named } as LogEntry;
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

/** The id that an item has which goes by this one; none where it is no such id, or nobody's. */
function ownId({ items, deleted }: ConversationState, told: unknown): string | undefined {
  const idOf = ({ id }: { readonly id: string }) => id;
  if (!isToldId(told)) return undefined;
  return (ownerOfTold(items, told, idOf) ?? ownerOfTold(deleted, told, idOf))?.id;
}

function ownCallId({ items }: ConversationState, told: unknown): string | undefined {
  const owner = isToldId(told) ? ownerOfTold(items, told, callIdOf) : undefined;
  return owner && callIdOf(owner);
}

function callIdOf(item: ConversationItem): string | undefined {
  return item.type === "function_call" || item.type === "function_call_output" ? item.callId : undefined;
}
