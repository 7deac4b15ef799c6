import { describe, expect, it } from "vitest";
import { engine } from "../../src/engine/engine.ts";
import type { EngineInput } from "../../src/engine/engine-input.ts";
import { conversation, one, only, typesOf } from "../support/conversation.ts";

/** Freezes all that can be frozen: everything but the samples. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) {
    return value;
  }
  Object.freeze(value);
  for (const field of Object.values(value)) deepFreeze(field);
  return value;
}

/** A session with a bit of everything. */
function lively(settings = {}) {
  const talk = conversation(
    {
      scenario: {
        turns: [
          { heard: "What is it?", say: "One moment.", tools: [{ name: "look", arguments: { at: "it" } }] },
          { say: "It is a very long story, and I shall tell all of it." },
        ],
      },
      ...settings,
    },
    "lively",
  );
  talk.open();
  const transcription = { model: "gpt-4o-transcribe" };
  talk.send({ type: "session.update", session: { type: "realtime", audio: { input: { transcription } } } });
  talk.speak("What is it?");
  talk.advance(3000);
  const { call_id } = one(talk.events, "response.function_call_arguments.done");
  const item = { type: "function_call_output" as const, call_id, output: "it" };
  talk.send({ type: "conversation.item.create", item });
  talk.send({ type: "response.create" });
  talk.advance(700);
  talk.speak("Wait");
  const cut = only(talk.events, "response.output_item.added").at(-1)!.item.id;
  talk.send({ type: "conversation.item.truncate", item_id: cut, content_index: 0, audio_end_ms: 120 });
  talk.sendText("{");
  talk.advance(5000);
  return talk;
}

describe("the engine", () => {
  it("is deterministic: the same inputs give the same outputs and states", () => {
    const one = lively();
    const other = lively();
    expect(one.outputs).toEqual(other.outputs);
    expect(one.state).toEqual(other.state);
  });

  it("names things differently under another seed, and does the same", () => {
    const under = (seed: string) => {
      const talk = conversation({}, seed);
      talk.open();
      talk.speak("Hello");
      talk.advance(5000);
      return talk.events;
    };
    expect(typesOf(under("a"))).toEqual(typesOf(under("b")));
    const ids = [...under("a"), ...under("b")].map(({ event_id }) => event_id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("leaves the state that goes in as it was", () => {
    const { inputs } = lively();
    const service = engine({ scenario: { turns: [{ heard: "What is it?", say: "One moment." }] } });
    let state = deepFreeze(service.begin("frozen"));
    for (const input of inputs) {
      const samples = state.input.buffer?.last.slice();
      const before = state;
      // Writing to anything frozen throws.
      state = deepFreeze(service.step(state, deepFreeze({ ...input })).state);
      expect(before.input.buffer?.last).toEqual(samples);
    }
    expect(state.conversation.length).toBeGreaterThan(2);
  });

  it("gives back the very state when nothing happens", () => {
    const service = engine();
    const opened = service.step(service.begin("x"), {
      type: "opened",
      atMs: 0,
      epochMs: 0,
      model: "m",
    }).state;
    expect(service.step(opened, { type: "tick", atMs: 1000 }).state).toBe(opened);
  });

  it("makes up for late ticks in the order of time", () => {
    const prompt = conversation({}, "late");
    prompt.open();
    prompt.send({ type: "response.create" });
    prompt.advance(9000);
    const service = engine();
    let state = service.begin("late");
    const events: unknown[] = [];
    const feed = (input: EngineInput) => {
      const step = service.step(state, input);
      state = step.state;
      for (const output of step.outputs) if (output.type === "send") events.push(output.event);
    };
    for (const input of prompt.inputs) if (input.type !== "tick") feed(input);
    while (state.wakeAtMs !== undefined && state.wakeAtMs <= 9000) feed({ type: "tick", atMs: 9000 });
    expect(events).toEqual(prompt.events);
  });

  it("does nothing before it is opened and after it is closed", () => {
    const service = engine();
    const fresh = service.begin("x");
    expect(service.step(fresh, { type: "frame", atMs: 0, text: "{}" })).toEqual({
      state: fresh,
      outputs: [],
    });
    const rejection = {
      error: { code: "invalid_api_key", message: "No.", param: null },
      close: { code: 3000, reason: "invalid_request_error.invalid_api_key" },
    };
    const { state, outputs } = service.step(fresh, {
      type: "opened",
      atMs: 0,
      epochMs: 0,
      model: "m",
      rejection,
    });
    expect(outputs).toMatchObject([
      {
        type: "send",
        event: { type: "error", error: { code: "invalid_api_key", type: "invalid_request_error" } },
      },
      { type: "close", code: 3000, reason: "invalid_request_error.invalid_api_key" },
    ]);
    expect(state.wakeAtMs).toBeUndefined();
    expect(service.step(state, { type: "frame", atMs: 1, text: "{}" })).toEqual({ state, outputs: [] });
  });

  it("ends the session when its time is over", () => {
    const talk = conversation();
    talk.open();
    expect(talk.advance(60 * 60 * 1000 - 1)).toEqual([]);
    talk.send({ type: "response.create" });
    const events = talk.advance(1);
    expect(one(events, "error").error).toMatchObject({
      code: "session_expired",
      message: "Your session hit the maximum duration of 60 minutes.",
    });
    expect(talk.outputs.at(-1)).toEqual({
      type: "close",
      code: 1001,
      reason: "Your session hit the maximum duration of 60 minutes.",
    });
    expect(talk.state.wakeAtMs).toBeUndefined();
    expect(talk.send({ type: "response.create" })).toEqual([]);
  });

  it("lives for ever where no end is set", () => {
    const talk = conversation({ expireAfterMs: null });
    talk.open();
    expect(talk.state.wakeAtMs).toBeUndefined();
    expect(talk.advance(1e12)).toEqual([]);
  });

  it("refuses a binary frame and goes on", () => {
    const talk = conversation();
    talk.open();
    expect(one(talk.feed({ type: "binary", atMs: 0 }), "error").error).toEqual({
      type: "invalid_request_error",
      code: "invalid_event",
      message: "Expected a text WebSocket message; binary frames are not supported.",
      param: null,
      event_id: null,
    });
    expect(typesOf(talk.send({ type: "response.create" }))).toEqual(["response.created"]);
  });

  it("refuses settings that make no sense", () => {
    for (const settings of [
      { pace: 0 },
      { chunkMs: -1 },
      { firstOutputMs: Number.NaN },
      { expireAfterMs: 0 },
    ]) {
      expect(() => engine(settings)).toThrow(RangeError);
    }
  });
});
