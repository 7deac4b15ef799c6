import type { Item } from "@duologue/protocol";
import type { ConversationItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { latestItem, updateItem } from "./items.ts";

/** Notes on the item that `wire` answers, a function call or a request for approval, that it was answered and how. */
export function answeredBy(state: ConversationState, wire: Item): ConversationState {
  switch (wire.type) {
    case "function_call_output":
      if (!isNews(state, wire.call_id)) return state;
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

/**
 * Whether there are more outputs of this call id than calls that are known to be answered. One that we sent is known
 * before its item comes, which must not answer another call of the same id.
 */
function isNews({ items, detached }: ConversationState, callId: string): boolean {
  const all = [...items, ...detached];
  const outputs = all.filter((item) => item.type === "function_call_output" && item.callId === callId);
  const answered = all.filter(
    (item) => item.type === "function_call" && item.callId === callId && item.answered,
  );
  return outputs.length > answered.length;
}

/** Changes the latest item that `change` makes another of. */
function changed(
  state: ConversationState,
  change: (item: ConversationItem) => ConversationItem,
): ConversationState {
  const item = latestItem(state, (one) => change(one) !== one);
  return item === undefined ? state : updateItem(state, item.id, change);
}
