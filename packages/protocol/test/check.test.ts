import { describe, expect, it } from "vitest";
import {
  also,
  at,
  isInteger,
  isNumber,
  isObject,
  isShort,
  listOf,
  mapOf,
  text,
  unlike,
  wrong,
} from "../src/check.ts";

describe("at", () => {
  it("escapes what a JSON Pointer escapes", () => {
    expect(at(undefined, "a/b~c", unlike("a string", 1))).toEqual([
      { path: "/a~1b~0c", message: "expected a string, found 1" },
    ]);
  });

  it("finds nothing where nothing is wrong", () => {
    expect(at(undefined, "a", undefined)).toBeUndefined();
  });
});

describe("also", () => {
  it("does not repeat itself", () => {
    const both = also(wrong(undefined, {}, "id", "a string"), [
      ...(wrong(undefined, {}, "id", "a string") ?? []),
      ...(unlike("an object", []) ?? []),
    ]);
    expect(both).toEqual([
      { path: "/id", message: "missing: expected a string" },
      { path: "", message: "expected an object, found an array of 0" },
    ]);
  });
});

describe("unlike", () => {
  it.each([
    [undefined, "missing: expected x"],
    [null, "expected x, found null"],
    [true, "expected x, found true"],
    [{}, "expected x, found an object"],
    ["a".repeat(50), `expected x, found "${"a".repeat(40)}…"`],
    [1n, "expected x, found a bigint"],
  ])("names %s", (value, message) => {
    expect(unlike("x", value)).toEqual([{ path: "", message }]);
  });
});

describe("listOf", () => {
  it("names the elements", () => {
    expect(listOf(["a", 1, "b", 2], text)?.map(({ path }) => path)).toEqual(["/1", "/3"]);
    expect(listOf([], text, 1)).toEqual([
      { path: "", message: "expected an array of at least 1, found an array of 0" },
    ]);
    expect(listOf({ length: 0 }, text)).toHaveLength(1);
  });
});

describe("mapOf", () => {
  it("bounds pairs, keys and values", () => {
    expect(mapOf({ a: "x", b: undefined }, text, 1, 1)).toBeUndefined();
    expect(mapOf({ a: "x", b: "y" }, text, 1, 1)?.map(({ path }) => path)).toEqual([""]);
    expect(mapOf({ ab: 3 }, text, 1, 1)?.map(({ path }) => path)).toEqual(["/ab", "/ab"]);
    expect(mapOf([], text)).toHaveLength(1);
  });
});

describe("small tests", () => {
  it("count characters, not code units", () => {
    expect(isShort("😀😀", 2)).toBe(true);
    expect(isShort("😀😀😀", 2)).toBe(false);
    expect(isShort("abc", 2)).toBe(false);
  });

  it("keep bounds", () => {
    expect([isInteger(1, 1, 1), isInteger(0, 1), isInteger(2, 1, 1), isInteger(1.5)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([isNumber(1.5, 1, 2), isNumber(Number.NaN), isNumber(Infinity), isNumber("1")]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([isObject({}), isObject([]), isObject(null)]).toEqual([true, false, false]);
  });
});
