import type { ConversationState } from "../state.ts";
import { isKnown, isLongOver, responsePieceName, withPiece } from "./echoes.ts";
import { findResponse } from "./responses.ts";

/** A piece of something that a response makes. */
interface Piece {
  readonly event_id?: string;
  readonly response_id: string;
  readonly item_id: string;
  readonly content_index?: number;
  readonly delta: string;
}

/**
 * What a piece means while its response is being made. What comes late of one that has ended changes nothing, nor does
 * what comes again.
 */
export function whileMade<E extends Piece>(
  handler: (state: ConversationState, event: E) => ConversationState,
): (state: ConversationState, event: E) => ConversationState {
  return (state, event) => {
    if (hasEnded(state, event.response_id)) return state;
    const name = responsePieceName(state, event);
    if (name === undefined) return handler(state, event);
    if (isKnown(state.echoes.pieces, name)) return state;
    const next = handler(state, event);
    // Where nothing is being made nobody would forget it again.
    const isMade = next !== state && findResponse(next, event.response_id)?.status === "in_progress";
    return isMade ? withPiece(next, name) : next;
  };
}

/** Whether a response is over, remembered or not. */
export function hasEnded(state: ConversationState, responseId: string): boolean {
  const status = findResponse(state, responseId)?.status;
  return status === undefined ? isLongOver(state, responseId) : status !== "in_progress";
}
