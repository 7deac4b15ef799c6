import { checkScenario } from "../brain/check-plan.ts";
import type { Scenario } from "../brain/scenario.ts";
import type { Ear } from "../ear/ear.ts";
import { syllableVoice } from "../voice/syllable-voice.ts";
import type { Voice } from "../voice/voice.ts";
import { defined } from "./defined.ts";
import { serviceVoices } from "./unknown-voice.ts";
import { type Unsettled, unsettled } from "./unsettled.ts";

/** How an emulated service behaves. All times are milliseconds. */
export interface EngineSettings {
  /** How much faster than real time audio is generated; `Infinity` sends it all at once. Default: 8. */
  readonly pace: number;
  /** How much audio one `response.output_audio.delta` carries, at most. Default: 200. */
  readonly chunkMs: number;
  /** From `response.created`, or the later answer of a brain or a voice, to the first output. Default: 200. */
  readonly firstOutputMs: number;
  /** From the first words of a spoken answer to its first audio: the transcript leads. Default: 40. */
  readonly audioLagMs: number;
  /** Between two deltas of text or of function arguments. Default: 5. */
  readonly textPieceMs: number;
  /** From the commit of the user's speech to the end of its transcription. Default: 400. */
  readonly transcriptionMs: number;
  /**
   * How much longer a transcription may take, at most; the session's seed decides. With more than the time between two
   * speeches, transcripts come out of order. Default: 0.
   */
  readonly transcriptionJitterMs: number;
  /** From `response.done` to `rate_limits.updated`. Default: 40. */
  readonly rateLimitsMs: number;
  /** From `mcp_list_tools.in_progress` to the end of a listing. Default: 300. */
  readonly mcpListingMs: number;
  /** From `response.mcp_call.in_progress` to the end of a call. Default: 300. */
  readonly mcpCallMs: number;
  /** How long a session lasts; `null` for ever. Default: 60 minutes. */
  readonly expireAfterMs: number | null;
  /**
   * How many tokens a response reads at the most, instructions and tools included; `session.truncation` says what
   * happens to a conversation that outgrows that. Default: as many as the session's model, 28,224 of one that is not known.
   */
  readonly maxInputTokens: number | undefined;
  /** How many items a conversation has at the most; more are refused. Default: 5000. */
  readonly maxItems: number;
  /** How many bytes of sound and words a session holds at the most; more are refused. Default: 256 MiB. */
  readonly maxHeldBytes: number;
  /** How many responses run at once, those out of band included; more are refused. Default: 32. */
  readonly maxResponses: number;
  /**
   * How many characters of one answer the voice speaks, at the most; a longer one fails. What a plan sounds like by itself
   * is not bounded. Default: 50,000, an hour of speech and so all of a session.
   */
  readonly maxSpokenCharacters: number;
  /**
   * How long whoever answers an `ask` may take for one response, which fails then; `null` for ever. Default: 60,000.
   */
  readonly brainTimeoutMs: number | null;
  /**
   * How long a voice that takes its time may take for one answer, which fails then; `null` for ever. An answer that waits
   * for its turn is waiting already. Default: 60,000.
   */
  readonly voiceTimeoutMs: number | null;
  /** How many MCP servers a session knows, also those that it no longer uses; more are refused. Default: 64. */
  readonly maxMcpServers: number;
  /**
   * The names that a session or a response may give for its voice, one at least; `null` takes every name, as for a
   * service that has others. They all sound like `voice`. Default: the ten of OpenAI.
   */
  readonly voices: readonly string[] | null;
  /** How likely questions are answered that no source settles. */
  readonly unsettled: Unsettled;
  /** The limit that `rate_limits.updated` reports. Default: 40,000. */
  readonly tokensPerMinute: number;
  /** What `session.instructions` is until the client sets it, and again when the client sets it to `""`. */
  readonly instructions: string;
  /** Default: `syllableVoice`. */
  readonly voice: Voice;
  /** What the user's speech says where the scenario does not tell. Default: it makes out nothing. */
  readonly ear: Ear;
  /** What happens first. Default: nothing is scripted. */
  readonly scenario: Scenario;
  /**
   * Who answers where the scenario does not: `echo` inside the engine, or whoever runs the engine, which is then
   * asked by an `ask` output and has to give an `answer` input. Default: `echo`.
   */
  readonly answers: "echo" | "ask";
}

/** Settings of which some are given. */
export type GivenSettings = Partial<Omit<EngineSettings, "unsettled">> & {
  readonly unsettled?: Partial<Unsettled>;
};

const defaults: EngineSettings = {
  pace: 8,
  chunkMs: 200,
  firstOutputMs: 200,
  audioLagMs: 40,
  textPieceMs: 5,
  transcriptionMs: 400,
  transcriptionJitterMs: 0,
  rateLimitsMs: 40,
  mcpListingMs: 300,
  mcpCallMs: 300,
  expireAfterMs: 60 * 60 * 1000,
  maxInputTokens: undefined,
  maxItems: 5000,
  maxHeldBytes: 256 * 1024 * 1024,
  maxResponses: 32,
  maxSpokenCharacters: 50_000,
  brainTimeoutMs: 60_000,
  voiceTimeoutMs: 60_000,
  maxMcpServers: 64,
  voices: serviceVoices,
  unsettled: unsettled(),
  tokensPerMinute: 40_000,
  instructions: "You are the voice of an emulator. Be brief and friendly.",
  voice: syllableVoice,
  ear: () => "",
  scenario: { turns: [] },
  answers: "echo",
};

/**
 * Settings with the defaults filled in, also for what is `undefined`. Throws a `RangeError` for a number that makes no
 * sense, and a `TypeError` for a scenario that is none.
 */
export function engineSettings(given: GivenSettings = {}): EngineSettings {
  const settings = { ...defaults, ...defined(given), unsettled: unsettled(given.unsettled) };
  checkScenario(settings.scenario);
  for (const name of ["pace", "chunkMs"] as const) {
    if (!(settings[name] > 0)) throw new RangeError(`${name} is ${settings[name]}; more than 0 is wanted`);
  }
  const delays = [
    "firstOutputMs",
    "audioLagMs",
    "textPieceMs",
    "transcriptionMs",
    "transcriptionJitterMs",
    "rateLimitsMs",
    "mcpListingMs",
    "mcpCallMs",
  ] as const;
  for (const name of [...delays, "tokensPerMinute"] as const) {
    if (!(settings[name] >= 0 && Number.isFinite(settings[name]))) {
      throw new RangeError(`${name} is ${settings[name]}; 0 or more is wanted`);
    }
  }
  const bounds = [
    "maxInputTokens",
    "maxItems",
    "maxHeldBytes",
    "maxResponses",
    "maxSpokenCharacters",
    "maxMcpServers",
  ] as const;
  for (const name of bounds) {
    const { [name]: bound = 1 } = settings;
    if (!(bound >= 1)) throw new RangeError(`${name} is ${bound}; 1 or more is wanted`);
  }
  const { voices } = settings;
  if (voices !== null && voices.length === 0) {
    throw new RangeError("voices is empty; one name or more, or null for every name, is wanted");
  }
  for (const name of ["expireAfterMs", "brainTimeoutMs", "voiceTimeoutMs"] as const) {
    const { [name]: limit } = settings;
    if (limit !== null && !(limit > 0 && Number.isFinite(limit))) {
      throw new RangeError(`${name} is ${limit}; more than 0, or null for ever, is wanted`);
    }
  }
  return settings;
}
