import { describe, expect, it } from "vitest";
import { defaultPolicy, type Effect, effectsOf, initialState, type Policy, reduce } from "../src/index.ts";
import {
  answerBegins,
  answerEnds,
  called,
  client,
  heard,
  type LogEntry,
  local,
  opened,
  server,
  silence,
  spoken,
  toolOutput,
} from "./wire.ts";

/** The effects of each entry, in order. */
function effects(entries: readonly LogEntry[], policy: Partial<Policy> = {}): Effect[] {
  let state = initialState;
  return entries.flatMap((entry) => {
    const before = state;
    state = reduce(before, entry);
    return effectsOf(before, entry, state, { ...defaultPolicy, ...policy });
  });
}

const sent = (list: readonly Effect[]) =>
  list.flatMap((effect) => (effect.type === "send" ? [effect.event] : []));
const kinds = (list: readonly Effect[]) => list.map(({ type }) => type);

const speech = server("input_audio_buffer.speech_started", { item_id: "u2", audio_start_ms: 0 });
const flushed = (itemId: string, heardMs: number) =>
  local({ type: "playback.flushed", itemId, contentIndex: 0, heardMs });
const answer = [opened, ...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "One two", 1000)];

describe("barge-in", () => {
  it("plays what comes, silences at the user's voice, and cuts at what was heard", () => {
    const list = effects([...answer, speech, flushed("a1", 640.7)]);
    expect(kinds(list)).toEqual(["play", "flush", "send"]);
    expect(list[0]).toMatchObject({
      itemId: "a1",
      contentIndex: 0,
      format: { type: "audio/pcm", rate: 24000 },
    });
    expect(sent(list)).toEqual([
      {
        type: "conversation.item.truncate",
        event_id: "cut_a1_0",
        item_id: "a1",
        content_index: 0,
        audio_end_ms: 640,
      },
    ]);
  });

  it("silences also when generation ended long ago, and when nothing is known to play", () => {
    expect(kinds(effects([...answer, ...answerEnds("r1", "a1", null, "One two"), speech]))).toContain(
      "flush",
    );
    expect(kinds(effects([opened, speech]))).toEqual(["flush"]);
  });

  it("never cuts beyond what the server sent, nor below zero, and takes the margin off", () => {
    const cut = (heardMs: number, margin = 0) =>
      sent(effects([...answer, speech, flushed("a1", heardMs)], { truncationMarginMs: margin }));
    expect(cut(5000)).toMatchObject([{ audio_end_ms: 1000 }]);
    expect(cut(640, 85)).toMatchObject([{ audio_end_ms: 555 }]);
    expect(cut(40, 85)).toMatchObject([{ audio_end_ms: 0 }]);
  });

  it("cuts nothing that was heard in full, and nothing of which no sound exists", () => {
    const whole = [...answer, ...answerEnds("r1", "a1", null, "One two"), speech, flushed("a1", 1000)];
    expect(sent(effects(whole))).toEqual([]);
    const soundless = [opened, ...answerBegins("r1", "a1", null), speech, flushed("a1", 0)];
    expect(sent(effects(soundless))).toEqual([]);
  });

  it("cuts each queued item by its own account", () => {
    const two = [
      ...answer,
      ...answerEnds("r1", "a1", null, "One two"),
      ...answerBegins("r2", "a2", "a1"),
      ...spoken("r2", "a2", "Three", 500),
      ...answerEnds("r2", "a2", "a1", "Three"),
      speech,
      flushed("a1", 410),
      flushed("a2", 0),
    ];
    expect(sent(effects(two))).toMatchObject([
      { item_id: "a1", audio_end_ms: 410 },
      { item_id: "a2", audio_end_ms: 0 },
    ]);
  });

  it("plays no late sound of an interrupted response", () => {
    const late = effects([...answer, speech, ...spoken("r1", "a1", " three", 200)]);
    expect(kinds(late)).toEqual(["play", "flush"]);
  });

  it("leaves the assistant alone where the session says that the user does not interrupt", () => {
    const forbids = server("session.updated", {
      session: {
        type: "realtime",
        audio: { input: { turn_detection: { type: "server_vad", interrupt_response: false } } },
      },
    });
    expect(kinds(effects([opened, forbids, ...answer.slice(1), speech]))).toEqual(["play"]);
  });

  it("cuts nothing in a session that was never told of it", () => {
    // Some services announce an item as the output of its response alone.
    const unplaced = answer.filter(({ event }) => event.type !== "conversation.item.added");
    const moved = local({ type: "link.switched", link: 2, reason: "reconnected" });
    expect(sent(effects([...unplaced, flushed("a1", 640)]))).toHaveLength(1);
    expect(sent(effects([...unplaced, moved, flushed("a1", 640)]))).toEqual([]);
  });

  it("is the server's business where it plays on a media track", () => {
    const media = local({ type: "link.opened", transport: "webrtc", audio: "media" });
    const list = effects([media, ...answerBegins("r1", "a1", null), speech, flushed("a1", 100)]);
    expect(list).toEqual([]);
  });
});

