import { type Refusal, refusal } from "../wire/refusal.ts";

/** Refuses a command on an item that is not there, as in `unknownItem("delete", "deleting", "item_1")`. */
export function unknownItem(verb: string, doing: string, itemId: string): Refusal {
  const message = `Error ${doing} item: the item with id '${itemId}' does not exist.`;
  return refusal(`item_${verb}_invalid_item_id`, message);
}
