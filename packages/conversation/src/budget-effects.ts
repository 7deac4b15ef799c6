import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Effect } from "./effects.ts";
import { type AnsweringDetection, detectionSet } from "./reduce/budget-events.ts";
import { turnDetectionOf } from "./reduce/present.ts";
import type { ConversationState } from "./state.ts";

/**
 * Keeps a server that answers the user by itself from doing so while a budget is used up: when it is reached, in each
 * later session, and behind each command that sets another turn detection.
 */
export function budgetEffects(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
): readonly Effect[] {
  const { from, event } = entry;
  if (before.budget !== null && after.budget !== null) {
    const set = detectionSet(after, entry);
    return set === undefined ? [] : serverAnswers(set, false);
  }
  const detection = turnDetectionOf(after);
  if (from !== "local" || before.budget === after.budget || detection == null) return [];
  if (event.type === "budget.reached") {
    return after.budget?.serverAnswered ? serverAnswers(detection, false) : [];
  }
  return event.type === "budget.lifted" && before.budget?.serverAnswered
    ? serverAnswers(detection, true)
    : [];
}

/** Tells the server whether to answer the user by itself; everything else about its turn detection stays. */
function serverAnswers(detection: AnsweringDetection, create_response: boolean): readonly Effect[] {
  const input = { turn_detection: { ...detection, create_response } };
  return [
    { type: "send", event: { type: "session.update", session: { type: "realtime", audio: { input } } } },
  ];
}
