import type { Plan } from "./plan.ts";

/** What becomes of the transcription of the user's speech; without effect where none is configured. */
export interface ScriptedTranscription {
  /** Milliseconds from the commit to the end of the transcription. Default: the engine's `transcriptionMs`. */
  readonly delayMs?: number;
  /** `none`: neither a transcript nor an error ever comes. Default: `completed`. */
  readonly outcome?: "completed" | "failed" | "none";
}

/** One response and what the user says before it. */
export interface ScenarioTurn extends Plan {
  /** The words of the user's speech that is committed next before this response. */
  readonly heard?: string;
  readonly transcription?: ScriptedTranscription;
}

/**
 * What will happen, known beforehand: turn n is response n of the session, whatever caused it and also out of band.
 * When the turns are over, the emulator answers by itself.
 */
export interface Scenario {
  readonly turns: readonly ScenarioTurn[];
}
