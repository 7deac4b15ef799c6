import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Effect } from "./effects.ts";
import { findItem } from "./reduce/items.ts";
import { retellId, toldWords } from "./reduce/retold.ts";
import type { ConversationState } from "./state.ts";
import { toldItem } from "./told-item.ts";

/**
 * Corrects what a later server session was told of an answer that was still playing when the link was lost: once it is
 * known what was heard of it in the end, the item is deleted there and told anew, in its place and before anything is
 * answered.
 */
export function retellingEffects(
  before: ConversationState,
  { from, event }: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
): readonly Effect[] {
  if (from !== "local" || (event.type !== "playback.finished" && event.type !== "playback.flushed"))
    return [];
  if (before === after || after.link !== "open") return [];
  const { itemId } = event;
  const item = findItem(after, itemId);
  if (item?.type !== "message" || item.told === undefined || item.told === toldWords(item)) return [];
  const wire = toldItem(item);
  const deletion: ClientEvent = {
    type: "conversation.item.delete",
    event_id: retellId(itemId),
    item_id: itemId,
  };
  const previous = after.items[after.items.indexOf(item) - 1]?.id ?? "root";
  const creation: ClientEvent[] =
    wire === undefined ? [] : [{ type: "conversation.item.create", previous_item_id: previous, item: wire }];
  return [deletion, ...creation].map((event) => ({ type: "send", event }));
}
