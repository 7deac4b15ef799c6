import { describe, expect, it } from "vitest";
import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from "../src/index.ts";

const everySample = Int16Array.from({ length: 65536 }, (_, index) => index - 32768);
const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);

/** Counts the samples whose error is more than what is allowed at their magnitude: `x`, or `-1 - x` below 0. */
function checkErrors(decoded: Int16Array, allowed: (magnitude: number) => number): number {
  let beyond = 0;
  everySample.forEach((sample, index) => {
    const error = Math.abs((decoded[index] ?? Number.NaN) - sample);
    if (!(error <= allowed(sample < 0 ? ~sample : sample))) beyond += 1;
  });
  return beyond;
}

function falls(samples: Int16Array): number {
  let count = 0;
  for (let index = 1; index < samples.length; index++) {
    if ((samples[index] ?? 0) < (samples[index - 1] ?? 0)) count += 1;
  }
  return count;
}

/**
 * Where the intervals of positive values begin, in 16 bit, as tables 1a and 2a of ITU-T G.711 have them: 16 intervals a
 * segment, each `step` of its segment long. The 129th number is where the last one ends.
 */
function decisionLevels(lengthOf: (interval: number) => number): readonly number[] {
  const levels = [0];
  for (let interval = 0; interval < 128; interval++)
    levels.push((levels[interval] ?? 0) + lengthOf(interval));
  return levels;
}

const muLawLevels = decisionLevels((interval) => (interval === 0 ? 4 : 8 * 2 ** (interval >> 4)));
const aLawLevels = decisionLevels((interval) => 16 * 2 ** Math.max(0, (interval >> 4) - 1));

/** The interval of a sample, searched for in the table; negative samples are mirrored. */
function intervalOf(sample: number, levels: readonly number[]): number {
  const magnitude = sample < 0 ? -1 - sample : sample;
  return Math.min(
    127,
    levels.findLastIndex((level) => level <= magnitude),
  );
}

describe("every one of the 65,536 samples has the byte of its interval in the tables of G.711", () => {
  it.each([
    [
      "µ-law",
      encodeMuLaw,
      muLawLevels,
      (code: number, isNegative: boolean) => (isNegative ? 127 : 255) - code,
    ],
    [
      "A-law",
      encodeALaw,
      aLawLevels,
      (code: number, isNegative: boolean) => (code + (isNegative ? 0 : 128)) ^ 0x55,
    ],
  ] as const)("%s", (_, encode, levels, byteOf) => {
    const expected = Uint8Array.from(everySample, (sample) => byteOf(intervalOf(sample, levels), sample < 0));
    expect(Buffer.compare(encode(everySample), expected)).toBe(0);
  });

  it.each([
    ["µ-law", decodeMuLaw, encodeMuLaw, muLawLevels],
    ["A-law", decodeALaw, encodeALaw, aLawLevels],
  ] as const)("%s, and each byte the middle of its interval", (name, decode, encode, levels) => {
    const wrong = [...decode(everyByte)].filter((sample, byte) => {
      const code = intervalOf(sample, levels);
      const middle = ((levels[code] ?? 0) + (levels[code + 1] ?? 0)) / 2;
      // The first interval of µ-law reaches to both sides of 0.
      const wanted = name === "µ-law" && code === 0 ? 0 : middle;
      return Math.abs(sample) !== wanted || (wanted !== 0 && encode(Int16Array.of(sample))[0] !== byte);
    });
    expect(wrong).toEqual([]);
    expect(levels[128]).toBe(name === "µ-law" ? 32636 : 32768);
  });
});

