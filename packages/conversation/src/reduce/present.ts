import type { ClientEventOf } from "@duologue/protocol";
import type { ConversationState, PresentSession } from "../state.ts";
import { byteCount, bytesPerMs, defaultRate } from "./playback.ts";
import { withFields } from "./with-fields.ts";

/** Milliseconds of sound that a server wants before it makes a message of its input buffer. */
export const minCommitMs = 100;

/** Notes that the assistant has spoken. */
export function spokenIn(state: ConversationState): ConversationState {
  return withPresent(state, { hasSpoken: true });
}

/** Notes sound on its way into the input buffer. */
export function appendedTo(
  state: ConversationState,
  { audio }: ClientEventOf<"input_audio_buffer.append">,
): ConversationState {
  const enough = enoughBytes(state);
  const { inputBytes } = state.present;
  return inputBytes >= enough
    ? state
    : withPresent(state, { inputBytes: Math.min(enough, inputBytes + byteCount(audio)) });
}

/** Notes that the buffer was emptied. */
export function emptied(state: ConversationState): ConversationState {
  return withPresent(state, { inputBytes: 0 });
}

/** Notes a commit: it empties the buffer, unless it is going to be refused. */
export function committed(state: ConversationState): ConversationState {
  const isOurs = turnDetectionOf(state) === null;
  return isOurs && state.present.inputBytes >= enoughBytes(state) ? emptied(state) : state;
}

/** How many bytes of the session's input format a commit takes at least. */
export function enoughBytes({ session }: ConversationState): number {
  const format = session?.audio?.input?.format;
  return minCommitMs * (format == null ? defaultRate : bytesPerMs(format));
}

/** The turn detection that the server reports: `null` where it has none, `undefined` where it is not known. */
export function turnDetectionOf({ session }: ConversationState) {
  return session?.audio?.input?.turn_detection;
}

function withPresent(state: ConversationState, change: Partial<PresentSession>): ConversationState {
  const present = withFields(state.present, change);
  return present === state.present ? state : { ...state, present };
}
