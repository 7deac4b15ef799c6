import { describe, expect, it } from "vitest";
import { decodeClientFrame, decodeServerFrame } from "../src/decode.ts";
import { encode } from "../src/encode.ts";
import { fullValidation } from "../src/validation.ts";

const read = (text: string) => decodeServerFrame(text, fullValidation.server);

/** The event of a frame that is one. */
function eventIn(text: string): Readonly<Record<string, unknown>> {
  const decoded = read(text);
  if (decoded.kind === "undecodable") throw new Error(decoded.reason);
  return { ...decoded.event };
}

describe("depth", () => {
  const nested = (open: string, close: string, levels: number) =>
    `{"type":"error","event_id":"e","error":${open.repeat(levels)}0${close.repeat(levels)}}`;

  it.each([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
    ["both", '[{"a":', "}]"],
  ])("of 100,000 levels of %s is undecodable, with its text", (_, open, close) => {
    const text = nested(open, close, 100_000);
    expect(read(text)).toEqual({
      kind: "undecodable",
      text,
      reason: "a JSON object, but nested more than 1000 levels deep",
    });
    expect(decodeServerFrame(text.replace('"error"', '"unknown"')).kind).toBe("undecodable");
  });

  it("is allowed to the bound exactly", () => {
    // The event is the first level.
    expect(read(nested("[", "]", 999)).kind).toBe("known");
    expect(read(nested("[", "]", 1000)).kind).toBe("undecodable");
  });

  it("is not taken for what only looks deep", () => {
    const instructions = "[{".repeat(50_000);
    const tools = Array.from({ length: 2000 }, () => ({ type: "function", name: "f", parameters: {} }));
    const event = {
      type: "session.updated",
      event_id: "e",
      session: { type: "realtime", instructions, tools },
    };
    expect(read(encode(event))).toEqual({ kind: "known", event, issues: [] });
  });

  it("leaves an event that can be written again", () => {
    const text = nested("[", "]", 999);
    expect(encode({ type: "error", ...eventIn(text) })).toBe(text);
  });
});

describe("size", () => {
  it("of 50 MB in one field is read", () => {
    const delta = "A".repeat(50_000_000);
    const text = `{"type":"response.output_audio.delta","event_id":"e","response_id":"r","item_id":"i","output_index":0,"content_index":0,"delta":"${delta}"}`;
    const decoded = read(text);
    expect(decoded).toMatchObject({ kind: "known", issues: [] });
    expect(decoded.kind === "known" && Reflect.get(decoded.event, "delta").length).toBe(50_000_000);
  });

  it("is not repeated in an issue", () => {
    const text = `{"type":"error","event_id":"e","error":"${"x".repeat(50_000_000)}"}`;
    const decoded = read(text);
    expect(decoded.kind === "known" && decoded.issues).toEqual([
      { path: "/error", message: `expected an object, found "${"x".repeat(40)}…"` },
    ]);
  });

  it("is counted in characters without copying the text", () => {
    const append = (audio: string) =>
      decodeClientFrame(encode({ type: "input_audio_buffer.append", audio }), fullValidation.client);
    expect(append("😀".repeat(10_485_761))).toMatchObject({ issues: [] });
    expect(append("é".repeat(20_971_521))).toMatchObject({ issues: [{ path: "/audio" }] });
  });
});

describe("keys", () => {
  it("that occur twice: the last one counts", () => {
    expect(eventIn('{"type":"a","type":"error","event_id":"1","event_id":"2"}')).toEqual({
      type: "error",
      event_id: "2",
    });
  });

  it.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
    "%s is a field like any other",
    (key) => {
      const text = `{"type":"error","event_id":"e","error":{"type":"t","message":"m","${key}":{"polluted":true}},"${key}":{"polluted":true}}`;
      const decoded = read(text);
      expect(decoded).toMatchObject({ kind: "known", issues: [] });
      expect(decoded.kind === "known" && Object.hasOwn(decoded.event, key)).toBe(true);
      expect({}).not.toHaveProperty("polluted");
      expect(decoded.kind === "known" && encode(decoded.event)).toBe(text);
    },
  );

  it("__proto__ cannot stand in for a field that is missing", () => {
    const decoded = read('{"type":"error","event_id":"e","__proto__":{"error":{"type":"t","message":"m"}}}');
    expect(decoded).toMatchObject({ issues: [{ path: "/error" }] });
  });
});

describe("text", () => {
  it("keeps lone surrogates", () => {
    const text = '{"type":"response.output_text.delta","delta":"\\ud83d"}';
    expect(eventIn(text).delta).toBe("\ud83d");
    expect(encode({ type: "x", ...eventIn(text) })).toBe(text);
    expect(eventIn('{"type":"x","delta":"\ud83d"}').delta).toBe("\ud83d");
  });

  it("names a lone surrogate in an issue without breaking it", () => {
    const decoded = read('{"type":"response.done","event_id":"e","response":"\ud83d"}');
    expect(decoded).toMatchObject({ issues: [{ message: 'expected an object, found "\\ud83d"' }] });
  });

  it("may begin with a byte order mark, one", () => {
    expect(eventIn('\ufeff{"type":"ping"}')).toEqual({ type: "ping" });
    const twice = '\ufeff\ufeff{"type":"ping"}';
    expect(read(twice)).toMatchObject({ kind: "undecodable", text: twice });
    expect(read("\ufeff")).toMatchObject({ kind: "undecodable", text: "\ufeff" });
  });

  it.each([
    "NaN",
    "Infinity",
    "-Infinity",
    '{"type":NaN}',
    '{"type":"x","n":Infinity}',
    '{"type":"x","n":undefined}',
    "{'type':'x'}",
    '{"type":"x",}',
    '{"type":"x"} {}',
  ])("%s is no JSON and is kept", (text) => {
    expect(read(text)).toMatchObject({
      kind: "undecodable",
      text,
      reason: expect.stringMatching(/^not JSON: /),
    });
  });
});

describe("numbers", () => {
  it("beyond 2^53 are rounded, which concerns no field of the protocol", () => {
    expect(eventIn('{"type":"x","n":9007199254740993}')).toEqual({ type: "x", n: 9007199254740992 });
  });

  it("of tools are text and keep every digit", () => {
    const text =
      '{"type":"response.function_call_arguments.done","event_id":"e","response_id":"r","item_id":"i","output_index":0,"call_id":"c","name":"f","arguments":"{\\"account\\":9007199254740993}"}';
    expect(read(text)).toMatchObject({ issues: [] });
    expect(eventIn(text).arguments).toBe('{"account":9007199254740993}');
  });

  it("too large for a number are reported where the protocol has a number", () => {
    const decoded = read(
      '{"type":"input_audio_buffer.speech_started","event_id":"e","item_id":"i","audio_start_ms":1e999}',
    );
    expect(decoded).toMatchObject({
      issues: [{ path: "/audio_start_ms", message: "expected an integer from 0, found Infinity" }],
    });
  });
});

describe("a check that fails", () => {
  it("loses no frame", () => {
    const text = '{"type":"error","event_id":"e"}';
    const decoded = decodeServerFrame(text, () => {
      throw new Error("out of order");
    });
    expect(decoded).toEqual({
      kind: "undecodable",
      text,
      reason: "an event that could not be judged: out of order",
    });
  });
});

describe("what is no text at all", () => {
  it("does not throw either", () => {
    // A program in plain JavaScript may hand in what a socket gave it.
    const frame = new Uint8Array([123, 125]) as unknown as string;
    expect(read(frame)).toMatchObject({ kind: "undecodable", text: frame });
  });
});
