import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Effect } from "./effects.ts";
import { turnDetectionOf } from "./reduce/present.ts";
import type { ConversationState } from "./state.ts";

/** Keeps a server that answers the user by itself from doing so while a budget is used up. */
export function budgetEffects(
  before: ConversationState,
  { from, event }: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
): readonly Effect[] {
  if (from !== "local" || before.budget === after.budget) return [];
  if (event.type === "budget.reached") return after.budget?.serverAnswered ? serverAnswers(after, false) : [];
  return event.type === "budget.lifted" && before.budget?.serverAnswered ? serverAnswers(after, true) : [];
}

/** Tells the server whether to answer the user by itself; everything else about its turn detection stays. */
function serverAnswers(state: ConversationState, create_response: boolean): readonly Effect[] {
  const detection = turnDetectionOf(state);
  if (detection == null) return [];
  const input = { turn_detection: { ...detection, create_response } };
  return [
    { type: "send", event: { type: "session.update", session: { type: "realtime", audio: { input } } } },
  ];
}
