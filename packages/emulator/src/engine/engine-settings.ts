import type { Scenario } from "../brain/scenario.ts";
import { syllableVoice } from "../voice/syllable-voice.ts";
import type { Voice } from "../voice/voice.ts";

/** How an emulated service behaves. All times are milliseconds. */
export interface EngineSettings {
  /** How much faster than real time audio is generated; `Infinity` sends it all at once. Default: 8. */
  readonly pace: number;
  /** How much audio one `response.output_audio.delta` carries, at most. Default: 200. */
  readonly chunkMs: number;
  /** From `response.created`, or the brain's later answer, to the first output. Default: 200. */
  readonly firstOutputMs: number;
  /** From the first words of a spoken answer to its first audio: the transcript leads. Default: 40. */
  readonly audioLagMs: number;
  /** Between two deltas of text or of function arguments. Default: 5. */
  readonly textPieceMs: number;
  /** From the commit of the user's speech to the end of its transcription. Default: 400. */
  readonly transcriptionMs: number;
  /** From `response.done` to `rate_limits.updated`. Default: 40. */
  readonly rateLimitsMs: number;
  /** How long a session lasts; `null` for ever. Default: 60 minutes. */
  readonly expireAfterMs: number | null;
  /** The limit that `rate_limits.updated` reports. Default: 40,000. */
  readonly tokensPerMinute: number;
  /** What `session.instructions` is until the client sets it, and again when the client sets it to `""`. */
  readonly instructions: string;
  /** Default: `syllableVoice`. */
  readonly voice: Voice;
  /** What happens first. Default: nothing is scripted. */
  readonly scenario: Scenario;
  /**
   * Who answers where the scenario does not: `echo` inside the engine, or whoever runs the engine, which is then
   * asked by an `ask` output and has to give an `answer` input. Default: `echo`.
   */
  readonly answers: "echo" | "ask";
}

const defaults: EngineSettings = {
  pace: 8,
  chunkMs: 200,
  firstOutputMs: 200,
  audioLagMs: 40,
  textPieceMs: 5,
  transcriptionMs: 400,
  rateLimitsMs: 40,
  expireAfterMs: 60 * 60 * 1000,
  tokensPerMinute: 40_000,
  instructions: "You are the voice of an emulator. Be brief and friendly.",
  voice: syllableVoice,
  scenario: { turns: [] },
  answers: "echo",
};

/** Settings with the defaults filled in. Throws a `RangeError` for a number that makes no sense. */
export function engineSettings(given: Partial<EngineSettings> = {}): EngineSettings {
  const settings = { ...defaults, ...given };
  for (const name of ["pace", "chunkMs"] as const) {
    if (!(settings[name] > 0)) throw new RangeError(`${name} is ${settings[name]}; more than 0 is wanted`);
  }
  const delays = ["firstOutputMs", "audioLagMs", "textPieceMs", "transcriptionMs", "rateLimitsMs"] as const;
  for (const name of [...delays, "tokensPerMinute"] as const) {
    if (!(settings[name] >= 0 && Number.isFinite(settings[name]))) {
      throw new RangeError(`${name} is ${settings[name]}; 0 or more is wanted`);
    }
  }
  const { expireAfterMs } = settings;
  if (expireAfterMs !== null && !(expireAfterMs > 0 && Number.isFinite(expireAfterMs))) {
    throw new RangeError(`expireAfterMs is ${expireAfterMs}; more than 0, or null for ever, is wanted`);
  }
  return settings;
}
