import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameText } from "../src/frame-text.ts";

describe("frameText", () => {
  it("loses no byte", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), fc.nat({ max: 9 }), (bytes, offset) => {
        const around = new Uint8Array(bytes.length + 20);
        around.set(bytes, offset);
        const view = around.subarray(offset, offset + bytes.length);
        const text = frameText(view);
        const held = /^binary frame of (\d+) bytes, base64: (.*)$/.exec(text);
        if (held === null) {
          expect(new TextEncoder().encode(text)).toEqual(bytes);
        } else {
          expect(Number(held[1])).toBe(bytes.length);
          expect(Uint8Array.from(Buffer.from(held[2] ?? "", "base64"))).toEqual(bytes);
        }
        expect(frameText(bytes.slice().buffer)).toBe(text);
      }),
    );
  });

  it("reads UTF-8 as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(frameText(text)).toBe(text);
        expect(frameText(new TextEncoder().encode(text))).toBe(text);
      }),
    );
  });
});
