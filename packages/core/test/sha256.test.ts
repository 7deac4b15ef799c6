import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../src/sha256.ts";

const reference = (text: string) => createHash("sha256").update(text).digest("hex");

describe("sha256", () => {
  it("agrees with the platform's, at every length around a block and on any text", () => {
    for (let length = 0; length < 140; length++) {
      expect(sha256("a".repeat(length))).toBe(reference("a".repeat(length)));
    }
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(reference(text));
      }),
    );
  });
});
