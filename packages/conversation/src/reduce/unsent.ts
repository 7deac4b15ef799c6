import type { LocalEvent } from "@duologue/core";
import type { ConversationState } from "../state.ts";
import type { ResponseRequest } from "../turn.ts";
import { commandIdOf } from "./arbiter.ts";
import { isOpen, withRequest } from "./request-list.ts";

/**
 * Takes in that a command was given up before it was sent. The request that it was for is refused, so that others get
 * their turn; where only the link was away, it waits for the next one.
 */
export function commandUnsent(
  state: ConversationState,
  { commandId, code }: Extract<LocalEvent, { type: "command.unsent" }>,
): ConversationState {
  const isMeant = (request: ResponseRequest) =>
    isOpen(request) &&
    request.sharedWith === undefined &&
    request.responseId === undefined &&
    (request.sent?.commandId ?? commandIdOf(request)) === commandId;
  const meant = code === "closed" ? undefined : state.turn.requests.find(isMeant);
  if (meant === undefined) return state;
  const { sent: _, ...request } = meant;
  return withRequest(state, { ...request, status: "refused", reason: code });
}