describe("µ-law", () => {
  it.each([
    // byte, sample: the ends, the first interval of each segment, and both zeros
    [0xff, 0],
    [0x7f, 0],
    [0xfe, 8],
    [0x7e, -8],
    [0xf0, 120],
    [0xef, 132],
    [0xdf, 396],
    [0xcf, 924],
    [0xbf, 1980],
    [0xaf, 4092],
    [0x9f, 8316],
    [0x8f, 16764],
    [0x80, 32124],
    [0x00, -32124],
    [0x0f, -16764],
  ])("byte %i is %i", (byte, sample) => {
    expect([...decodeMuLaw(Uint8Array.of(byte))]).toEqual([sample]);
    if (byte !== 0x7f) expect([...encodeMuLaw(Int16Array.of(sample))]).toEqual([byte]);
  });

  it.each([
    // sample, byte: both sides of decision levels
    [3, 0xff],
    [4, 0xfe],
    [11, 0xfe],
    [12, 0xfd],
    [-1, 0x7f],
    [-4, 0x7f],
    [-5, 0x7e],
    [123, 0xf0],
    [124, 0xef],
    [32635, 0x80],
    [32767, 0x80],
    [-32768, 0x00],
  ])("%i becomes %i", (sample, byte) => {
    expect([...encodeMuLaw(Int16Array.of(sample))]).toEqual([byte]);
  });

  it("keeps every sample within half an interval, up to where it clips", () => {
    const decoded = decodeMuLaw(encodeMuLaw(everySample));
    const half = (magnitude: number) =>
      magnitude > 32635 ? 32768 - 32124 : 2 ** (Math.floor(Math.log2(magnitude + 132)) - 7 + 2);
    expect(checkErrors(decoded, half)).toBe(0);
    expect(checkErrors(decoded, (magnitude) => half(magnitude) - 1)).toBeGreaterThan(0);
  });

  it("never falls where the input rises", () => {
    expect(falls(decodeMuLaw(encodeMuLaw(everySample)))).toBe(0);
  });

  it("gives every byte back but the second zero", () => {
    const again = encodeMuLaw(decodeMuLaw(everyByte));
    expect([...again]).toEqual([...everyByte].map((byte) => (byte === 0x7f ? 0xff : byte)));
  });

  it("mirrors positive and negative", () => {
    const positive = encodeMuLaw(everySample.slice(32768));
    const negative = encodeMuLaw(everySample.slice(0, 32768)).reverse();
    expect([...negative]).toEqual([...positive].map((byte) => byte ^ 0x80));
  });
});

describe("A-law", () => {
  it.each([
    [0xd5, 8],
    [0x55, -8],
    [0xd4, 24],
    [0x54, -24],
    [0xda, 248],
    [0xc5, 264],
    [0xf5, 528],
    [0xe5, 1056],
    [0x95, 2112],
    [0x85, 4224],
    [0xb5, 8448],
    [0xa5, 16896],
    [0xaa, 32256],
    [0x2a, -32256],
  ])("byte %i is %i", (byte, sample) => {
    expect([...decodeALaw(Uint8Array.of(byte))]).toEqual([sample]);
    expect([...encodeALaw(Int16Array.of(sample))]).toEqual([byte]);
  });

  it.each([
    [0, 0xd5],
    [15, 0xd5],
    [16, 0xd4],
    [-1, 0x55],
    [-16, 0x55],
    [-17, 0x54],
    [511, 0xca],
    [512, 0xf5],
    [32767, 0xaa],
    [-32768, 0x2a],
  ])("%i becomes %i", (sample, byte) => {
    expect([...encodeALaw(Int16Array.of(sample))]).toEqual([byte]);
  });

  it("keeps every sample within half an interval", () => {
    const decoded = decodeALaw(encodeALaw(everySample));
    const half = (magnitude: number) => 2 ** Math.max(3, Math.floor(Math.log2(Math.max(magnitude, 1))) - 5);
    expect(checkErrors(decoded, half)).toBe(0);
    expect(checkErrors(decoded, (magnitude) => half(magnitude) - 1)).toBeGreaterThan(0);
  });

  it("never falls where the input rises", () => {
    expect(falls(decodeALaw(encodeALaw(everySample)))).toBe(0);
  });

  it("gives every byte back", () => {
    expect(encodeALaw(decodeALaw(everyByte))).toEqual(everyByte);
  });

  it("mirrors positive and negative", () => {
    const positive = encodeALaw(everySample.slice(32768));
    const negative = encodeALaw(everySample.slice(0, 32768)).reverse();
    expect([...negative]).toEqual([...positive].map((byte) => byte ^ 0x80));
  });
});