describe("interrupt", () => {
  const asked = local({ type: "interrupt.requested" });

  it("cancels what is generated and silences what plays", () => {
    const list = effects([...answer, asked]);
    expect(kinds(list)).toEqual(["play", "send", "flush"]);
    expect(sent(list)).toEqual([{ type: "response.cancel", response_id: "r1" }]);
  });

  it("silences however often it is asked to, and cancels once", () => {
    const twice = effects([...answer, asked, asked]);
    expect(kinds(twice)).toEqual(["play", "send", "flush", "flush"]);
  });

  it("cancels nothing once generation is over", () => {
    expect(sent(effects([...answer, ...answerEnds("r1", "a1", null, "One two"), asked]))).toEqual([]);
  });

  it("clears the server's buffer where the server plays", () => {
    const media = local({ type: "link.opened", transport: "webrtc", audio: "media" });
    expect(sent(effects([media, asked]))).toEqual([{ type: "output_audio_buffer.clear" }]);
  });
});

describe("sound", () => {
  it("goes to the player in the format of its response, or else of the session", () => {
    const ulaw = server("session.updated", {
      session: { type: "realtime", audio: { output: { format: { type: "audio/pcmu" } } } },
    });
    const format = (list: readonly Effect[]) =>
      list.flatMap((effect) => (effect.type === "play" ? [effect.format] : []));
    expect(format(effects([opened, ulaw, ...answer.slice(1)]))).toEqual([{ type: "audio/pcmu" }]);
    const own = server("response.created", {
      response: {
        id: "r1",
        status: "in_progress",
        output: [],
        conversation_id: "c",
        audio: { output: { format: { type: "audio/pcma" }, voice: "alloy" } },
      },
    });
    expect(format(effects([opened, ulaw, own, ...answer.slice(2)]))).toEqual([{ type: "audio/pcma" }]);
  });

  it("is counted by the rate of its format", () => {
    const ulaw = server("session.updated", {
      session: { type: "realtime", audio: { output: { format: { type: "audio/pcmu" } } } },
    });
    const state = [opened, ulaw, ...answerBegins("r1", "a1", null)].reduce(reduce, initialState);
    const delta = (base64: string) =>
      reduce(
        state,
        server("response.output_audio.delta", {
          response_id: "r1",
          item_id: "a1",
          output_index: 0,
          content_index: 0,
          delta: base64,
        }),
      ).items[0];
    for (const bytes of [0, 1, 2, 3, 160, 161, 162]) {
      expect(delta(Buffer.alloc(bytes).toString("base64"))).toMatchObject({
        content: [{ audio: { receivedBytes: bytes, bytesPerMs: 8 } }],
      });
    }
    expect(silence(20)).toHaveLength(1280);
  });

  it("ends with its response where the server stopped in the middle", () => {
    const failed = server("response.done", {
      response: { id: "r1", status: "failed", status_details: null, output: [], conversation_id: "c" },
    });
    expect(effects([...answer, failed]).at(-1)).toEqual({ type: "play-end", itemId: "a1", contentIndex: 0 });
  });

  it("ends with the link on which it was being made, so that what comes over the next one can play", () => {
    for (const lost of [
      local({ type: "link.closed", code: 1006, reason: "" }),
      local({ type: "link.switched", link: 2, reason: "rolled over" }),
    ]) {
      expect(effects([...answer, lost]).at(-1)).toEqual({ type: "play-end", itemId: "a1", contentIndex: 0 });
      const ended = [...answer, ...answerEnds("r1", "a1", null, "One two")];
      expect(effects([...ended, lost])).toEqual(effects(ended));
    }
  });

  it("ends when the server says so", () => {
    expect(effects([...answer, ...answerEnds("r1", "a1", null, "One two")]).at(-1)).toEqual({
      type: "play-end",
      itemId: "a1",
      contentIndex: 0,
    });
  });
});

