import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type SampleChain,
  sampleCountOf,
  samplesOf,
  withoutFirst,
  withSamples,
} from "../../src/engine/sample-chain.ts";

const chunks = fc.array(fc.int16Array({ maxLength: 12 }), { maxLength: 8 });

function chainOf(pieces: readonly Int16Array[]): SampleChain {
  return pieces.reduce<SampleChain>(withSamples, undefined);
}

describe("a chain of samples", () => {
  it("holds what was added, in order", () => {
    fc.assert(
      fc.property(
        chunks,
        fc.integer({ min: -5, max: 100 }),
        fc.integer({ min: -5, max: 100 }),
        (pieces, a, b) => {
          const flat = pieces.flatMap((piece) => [...piece]);
          const chain = chainOf(pieces);
          expect(sampleCountOf(chain)).toBe(flat.length);
          expect([...samplesOf(chain)]).toEqual(flat);
          expect([...samplesOf(chain, a, b)]).toEqual(flat.slice(Math.max(0, a), Math.max(0, b)));
          expect([...samplesOf(withoutFirst(chain, a))]).toEqual(flat.slice(Math.max(0, a)));
        },
      ),
    );
  });

  it("leaves the shorter chain as it was", () => {
    const short = chainOf([Int16Array.of(1)]);
    withSamples(short, Int16Array.of(2));
    expect([...samplesOf(short)]).toEqual([1]);
  });
});
