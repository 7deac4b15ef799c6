import { describe, expect, it } from "vitest";
import { eventsIn } from "../../../../scripts/generate/catalogue-source.ts";
import {
  type AzureClientEvent,
  azure,
  beta,
  type Dialect,
  dialect,
  openai,
  type XaiClientEvent,
  xai,
} from "../../src/dialects.ts";
import {
  type ClientEvent,
  clientEvents,
  fullValidation,
  isClientEventType,
  isServerEventType,
  openaiRealtime,
  realtimeProtocol,
  type ServerEvent,
  serverEvents,
} from "../../src/index.ts";
import type { Decoded, WireEvent } from "../../src/protocol.ts";
import { definitions } from "../definitions.ts";

const all: readonly Dialect[] = [openai, beta];
const named = [...all, azure, xai] as const;
const grok = dialect(openaiRealtime, xai);
const voiceLive = dialect(openaiRealtime, azure);

describe.each(named)("$name", (spoken) => {
  it("names nothing that does not exist", () => {
    const core: readonly string[] = [...Object.keys(clientEvents), ...Object.keys(serverEvents)];
    for (const type of [...Object.values(spoken.renamedEvents), ...spoken.absentEvents])
      expect(core).toContain(type);
    for (const { events = [], path, what } of spoken.differences) {
      for (const type of events) expect(core).toContain(type);
      expect(path).toMatch(/^(\/[a-z_*]+)+$/);
      expect(what).toMatch(/^[A-Z`].*[.]$/);
    }
    expect(spoken.about).toMatch(/[.]$/);
  });

  it("adds events that the core has not, and answers that exist", () => {
    for (const type of Object.keys(spoken.clientEvents)) expect(isClientEventType(type)).toBe(false);
    for (const type of Object.keys(spoken.serverEvents)) expect(isServerEventType(type)).toBe(false);
    for (const { acknowledgedBy } of Object.values(spoken.clientEvents)) {
      for (const type of acknowledgedBy) {
        expect(isServerEventType(type) || Object.hasOwn(spoken.serverEvents, type)).toBe(true);
      }
    }
  });

  it("leaves the events of the core as they are", () => {
    const protocol = dialect(openaiRealtime, { ...openai, ...spoken });
    for (const [side, method] of [
      ["client", "decodeClient"],
      ["server", "decode"],
    ] as const) {
      for (const { type, schema } of eventsIn(definitions, `realtime/${side}/`)) {
        if (Object.hasOwn(spoken.renamedEvents, type)) continue;
        for (const event of schema.examples ?? []) {
          expect(protocol[method](JSON.stringify(event))).toEqual({ kind: "known", event, issues: [] });
        }
      }
    }
    expect(protocol).toMatchObject({ name: "openai-realtime", greeting: "session.created" });
  });
});

describe("the events of a dialect", () => {
  it.each([
    ["xai", "client", grok],
    ["xai", "server", grok],
    ["azure", "client", voiceLive],
    ["azure", "server", voiceLive],
  ] as const)("of %s, %s side, are known with it and unknown without it", (name, side, protocol) => {
    const method = side === "client" ? "decodeClient" : "decode";
    const events = eventsIn(definitions, `dialects/${name}/${side}/`);
    expect(events.length).toBeGreaterThan(0);
    for (const { type, schema } of events) {
      for (const event of schema.examples ?? []) {
        const text = JSON.stringify(event);
        expect(protocol[method](text)).toEqual({ kind: "known", event, issues: [] });
        expect(openaiRealtime[method](text)).toEqual({ kind: "unknown", event });
      }
      expect(protocol[method](JSON.stringify({ type, event_id: 7 }))).toMatchObject({
        kind: "known",
        issues: expect.arrayContaining([{ path: "/event_id", message: expect.stringMatching(/, found 7$/) }]),
      });
    }
    const table =
      side === "client"
        ? { ...xai.clientEvents, ...azure.clientEvents }
        : { ...xai.serverEvents, ...azure.serverEvents };
    for (const { type } of events) expect(table).toHaveProperty([type]);
  });

  it("that nobody knows come as they came", () => {
    const event = {
      type: "tomorrow",
      item: { role: "assistant", content: [{ type: "text", text: "Hello!" }] },
    };
    expect(voiceLive.decode(JSON.stringify(event))).toEqual({ kind: "unknown", event });
  });

  it("of another dialect are unknown", () => {
    expect(grok.decode('{"type":"warning"}').kind).toBe("unknown");
    expect(voiceLive.decode('{"type":"ping","event_id":"e"}').kind).toBe("unknown");
    expect(grok.isServerEvent({ type: "ping" })).toBe(true);
    expect(grok.isServerEvent({ type: "constructor" })).toBe(false);
    expect(grok.decode('{"type":"__proto__"}').kind).toBe("unknown");
  });
});

describe("a command of a dialect", () => {
  const commit: XaiClientEvent = { type: "conversation.item.commit" };
  const connect: AzureClientEvent = { type: "session.avatar.connect", client_sdp: "v=0" };
  const server = (type: string) => ({ type, event_id: "e" }) as ServerEvent;

  it("is checked", () => {
    expect(grok.issuesOf(commit)).toEqual([]);
    // The compiler would refuse it.
    const headless = { type: "session.avatar.connect" } as AzureClientEvent;
    expect(voiceLive.issuesOf(headless)).toEqual([
      { path: "/client_sdp", message: "missing: expected a string" },
    ]);
    const stranger = { type: "no.such.event" } as unknown as ClientEvent;
    expect(grok.issuesOf(stranger)).toMatchObject([{ path: "/type" }]);
  });

  it("gets an id", () => {
    expect(grok.prepare(commit, "cmd_1")).toEqual({ ...commit, event_id: "cmd_1" });
    const mine = { ...commit, event_id: "mine" };
    expect(grok.prepare(mine, "cmd_1")).toBe(mine);
    expect(grok.prepare({ type: "response.create" }, "cmd_1")).toMatchObject({
      response: { metadata: { duologue_event_id: "cmd_1" } },
    });
  });

  it("is answered by its answer", () => {
    expect(grok.isAcknowledged(commit)).toBe(true);
    expect(grok.acknowledges(commit, server("input_audio_buffer.committed"))).toBe(true);
    expect(grok.acknowledges(commit, server("session.updated"))).toBe(false);
    expect(voiceLive.acknowledges(connect, { type: "session.avatar.connecting", server_sdp: "v=0" })).toBe(
      true,
    );
    expect(voiceLive.isAcknowledged({ type: "input_audio.clear" })).toBe(false);
    const update: ClientEvent = { type: "session.update", session: { type: "realtime" } };
    expect(voiceLive.acknowledges(update, server("session.updated"))).toBe(true);
    expect(voiceLive.acknowledges(update, { type: "session.avatar.connecting", server_sdp: "v=0" })).toBe(
      false,
    );
    expect(voiceLive.isAcknowledged(update)).toBe(true);
  });

  it("has a role", () => {
    expect(voiceLive.roleOf({ type: "input_audio.turn.append", turn_id: "t", audio: "" })).toBe("media");
    expect(voiceLive.roleOf(connect)).toBe("once");
    expect(voiceLive.roleOf({ type: "input_audio_buffer.append", audio: "" })).toBe("media");
    const created = {
      type: "session.created",
      event_id: "e",
      session: { type: "realtime", expires_at: 7 },
    } as const;
    expect(voiceLive.expiryOf(created)).toBe(7000);
    expect(voiceLive.expiryOf({ type: "session.avatar.connecting", server_sdp: "v=0" })).toBeUndefined();
  });
});

describe("a difference that a dialect is known for", () => {
  const issues = (protocol: { readonly decode: (text: string) => Decoded<WireEvent> }, event: object) => {
    const decoded = protocol.decode(JSON.stringify({ event_id: "e", ...event }));
    return decoded.kind === "known" ? decoded.issues.map(({ path }) => path) : decoded.kind;
  };
  const updated = (session: object) => ({
    type: "session.updated",
    session: { type: "realtime", ...session },
  });

  it("is no issue in it, and is one elsewhere", () => {
    const slow = updated({ audio: { input: { format: { type: "audio/pcm", rate: 16000 } } } });
    expect(issues(grok, slow)).toEqual([]);
    expect(issues(voiceLive, slow)).toEqual(["/session/audio/input/format/rate"]);
    const searching = updated({ tools: [{ type: "web_search" }, { type: "x_search" }] });
    expect(issues(grok, searching)).toEqual([]);
    expect(issues(voiceLive, searching)).toEqual(["/session/tools/0/type", "/session/tools/1/type"]);
    const vad = updated({
      turn_detection: { type: "azure_semantic_vad" },
      voice: { type: "azure-standard", name: "x" },
    });
    expect(issues(voiceLive, vad)).toEqual([]);
    expect(issues(grok, vad)).toEqual([
      "/session/audio/input/turn_detection/type",
      "/session/audio/output/voice/id",
    ]);
  });

  it("is one all the same where it goes beyond what is known", () => {
    expect(issues(grok, updated({ tools: [{ type: "moon_search" }] }))).toEqual(["/session/tools/0/type"]);
    expect(issues(grok, updated({ tools: { 0: { type: "web_search" } } }))).toEqual(["/session/tools"]);
    expect(issues(voiceLive, { type: "output_audio_buffer.cleared" })).toEqual([]);
    expect(issues(voiceLive, { type: "output_audio_buffer.cleared", response_id: 7 })).toEqual([
      "/response_id",
    ]);
    expect(issues(voiceLive, { type: "output_audio_buffer.stopped" })).toEqual(["/response_id"]);
  });

  it("leaves the other issues of the event", () => {
    const event = {
      type: "session.updated",
      session: { type: "realtime", tools: [{ type: "web_search" }], model: 3 },
    };
    expect(issues(grok, event)).toEqual(["/session/model"]);
  });

  it("lets words be spoken as they are", () => {
    const item = {
      type: "force_message",
      role: "assistant",
      content: [{ type: "output_text", text: "Hello!" }],
    };
    const text = JSON.stringify({ type: "conversation.item.create", item });
    expect(grok.decodeClient(text)).toMatchObject({ kind: "known", issues: [], event: { item } });
    expect(openaiRealtime.decodeClient(text)).toMatchObject({ issues: [{ path: "/item/type" }] });
  });

  it("turns detection off as the core does", () => {
    const off = {
      kind: "known",
      issues: [],
      event: { session: { audio: { input: { turn_detection: null } } } },
    };
    const text = (type: string | null) =>
      JSON.stringify({ type: "session.updated", event_id: "e", session: { turn_detection: { type } } });
    expect(grok.decode(text(null))).toMatchObject(off);
    expect(voiceLive.decode(text("none"))).toMatchObject(off);
    expect(grok.decode(text("none"))).toMatchObject({
      issues: [{ path: "/session/audio/input/turn_detection/type" }],
    });
  });

  it("brings xAI's usage to where the core has it", () => {
    const done = (response: object, usage?: object) =>
      grok.decode(
        JSON.stringify({
          type: "response.done",
          event_id: "e",
          usage,
          response: { id: "r", status: "completed", output: [], ...response },
        }),
      );
    expect(done({ usage: {} }, { total_tokens: 47 })).toMatchObject({
      issues: [],
      event: { response: { usage: { total_tokens: 47 } } },
    });
    expect(done({ usage: { total_tokens: 1 } }, { total_tokens: 47 })).toMatchObject({
      event: { response: { usage: { total_tokens: 1 } } },
    });
    expect(done({ status_details: "unimplemented" })).toMatchObject({
      issues: [],
      event: { response: { status_details: { reason: "unimplemented" } } },
    });
  });
});

describe("an error code of a dialect", () => {
  const error = (code: string) =>
    ({ type: "error", event_id: "e", error: { type: "t", code, message: "m", event_id: "cmd_1" } }) as const;

  it("is judged as the dialect means it, and others as ever", () => {
    expect(grok.failureOf(error("max_duration"))).toEqual({
      severity: "transport",
      code: "max_duration",
      message: "m",
      commandId: "cmd_1",
    });
    expect(voiceLive.failureOf(error("max_duration"))).toMatchObject({ severity: "rejected" });
    expect(grok.failureOf(error("invalid_api_key"))).toMatchObject({ severity: "fatal" });
    expect(grok.failureOf(error("constructor"))).toMatchObject({ severity: "rejected" });
    expect(grok.failureOf({ type: "error" })).toMatchObject({ code: null });
    expect(grok.failureOf({ type: "ping", event_id: "e" })).toBeUndefined();
  });
});

describe("a dialect of a protocol", () => {
  const strict = dialect(realtimeProtocol({ validation: fullValidation, mode: "strict" }), xai);

  it("is as strict as the protocol", () => {
    const wrong = '{"type":"ping","event_id":7}';
    expect(strict.decode(wrong)).toEqual({
      kind: "undecodable",
      text: wrong,
      reason: "ping differs from its schema: /event_id: expected a string, found 7",
    });
    expect(
      strict.decode(
        '{"type":"response.content_part.done","event_id":"e","response_id":"r","item_id":"i","output_index":0,"content_index":0}',
      ).kind,
    ).toBe("known");
    expect(strict.decode('{"type":"response.text.delta","event_id":"e"}')).toMatchObject({
      kind: "undecodable",
      text: '{"type":"response.text.delta","event_id":"e"}',
    });
  });

  it("takes the same sample", () => {
    const sampled = dialect(
      realtimeProtocol({ validation: fullValidation, sample: (type) => type !== "ping" }),
      xai,
    );
    expect(sampled.decode('{"type":"ping","event_id":7}')).toMatchObject({ issues: [] });
    expect(sampled.decode('{"type":"error","event_id":7}')).toMatchObject({ issues: [{}, {}] });
  });

  it("does without validation where the protocol does", () => {
    const small = dialect(realtimeProtocol(), azure);
    expect(small.decode('{"type":"warning"}')).toMatchObject({ kind: "known", issues: [] });
    expect(small.decode('{"type":"response.text.delta"}')).toMatchObject({
      event: { type: "response.output_text.delta" },
    });
    expect(small.issuesOf({ type: "input_audio.clear" })).toEqual([]);
  });

  it("never throws and never loses", () => {
    for (const text of [
      "",
      "[]",
      '{"type":1}',
      "{".repeat(5000),
      `{"type":"ping","x":${"[".repeat(5000)}${"]".repeat(5000)}}`,
    ]) {
      expect(grok.decode(text)).toMatchObject({ kind: "undecodable", text });
      expect(grok.decodeClient(text)).toMatchObject({ kind: "undecodable", text });
    }
  });

  it("can be of somebody's own making", () => {
    const own: Dialect<never, { readonly type: "weather"; readonly degrees: number }> = {
      ...openai,
      name: "own",
      serverEvents: { weather: () => [{ path: "/degrees", message: "too cold" }] },
      upcast: () => {
        throw new Error("out of order");
      },
    };
    const protocol = dialect(openaiRealtime, { ...own, upcast: openai.upcast });
    expect(protocol.decode('{"type":"weather"}')).toMatchObject({
      kind: "known",
      issues: [{ message: "too cold" }],
    });
    expect(dialect(openaiRealtime, own).decode('{"type":"weather"}')).toEqual({
      kind: "undecodable",
      text: '{"type":"weather"}',
      reason: "an event that could not be judged: out of order",
    });
  });
});
