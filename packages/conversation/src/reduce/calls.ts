import type { ClientEventOf } from "@duologue/protocol";
import type { ConversationItem, FunctionCallItem } from "../item.ts";
import type { ConversationState, ResponseState } from "../state.ts";
import { findItem, updateItem } from "./items.ts";
import { requestMade } from "./requests.ts";
import { findResponse } from "./responses.ts";

/** The function calls of a response, in output order. */
export function callsOf(
  state: ConversationState,
  response: ResponseState | undefined,
): readonly FunctionCallItem[] {
  return (response?.itemIds ?? []).flatMap((id) => {
    const item = findItem(state, id);
    return item?.type === "function_call" ? [item] : [];
  });
}

/**
 * Whether a call waits for its output: its response has completed, since others are never run. Out of band there is
 * nobody to give an output to: the conversation knows nothing of the call.
 */
export function isDue(state: ConversationState, { answered, responseId }: FunctionCallItem): boolean {
  const response = findResponse(state, responseId);
  return !answered && response?.status === "completed" && !response.outOfBand;
}

/**
 * The oldest call of this call id that waits for its output.
 * Services have been seen to give one call id to several calls.
 */
export function waitingCall(state: ConversationState, callId: string): FunctionCallItem | undefined {
  return openCalls(state, callId).find((call) => isDue(state, call));
}

/** The call that an output of this call id answers: the one that waits, or else the latest that has no output. */
export function openCall(state: ConversationState, callId: string): FunctionCallItem | undefined {
  return waitingCall(state, callId) ?? openCalls(state, callId).at(-1);
}

function openCalls({ items, detached }: ConversationState, callId: string): readonly FunctionCallItem[] {
  const isOpen = (item: ConversationItem): item is FunctionCallItem =>
    item.type === "function_call" && item.callId === callId && !item.answered;
  return [...items.filter(isOpen), ...detached.filter(isOpen)];
}

/** The `event_id` of an output by which no answer is asked for. */
export function silentOutputId(itemId: string): string {
  return `silent_${itemId}`;
}

/** Notes that an output for a call was sent; when that was the last one its response waited for, an answer is wanted. */
export function answerCall(state: ConversationState, callId: string, commandId = ""): ConversationState {
  const call = openCall(state, callId);
  if (call === undefined) return state;
  // Of calls that share an id the output may be another's.
  const isSilent = `${commandId}`.startsWith(silentOutputId(""));
  const answered = updateItem(state, call.id, () => ({
    ...call,
    answered: true,
    ...(isSilent ? { silent: true } : {}),
  }));
  return call.responseId === undefined ? answered : wantIfAllAnswered(answered, call.responseId);
}

/** The `event_id` of the deletion of a call by an edit of the history. */
export function editedOutId(itemId: string): string {
  return `edit_${itemId}`;
}

/** Takes in that a deletion was sent: whether it is of a call that an edit of the history takes away. */
export function callDeletionSent(
  state: ConversationState,
  { item_id, event_id }: ClientEventOf<"conversation.item.delete">,
): ConversationState {
  return updateItem(state, item_id, (item) => {
    const isEdited = event_id === editedOutId(item_id);
    if (item.type !== "function_call" || (item.editedOut === true) === isEdited) return item;
    const { editedOut: _, ...others } = item;
    return isEdited ? { ...others, editedOut: true } : others;
  });
}

/**
 * Takes in that an item was deleted: where it was the last call that its response waited for, an answer is wanted. What
 * lies behind, since the user or the assistant has spoken again, is not taken up by that, and neither is it where the
 * history was edited. The states are those before the deletion and after it.
 */
export function callGone(before: ConversationState, id: string, after: ConversationState): ConversationState {
  const item = findItem(before, id);
  if (item?.type !== "function_call" || item.answered || item.editedOut === true) return after;
  const response = findResponse(before, item.responseId);
  return response === undefined || isBehind(before, response) ? after : wantIfAllAnswered(after, response.id);
}

/** Whether somebody has spoken since a response: the user, or the assistant in a later one. */
function isBehind({ items, responses }: ConversationState, response: ResponseState): boolean {
  const end = items.findLastIndex(({ responseId }) => responseId === response.id);
  return (
    responses.slice(responses.indexOf(response) + 1).some(({ outOfBand }) => !outOfBand) ||
    items.some((item, index) => index > end && end >= 0 && item.type === "message" && item.role === "user")
  );
}

/**
 * An answer is wanted once a response has completed and every function call in it has its output, unless none of them
 * asks for one.
 */
export function wantIfAllAnswered(state: ConversationState, responseId: string): ConversationState {
  const response = findResponse(state, responseId);
  if (response?.status !== "completed" || response.outOfBand) return state;
  const calls = callsOf(state, response);
  return calls.some(({ silent }) => silent !== true) && calls.every(({ answered }) => answered)
    ? requestMade(state, { id: `tools_${responseId}` }, "tools")
    : state;
}
