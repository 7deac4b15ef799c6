import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../../src/strict/first-difference.ts";

describe("firstDifference", () => {
  it("finds none between a value and its copy, in whatever order its fields are", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, field]) => [name, reversed(field)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(firstDifference(value, reversed(structuredClone(value)))).toBeUndefined();
      }),
    );
  });

  it.each([
    [{ a: { "b/c": [1, 2] } }, { a: { "b/c": [1, 3] } }, "/a/b~1c/1"],
    [{ a: 1 }, { a: 1, b: null }, "/b"],
    [{ a: [] }, { a: {} }, "/a"],
    [{ a: [1, 2] }, { a: [1] }, "/a/1"],
    ["x", "y", ""],
    [null, {}, ""],
  ])("between %j and %j is at %j", (recorded, sent, pointer) => {
    expect(firstDifference(recorded, sent)?.pointer).toBe(pointer);
    expect(firstDifference(sent, recorded)?.pointer).toBe(pointer);
  });

  it("takes a redacted text for any of its length, and a field that is undefined for none", () => {
    expect(firstDifference({ text: "███" }, { text: "abc", more: undefined })).toBeUndefined();
    expect(firstDifference({ text: "███" }, { text: "abcd" })?.pointer).toBe("/text");
  });
});
