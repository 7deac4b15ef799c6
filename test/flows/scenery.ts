import type { ScenarioTurn } from "@duologue/emulator";
import type { SessionConfig } from "@duologue/protocol";

// What flows have in common. Answers sound like nothing: only their length matters.

const speech = (ms: number) => new Int16Array(24 * ms);
/** An answer that is spoken for so long. */
export const says = (say: string, ms: number, more: Partial<ScenarioTurn> = {}): ScenarioTurn => ({
  say,
  speech: speech(ms),
  ...more,
});
/** The sound of a telephone, which is a sixth of the bytes. */
export const telephone = { type: "audio/pcmu" } as const;
const ear = { format: telephone, transcription: { model: "whisper-1" } };
const mouth = { format: telephone };
/** Speech both ways, with transcripts. */
export const listening: SessionConfig = {
  type: "realtime",
  output_modalities: ["audio"],
  audio: { input: ear, output: mouth },
};
/** Words only. */
export const writing: SessionConfig = { type: "realtime", output_modalities: ["text"] };
/** Speech both ways, committed by hand. */
export const pushToTalk: SessionConfig = {
  ...listening,
  audio: { input: { ...ear, turn_detection: null }, output: mouth },
};
