import type { LocalEvent } from "@duologue/core";
import type { ConversationState } from "../state.ts";
import { turnDetectionOf } from "./present.ts";

type Reached = Extract<LocalEvent, { type: "budget.reached" }>;

/** Takes in that a limit was reached. The first one counts until it is lifted. */
export function budgetReached(state: ConversationState, { limit, spent, most }: Reached): ConversationState {
  if (state.budget !== null) return state;
  const detection = turnDetectionOf(state);
  const serverAnswered = detection != null && detection.create_response !== false;
  return { ...state, budget: { limit, spent, most, serverAnswered } };
}

/** Takes in that answers may be asked for again. */
export function budgetLifted(state: ConversationState): ConversationState {
  return state.budget === null ? state : { ...state, budget: null };
}
