import { float32ToPcm16 } from "../pcm16.ts";
import { resampler } from "../resample.ts";
import type { CaptureSettings, FromCapture, ToCapture } from "./messages.ts";

/** What captures needs to be told. */
export interface CaptureOptions extends CaptureSettings {
  /** The rate of the blocks, in Hz. */
  readonly inputRateHz: number;
  /** Gets each frame as it becomes complete, with samples of its own. */
  emit(frame: FromCapture): void;
}

/** Makes frames of one length and rate of a microphone's blocks. */
export interface Capture {
  tell(message: ToCapture): void;
  /**
   * Takes the next block. Without an input, as while a device is being changed, it is silence: the frames follow each
   * other without a gap in the context's time, whatever devices do. Returns `false` when it was closed.
   */
  take(input: Float32Array | undefined, blockLength: number): boolean;
}

/**
 * Captures without any clock: frame `n` begins `n * frameSamples / sampleRateHz` seconds after the first block. Each
 * time it is muted it rounds up to a whole sample.
 */
export function capture(options: CaptureOptions): Capture {
  const { inputRateHz, sampleRateHz, frameSamples, emit } = options;
  const converter = resampler({ inputRateHz, outputRateHz: sampleRateHz });
  let frame = new Int16Array(frameSamples);
  let filled = 0;
  let isMuted = options.muted;
  let isClosed = false;
  /** How often it was muted, by now and when the frame began. */
  let mutes = 0;
  let mutesAtStart = 0;

  const push = (samples: Int16Array): void => {
    for (let at = 0; at < samples.length; ) {
      if (filled === 0) mutesAtStart = mutes;
      const piece = samples.subarray(at, at + frameSamples - filled);
      frame.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < frameSamples) return;
      emit({ samples: frame, mutes: mutesAtStart });
      frame = new Int16Array(frameSamples);
      filled = 0;
    }
  };

  return {
    tell(message) {
      if (message.type === "close") {
        isClosed = true;
        return;
      }
      // What came before goes no further than into the frame under way: a filter's memory would carry it on.
      if (message.mutes > mutes) push(converter.flush());
      isMuted = message.muted;
      mutes = message.mutes;
    },
    take(input, blockLength) {
      if (isClosed) return false;
      const isSilent = isMuted || input === undefined;
      push(converter.push(isSilent ? new Int16Array(blockLength) : float32ToPcm16(input)));
      return true;
    },
  };
}
