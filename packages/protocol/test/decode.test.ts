import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeClientFrame, decodeServerFrame } from "../src/decode.ts";
import { clientEvents, serverEvents } from "../src/generated/catalogue.ts";
import { fullValidation } from "../src/validation.ts";

describe("decodeServerFrame", () => {
  it("knows an event of the protocol", () => {
    const event = { type: "input_audio_buffer.cleared", event_id: "event_1" };
    expect(decodeServerFrame(JSON.stringify(event), fullValidation.server)).toEqual({
      kind: "known",
      event,
      issues: [],
    });
  });

  it("delivers an event that differs from its schema, with the places", () => {
    const event = { type: "input_audio_buffer.speech_started", event_id: 7, audio_start_ms: -1 };
    expect(decodeServerFrame(JSON.stringify(event), fullValidation.server)).toEqual({
      kind: "known",
      event,
      issues: [
        { path: "/event_id", message: "expected a string, found 7" },
        { path: "/audio_start_ms", message: "expected an integer from 0, found -1" },
        { path: "/item_id", message: "missing: expected a string" },
      ],
    });
    expect(decodeServerFrame(JSON.stringify(event))).toEqual({ kind: "known", event, issues: [] });
  });

  it("keeps every field of an event that nobody knows", () => {
    const event = { type: "ping", event_id: "a", timestamp: 1, deep: { list: [1, { two: null }] } };
    expect(decodeServerFrame(JSON.stringify(event))).toEqual({ kind: "unknown", event });
  });

  it("keeps unknown fields of a known event", () => {
    const event = {
      type: "input_audio_buffer.cleared",
      event_id: "e",
      previous_item_id: null,
      "": { x: [1] },
    };
    expect(decodeServerFrame(JSON.stringify(event), fullValidation.server)).toMatchObject({
      event,
      issues: [],
    });
  });

  it.each([
    ["", /^not JSON/],
    ["{", /^not JSON/],
    ["null", "JSON, but null where an object is needed"],
    ["[]", "JSON, but an array where an object is needed"],
    ["3", "JSON, but a number where an object is needed"],
    ['"session.created"', "JSON, but a string where an object is needed"],
    ["{}", 'a JSON object, but it has no "type"'],
    ['{"type":null}', 'a JSON object, but its "type" is null, not a string'],
    ['{"type":{}}', 'a JSON object, but its "type" is an object, not a string'],
    ['{"__proto__":{"type":"error"}}', 'a JSON object, but it has no "type"'],
  ])("keeps the text of %s", (text, reason) => {
    expect(decodeServerFrame(text)).toEqual({
      kind: "undecodable",
      text,
      reason: typeof reason === "string" ? reason : expect.stringMatching(reason),
    });
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "does not take %s for an event",
    (type) => {
      expect(decodeServerFrame(JSON.stringify({ type }), fullValidation.server).kind).toBe("unknown");
      expect(decodeClientFrame(JSON.stringify({ type }), fullValidation.client).kind).toBe("unknown");
    },
  );

  it("is not impressed by __proto__", () => {
    const text =
      '{"type":"error","event_id":"e","__proto__":{"polluted":true},"error":{"type":"t","message":"m"}}';
    const decoded = decodeServerFrame(text, fullValidation.server);
    expect(decoded).toMatchObject({ kind: "known", issues: [] });
    expect({}).not.toHaveProperty("polluted");
    expect(decoded.kind === "known" && JSON.stringify(decoded.event)).toBe(text);
  });

  it("survives depth", () => {
    const text = `{"type":"error","error":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(["known", "undecodable"]).toContain(decodeServerFrame(text, fullValidation.server).kind);
  });

  it("lists very many issues without getting stuck", () => {
    const rate_limits = Array.from({ length: 200_000 }, () => 0);
    const decoded = decodeServerFrame(
      JSON.stringify({ type: "rate_limits.updated", event_id: "e", rate_limits }),
      fullValidation.server,
    );
    expect(decoded.kind === "known" && decoded.issues.length).toBe(200_000);
  });

  it("never throws and never loses", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json());
    fc.assert(
      fc.property(text, (frame) => {
        for (const decoded of [decodeServerFrame(frame, fullValidation.server), decodeClientFrame(frame)]) {
          if (decoded.kind === "undecodable") expect(decoded.text).toBe(frame);
          else expect(decoded.event).toEqual(JSON.parse(frame));
        }
      }),
    );
  });

  it("never throws on an event with anything in it", () => {
    const fields = fc.dictionary(
      fc.constantFrom(
        "item",
        "response",
        "session",
        "part",
        "error",
        "event_id",
        "usage",
        "rate_limits",
        "delta",
      ),
      fc.jsonValue(),
    );
    const types = fc.constantFrom(...Object.keys(serverEvents), ...Object.keys(clientEvents));
    fc.assert(
      fc.property(types, fields, (type, rest) => {
        const event = { ...rest, type };
        const text = JSON.stringify(event);
        const server = decodeServerFrame(text, fullValidation.server);
        const client = decodeClientFrame(text, fullValidation.client);
        expect([server.kind, client.kind].sort()).toEqual(["known", "unknown"]);
        for (const decoded of [server, client]) expect(decoded).toMatchObject({ event: JSON.parse(text) });
      }),
    );
  });
});

describe("decodeClientFrame", () => {
  it("knows client events and no server events", () => {
    expect(decodeClientFrame('{"type":"response.create"}', fullValidation.client)).toEqual({
      kind: "known",
      event: { type: "response.create" },
      issues: [],
    });
    expect(decodeClientFrame('{"type":"response.created"}').kind).toBe("unknown");
  });
});
