import { type AudioFormatType, audioFormats, decodeAudio } from "./audio-format.ts";
import { base64ToBytes } from "./base64.ts";
import { type PacedSpeaker, type PacedSpeakerOptions, pacedSpeaker } from "./paced-speaker.ts";
import type { PlaybackKey, PlaybackReport } from "./playback-queue.ts";
import { type Resampler, resampler } from "./resample.ts";

/** Sound of one content part as it came over the wire. */
export interface WireAudio extends PlaybackKey {
  /** How `base64` is encoded; `rate`, in Hz, where the encoding leaves it open. */
  readonly format: { readonly type: AudioFormatType; readonly rate?: number };
  readonly base64: string;
}

/** A paced speaker that takes sound as the wire has it. It is a `Player` of `@duologue/conversation`. */
export interface PacedPlayer {
  /** Decodes, converts to the speaker's rate, and queues. Throws a `SyntaxError` on what is no base64. */
  play(chunk: WireAudio): void;
  end(itemId: string, contentIndex: number): void;
  /** See `PacedSpeaker.flush`. */
  flush(): void;
  /** Tells `listener` of every report; the returned function stops that. */
  onReport(listener: (report: PlaybackReport) => void): () => void;
  /** See `PacedSpeaker.stop`. */
  stop(): void;
}

/** A part on its way from bytes to samples. */
interface Decoding {
  readonly resampler: Resampler;
  /** The first byte of a sample whose second one has not come; empty between samples. */
  rest: Uint8Array;
}

/** A player that makes no sound and takes the time that playing takes: for programs without a loudspeaker. */
export function pacedPlayer(options: Omit<PacedSpeakerOptions, "onReport">): PacedPlayer {
  const listeners = new Set<(report: PlaybackReport) => void>();
  const decodings = new Map<string, Decoding>();
  const speaker: PacedSpeaker = pacedSpeaker({
    ...options,
    onReport(report) {
      for (const listener of [...listeners]) listener(report);
    },
  });

  return {
    play({ itemId, contentIndex, format, base64 }) {
      const wire = {
        ...audioFormats[format.type],
        ...(format.rate === undefined ? {} : { sampleRateHz: format.rate }),
      };
      const name = `${contentIndex} ${itemId}`;
      let decoding = decodings.get(name);
      if (decoding === undefined) {
        const rates = { inputRateHz: wire.sampleRateHz, outputRateHz: options.sampleRateHz };
        decoding = { resampler: resampler(rates), rest: new Uint8Array(0) };
        decodings.set(name, decoding);
      }
      const bytes = joined(decoding.rest, base64ToBytes(base64));
      const whole = bytes.length - (bytes.length % wire.bytesPerSample);
      decoding.rest = bytes.slice(whole);
      const samples = decodeAudio(wire, bytes.subarray(0, whole));
      const isTaken = speaker.enqueue({ itemId, contentIndex }, decoding.resampler.push(samples));
      if (!isTaken) decodings.delete(name);
    },
    end(itemId, contentIndex) {
      const name = `${contentIndex} ${itemId}`;
      const tail = decodings.get(name)?.resampler.flush();
      decodings.delete(name);
      if (tail !== undefined) speaker.enqueue({ itemId, contentIndex }, tail);
      speaker.end({ itemId, contentIndex });
    },
    flush() {
      decodings.clear();
      speaker.flush();
    },
    onReport(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => speaker.stop(),
  };
}

function joined(rest: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (rest.length === 0) return bytes;
  const both = new Uint8Array(rest.length + bytes.length);
  both.set(rest);
  both.set(bytes, rest.length);
  return both;
}
