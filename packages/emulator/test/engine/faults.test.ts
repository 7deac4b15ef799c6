import { describe, expect, it } from "vitest";
import type { EngineOutput } from "../../src/engine/engine-output.ts";
import type { EngineSettings } from "../../src/engine/engine-settings.ts";
import type { Fault } from "../../src/engine/fault.ts";
import { conversation, one, only, shapeOf, typesOf } from "../support/conversation.ts";

/** A session that answers in writing and has been told what goes wrong. */
function faulted(faults: Fault[], settings: Partial<EngineSettings> = {}) {
  const talk = conversation({ scenario: { turns: [{ say: "One two three four.", faults }] }, ...settings });
  talk.open();
  talk.send({ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } });
  const since = talk.outputs.length;
  const respond = (ms = 5000) => [...talk.send({ type: "response.create" }), ...talk.advance(ms)];
  return { talk, respond, outputs: (): EngineOutput[] => talk.outputs.slice(since) };
}

const delta = "response.output_text.delta";

describe("a fault that hits frames", () => {
  it("withholds the frame that it means, and no other", () => {
    const { respond } = faulted([{ type: "withhold", event: "response.output_item.added" }]);
    expect(shapeOf(respond())).toEqual([
      "response.created",
      "conversation.item.added",
      "response.content_part.added",
      `${delta}*`,
      "response.output_text.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
      "rate_limits.updated",
    ]);
  });

  it("counts from the first frame behind those that it skips", () => {
    const wordsWith = (choice: object) => {
      const { respond } = faulted([{ type: "withhold", event: delta, ...choice }]);
      return only(respond(), delta)
        .map((event) => event.delta)
        .join("");
    };
    expect(wordsWith({})).toBe(" two three four.");
    expect(wordsWith({ skip: 1 })).toBe("One three four.");
    expect(wordsWith({ skip: 1, count: 2 })).toBe("One four.");
    expect(wordsWith({ skip: 3, count: "all" })).toBe("One two three");
    expect(wordsWith({ chance: 0 })).toBe("One two three four.");
    expect(wordsWith({ event: "response.output_*", skip: 2, count: 1 })).toBe("One three four.");
  });

  it("by chance hits the same frames under the same seed", () => {
    const hit = (seed: string) => {
      const faults: Fault[] = [{ type: "withhold", event: delta, count: "all", chance: 0.5 }];
      const say = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
      const talk = conversation({ scenario: { turns: [{ say, faults }] } }, seed);
      talk.open();
      talk.send({ type: "response.create", response: { output_modalities: ["text"] } });
      return only(talk.advance(5000), delta)
        .map((event) => event.delta.trim())
        .join("");
    };
    expect(hit("x")).toBe(hit("x"));
    expect(hit("x")).not.toBe(hit("y"));
    expect(hit("x").length).toBeGreaterThan(4);
    expect(hit("x").length).toBeLessThan(22);
  });

  it("duplicates a frame, id and all", () => {
    const { respond } = faulted([{ type: "duplicate", event: "response.done" }]);
    const [first, second] = only(respond(), "response.done");
    expect(second).toEqual(first);
    expect(second).toBeDefined();
  });

  it("sends half a frame, or one without its id", () => {
    const half = faulted([{ type: "half_frame", event: "response.done" }]);
    half.respond();
    const raw = half.outputs().flatMap((output) => (output.type === "raw" ? [output.text] : []));
    expect(raw).toHaveLength(1);
    expect(raw[0]).toMatch(/^\{"type":"response\.done","event_id":/);
    expect(() => JSON.parse(raw[0]!)).toThrow(SyntaxError);

    const nameless = faulted([{ type: "missing_event_id", event: "response.created" }]);
    nameless.respond();
    const [first] = nameless.outputs();
    const event: unknown = first?.type === "raw" ? JSON.parse(first.text) : undefined;
    expect(event).toMatchObject({ type: "response.created", response: { object: "realtime.response" } });
    expect(event).not.toHaveProperty("event_id");
  });

  it("delays frames and keeps their order", () => {
    const { talk, respond } = faulted([
      { type: "delay", event: "response.output_item.added", ms: 500 },
      { type: "delay", event: "response.created", ms: 100, jitterMs: 50 },
    ]);
    const undelayed = shapeOf(faulted([]).respond());
    expect(talk.send({ type: "response.create" })).toEqual([]);
    expect(talk.advance(99)).toEqual([]);
    expect(typesOf(talk.advance(51))).toEqual(["response.created"]);
    // The first item comes 200 ms after the response; 500 ms more delay it and all that is behind it.
    expect(talk.advance(549)).toEqual([]);
    expect(shapeOf(talk.advance(1))).toEqual(undelayed.slice(1, -1).concat("rate_limits.updated"));
    expect(respond).toBeDefined();
  });

  it("lets frames be overtaken by as many as it says, or goes a second later", () => {
    const { respond } = faulted([{ type: "reorder", event: "response.created", by: 2 }]);
    expect(typesOf(respond()).slice(0, 3)).toEqual([
      "response.output_item.added",
      "conversation.item.added",
      "response.created",
    ]);
    const last = faulted([{ type: "reorder", event: "rate_limits.updated", by: 5 }]);
    expect(typesOf(last.respond(900))).not.toContain("rate_limits.updated");
    expect(typesOf(last.talk.advance(2000))).toEqual(["rate_limits.updated"]);
  });

  it("sends a late frame before it closes, and loses it with a cut", () => {
    const late = { type: "delay", event: "response.created", ms: 10_000 } as const;
    const closed = faulted([late, { type: "close", code: 1012, afterMs: 50 }]);
    closed.respond();
    expect(closed.outputs().map(({ type }) => type)).toEqual(["send", "close"]);
    const cut = faulted([late, { type: "cut", afterMs: 50 }]);
    cut.respond();
    expect(cut.outputs()).toEqual([{ type: "cut" }]);
  });
});

describe("a fault of a moment", () => {
  it("closes with a code right behind the frame that it waits for", () => {
    const close = { type: "close", code: 1011, reason: "Bye.", event: delta, skip: 1 } as const;
    for (const pace of [8, Number.POSITIVE_INFINITY]) {
      const { talk, respond, outputs } = faulted([close], { pace, textPieceMs: 0 });
      expect(only(respond(), delta)).toHaveLength(2);
      expect(outputs().at(-1)).toEqual({ type: "close", code: 1011, reason: "Bye." });
      expect(talk.state.phase).toBe("closed");
      expect(talk.send({ type: "response.create" })).toEqual([]);
      expect(talk.state.wakeAtMs).toBeUndefined();
    }
  });

  it("cuts the link, in the middle of what one moment brings", () => {
    const { respond, outputs } = faulted([{ type: "cut", event: "response.content_part.done" }]);
    const types = typesOf(respond());
    expect(types.at(-1)).toBe("response.content_part.done");
    expect(outputs().at(-1)).toEqual({ type: "cut" });
  });

  it("happens later where it says so", () => {
    const { talk, outputs } = faulted([{ type: "cut", event: "response.created", afterMs: 1000 }]);
    talk.send({ type: "response.create" });
    talk.advance(999);
    expect(outputs().at(-1)?.type).toBe("send");
    talk.advance(1);
    expect(outputs().at(-1)?.type).toBe("cut");
  });

  it("sends an event that nobody knows", () => {
    const frame = { type: "response.thought.delta", delta: "Hm" };
    const { respond, outputs } = faulted([
      { type: "unknown_event", event: "response.created", frame },
      { type: "unknown_event", event: "response.done" },
    ]);
    respond();
    const raw = outputs().flatMap((output) => (output.type === "raw" ? [JSON.parse(output.text)] : []));
    expect(raw).toEqual([
      { ...frame, event_id: expect.stringMatching(/^event_\w{21}$/) },
      { type: "emulator.unknown", event_id: expect.stringMatching(/^event_\w{21}$/) },
    ]);
    expect(outputs()[1]).toMatchObject({ type: "raw" });
  });

  it("sends an error in the middle of a response, which goes on", () => {
    const { respond } = faulted([
      { type: "error", event: delta, error: { code: "overloaded" } },
      { type: "error", event: "response.done" },
    ]);
    const events = respond();
    expect(only(events, "error").map(({ error }) => error)).toEqual([
      {
        type: "server_error",
        code: "overloaded",
        message: "The server had an error while processing your request.",
        param: null,
        event_id: null,
      },
      expect.objectContaining({ code: null }),
    ]);
    expect(typesOf(events).indexOf("error")).toBe(typesOf(events).indexOf(delta) + 1);
    expect(one(events, "response.done").response.status).toBe("completed");
  });

  it("ends the response there, failed or incomplete", () => {
    const failed = faulted([{ type: "end_response", status: "failed", event: delta, skip: 1 }]);
    const events = failed.respond();
    expect(only(events, delta)).toHaveLength(2);
    expect(shapeOf(events).slice(-6)).toEqual([
      "response.output_text.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
      "rate_limits.updated",
    ]);
    expect(one(events, "response.done").response).toMatchObject({
      status: "failed",
      status_details: { type: "failed", error: { type: "server_error" } },
      output: [{ status: "incomplete", content: [{ text: "One two" }] }],
    });
    const cut = faulted([{ type: "end_response", status: "incomplete", reason: "max_output_tokens" }]);
    expect(one(cut.respond(), "response.done").response).toMatchObject({
      status: "incomplete",
      status_details: { reason: "max_output_tokens" },
      output: [],
    });
  });

  it("repeats the last delta of a response that has been cancelled, behind its end", () => {
    const { talk } = faulted([{ type: "late_deltas", count: 2 }], { textPieceMs: 100 });
    talk.send({ type: "response.create" });
    const before = talk.advance(350);
    const events = talk.send({ type: "response.cancel" });
    expect(shapeOf(events).slice(-2)).toEqual(["response.done", `${delta}*`]);
    const last = only(before, delta).at(-1)!;
    const late = only(events, delta);
    expect(late.map(({ delta: words, response_id, item_id }) => [words, response_id, item_id])).toEqual([
      [last.delta, last.response_id, last.item_id],
      [last.delta, last.response_id, last.item_id],
    ]);
    expect(new Set([last, ...late].map(({ event_id }) => event_id)).size).toBe(3);
  });

  it("does not repeat anything of a response that has completed", () => {
    const { respond } = faulted([{ type: "late_deltas" }]);
    expect(shapeOf(respond()).slice(-2)).toEqual(["response.done", "rate_limits.updated"]);
  });
});

describe("faults", () => {
  it("can come at any time, from whoever runs the engine", () => {
    const { talk, outputs } = faulted([]);
    talk.send({ type: "response.create" });
    talk.advance(205);
    const fault = (fault: Fault) => talk.feed({ type: "fault", atMs: talk.nowMs, fault });
    const ended = fault({ type: "end_response", status: "failed" });
    expect(typesOf(ended).at(-1)).toBe("response.done");
    expect(fault({ type: "end_response", status: "failed" })).toEqual([]);
    expect(one(fault({ type: "error" }), "error").error.type).toBe("server_error");
    fault({ type: "close", code: 4001 });
    expect(outputs().at(-1)).toEqual({ type: "close", code: 4001, reason: "" });
  });

  it("of a scenario are there from the beginning", () => {
    const talk = conversation({
      scenario: { turns: [], faults: [{ type: "withhold", event: "session.created" }, { type: "cut" }] },
    });
    expect(talk.open()).toEqual([]);
    expect(talk.outputs).toEqual([{ type: "cut" }]);
  });

  it("of a turn do not touch what came before its response", () => {
    const { talk } = faulted([{ type: "withhold" }]);
    const spoken = talk.speak("Hello there");
    expect(typesOf(spoken)[0]).toBe("input_audio_buffer.speech_started");
    expect(typesOf(spoken)).not.toContain("response.created");
  });

  it("leave the ids of everything else as they are", () => {
    const idsOf = (faults: Fault[]) =>
      faulted(faults)
        .respond()
        .map(({ event_id }) => event_id);
    const faults: Fault[] = [
      { type: "unknown_event" },
      { type: "delay", ms: 10, jitterMs: 90, count: "all" },
    ];
    expect(idsOf(faults)).toEqual(idsOf([]));
  });

  it("hold no more frames than there is room for, and end with the session", () => {
    const { talk } = faulted([{ type: "delay", event: "*", ms: 8e7, count: "all" }]);
    talk.send({ type: "response.create" });
    for (let sent = 0; sent < 10_100; sent++) talk.send({ type: "input_audio_buffer.clear" });
    expect(talk.state.line.held).toHaveLength(10_000);
    expect(only(talk.events, "input_audio_buffer.cleared").length).toBeGreaterThan(90);
    talk.advance(60 * 60 * 1000);
    expect(talk.outputs.at(-1)?.type).toBe("close");
    expect(talk.state.line.held).toEqual([]);
  });
});
