import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  audioFormats,
  bytesPerMs,
  bytesToMs,
  decodeAudio,
  decodeMuLaw,
  encodeALaw,
  encodeAudio,
  encodeMuLaw,
  msToBytes,
  pcm16ToBytes,
} from "../src/index.ts";

const samples = Int16Array.of(0, 1000, -1000, 32767, -32768);
const { "audio/pcm": pcm, "audio/pcmu": pcmu, "audio/pcma": pcma } = audioFormats;

describe("audio formats", () => {
  it("are the three of the protocol", () => {
    expect(audioFormats).toEqual({
      "audio/pcm": { type: "audio/pcm", sampleRateHz: 24000, bytesPerSample: 2 },
      "audio/pcmu": { type: "audio/pcmu", sampleRateHz: 8000, bytesPerSample: 1 },
      "audio/pcma": { type: "audio/pcma", sampleRateHz: 8000, bytesPerSample: 1 },
    });
    expect([pcm, pcmu, pcma].map(bytesPerMs)).toEqual([48, 8, 8]);
  });

  it("encode and decode each in its own way", () => {
    expect(encodeAudio(pcm, samples)).toEqual(pcm16ToBytes(samples));
    expect(encodeAudio(pcmu, samples)).toEqual(encodeMuLaw(samples));
    expect(encodeAudio(pcma, samples)).toEqual(encodeALaw(samples));
    expect(decodeAudio(pcm, encodeAudio(pcm, samples))).toEqual(samples);
    expect(decodeAudio(pcmu, Uint8Array.of(0x80, 0xff))).toEqual(Int16Array.of(32124, 0));
    expect(decodeAudio(pcma, Uint8Array.of(0xaa, 0xd5))).toEqual(Int16Array.of(32256, 8));
    expect(decodeAudio(pcmu, encodeAudio(pcmu, samples))).toEqual(decodeMuLaw(encodeMuLaw(samples)));
    expect(() => decodeAudio(pcm, new Uint8Array(1))).toThrow(RangeError);
  });

  it("measure time by bytes, and whole samples by time", () => {
    expect(bytesToMs(pcm, 48_000)).toBe(1000);
    expect(bytesToMs(pcm, 2)).toBeCloseTo(1 / 24, 12);
    expect(bytesToMs(pcmu, 20)).toBe(2.5);
    expect(msToBytes(pcm, 20)).toBe(960);
    expect(msToBytes(pcm, 0.1)).toBe(4);
    expect(msToBytes({ ...pcm, sampleRateHz: 16000 }, 20)).toBe(640);
  });

  it("find the bytes of a time again", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(pcm, pcmu, pcma, { ...pcm, sampleRateHz: 11025 }),
        fc.nat(1e9),
        (format, count) => {
          const bytes = count * format.bytesPerSample;
          expect(msToBytes(format, bytesToMs(format, bytes))).toBe(bytes);
        },
      ),
    );
  });
});
