import type { ClientEventOf } from "@duologue/protocol";
import type { ConversationItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { toldItem } from "../told-item.ts";
import { findItem, updateMessage } from "./items.ts";

/** The words by which a server session is told of an item; none where it is not. */
export function toldWords(item: ConversationItem): string {
  const wire = toldItem(item);
  const [part] = wire?.type === "message" ? (wire.content ?? []) : [];
  return part?.type === "output_text" ? (part.text ?? "") : "";
}

/** An item with the words that a later session was told of it, where more of it is still going to be heard. */
export function withTold(item: ConversationItem): ConversationItem {
  if (item.type !== "message" || item.role !== "assistant") return item;
  const isHeardYet = item.content.some(
    (part) =>
      part.type === "output_audio" &&
      (part.audio?.receivedBytes ?? 0) > 0 &&
      (part.audio?.playback === "waiting" || part.audio?.playback === "playing"),
  );
  const { told, retelling, ...others } = item;
  if (isHeardYet && item.standing === "rebuilt") return { ...others, told: toldWords(item) };
  return told === undefined && retelling === undefined ? item : others;
}

/** The `event_id` of the deletion that makes room for other words of an item. */
export function retellId(itemId: string): string {
  return `retell_${itemId}`;
}

/** Takes in that an item is deleted only to be told otherwise. */
export function retellingBegun(
  state: ConversationState,
  { item_id, event_id }: ClientEventOf<"conversation.item.delete">,
): ConversationState {
  if (event_id !== retellId(item_id)) return state;
  return updateMessage(state, item_id, (message) => {
    if (message.told === undefined && message.retelling === true) return message;
    const { told: _, ...item } = message;
    return { ...item, retelling: true };
  });
}

/**
 * Takes in that an item was deleted; `undefined` when that is its end. One that is told otherwise stays: the session does
 * not have it until it says that it was added again. One that the session does not have cannot be deleted in it.
 */
export function retellingDeleted(state: ConversationState, id: string): ConversationState | undefined {
  const item = findItem(state, id);
  if (item?.standing === "absent") return state;
  if (item?.type !== "message" || item.retelling !== true) return undefined;
  return updateMessage(state, id, ({ retelling: _, ...message }) => ({ ...message, standing: "absent" }));
}
