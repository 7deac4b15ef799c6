import { describe, expect, it } from "vitest";
import { eventsIn } from "../../../scripts/generate/catalogue-source.ts";
import {
  openaiRealtime,
  openaiTranslation,
  type TranslationClientEvent,
  type TranslationServerEvent,
  translationClientEvents,
  translationProtocol,
  translationServerEvents,
  translationValidation,
} from "../src/index.ts";
import { definitions } from "./definitions.ts";

/** Events as a service sends them, which may lack what the schema promises. */
const server = (type: string, fields: object = {}) =>
  ({ type, event_id: "e", ...fields }) as TranslationServerEvent;
const client = (type: string, fields: object = {}) => ({ type, ...fields }) as TranslationClientEvent;

describe("openaiTranslation", () => {
  it("speaks the 3 client and 7 server events", () => {
    expect(Object.keys(translationClientEvents).sort()).toEqual([
      "session.close",
      "session.input_audio_buffer.append",
      "session.update",
    ]);
    expect(Object.keys(translationServerEvents).sort()).toEqual([
      "error",
      "session.closed",
      "session.created",
      "session.input_transcript.delta",
      "session.output_audio.delta",
      "session.output_transcript.delta",
      "session.updated",
    ]);
    for (const type of Object.keys(translationServerEvents)) {
      expect(openaiTranslation.isServerEvent({ type })).toBe(true);
    }
    expect(openaiTranslation.isServerEvent({ type: "response.done" })).toBe(false);
    expect(openaiTranslation.isServerEvent({ type: "constructor" })).toBe(false);
  });

  it("has a name and a greeting", () => {
    expect(openaiTranslation).toMatchObject({ name: "openai-translation", greeting: "session.created" });
  });

  it.each([
    ["client", "decodeClient"],
    ["server", "decode"],
  ] as const)("reads the examples of every %s event, and writes them as they were", (side, method) => {
    const examples = eventsIn(definitions, `translation/${side}/`).flatMap(
      ({ schema }) => schema.examples ?? [],
    );
    expect(examples.length).toBeGreaterThan(4);
    for (const example of examples) {
      const text = JSON.stringify(example);
      const decoded = openaiTranslation[method](text);
      expect(decoded).toEqual({ kind: "known", event: example, issues: [] });
      expect(decoded.kind === "known" && openaiTranslation.encode(decoded.event)).toBe(text);
    }
  });

  it("takes the other protocol's session for wrong, where both have the name", () => {
    const text = '{"type":"session.created","event_id":"e","session":{"type":"realtime"}}';
    expect(openaiRealtime.decode(text)).toMatchObject({ issues: [] });
    expect(openaiTranslation.decode(text)).toMatchObject({
      kind: "known",
      issues: [
        { path: "/session/type" },
        { path: "/session/id" },
        { path: "/session/model" },
        { path: "/session/expires_at" },
        { path: "/session/audio" },
      ],
    });
    expect(openaiTranslation.decode('{"type":"response.done"}')).toMatchObject({ kind: "unknown" });
  });

  it("checks a command", () => {
    expect(openaiTranslation.issuesOf(client("session.update", { session: {} }))).toEqual([]);
    expect(openaiTranslation.issuesOf(client("session.update"))).toEqual([
      { path: "/session", message: "missing: expected an object" },
    ]);
    expect(openaiTranslation.issuesOf(client("response.create"))).toEqual([
      { path: "/type", message: expect.stringMatching(/^expected a client event/) },
    ]);
  });

  it("names a command that has no name", () => {
    expect(openaiTranslation.prepare(client("session.close"), "cmd_1")).toEqual({
      type: "session.close",
      event_id: "cmd_1",
    });
    const named = client("session.close", { event_id: "mine" });
    expect(openaiTranslation.prepare(named, "cmd_1")).toBe(named);
  });

  it.each([
    ["session.update", "session.updated", true],
    ["session.update", "session.created", false],
    ["session.update", "session.closed", false],
    ["session.close", "session.closed", true],
    ["session.close", "session.updated", false],
    ["session.input_audio_buffer.append", "session.output_audio.delta", false],
    ["response.create", "session.updated", false],
    ["constructor", "session.updated", false],
  ])("%s is answered by %s: %s", (command, event, expected) => {
    expect(openaiTranslation.acknowledges(client(command), server(event))).toBe(expected);
  });

  it("answers everything but audio", () => {
    const answered = Object.keys(translationClientEvents).filter((type) =>
      openaiTranslation.isAcknowledged(client(type)),
    );
    expect(answered.sort()).toEqual(["session.close", "session.update"]);
  });

  it("says what a command is to its session, and when that ends", () => {
    expect(
      ["session.update", "session.input_audio_buffer.append", "session.close", "response.create"].map(
        (type) => openaiTranslation.roleOf(client(type)),
      ),
    ).toEqual(["configuration", "media", "once", "once"]);
    expect(openaiTranslation.expiryOf(server("session.created", { session: { expires_at: 12 } }))).toBe(
      12_000,
    );
    expect(openaiTranslation.expiryOf(server("session.closed"))).toBeUndefined();
  });

  it("reads errors and closes as the other protocol does", () => {
    const error = server("error", {
      error: { type: "invalid_request_error", code: "invalid_api_key", message: "No.", event_id: "cmd_1" },
    });
    expect(openaiTranslation.failureOf(error)).toEqual({
      severity: "fatal",
      code: "invalid_api_key",
      message: "No.",
      commandId: "cmd_1",
    });
    expect(openaiTranslation.judgeClose({ code: 3000, reason: "" }).retryable).toBe(false);
  });
});

describe("translationProtocol", () => {
  it("does without validation when told nothing", () => {
    const small = translationProtocol();
    expect(small.decode('{"type":"session.created"}')).toMatchObject({ kind: "known", issues: [] });
    expect(small.issuesOf(client("session.update"))).toEqual([]);
  });

  it("has the modes and the sample of the other protocol", () => {
    const strict = translationProtocol({ validation: translationValidation, mode: "strict" });
    expect(strict.decode('{"type":"session.closed"}')).toMatchObject({ kind: "undecodable" });
    const off = translationProtocol({ validation: translationValidation, sample: 0 });
    expect(off.decode('{"type":"session.closed"}')).toMatchObject({ issues: [] });
    expect(() => translationProtocol({ mode: "strict" })).toThrow(TypeError);
  });
});
