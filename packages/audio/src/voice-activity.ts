import { fromDbfs } from "./level.ts";

/** When a voice counts as one. Names and defaults are those of `server_vad` in the Realtime protocol. */
export interface VoiceActivityOptions {
  readonly sampleRateHz: number;
  /**
   * 0 … 1, default 0.5: how loud a voice has to be. The RMS level of 10 ms from which on they are loud is
   * `-60 + 40 * threshold` dBFS: 0 is -60 dBFS (a quiet room), 0.5 is -40 dBFS, 1 is -20 dBFS (close and loud
   * speech). While somebody speaks, 6 dB less still counts as speech.
   */
  readonly threshold?: number;
  /** How much audio before the first loud moment belongs to the speech; default 300. */
  readonly prefixPaddingMs?: number;
  /** How long it has to be quiet until the speech has ended; default 200. */
  readonly silenceDurationMs?: number;
  /** How long it has to be loud without a gap until a speech has begun; default 60, so that a click is none. */
  readonly minSpeechMs?: number;
}

/** Where a speech begins or ends, in milliseconds of the stream: since its first sample, plus the origin. */
export type VoiceActivityEvent =
  /**
   * A speech began. `audioStartMs` includes the prefix padding, as `input_audio_buffer.speech_started` does; it is
   * never before the origin nor before the end of the previous speech.
   */
  | { readonly type: "started"; readonly audioStartMs: number }
  /** It ended. `audioEndMs` includes the silence, as `input_audio_buffer.speech_stopped` does. */
  | { readonly type: "stopped"; readonly audioEndMs: number };

/** All that a detector remembers: plain JSON. Only the first three fields are meant to be read. */
export interface VoiceActivityState {
  /** Whether a speech has started and not stopped. */
  readonly speaking: boolean;
  /** Where the stream's first sample stands. */
  readonly originMs: number;
  /** Samples heard since then. */
  readonly sampleCount: number;
  /** Sum of the squares of the frame that is not yet complete. */
  readonly frameEnergy: number;
  /** Before a speech: how many samples at the end of the last complete frame were loud without a gap. */
  readonly loudSamples: number;
  /** In a speech: how many samples at the end of the last complete frame were quiet without a gap. */
  readonly quietSamples: number;
  /** No speech starts before this: the end of the previous one. */
  readonly earliestStartMs: number;
}

/** Detects where in a stream of samples somebody speaks. It holds no state of its own; `step` takes and gives it. */
export interface VoiceActivity {
  /** A stream of which nothing has been heard; its first sample stands at `originMs`, which is 0 unless given. */
  begin(originMs?: number): VoiceActivityState;
  /**
   * Hears the next samples. The events come in the order of time and do not depend on how the stream is cut into
   * pieces. Never throws.
   */
  step(
    state: VoiceActivityState,
    samples: Int16Array,
  ): { readonly state: VoiceActivityState; readonly events: readonly VoiceActivityEvent[] };
  /**
   * Forgets a speech that something else ended, such as a commit or a cleared buffer: no `stopped` comes for it, and
   * the next speech starts no earlier than here. The offsets go on.
   */
  interrupt(state: VoiceActivityState): VoiceActivityState;
}

/** Audio is judged in frames of this length. */
const frameMs = 10;
/** How much quieter speech may become than its beginning had to be. */
const releaseDb = 6;

/**
 * A detector by energy: pure, deterministic and without a clock. It tells speech from silence, not from other noise.
 * A state from one detector may be handed to another of the same rate, as when options change in mid-stream. Throws
 * a `RangeError` when an option makes no sense.
 */
export function voiceActivity(options: VoiceActivityOptions): VoiceActivity {
  const {
    sampleRateHz,
    threshold = 0.5,
    prefixPaddingMs = 300,
    silenceDurationMs = 200,
    minSpeechMs = 60,
  } = options;
  if (!(sampleRateHz >= 1000))
    throw new RangeError(`sampleRateHz is ${sampleRateHz}; at least 1000 is wanted`);
  if (!(threshold >= 0 && threshold <= 1))
    throw new RangeError(`threshold is ${threshold}; 0 to 1 is wanted`);
  for (const [name, durationMs] of Object.entries({ prefixPaddingMs, silenceDurationMs, minSpeechMs })) {
    if (!(durationMs >= 0)) throw new RangeError(`${name} is ${durationMs}; 0 or more is wanted`);
  }

  const frameSamples = Math.round((sampleRateHz * frameMs) / 1000);
  const thresholdDbfs = -60 + 40 * threshold;
  const loudEnergy = frameEnergyAt(thresholdDbfs, frameSamples);
  const quietEnergy = frameEnergyAt(thresholdDbfs - releaseDb, frameSamples);
  const toMs = (samples: number): number => (samples * 1000) / sampleRateHz;

  /** Judges the frame that ends where `state` stands. */
  const endFrame = (state: VoiceActivityState, events: VoiceActivityEvent[]): VoiceActivityState => {
    const { originMs, sampleCount, frameEnergy, earliestStartMs } = state;
    const next = { ...state, frameEnergy: 0 };
    if (!state.speaking) {
      const loudSamples = frameEnergy >= loudEnergy ? state.loudSamples + frameSamples : 0;
      if (loudSamples === 0 || toMs(loudSamples) < minSpeechMs) return { ...next, loudSamples };
      const onsetMs = originMs + toMs(sampleCount - loudSamples);
      const audioStartMs = Math.round(Math.max(earliestStartMs, onsetMs - prefixPaddingMs));
      events.push({ type: "started", audioStartMs });
      return { ...next, speaking: true, loudSamples: 0, quietSamples: 0 };
    }
    const quietSamples = frameEnergy >= quietEnergy ? 0 : state.quietSamples + frameSamples;
    if (quietSamples === 0 || toMs(quietSamples) < silenceDurationMs) return { ...next, quietSamples };
    const audioEndMs = Math.round(originMs + toMs(sampleCount - quietSamples) + silenceDurationMs);
    events.push({ type: "stopped", audioEndMs });
    return { ...next, speaking: false, quietSamples: 0, earliestStartMs: audioEndMs };
  };

  return {
    begin: (originMs = 0) => ({
      speaking: false,
      originMs,
      sampleCount: 0,
      frameEnergy: 0,
      loudSamples: 0,
      quietSamples: 0,
      earliestStartMs: originMs,
    }),

    step(before, samples) {
      const events: VoiceActivityEvent[] = [];
      let state = before;
      for (let at = 0; at < samples.length; ) {
        const missing = frameSamples - (state.sampleCount % frameSamples);
        const piece = samples.subarray(at, at + missing);
        at += piece.length;
        state = {
          ...state,
          sampleCount: state.sampleCount + piece.length,
          frameEnergy: state.frameEnergy + energy(piece),
        };
        if (piece.length === missing) state = endFrame(state, events);
      }
      return { state, events };
    },

    interrupt: (state) => ({
      ...state,
      speaking: false,
      loudSamples: 0,
      quietSamples: 0,
      earliestStartMs: Math.round(state.originMs + toMs(state.sampleCount)),
    }),
  };
}

/** Whole numbers far below 2 ** 53, so the order of adding does not matter. */
function energy(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}

function frameEnergyAt(rmsDbfs: number, frameSamples: number): number {
  return (fromDbfs(rmsDbfs) * 32768) ** 2 * frameSamples;
}
