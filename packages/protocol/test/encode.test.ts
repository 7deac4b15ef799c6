import { describe, expect, it } from "vitest";
import { decodeClientFrame } from "../src/decode.ts";
import { encode } from "../src/encode.ts";

describe("encode", () => {
  it("writes what decode reads, unknown fields included", () => {
    const event = {
      type: "response.create",
      event_id: "e",
      response: { metadata: { "ü\n": "\u2028" } },
      extra: [1],
    };
    expect(decodeClientFrame(encode(event))).toEqual({ kind: "known", event, issues: [] });
  });

  it("leaves out what is undefined", () => {
    expect(encode({ type: "response.create", response: undefined })).toBe('{"type":"response.create"}');
  });

  it("throws on what cannot be JSON", () => {
    expect(() => encode({ type: "x", big: 1n })).toThrow(TypeError);
  });
});
