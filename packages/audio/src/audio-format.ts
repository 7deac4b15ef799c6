import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from "./g711.ts";
import { bytesToPcm16, pcm16ToBytes } from "./pcm16.ts";

/** The name of an audio encoding in `session.audio.{input,output}.format.type` of the Realtime protocol. */
export type AudioFormatType = "audio/pcm" | "audio/pcmu" | "audio/pcma";

/** How mono audio travels: one encoding at one rate. */
export interface AudioFormat {
  readonly type: AudioFormatType;
  readonly sampleRateHz: number;
  readonly bytesPerSample: 1 | 2;
}

/**
 * The three formats of the OpenAI Realtime protocol. A provider that speaks `audio/pcm` at another rate is
 * `{ ...audioFormats["audio/pcm"], sampleRateHz: 16000 }`.
 */
export const audioFormats = {
  "audio/pcm": { type: "audio/pcm", sampleRateHz: 24000, bytesPerSample: 2 },
  "audio/pcmu": { type: "audio/pcmu", sampleRateHz: 8000, bytesPerSample: 1 },
  "audio/pcma": { type: "audio/pcma", sampleRateHz: 8000, bytesPerSample: 1 },
} as const satisfies { readonly [T in AudioFormatType]: AudioFormat & { readonly type: T } };

/** How many bytes a millisecond takes: 48 for `audio/pcm` at 24 kHz, 8 for the two of 8 kHz. */
export function bytesPerMs(format: AudioFormat): number {
  return (format.sampleRateHz * format.bytesPerSample) / 1000;
}

/** How long so many bytes of this format play, in milliseconds, not rounded. */
export function bytesToMs(format: AudioFormat, byteLength: number): number {
  return (byteLength * 1000) / (format.sampleRateHz * format.bytesPerSample);
}

/** How many bytes the first `durationMs` of audio take: all whole samples that fit. Undoes `bytesToMs`. */
export function msToBytes(format: AudioFormat, durationMs: number): number {
  // A thousandth of a sample makes up for the rounding of a duration that stands for a whole number of samples.
  return Math.floor((durationMs * format.sampleRateHz) / 1000 + 0.001) * format.bytesPerSample;
}

/** Writes samples, already at the format's rate, as bytes of this format. */
export function encodeAudio(format: AudioFormat, samples: Int16Array): Uint8Array<ArrayBuffer> {
  return codecs[format.type].encode(samples);
}

/** Reads bytes of this format as samples at the format's rate. Throws a `RangeError` on half a PCM16 sample. */
export function decodeAudio(format: AudioFormat, bytes: Uint8Array): Int16Array<ArrayBuffer> {
  return codecs[format.type].decode(bytes);
}

const codecs = {
  "audio/pcm": { encode: pcm16ToBytes, decode: bytesToPcm16 },
  "audio/pcmu": { encode: encodeMuLaw, decode: decodeMuLaw },
  "audio/pcma": { encode: encodeALaw, decode: decodeALaw },
} as const satisfies { readonly [T in AudioFormatType]: unknown };
