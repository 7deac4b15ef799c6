import type { ContentPart } from "./content-part.ts";
import { isAtServer, isOpen } from "./reduce/request-list.ts";
import { activeResponse } from "./reduce/responses.ts";
import type { ConversationState } from "./state.ts";

/**
 * Whether nobody speaks or is about to: no answer is generated, wanted, due or heard, the user is silent and was
 * understood, and no tool runs.
 */
export function isQuiet(state: ConversationState): boolean {
  const { userSpeaking, serverAnswers, requests } = state.turn;
  if (userSpeaking || serverAnswers || requests.some((request) => isOpen(request) || isAtServer(request)))
    return false;
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
