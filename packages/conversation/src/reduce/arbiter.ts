import type { ConversationState } from "../state.ts";
import type { ResponseRequest } from "../turn.ts";
import { isAtServer, isWaiting } from "./request-list.ts";
import { activeResponse } from "./responses.ts";

/** Under which `event_id` a request is asked next: each attempt has one of its own. */
export function commandIdOf({ id, attempts }: ResponseRequest): string {
  return attempts === 0 ? id : `${id}.${attempts + 1}`;
}

/**
 * The requests whose moment has come. Those out of band wait for nothing but a link. In the conversation it is the
 * one that has waited longest, while nobody else speaks or is about to and none of ours is at the server.
 * `respondToTools`: whether the outputs of tools alone are a reason to ask.
 */
export function nextRequests(state: ConversationState, respondToTools = true): readonly ResponseRequest[] {
  const { requests, userSpeaking, serverAnswers } = state.turn;
  if (state.link !== "open" || state.budget !== null) return [];
  const isTaken =
    userSpeaking ||
    serverAnswers ||
    requests.some((request) => isAtServer(request) && !request.outOfBand) ||
    activeResponse(state) !== undefined;
  const waiting = requests.filter(
    (request) => isWaiting(request) && (respondToTools || request.by !== "tools"),
  );
  const next = waiting.find(({ outOfBand }) => !outOfBand);
  return waiting.filter((request) => request.outOfBand || (request === next && !isTaken));
}
