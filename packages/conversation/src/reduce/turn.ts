import type { ConversationState, FunctionCallItem, ResponseState, Turn } from "../state.ts";
import { findItem, updateItem } from "./items.ts";
import { activeResponse, findResponse } from "./responses.ts";

/** Changes who may speak next; the same state when nothing changes. */
export function withTurn(state: ConversationState, change: Partial<Turn>): ConversationState {
  const turn = { ...state.turn, ...change };
  const { userSpeaking, serverAnswers, asked, asks, wanted } = state.turn;
  const same =
    turn.userSpeaking === userSpeaking &&
    turn.serverAnswers === serverAnswers &&
    turn.asked === asked &&
    turn.asks === asks &&
    turn.wanted === wanted;
  return same ? state : { ...state, turn };
}

/**
 * Whether the moment has come to send the `response.create` that is wanted: the link is open, nobody else speaks
 * or is about to, and none of ours is on its way.
 */
export function mayAsk(state: ConversationState): boolean {
  const { userSpeaking, serverAnswers, asked, wanted } = state.turn;
  return (
    wanted !== null &&
    state.link === "open" &&
    !userSpeaking &&
    !serverAnswers &&
    asked === null &&
    activeResponse(state) === undefined
  );
}

/** The function calls of a response, in output order. */
export function callsOf(state: ConversationState, response: ResponseState): readonly FunctionCallItem[] {
  return response.itemIds.flatMap((id) => {
    const item = findItem(state, id);
    return item?.type === "function_call" ? [item] : [];
  });
}

/** Notes that an output for a call was sent; when that was the last one its response waited for, an answer is wanted. */
export function answerCall(state: ConversationState, callId: string): ConversationState {
  const call = [...state.items, ...state.detached].findLast(
    (item): item is FunctionCallItem => item.type === "function_call" && item.callId === callId,
  );
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
    ? withTurn(state, { wanted: state.turn.wanted ?? "tools" })
    : state;
}
