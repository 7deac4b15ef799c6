import { openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { garbage } from "../../src/faults/garbage.ts";
import { seededRandom } from "../../src/index.ts";

const frame = JSON.stringify({
  type: "response.output_text.done",
  event_id: "event_1",
  response_id: "resp_1",
  item_id: "item_1",
  output_index: 0,
  content_index: 0,
  text: "hello",
});

describe("garbage", () => {
  const made = Array.from({ length: 500 }, (_, seed) => garbage(frame, seededRandom(seed)));

  it("is never what was sent", () => {
    expect(made.filter((text) => text === frame)).toEqual([]);
  });

  it("is of every kind: no event, an unknown one, a known one that does not conform", () => {
    const kinds = made.map((text) => {
      const decoded = openaiRealtime.decode(text);
      return decoded.kind === "known"
        ? `known, ${decoded.issues.length > 0 ? "wrong" : "right"}`
        : decoded.kind;
    });
    expect([...new Set(kinds)].sort()).toEqual(
      expect.arrayContaining(["known, wrong", "undecodable", "unknown"]),
    );
    expect(new Set(made).size).toBeGreaterThan(40);
  });

  it("can be made of anything", () => {
    for (const odd of ["", "{", "[]", "null", '{"type":"x"}', "\u{1f600}"]) {
      for (let seed = 0; seed < 50; seed += 1) expect(typeof garbage(odd, seededRandom(seed))).toBe("string");
    }
  });
});
