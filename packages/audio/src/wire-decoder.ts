import { type AudioFormatType, audioFormats, decodeAudio } from "./audio-format.ts";
import { base64ToBytes } from "./base64.ts";
import { type PlaybackKey, partName } from "./playback-account.ts";
import { type Resampler, resampler } from "./resample.ts";

/** Sound of one content part as it came over the wire. */
export interface WireAudio extends PlaybackKey {
  /** How `base64` is encoded; `rate`, in Hz, where the encoding leaves it open. */
  readonly format: { readonly type: AudioFormatType; readonly rate?: number };
  readonly base64: string;
}

/** Makes samples of one rate of what the wire brings, part by part, however it was cut into deltas. */
export interface WireDecoder {
  /** The samples that can be computed by now. Throws a `SyntaxError` on what is no base64. */
  decode(chunk: WireAudio): Int16Array<ArrayBuffer>;
  /** Ends a part: returns what was still waiting of it, and forgets it. */
  end(key: PlaybackKey): Int16Array<ArrayBuffer>;
  /** Forgets every part, or this one. */
  forget(key?: PlaybackKey): void;
}

/** A part on its way from bytes to samples. */
interface Decoding {
  readonly resampler: Resampler;
  /** The first byte of a sample whose second one has not come; empty between samples. */
  rest: Uint8Array;
}

/** A decoder of parts in any format of the wire to samples at `sampleRateHz`. */
export function wireDecoder({ sampleRateHz }: { readonly sampleRateHz: number }): WireDecoder {
  const decodings = new Map<string, Decoding>();

  return {
    decode(chunk) {
      const { type, rate } = chunk.format;
      const wire = { ...audioFormats[type], ...(rate === undefined ? {} : { sampleRateHz: rate }) };
      const name = partName(chunk);
      let decoding = decodings.get(name);
      if (decoding === undefined) {
        const rates = { inputRateHz: wire.sampleRateHz, outputRateHz: sampleRateHz };
        decoding = { resampler: resampler(rates), rest: new Uint8Array(0) };
        decodings.set(name, decoding);
      }
      const bytes = joined(decoding.rest, base64ToBytes(chunk.base64));
      const whole = bytes.length - (bytes.length % wire.bytesPerSample);
      decoding.rest = bytes.slice(whole);
      return decoding.resampler.push(decodeAudio(wire, bytes.subarray(0, whole)));
    },
    end(key) {
      const tail = decodings.get(partName(key))?.resampler.flush();
      decodings.delete(partName(key));
      return tail ?? new Int16Array(0);
    },
    forget(key) {
      if (key === undefined) decodings.clear();
      else decodings.delete(partName(key));
    },
  };
}

function joined(rest: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (rest.length === 0) return bytes;
  const both = new Uint8Array(rest.length + bytes.length);
  both.set(rest);
  both.set(bytes, rest.length);
  return both;
}
