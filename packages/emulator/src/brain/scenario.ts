import type { Fault } from "../engine/fault.ts";
import type { ScriptedMcpServer } from "./mcp.ts";
import type { Plan } from "./plan.ts";
import type { StoredPrompts } from "./stored-prompt.ts";

/** What becomes of the transcription of the user's speech; without effect where none is configured. */
export interface ScriptedTranscription {
  /** Milliseconds from the commit to the end of the transcription. Default: the engine's `transcriptionMs`. */
  readonly delayMs?: number;
  /** `none`: neither a transcript nor an error ever comes. Default: `completed`. */
  readonly outcome?: "completed" | "failed" | "none";
  /** Who said what, for a model that tells speakers apart. Default: sentence by sentence, all by speaker `A`. */
  readonly segments?: readonly { readonly speaker: string; readonly text: string }[];
}

/**
 * When turn detection finds the user's speech, however it sounds: counted in the `input_audio_buffer.append` commands
 * of the session, the first of which is 1. The offsets are those that are reported.
 */
export interface ScriptedDetection {
  readonly startsAtAppend: number;
  readonly stopsAtAppend: number;
  readonly audioStartMs: number;
  readonly audioEndMs: number;
}

/** One response and what the user says before it. */
export interface ScenarioTurn extends Plan {
  /** The words of the user's speech that is committed next before this response. */
  readonly heard?: string;
  readonly transcription?: ScriptedTranscription;
  /** Where any turn has one, nothing else is ever heard as speech. Default: the ear decides. */
  readonly detection?: ScriptedDetection;
  /** What goes wrong from the moment on at which this response begins. */
  readonly faults?: readonly Fault[];
}

/**
 * What will happen, known beforehand: turn n is response n of the session, whatever caused it and also out of band.
 * When the turns are over, the emulator answers by itself.
 */
export interface Scenario {
  readonly turns: readonly ScenarioTurn[];
  /** The MCP servers that can be reached, by the labels that sessions give them. Default: none. */
  readonly mcp?: Readonly<Record<string, ScriptedMcpServer>>;
  /** The stored prompts that there are. Default: none. */
  readonly prompts?: StoredPrompts;
  /** What goes wrong from the very beginning. */
  readonly faults?: readonly Fault[];
}
