import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasMoreValues } from "../../src/wire/has-more-values.ts";
import { conversation, one } from "../support/conversation.ts";

/** Commas, brackets and braces outside strings, found by taking the strings away. */
function marksIn(text: string): number {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, "").match(/[,[{]/g)?.length ?? 0;
}

describe("hasMoreValues", () => {
  it("counts what stands between strings, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const marks = marksIn(text);
        expect(hasMoreValues(text, marks)).toBe(false);
        if (marks > 0) expect(hasMoreValues(text, marks - 1)).toBe(true);
      }),
    );
  });

  it("takes a backslash for what it is, and any text that is no JSON", () => {
    expect(hasMoreValues(String.raw`["\\",[","]]`, 3)).toBe(false);
    expect(hasMoreValues(String.raw`["\\",[","]]`, 2)).toBe(true);
    expect(hasMoreValues(String.raw`["\",[[[[[[[[[[`, 1)).toBe(false);
    fc.assert(fc.property(fc.string(), (text) => typeof hasMoreValues(text, 1) === "boolean"));
  });

  it("refuses an event of too many values, and the session goes on", () => {
    const talk = conversation();
    talk.open();
    const [refused] = talk.sendText(
      `{"type":"response.create","event_id":"e","x":[${"[],".repeat(50_000)}1]}`,
    );
    expect(refused).toMatchObject({ type: "error", error: { code: "too_many_values", event_id: null } });
    const audio = ",[{".repeat(100_000);
    const [read] = talk.sendText(JSON.stringify({ type: "input_audio_buffer.append", audio }));
    expect(read).toMatchObject({ type: "error", error: { code: "invalid_value", param: "audio" } });
    expect(one(talk.send({ type: "input_audio_buffer.clear" }), "input_audio_buffer.cleared")).toBeDefined();
  });
});
