import type { Entry, LocalEvent } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { ConversationState } from "../state.ts";
import { turnDetectionOf } from "./present.ts";

type Reached = Extract<LocalEvent, { type: "budget.reached" }>;

/** Takes in that a limit was reached. The first one counts until it is lifted. */
export function budgetReached(state: ConversationState, { limit, spent, most }: Reached): ConversationState {
  if (state.budget !== null) return state;
  const detection = turnDetectionOf(state);
  const serverAnswered = answering(detection) !== undefined;
  return { ...state, budget: { limit, spent, most, serverAnswered } };
}

/** Takes in that answers may be asked for again. */
export function budgetLifted(state: ConversationState): ConversationState {
  return state.budget === null ? state : { ...state, budget: null };
}

/** How a server hears turns, by its report or by our command. */
export type AnsweringDetection = NonNullable<ReturnType<typeof turnDetectionOf>>;

/**
 * The turn detection by which the server is going to answer the user by itself, where an entry has just set it: a
 * command, or the beginning of a server session. `state` is what the entry has led to.
 */
export function detectionSet(
  state: ConversationState,
  { from, event }: Entry<ClientEvent, ServerEvent>,
): AnsweringDetection | undefined {
  if (from === "client" && event.type === "session.update") {
    const { session } = event as Extract<ClientEvent, { type: "session.update" }>;
    return session?.type === "realtime" ? answering(session.audio?.input?.turn_detection) : undefined;
  }
  const isBeginning =
    (from === "server" && event.type === "session.created") ||
    (from === "local" && event.type === "link.switched");
  return isBeginning ? answering(turnDetectionOf(state)) : undefined;
}

function answering(detection: AnsweringDetection | null | undefined): AnsweringDetection | undefined {
  return detection == null || detection.create_response === false ? undefined : detection;
}

/** Remembers, while a limit is reached, that the server is to answer by itself again afterwards. */
export function answeringNoted(
  state: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
): ConversationState {
  const { budget } = state;
  if (budget === null || budget.serverAnswered || detectionSet(state, entry) === undefined) return state;
  return { ...state, budget: { ...budget, serverAnswered: true } };
}
