import { type ConversationState, currentCaption } from "@duologue/conversation";
import type { Status } from "@duologue/core";
import type { MicrophoneCondition } from "./microphone-condition.ts";

/** What the other side is doing, for a look and a word. */
export interface Presence {
  readonly mood: "away" | "waiting" | "listening" | "hearing" | "thinking" | "speaking";
  readonly words: string;
}

/** Whether the user can be heard. */
export interface Hearing {
  readonly microphone: MicrophoneCondition;
  readonly isMuted: boolean;
}

/** What to show of a session and its conversation. */
export function presence(status: Status, state: ConversationState, hearing: Hearing): Presence {
  switch (status.state) {
    case "idle":
    case "connecting":
    case "configuring": {
      const isAsking = hearing.microphone === "asking";
      return { mood: "waiting", words: isAsking ? "Waiting for the microphone …" : "Connecting …" };
    }
    case "reconnecting":
      return { mood: "waiting", words: `The connection was lost. Trying again (${status.attempt}) …` };
    case "closing":
    case "closed":
      return { mood: "away", words: "The conversation has ended." };
    default:
      return talking(state, hearing);
  }
}

function talking(state: ConversationState, hearing: Hearing): Presence {
  const { userSpeaking, serverAnswers, requests } = state.turn;
  if (userSpeaking) return { mood: "hearing", words: "Hearing you" };
  if (currentCaption(state) !== undefined) return { mood: "speaking", words: "Speaking" };
  const isAsked = requests.some(
    ({ status }) => status !== "done" && status !== "refused" && status !== "dropped",
  );
  const isAnswering = state.responses.some(({ status }) => status === "in_progress");
  if (serverAnswers || isAsked || isAnswering) return { mood: "thinking", words: "Thinking" };
  return { mood: "listening", words: listening(hearing) };
}

function listening({ microphone, isMuted }: Hearing): string {
  const words = {
    off: "Ready for your message",
    asking: "Waiting for the microphone …",
    on: "Listening",
    paused: "You are not heard",
    gone: "Your microphone has gone",
  };
  return microphone === "on" && isMuted ? "You are muted" : words[microphone];
}
