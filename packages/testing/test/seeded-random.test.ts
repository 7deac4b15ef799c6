import { describe, expect, it } from "vitest";
import { seededRandom } from "../src/index.ts";

const drawn = (seed: string | number, count = 1_000) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe("seededRandom", () => {
  it("gives equal numbers for equal seeds, and others for others", () => {
    expect(drawn(7)).toEqual(drawn("7"));
    const firsts = Array.from({ length: 1_000 }, (_, seed) => drawn(seed, 1)[0]);
    expect(new Set(firsts).size).toBe(1_000);
  });

  it("gives the same on every machine", () => {
    expect(drawn(42, 3).map((number) => Math.floor(number * 1e6))).toMatchInlineSnapshot(`
      [
        205397,
        452533,
        559335,
      ]
    `);
  });

  it("spreads evenly from 0 to 1", () => {
    const numbers = drawn("even", 10_000);
    const buckets = Array.from({ length: 10 }, () => 0);
    for (const number of numbers) {
      const bucket = Math.floor(number * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    expect(buckets.reduce((sum, count) => sum + count)).toBe(10_000);
    for (const count of buckets) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it("has neighbouring seeds that have nothing in common", () => {
    // Of two dice, thrown at once for each of many seeds, every pair comes up about as often.
    const pairs = new Map<string, number>();
    for (let seed = 0; seed < 3_600; seed += 1) {
      const random = seededRandom(seed);
      const pair = `${random.below(6)} ${random.below(6)}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    expect(pairs.size).toBe(36);
    for (const count of pairs.values()) expect(Math.abs(count - 100)).toBeLessThan(50);
  });

  it("decides by chance, and draws one number whatever the probability", () => {
    const random = seededRandom("chances");
    const happened = Array.from({ length: 1_000 }, () => random.chance(0.2)).filter(Boolean).length;
    expect(Math.abs(happened - 200)).toBeLessThan(60);
    expect([random.chance(0), random.chance(1)]).toEqual([false, true]);
    const [one, two] = [seededRandom(1), seededRandom(1)];
    one.chance(0);
    two.chance(1);
    expect(one.next()).toBe(two.next());
  });

  it("forks by name alone", () => {
    const [one, two] = [seededRandom(1), seededRandom(1)];
    one.next();
    expect(one.fork("a").next()).toBe(two.fork("a").next());
    expect(one.fork("a").next()).not.toBe(one.fork("b").next());
    expect(two.next()).toBe(seededRandom(1).next());
  });
});
