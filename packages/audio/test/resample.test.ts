import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { resamplerResponse } from "../bench/resampler-response.ts";
import { fromDbfs, type ResampleRates, resample, resampler, toDbfs } from "../src/index.ts";

const amplitude = 16384;

/** One second of a tone at half of full scale. */
function tone(frequencyHz: number, sampleRateHz: number): Int16Array {
  return Int16Array.from({ length: sampleRateHz }, (_, n) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz)),
  );
}

/** The middle of a signal, where no edge disturbs. */
function middle(samples: Int16Array): Int16Array {
  return samples.subarray(Math.floor(samples.length / 4), Math.floor((samples.length * 3) / 4));
}

/** The level of what is left of a tone, relative to what went in. */
function gainDb(frequencyHz: number, rates: ResampleRates): number {
  const output = middle(resample(tone(frequencyHz, rates.inputRateHz), rates));
  const energy = output.reduce((sum, sample) => sum + sample * sample, 0);
  return toDbfs(Math.sqrt((2 * energy) / output.length) / amplitude);
}

/** The level of all that is not the tone itself, relative to the tone. */
function errorDb(frequencyHz: number, rates: ResampleRates): number {
  const output = middle(resample(tone(frequencyHz, rates.inputRateHz), rates));
  const ideal = middle(tone(frequencyHz, rates.outputRateHz));
  const energy = output.reduce((sum, sample, n) => sum + (sample - (ideal[n] ?? 0)) ** 2, 0);
  return toDbfs(Math.sqrt((2 * energy) / output.length) / amplitude);
}

const conversions = [
  [24000, 16000],
  [48000, 24000],
  [44100, 24000],
  [24000, 8000],
  [24000, 48000],
  [8000, 24000],
  [16000, 24000],
  [24000, 44100],
] as const;

describe.each(conversions)("from %i Hz to %i Hz", (inputRateHz, outputRateHz) => {
  const rates = { inputRateHz, outputRateHz };
  const half = Math.min(inputRateHz, outputRateHz) / 2;

  it.each([0.02, 0.25, 0.5, 0.8, 0.84])("keeps a tone at %d of the band within 0.05 dB", (part) => {
    expect(Math.abs(gainDb(part * half, rates))).toBeLessThan(0.05);
  });

  it.each([0.1, 0.5, 0.8])("puts a tone at %d of the band where it belongs, 70 dB clean", (part) => {
    expect(errorDb(Math.round(part * half), rates)).toBeLessThan(-70);
  });

  if (inputRateHz > outputRateHz) {
    it.each([1.002, 1.05, 1.2, 1.45])("leaves no alias of a tone at %d of the band", (part) => {
      const frequency = Math.min(part * half, inputRateHz / 2 - 10);
      expect(gainDb(frequency, rates)).toBeLessThan(-75);
    });
  }
});

/**
 * Rates of which each output sample has a place of its own between the samples that go in. Between the halves of the
 * first two there is no room for a band to be measured in.
 */
const odd = [
  [24000, 23999],
  [44101, 24000],
  [24000, 44101],
  [96_001, 24000],
] as const;

describe("the bands as measured", () => {
  it.each([...conversions, ...odd.slice(1)])(
    "from %i Hz to %i Hz are what the documentation says",
    (inputRateHz, outputRateHz) => {
      const { passBandDb, stopBandDb, imageDb } = resamplerResponse({ inputRateHz, outputRateHz });
      expect(passBandDb).toBeLessThan(0.001);
      if (stopBandDb !== undefined) expect(stopBandDb).toBeLessThan(-80);
      if (imageDb !== undefined) expect(imageDb).toBeLessThan(-85);
      expect([stopBandDb, imageDb].filter((db) => db !== undefined)).toHaveLength(1);
    },
  );
});

