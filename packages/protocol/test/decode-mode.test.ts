import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeServerFrame } from "../src/decode.ts";
import { sampler } from "../src/decode-mode.ts";
import { fullValidation, openaiRealtime, realtimeProtocol } from "../src/index.ts";

const conforming = '{"type":"input_audio_buffer.cleared","event_id":"e"}';
const differing = '{"type":"response.done","event_id":7,"response":{"id":"r","output":[]}}';
const issues = [
  { path: "/event_id", message: "expected a string, found 7" },
  {
    path: "/response/status",
    message: 'missing: expected "in_progress", "completed", "cancelled", "failed" or "incomplete"',
  },
];

describe("a mode", () => {
  it("off delivers without comparing", () => {
    const { decode } = realtimeProtocol({ validation: fullValidation, mode: "off" });
    expect(decode(differing)).toEqual({ kind: "known", event: JSON.parse(differing), issues: [] });
  });

  it("warn delivers with every difference, and is what holds by default", () => {
    const known = { kind: "known", event: JSON.parse(differing), issues };
    expect(realtimeProtocol({ validation: fullValidation, mode: "warn" }).decode(differing)).toEqual(known);
    expect(openaiRealtime.decode(differing)).toEqual(known);
    expect(decodeServerFrame(differing, fullValidation.server)).toEqual(known);
  });

  it("strict keeps the whole text and names every difference in the reason", () => {
    const refused = {
      kind: "undecodable",
      text: differing,
      reason:
        "response.done differs from its schema: /event_id: expected a string, found 7; /response/status: " +
        'missing: expected "in_progress", "completed", "cancelled", "failed" or "incomplete"',
    };
    const { decode } = realtimeProtocol({ validation: fullValidation, mode: "strict" });
    expect(decode(differing)).toEqual(refused);
    expect(decodeServerFrame(differing, fullValidation.server, "strict")).toEqual(refused);
  });

  it("strict delivers what conforms, what is unknown, and fields that are unknown", () => {
    const { decode, decodeClient } = realtimeProtocol({ validation: fullValidation, mode: "strict" });
    expect(decode(conforming)).toMatchObject({ kind: "known", issues: [] });
    expect(decode(conforming.replace("}", ',"tomorrow":1}'))).toMatchObject({ event: { tomorrow: 1 } });
    expect(decode('{"type":"response.tomorrow"}')).toMatchObject({ kind: "unknown" });
    expect(decodeClient('{"type":"conversation.item.delete"}')).toMatchObject({ kind: "undecodable" });
  });

  it("strict does not write a book about a frame that is wrong all over", () => {
    const text = JSON.stringify({
      type: "rate_limits.updated",
      event_id: "e",
      rate_limits: Array(5000).fill(0),
    });
    const { decode } = realtimeProtocol({ validation: fullValidation, mode: "strict" });
    const decoded = decode(text);
    if (decoded.kind !== "undecodable") throw new Error("it was delivered");
    expect(decoded.text).toBe(text);
    expect(decoded.reason).toMatch(/; and 4990 more$/);
    expect(decoded.reason.length).toBeLessThan(1000);
  });

  it("strict has to have something to be strict by", () => {
    expect(() => realtimeProtocol({ mode: "strict" })).toThrow(TypeError);
    expect(() => realtimeProtocol({ mode: "warn" })).not.toThrow();
  });

  it("does not silence the check of a command", () => {
    const { issuesOf } = realtimeProtocol({ validation: fullValidation, mode: "off", sample: 0 });
    expect(
      issuesOf({ type: "conversation.item.truncate", item_id: "i", content_index: 0, audio_end_ms: -1 }),
    ).toEqual([{ path: "/audio_end_ms", message: "expected an integer from 0, found -1" }]);
  });

  it.each(["off", "warn", "strict"] as const)("%s loses nothing, whatever comes", (mode) => {
    const { decode } = realtimeProtocol({ validation: fullValidation, mode });
    const types = fc.constantFrom(
      "response.done",
      "session.updated",
      "error",
      "rate_limits.updated",
      "other",
    );
    const fields = fc.dictionary(fc.constantFrom("event_id", "response", "session", "error"), fc.jsonValue());
    fc.assert(
      fc.property(types, fields, (type, rest) => {
        const text = JSON.stringify({ ...rest, type });
        const decoded = decode(text);
        if (decoded.kind === "undecodable") expect(decoded.text).toBe(text);
        else expect(decoded.event).toEqual(JSON.parse(text));
      }),
      { numRuns: 50 },
    );
  });
});

describe("a sample", () => {
  const compared = (sample: number | ((type: string) => boolean), texts: readonly string[]) => {
    let count = 0;
    const { decode } = realtimeProtocol({
      sample,
      validation: { client: () => [], server: () => [{ path: "", message: String(count++) }] },
    });
    for (const text of texts) decode(text);
    return count;
  };
  const audio = '{"type":"response.output_audio.delta"}';

  it("compares its share of each type, the first of each type among them", () => {
    expect(compared(0.01, Array(1000).fill(audio))).toBe(10);
    expect(compared(0.01, [...Array(1000).fill(audio), differing, conforming])).toBe(12);
    expect(compared(1, Array(1000).fill(audio))).toBe(1000);
    expect(compared(0, [audio, differing])).toBe(0);
  });

  it("does not ask about what is unknown", () => {
    const asked: string[] = [];
    compared((type) => asked.push(type) > 0, [audio, '{"type":"other"}', "no JSON", differing]);
    expect(asked).toEqual(["response.output_audio.delta", "response.done"]);
  });

  it("can be any function", () => {
    expect(compared((type) => type !== "response.output_audio.delta", [audio, audio, differing])).toBe(1);
  });

  it("is a share or a function and nothing else", () => {
    for (const share of [-0.1, 1.1, Number.NaN, Infinity]) expect(() => sampler(share)).toThrow(RangeError);
    expect(() => realtimeProtocol({ sample: 2 })).toThrow(RangeError);
  });

  it("is the same for the same frames, and as large as it says", () => {
    const share = fc.double({ min: 0.001, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 3000 }), (sample, frames) => {
        const [one, other] = [sampler(sample), sampler(sample)];
        const taken = Array.from({ length: frames }, () => one("t"));
        expect(Array.from({ length: frames }, () => other("t"))).toEqual(taken);
        const count = taken.filter(Boolean).length;
        expect(taken[0]).toBe(true);
        expect(Math.abs(count - (1 + Math.floor((frames - 1) * sample)))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });
});