describe("tools", () => {
  it("run once, when their response has completed", () => {
    const events = called("r1", "f1", "call_1", null);
    expect(effects([opened, ...events.slice(0, -1)])).toEqual([]);
    const run = {
      type: "run-tool",
      itemId: "f1",
      callId: "call_1",
      name: "get_weather",
      arguments: '{"city":"Lisbon"}',
    };
    expect(effects([opened, ...events])).toEqual([run]);
    expect(effects([opened, ...events, ...events.slice(-1), ...events.slice(5)])).toEqual([run]);
  });

  it("do not run for a response that was cancelled or cut short, though the call is complete", () => {
    for (const status of ["cancelled", "incomplete", "failed"]) {
      const end = server("response.done", {
        response: { id: "r1", status, status_details: null, output: [], conversation_id: "c" },
      });
      expect(effects([opened, ...called("r1", "f1", "call_1", null).slice(0, -1), end])).toEqual([]);
    }
  });

  it("do not run when the program answered the call itself", () => {
    const events = called("r1", "f1", "call_1", null);
    const list = effects([opened, ...events.slice(0, 6), toolOutput("call_1"), ...events.slice(6)]);
    expect(kinds(list)).toEqual(["send"]);
  });

  it("get one answer after the last of several outputs", () => {
    const call = (n: number) => ({
      id: `f${n}`,
      type: "function_call",
      status: "completed",
      name: "get_weather",
      call_id: `call_${n}`,
      arguments: "{}",
    });
    const done = server("response.done", {
      response: { id: "r1", status: "completed", output: [call(1), call(2), call(3)], conversation_id: "c" },
    });
    const list = effects([opened, done, toolOutput("call_2"), toolOutput("call_1"), toolOutput("call_3")]);
    expect(kinds(list)).toEqual(["run-tool", "run-tool", "run-tool", "send"]);
    expect(sent(list)).toMatchObject([{ type: "response.create" }]);
  });

  it("leave the asking to the program where the policy says so", () => {
    const list = effects([opened, ...called("r1", "f1", "call_1", null), toolOutput("call_1")], {
      respondToTools: false,
    });
    expect(sent(list)).toEqual([]);
  });
});

describe("asking for an answer", () => {
  const wanted = local({ type: "response.requested" });
  const creates = (list: readonly Effect[]) => sent(list).filter(({ type }) => type === "response.create");

  it("happens at once when nobody speaks", () => {
    expect(creates(effects([opened, wanted]))).toEqual([{ type: "response.create", event_id: "ask_1" }]);
  });

  it("waits for the response that is running, and several wishes get one answer", () => {
    const list = effects([...answer, wanted, wanted]);
    expect(creates(list)).toEqual([]);
    expect(
      creates(effects([...answer, wanted, wanted, ...answerEnds("r1", "a1", null, "One two")])),
    ).toHaveLength(1);
  });

  it("waits while the user speaks and while the server is about to answer by itself", () => {
    expect(creates(effects([opened, speech, wanted]))).toEqual([]);
    const turn = heard("u2", null, "Hello");
    expect(creates(effects([opened, ...turn, wanted]))).toEqual([]);
    expect(creates(effects([opened, ...turn, wanted, ...answerBegins("r1", "a1", "u2")]))).toEqual([]);
  });

  it("does not repeat while its own request is on the way", () => {
    const request = client({ type: "response.create", event_id: "ask_1" });
    expect(creates(effects([opened, wanted, request, wanted]))).toHaveLength(1);
  });

  it("is repeated after a race lost to the server, once the winner is done", () => {
    const lost = server("error", {
      error: {
        type: "invalid_request_error",
        code: "conversation_already_has_active_response",
        message: "busy",
        event_id: "ask_1",
      },
    });
    const entries = [
      opened,
      wanted,
      client({ type: "response.create", event_id: "ask_1" }),
      ...answerBegins("r1", "a1", null),
      lost,
    ];
    expect(creates(effects(entries))).toHaveLength(1);
    const ended = effects([...entries, ...answerEnds("r1", "a1", null, "")]);
    expect(creates(ended)).toHaveLength(2);
  });

  it("waits for the end of a response that it was never told of", () => {
    const busy = server("error", {
      error: {
        type: "invalid_request_error",
        code: "conversation_already_has_active_response",
        message: "busy",
        event_id: "ask_1",
      },
    });
    const entries = [opened, wanted, client({ type: "response.create", event_id: "ask_1" }), busy];
    expect(creates(effects(entries))).toHaveLength(1);
    expect(creates(effects([...entries, ...answerEnds("r9", "a9", null, "")]))).toHaveLength(2);
  });

  it("is given up when the server refuses for another reason", () => {
    const refused = server("error", {
      error: { type: "invalid_request_error", code: "invalid_value", message: "no", event_id: "ask_1" },
    });
    const list = effects([opened, wanted, client({ type: "response.create", event_id: "ask_1" }), refused]);
    expect(creates(list)).toHaveLength(1);
  });
});