describe("resample", () => {
  it.each([
    [0, 24000, 16000, 0],
    [1, 24000, 16000, 1],
    [3, 24000, 16000, 2],
    [4, 24000, 16000, 3],
    [5, 16000, 24000, 8],
    [441, 44100, 24000, 240],
    [100, 48000, 4000, 9],
    [7, 24000, 24000, 7],
  ])("makes of %i samples at %i Hz for %i Hz %i", (count, inputRateHz, outputRateHz, expected) => {
    expect(resample(new Int16Array(count).fill(99), { inputRateHz, outputRateHz })).toHaveLength(expected);
  });

  it("keeps a constant exactly", () => {
    for (const [inputRateHz, outputRateHz] of [...conversions, [24000, 23999] as const]) {
      const output = middle(resample(new Int16Array(2000).fill(-12345), { inputRateHz, outputRateHz }));
      expect(new Set(output)).toEqual(new Set([-12345]));
    }
  });

  it("saturates where the filter overshoots", () => {
    const square = Int16Array.from({ length: 480 }, (_, n) => (n % 48 < 24 ? 32767 : -32768));
    const output = resample(square, { inputRateHz: 24000, outputRateHz: 16000 });
    expect([Math.max(...output), Math.min(...output)]).toEqual([32767, -32768]);
  });

  it("copies at equal rates", () => {
    const samples = Int16Array.of(1, 2, 3);
    const copy = resample(samples, { inputRateHz: 8000, outputRateHz: 8000 });
    expect(copy).toEqual(samples);
    expect(copy.buffer).not.toBe(samples.buffer);
  });

  it.each(odd)("converts between %i and %i Hz, which have no common divisor", (inputRateHz, outputRateHz) => {
    expect(errorDb(1000, { inputRateHz, outputRateHz })).toBeLessThan(-70);
  });

  it.each([
    [44101, 24000],
    [4001, 384_000],
    [383_999, 4000],
  ])("makes few filters from %i Hz to %i Hz", (inputRateHz, outputRateHz) => {
    const sines = vi.spyOn(Math, "sin");
    resample(new Int16Array(inputRateHz), { inputRateHz, outputRateHz });
    // A sine is a weight of a filter.
    expect(sines.mock.calls.length).toBeLessThan(50_000);
    sines.mockRestore();
  });

  it.each([0, -1, 0.5, 1, 3999, 384_001, 24_000.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "refuses a rate of %d",
    (rate) => {
      expect(() => resampler({ inputRateHz: rate, outputRateHz: 8000 })).toThrow(RangeError);
      expect(() => resampler({ inputRateHz: 8000, outputRateHz: rate })).toThrow(RangeError);
    },
  );
});

describe("resampler", () => {
  it("gives the same result however the stream is cut, and can be used again", () => {
    const rates = fc.record({
      inputRateHz: fc.constantFrom(8000, 16000, 24000, 44100, 48000),
      outputRateHz: fc.constantFrom(8000, 16000, 24000, 44100, 48000),
    });
    const pieces = fc.array(fc.int16Array({ maxLength: 200 }), { maxLength: 12 });
    fc.assert(
      fc.property(rates, pieces, (each, cut) => {
        const whole = Int16Array.from(cut.flatMap((piece) => [...piece]));
        const expected = [...resample(whole, each)];
        const converter = resampler(each);
        for (let round = 0; round < 2; round++) {
          const pushed = cut.flatMap((piece) => [...converter.push(piece)]);
          expect([...pushed, ...converter.flush()]).toEqual(expected);
        }
      }),
    );
  });

  it("waits for no more than 36 samples of the lower rate", () => {
    const converter = resampler({ inputRateHz: 24000, outputRateHz: 16000 });
    const ahead = 16000 - converter.push(new Int16Array(24000)).length;
    expect(ahead).toBeGreaterThan(0);
    expect(ahead).toBeLessThanOrEqual(36);
    expect(converter.flush()).toHaveLength(ahead);
  });

  it("keeps a quiet tone apart from silence", () => {
    const quiet = Int16Array.from(tone(1000, 24000), (sample) => Math.round(sample * fromDbfs(-60)));
    const output = middle(resample(quiet, { inputRateHz: 24000, outputRateHz: 16000 }));
    expect(Math.max(...output)).toBe(16);
  });
});
