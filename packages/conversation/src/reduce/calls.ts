import type { ConversationItem, ConversationState, FunctionCallItem, ResponseState } from "../state.ts";
import { findItem, updateItem } from "./items.ts";
import { requestMade } from "./requests.ts";
import { findResponse } from "./responses.ts";

/** The function calls of a response, in output order. */
export function callsOf(state: ConversationState, response: ResponseState): readonly FunctionCallItem[] {
  return response.itemIds.flatMap((id) => {
    const item = findItem(state, id);
    return item?.type === "function_call" ? [item] : [];
  });
}

/** Finds a function call by the id that its output has to name. */
export function findCall(state: ConversationState, callId: string): FunctionCallItem | undefined {
  const isMeant = (item: ConversationItem): item is FunctionCallItem =>
    item.type === "function_call" && item.callId === callId;
  return state.detached.findLast(isMeant) ?? state.items.findLast(isMeant);
}

/** Notes that an output for a call was sent; when that was the last one its response waited for, an answer is wanted. */
export function answerCall(state: ConversationState, callId: string): ConversationState {
  const call = findCall(state, callId);
  if (call === undefined || call.answered) return state;
  const answered = updateItem(state, call.id, () => ({ ...call, answered: true }));
  return call.responseId === undefined ? answered : wantIfAllAnswered(answered, call.responseId);
}

/** An answer is wanted once a response has completed and every function call in it has its output. */
export function wantIfAllAnswered(state: ConversationState, responseId: string): ConversationState {
  const response = findResponse(state, responseId);
  if (response?.status !== "completed" || response.outOfBand) return state;
  const calls = callsOf(state, response);
  return calls.length > 0 && calls.every(({ answered }) => answered)
    ? requestMade(state, { id: `tools_${responseId}` }, "tools")
    : state;
}
