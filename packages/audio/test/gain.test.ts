import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fadeIn, fadeOut, fromDbfs, normalise, peak } from "../src/index.ts";

describe("normalise", () => {
  it.each([
    // peak in dBFS, samples, result: 32768 * 10 ** (dBFS / 20) is what the loudest becomes, up to the largest sample
    [0, [100, -200, 50], [16384, -32768, 8192]],
    [0, [200, -100], [32767, -16384]],
    [-20, [-32768, 16384], [-3277, 1638]],
    [-6, [1, 0, -1], [16423, 0, -16423]],
    [-1, [-29205, 7], [-29205, 7]],
    [0, [], []],
    [0, [0, 0], [0, 0]],
  ])("at %d dBFS makes of %j %j", (peakDbfs, samples, expected) => {
    expect([...normalise(Int16Array.from(samples), { peakDbfs })]).toEqual(expected);
  });

  it("leaves a dB of room unless told, and its input alone", () => {
    const samples = Int16Array.of(1000, -500);
    expect([...normalise(samples)]).toEqual([29205, -14602]);
    expect([...samples]).toEqual([1000, -500]);
  });

  it("puts the loudest sample where it is wanted, within half a step", () => {
    fc.assert(
      fc.property(
        fc.int16Array({ minLength: 1 }),
        fc.double({ min: -60, max: 0, noNaN: true }),
        (samples, db) => {
          fc.pre(peak(samples) > 0);
          expect(Math.abs(peak(normalise(samples, { peakDbfs: db })) - fromDbfs(db))).toBeLessThanOrEqual(
            1 / 32768,
          );
        },
      ),
    );
  });

  it.each([0.1, Number.NaN])("refuses a peak of %d dBFS", (peakDbfs) => {
    expect(() => normalise(Int16Array.of(1), { peakDbfs })).toThrow(RangeError);
  });
});

describe("fades", () => {
  const steady = Int16Array.of(1000, 1000, 1000, 1000, -1000, -1000);

  it.each([
    [0, [1000, 1000, 1000, 1000, -1000, -1000]],
    [1, [0, 1000, 1000, 1000, -1000, -1000]],
    [2, [0, 500, 1000, 1000, -1000, -1000]],
    [4, [0, 250, 500, 750, -1000, -1000]],
    [3, [0, 333, 667, 1000, -1000, -1000]],
    [8, [0, 125, 250, 375, -500, -625]],
  ])("in over %i samples", (fadeSamples, expected) => {
    expect([...fadeIn(steady, fadeSamples)]).toEqual(expected);
  });

  it.each([
    [0, [1000, 1000, 1000, 1000, -1000, -1000]],
    [1, [1000, 1000, 1000, 1000, -1000, 0]],
    [4, [1000, 1000, 750, 500, -250, 0]],
    [8, [625, 500, 375, 250, -125, 0]],
  ])("out over %i samples", (fadeSamples, expected) => {
    expect([...fadeOut(steady, fadeSamples)].map((sample) => sample + 0)).toEqual(expected);
  });

  it("round a half upwards", () => {
    expect([...fadeIn(Int16Array.of(9, 1, -1, 3), 2)]).toEqual([0, 1, -1, 3]);
    expect([...fadeIn(Int16Array.of(9, -1), 2)]).toEqual([0, 0]);
  });

  it("mirror each other", () => {
    fc.assert(
      fc.property(fc.int16Array(), fc.nat(50), (samples, fadeSamples) => {
        expect(fadeOut(samples, fadeSamples)).toEqual(fadeIn(samples.toReversed(), fadeSamples).reverse());
      }),
    );
  });
});
