import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/index.ts";
import { isAlike } from "../../src/reduce/readable.ts";

describe("two things that came as JSON", () => {
  it("are alike where their JSON is the same, in whatever order their fields stand", () => {
    // Few names and values, so that things are alike often enough.
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(null, 0, 1, "", "a", true),
        fc.array(tie("value"), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom("a", "b", "__proto__"), tie("value"), { maxKeys: 2 }),
      ),
    }));
    fc.assert(
      fc.property(value, value, (one, other) => {
        const [first, second] = [one, other].map((each) => JSON.parse(JSON.stringify(each)));
        expect(isAlike(first, second)).toBe(canonicalJson(first) === canonicalJson(second));
        expect(isAlike(first, JSON.parse(canonicalJson(first)))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("have no field that is undefined", () => {
    expect(isAlike({ a: undefined, b: 1 }, { b: 1 })).toBe(true);
    expect(isAlike({ a: undefined }, { b: 1 })).toBe(false);
  });

  it("are not looked into where they are the very same", () => {
    const untouchable = new Proxy({}, { ownKeys: () => expect.fail("looked into") });
    expect(isAlike({ list: [1, untouchable] }, { list: [1, untouchable] })).toBe(true);
  });
});
