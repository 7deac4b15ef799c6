import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNestedDeeper } from "../src/is-nested-deeper.ts";

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe("isNestedDeeper", () => {
  it("agrees with counting", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 8 }), (value, most) => {
        expect(isNestedDeeper(value, JSON.stringify(value), most)).toBe(depthOf(value) > most);
      }),
      { numRuns: 500 },
    );
  });

  it("walks no value whose text cannot be so deep", () => {
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("walked");
        },
      },
    );
    const speech = "A".repeat(100_000);
    expect(isNestedDeeper({ delta: speech, inner: trap }, `{"delta":"${speech}","inner":{}}`, 1000)).toBe(
      false,
    );
    expect(isNestedDeeper({ inner: trap }, "[".repeat(1000), 1000)).toBe(false);
    expect(() => isNestedDeeper({ inner: trap }, "[".repeat(5000), 1000)).toThrow("walked");
  });

  it("is not misled by brackets inside of the strings", () => {
    const delta = "[{".repeat(5000);
    expect(isNestedDeeper({ delta }, JSON.stringify({ delta }), 1000)).toBe(false);
  });
});
