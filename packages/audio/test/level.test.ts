import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromDbfs, inputLevel, peak, rms, toDbfs } from "../src/index.ts";

const sine = Int16Array.from({ length: 2400 }, (_, n) =>
  Math.round(32767 * Math.sin((2 * Math.PI * n) / 24)),
);

describe("the level of an input", () => {
  const square = (dbfs: number) => new Int16Array(480).fill(Math.round(-32768 * fromDbfs(dbfs)));

  it.each([
    [0, 1],
    [-6, 0.9],
    [-30, 0.5],
    [-45, 0.25],
    [-60, 0],
    [-80, 0],
  ])("of a square wave at %d dBFS is %d", (dbfs, expected) => {
    expect(inputLevel(square(dbfs))).toBeCloseTo(expected, 2);
  });

  it("is 0 for silence and for nothing, and has the floor that it is given", () => {
    expect([inputLevel(new Int16Array(9)), inputLevel(new Int16Array(0))]).toEqual([0, 0]);
    expect(inputLevel(square(-20), -40)).toBeCloseTo(0.5, 3);
    expect(inputLevel(square(-50), -40)).toBe(0);
  });
});

describe("levels", () => {
  it("of silence are 0", () => {
    expect([rms(new Int16Array(0)), peak(new Int16Array(0))]).toEqual([0, 0]);
    expect([rms(new Int16Array(9)), peak(new Int16Array(9))]).toEqual([0, 0]);
    expect(toDbfs(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(fromDbfs(Number.NEGATIVE_INFINITY)).toBe(0);
  });

  it("of full scale are 1, and 0 dBFS", () => {
    const square = Int16Array.of(-32768, -32768, -32768);
    expect([rms(square), peak(square)]).toEqual([1, 1]);
    expect(toDbfs(1)).toBe(0);
    expect(fromDbfs(0)).toBe(1);
  });

  it("of a full sine are 3 dB below its peak", () => {
    expect(peak(sine)).toBe(32767 / 32768);
    expect(toDbfs(rms(sine))).toBeCloseTo(-3.01, 2);
  });

  it("of half the amplitude are 6 dB lower", () => {
    expect(toDbfs(rms(Int16Array.of(16384, -16384)))).toBeCloseTo(-6.02, 2);
    expect(peak(Int16Array.of(3, -16384, 9))).toBe(0.5);
  });

  it("relate: 0 ≤ rms ≤ peak ≤ 1", () => {
    fc.assert(
      fc.property(fc.int16Array({ minLength: 1 }), (samples) => {
        expect(rms(samples)).toBeLessThanOrEqual(peak(samples) + 1e-12);
        expect(peak(samples)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("come back from dBFS", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1, noNaN: true }), (level) => {
        expect(fromDbfs(toDbfs(level))).toBeCloseTo(level, 12);
      }),
    );
  });
});
