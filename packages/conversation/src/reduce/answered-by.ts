import type { Item } from "@duologue/protocol";
import type { ConversationItem, ConversationState } from "../state.ts";
import { updateItem } from "./items.ts";

/** Notes on the item that `wire` answers, a function call or a request for approval, that it was answered and how. */
export function answeredBy(state: ConversationState, wire: Item): ConversationState {
  switch (wire.type) {
    case "function_call_output":
      return changed(state, (item) =>
        item.type === "function_call" && item.callId === wire.call_id && !item.answered
          ? { ...item, answered: true }
          : item,
      );
    case "mcp_approval_response": {
      const approved = wire.approve === true;
      return changed(state, (item) =>
        item.type === "mcp_approval_request" &&
        item.id === wire.approval_request_id &&
        item.approved !== approved
          ? { ...item, approved }
          : item,
      );
    }
    default:
      return state;
  }
}

/** Changes the latest item that `change` makes another of. */
function changed(
  state: ConversationState,
  change: (item: ConversationItem) => ConversationItem,
): ConversationState {
  const isOpen = (item: ConversationItem) => change(item) !== item;
  const item = state.detached.findLast(isOpen) ?? state.items.findLast(isOpen);
  return item === undefined ? state : updateItem(state, item.id, change);
}
