import type { ContentPart } from "./content-part.ts";
import { defaultPolicy, type Policy } from "./effects.ts";
import { isAtServer, isOpen } from "./reduce/request-list.ts";
import { activeResponse } from "./reduce/responses.ts";
import type { ConversationState } from "./state.ts";
import type { ResponseRequest } from "./turn.ts";

/**
 * Whether nobody speaks or is about to: no answer is generated, wanted, due or heard, the user is silent and was
 * understood, and no function runs that the model waits for. Answers that are not asked for, by the policy or for want of
 * a budget, are not about to come.
 *
 * A state does not tell what a player holds and has not begun to play; a conversation does, and its `isQuiet` goes by it.
 */
export function isQuiet(
  state: ConversationState,
  { respondToTools }: Pick<Policy, "respondToTools"> = defaultPolicy,
): boolean {
  const { userSpeaking, serverAnswers, requests } = state.turn;
  const isHeldBack = ({ status, by }: ResponseRequest) =>
    status === "waiting" && (state.budget !== null || (by === "tools" && !respondToTools));
  const isDue = (request: ResponseRequest) =>
    isAtServer(request) || (isOpen(request) && !isHeldBack(request));
  if (userSpeaking || serverAnswers || requests.some(isDue)) return false;
  if (activeResponse(state) !== undefined) return false;
  return state.items.every((item) => {
    if (item.type === "function_call")
      return item.answered || item.status !== "completed" || item.standing !== undefined;
    if (item.standing !== undefined) return true;
    if (item.type === "mcp_call") return item.status !== "in_progress";
    if (item.type !== "message") return true;
    return item.status !== "in_progress" && item.content.every((part) => isSettled(part, state));
  });
}

function isSettled(part: ContentPart, { session }: ConversationState): boolean {
  if (part.type === "output_audio") return part.audio?.playback !== "playing";
  if (part.type !== "input_audio" || part.transcription === "completed" || part.transcription === "failed")
    return true;
  return session?.audio?.input?.transcription == null;
}
