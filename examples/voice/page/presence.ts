import { type ConversationState, currentCaption } from "@duologue/conversation";
import type { Status } from "@duologue/core";

/** What the other side is doing, for a look and a word. */
export interface Presence {
  readonly mood: "away" | "waiting" | "listening" | "hearing" | "thinking" | "speaking";
  readonly words: string;
}

/** What to show of a session and its conversation. */
export function presence(status: Status, state: ConversationState, isMuted: boolean): Presence {
  switch (status.state) {
    case "idle":
    case "connecting":
    case "configuring":
      return { mood: "waiting", words: "Connecting …" };
    case "reconnecting":
      return { mood: "waiting", words: `The connection was lost. Trying again (${status.attempt}) …` };
    case "closing":
    case "closed":
      return { mood: "away", words: "The conversation has ended." };
    default:
      return talking(state, isMuted);
  }
}

function talking(state: ConversationState, isMuted: boolean): Presence {
  const { userSpeaking, serverAnswers, requests } = state.turn;
  if (userSpeaking) return { mood: "hearing", words: "Hearing you" };
  if (currentCaption(state) !== undefined) return { mood: "speaking", words: "Speaking" };
  const isAsked = requests.some(
    ({ status }) => status !== "done" && status !== "refused" && status !== "dropped",
  );
  const isAnswering = state.responses.some(({ status }) => status === "in_progress");
  if (serverAnswers || isAsked || isAnswering) return { mood: "thinking", words: "Thinking" };
  return { mood: "listening", words: isMuted ? "You are muted" : "Listening" };
}
