import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textPieces } from "../../src/engine/text-pieces.ts";

describe("text pieces", () => {
  it("are words with their blanks, and marks", () => {
    expect(textPieces("Hello, it's 12 °C.\n")).toEqual(["Hello", ",", " it's", " 12", " °", "C", ".", "\n"]);
    expect(textPieces("")).toEqual([]);
  });

  it("joined are the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (text) => {
        expect(textPieces(text).join("")).toBe(text);
      }),
    );
  });
});
