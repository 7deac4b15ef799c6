import {
  type AudioFormatType,
  audioFormats,
  type VoiceActivity,
  type VoiceActivityState,
  voiceActivity,
} from "@duologue/audio";
import type { TurnDetection } from "@duologue/protocol";
import type { EngineState } from "./engine-state.ts";
import { type SampleChain, sampleCountOf, withoutFirst } from "./sample-chain.ts";
import { type EmulatedInput, fullTurnDetection } from "./session-defaults.ts";

/** The input audio buffer, and the ear that listens to it. */
export interface InputAudio {
  /** Where the first sample of the present format stands, in milliseconds of all audio written. */
  readonly baseMs: number;
  /** Samples written in the present format, committed or not. */
  readonly sampleCount: number;
  /** How many pieces of sound the client has sent. */
  readonly appends: number;
  /** The first half of a sample whose second half has not come yet. */
  readonly oddByte: number | null;
  /** What is not committed yet; it ends with the newest sample. */
  readonly buffer: SampleChain;
  readonly detection: VoiceActivityState;
  /** The item that the buffer will become, where words of it have been sent already, and how many pieces. */
  readonly live: { readonly itemId: string; readonly written: number } | null;
  /** The speech that has started and not ended; its item is announced already. */
  readonly speech: { readonly itemId: string; readonly startMs: number } | null;
}

/** How long it has to be quiet for each eagerness of `semantic_vad`; this ear hears loudness, not meaning. */
const semanticSilenceMs = { low: 1200, medium: 600, auto: 600, high: 300 } as const;

/** An ear that has heard nothing yet; its first sample stands at `originMs`. */
export function newInputAudio(originMs = 0): InputAudio {
  const detection = voiceActivity({ sampleRateHz: audioFormats["audio/pcm"].sampleRateHz }).begin(originMs);
  return {
    baseMs: originMs,
    sampleCount: 0,
    appends: 0,
    oddByte: null,
    buffer: undefined,
    live: null,
    detection,
    speech: null,
  };
}

/** The ear after the session's input changed: offsets go on, and a speech survives unless detection began or ended. */
export function retuned(state: EngineState, after: EmulatedInput): InputAudio {
  const { input, audio, session } = state;
  const before = session.audio.input;
  const endMs = writtenMs(state);
  if (audio === "events" && before.format.type !== after.format.type)
    return { ...newInputAudio(endMs), appends: input.appends };
  if ((before.turn_detection === null) === (after.turn_detection === null)) return input;
  return { ...input, detection: newInputAudio(endMs).detection, speech: null, live: null };
}

/** How much audio has been written in the session, in milliseconds, not rounded. */
export function writtenMs(state: EngineState): number {
  return state.input.baseMs + (state.input.sampleCount * 1000) / inputRateHz(state);
}

/** The ear after something else than its own silence ended the speech. */
export function withoutSpeech(state: EngineState): InputAudio {
  const { input, session } = state;
  const detection = session.audio.input.turn_detection;
  if (detection === null) return input;
  const { interrupt } = detectorOf(detection, inputRateHz(state));
  return { ...input, detection: interrupt(input.detection), speech: null };
}

/** What the ear hears in: the session's format, or 24 kHz on a media track, which has an encoding of its own. */
export function inputFormat({ audio, session }: EngineState): AudioFormatType {
  return audio === "media" ? "audio/pcm" : session.audio.input.format.type;
}

/** How many samples a second the ear hears. */
export function inputRateHz(state: EngineState): number {
  return audioFormats[inputFormat(state)].sampleRateHz;
}

/** The ear whose buffer keeps at least the newest `keepMs`, and never twice as much. */
export function forgotten(state: EngineState, keepMs: number): InputAudio {
  const { input } = state;
  const keepSamples = (keepMs * inputRateHz(state)) / 1000;
  const surplus = sampleCountOf(input.buffer) - keepSamples;
  return surplus < keepSamples ? input : { ...input, buffer: withoutFirst(input.buffer, surplus) };
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
