import { audioFormats, type VoiceActivity, type VoiceActivityState, voiceActivity } from "@duologue/audio";
import type { TurnDetection } from "@duologue/protocol";
import type { EngineState } from "./engine-state.ts";
import { type SampleChain, sampleCountOf } from "./sample-chain.ts";
import { type EmulatedInput, fullTurnDetection } from "./session-defaults.ts";

/** The input audio buffer, and the ear that listens to it. */
export interface InputAudio {
  /** Where the first sample of the present format stands, in milliseconds of all audio written. */
  readonly baseMs: number;
  /** Samples written in the present format, committed or not. */
  readonly sampleCount: number;
  /** The first half of a sample whose second half has not come yet. */
  readonly oddByte: number | null;
  /** What is not committed yet; it ends with the newest sample. */
  readonly buffer: SampleChain;
  readonly detection: VoiceActivityState;
  /** The speech that has started and not ended; its item is announced already. */
  readonly speech: { readonly itemId: string; readonly startMs: number } | null;
}

/** How long it has to be quiet for each eagerness of `semantic_vad`; this ear hears loudness, not meaning. */
const semanticSilenceMs = { low: 1200, medium: 600, auto: 600, high: 300 } as const;

/** An ear that has heard nothing yet; its first sample stands at `originMs`. */
export function newInputAudio(originMs = 0): InputAudio {
  const detection = voiceActivity({ sampleRateHz: audioFormats["audio/pcm"].sampleRateHz }).begin(originMs);
  return { baseMs: originMs, sampleCount: 0, oddByte: null, buffer: undefined, detection, speech: null };
}

/** The ear after the session's input changed: offsets go on, and a speech survives unless detection began or ended. */
export function retuned(input: InputAudio, before: EmulatedInput, after: EmulatedInput): InputAudio {
  const rateHz = audioFormats[before.format.type].sampleRateHz;
  const writtenMs = input.baseMs + (input.sampleCount * 1000) / rateHz;
  if (before.format.type !== after.format.type) return newInputAudio(writtenMs);
  if ((before.turn_detection === null) === (after.turn_detection === null)) return input;
  return { ...input, detection: newInputAudio(writtenMs).detection, speech: null };
}

/** The ear after something else than its own silence ended the speech. */
export function withoutSpeech(state: EngineState): InputAudio {
  const { input, session } = state;
  const detection = session.audio.input.turn_detection;
  if (detection === null) return input;
  const { interrupt } = detectorOf(detection, inputRateHz(state));
  return { ...input, detection: interrupt(input.detection), speech: null };
}

/** How many samples a second the session's input has. */
export function inputRateHz(state: EngineState): number {
  return audioFormats[state.session.audio.input.format.type].sampleRateHz;
}

/** Where in the buffer a moment of the written audio stands, in samples; negative before its beginning. */
export function bufferIndex(state: EngineState, atMs: number): number {
  const { baseMs, sampleCount, buffer } = state.input;
  const written = Math.round(((atMs - baseMs) * inputRateHz(state)) / 1000);
  return written - (sampleCount - sampleCountOf(buffer));
}

/** The detector that a turn detection asks for. */
export function detectorOf(turnDetection: TurnDetection, sampleRateHz: number): VoiceActivity {
  const full = fullTurnDetection(turnDetection);
  if (full.type === "semantic_vad") {
    return voiceActivity({ sampleRateHz, silenceDurationMs: semanticSilenceMs[full.eagerness] });
  }
  return voiceActivity({
    sampleRateHz,
    threshold: full.threshold,
    prefixPaddingMs: full.prefix_padding_ms,
    silenceDurationMs: full.silence_duration_ms,
  });
}
