import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withFields } from "../../src/reduce/with-fields.ts";

interface Thing {
  readonly text: string;
  readonly list: readonly number[];
  readonly maybe?: { readonly deep: boolean };
}

const thing: fc.Arbitrary<Thing> = fc.record(
  { text: fc.string(), list: fc.array(fc.nat(3)), maybe: fc.record({ deep: fc.boolean() }) },
  { requiredKeys: ["text", "list"] },
);
const change = fc.record({
  text: fc.option(fc.string(), { nil: undefined }),
  list: fc.option(fc.array(fc.nat(3)), { nil: undefined }),
  maybe: fc.option(fc.record({ deep: fc.boolean() }), { nil: undefined }),
});

describe("an object with some fields changed", () => {
  it("has those that are given, the others as they were, and is the same one where nothing is news", () => {
    fc.assert(
      fc.property(thing, change, (before, given) => {
        const wanted = JSON.parse(JSON.stringify({ ...before, ...JSON.parse(JSON.stringify(given)) }));
        const after = withFields(before, given);
        expect(after).toEqual(wanted);
        expect(after === before).toBe(JSON.stringify(wanted) === JSON.stringify(before));
        expect(withFields(after, given)).toBe(after);
        // What says the same stays the very same.
        for (const name of ["text", "list", "maybe"] as const) {
          if (JSON.stringify(after[name]) === JSON.stringify(before[name]))
            expect(after[name]).toBe(before[name]);
        }
      }),
    );
  });
});
