import type { ConversationState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { withFields } from "./with-fields.ts";

/** Changes who may speak next; the same state when nothing changes. */
export function withTurn(state: ConversationState, change: Partial<Turn>): ConversationState {
  const turn = withFields(state.turn, change);
  return turn === state.turn ? state : { ...state, turn };
}
