import type { ConversationState } from "../state.ts";
import type { Turn } from "../turn.ts";

/** Changes who may speak next; the same state when nothing changes. */
export function withTurn(state: ConversationState, change: Partial<Turn>): ConversationState {
  const { turn } = state;
  // The keys of a change are keys of a turn.
  const names = Object.keys(change) as (keyof Turn)[];
  const isSame = names.every((name) => isAlike(change[name], turn[name]));
  return isSame ? state : { ...state, turn: { ...turn, ...change } };
}

/** One list without anything in it is as good as another. */
function isAlike(one: unknown, other: unknown): boolean {
  const areEmpty = Array.isArray(one) && Array.isArray(other) && one.length === 0 && other.length === 0;
  return one === other || areEmpty;
}
