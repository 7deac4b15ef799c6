import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesToPcm16, float32ToPcm16, pcm16ToBytes, pcm16ToFloat32 } from "../src/index.ts";

describe("PCM16 bytes", () => {
  it("are little-endian", () => {
    const samples = Int16Array.of(0, 1, -1, 258, 32767, -32768);
    const bytes = Uint8Array.of(0, 0, 1, 0, 255, 255, 2, 1, 255, 127, 0, 128);
    expect(pcm16ToBytes(samples)).toEqual(bytes);
    expect(bytesToPcm16(bytes)).toEqual(samples);
  });

  it("are read from any alignment and leave their surroundings alone", () => {
    const around = Uint8Array.of(9, 1, 0, 2, 0, 9);
    expect(bytesToPcm16(around.subarray(1, 5))).toEqual(Int16Array.of(1, 2));
    const view = new Int16Array(Int16Array.of(7, 8, 9).buffer, 2, 1);
    expect(pcm16ToBytes(view)).toEqual(Uint8Array.of(8, 0));
  });

  it("refuse half a sample", () => {
    expect(() => bytesToPcm16(new Uint8Array(3))).toThrow(
      new RangeError(
        "PCM16 takes two bytes a sample, and 3 bytes is an odd number; carry the last byte over to the next piece",
      ),
    );
  });

  it("come back as they were", () => {
    fc.assert(
      fc.property(fc.int16Array(), (samples) => {
        expect(bytesToPcm16(pcm16ToBytes(samples))).toEqual(samples);
      }),
    );
  });
});

describe("float samples", () => {
  it.each([
    [0, 0],
    [1, 32767],
    [-1, -32768],
    [2, 32767],
    [-2, -32768],
    [Number.POSITIVE_INFINITY, 32767],
    [Number.NEGATIVE_INFINITY, -32768],
    [Number.NaN, 0],
    [0.5, 16384],
    [-0.5, -16384],
    [0.5 / 32768, 1],
    [-0.5 / 32768, 0],
    [1.5 / 32768, 2],
    [-1.5 / 32768, -1],
    [32767.5 / 32768, 32767],
    [-32768.4 / 32768, -32768],
    [0.49 / 32768, 0],
    [0.51 / 32768, 1],
    [-0.51 / 32768, -1],
    [32766.6 / 32768, 32767],
  ])("%d becomes %d", (float, integer) => {
    expect(float32ToPcm16(Float32Array.of(float))).toEqual(Int16Array.of(integer));
  });

  it("carry all 65,536 values without loss", () => {
    const all = Int16Array.from({ length: 65536 }, (_, index) => index - 32768);
    expect(float32ToPcm16(pcm16ToFloat32(all))).toEqual(all);
    expect(pcm16ToFloat32(Int16Array.of(-32768, 16384))).toEqual(Float32Array.of(-1, 0.5));
  });
});
