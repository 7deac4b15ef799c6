import { describe, expect, it } from "vitest";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import type { Unsettled } from "../../src/engine/unsettled.ts";
import type { Conversation } from "../support/conversation.ts";
import { conversation, one, only, silence, speech, typesOf } from "../support/conversation.ts";

const say = "In Lisbon it is sunny right now, twenty four degrees, with a light breeze from the ocean.";
const sayMs = (say.length / 14) * 1000;

function call(settings: GivenSettings = {}) {
  const talk = conversation({ scenario: { turns: [{ say }, { say: "Yes?" }] }, ...settings });
  talk.open({ audio: "media" });
  return talk;
}

/** How much sound has been handed to the track, in milliseconds. */
function playedMs(talk: Conversation): number {
  const samples = talk.outputs.map((output) => (output.type === "play" ? output.samples.length : 0));
  return samples.reduce((sum, count) => sum + count, 0) / 24;
}

function flushes(talk: Conversation): number {
  return talk.outputs.filter(({ type }) => type === "flush").length;
}

/** What of these types came, with the outputs that are no events among them. */
function told(talk: Conversation, types: readonly string[]): string[] {
  return talk.outputs
    .map((output) => (output.type === "send" ? output.event.type : output.type))
    .filter((type) => types.includes(type));
}

describe("an answer on a media track", () => {
  it("is played and not sent, its words are sent, and the track tells when it is heard", () => {
    const talk = call();
    talk.microphone(speech("What is the weather like?"));
    talk.advance(20_000);
    const { id } = one(talk.events, "response.created").response;
    const events = talk.events.slice(typesOf(talk.events).indexOf("response.created") + 1);
    expect(only(events, "response.output_audio.delta")).toEqual([]);
    const words = only(events, "response.output_audio_transcript.delta").map(({ delta }) => delta);
    expect(words.join("")).toBe(say);
    expect(playedMs(talk)).toBeCloseTo(sayMs, 0);
    const order = typesOf(events).filter((type) => !type.endsWith(".delta"));
    expect(order).toEqual([
      "response.output_item.added",
      "conversation.item.added",
      "response.content_part.added",
      "output_audio_buffer.started",
      "response.output_audio.done",
      "response.output_audio_transcript.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
      "rate_limits.updated",
      "output_audio_buffer.stopped",
    ]);
    for (const type of ["output_audio_buffer.started", "output_audio_buffer.stopped"] as const) {
      expect(one(events, type)).toMatchObject({
        event_id: expect.stringMatching(/^event_[0-9a-f]{16}$/),
        response_id: id,
      });
    }
  });

  it("stops when its last sample has been heard at real pace, however fast it was made", () => {
    const talk = call({ pace: Number.POSITIVE_INFINITY });
    talk.send({ type: "response.create" });
    talk.advance(240);
    one(talk.events, "response.done");
    one(talk.events, "output_audio_buffer.started");
    talk.advance(Math.floor(sayMs) - 1);
    expect(only(talk.events, "output_audio_buffer.stopped")).toEqual([]);
    talk.advance(2);
    one(talk.events, "output_audio_buffer.stopped");
  });

  it("is heard after the answer before it, each in its turn", () => {
    const talk = call();
    talk.send({ type: "response.create" });
    talk.advance(2000);
    const first = one(talk.events, "response.done").response.id;
    talk.send({ type: "response.create" });
    talk.advance(2000);
    const second = only(talk.events, "response.done").at(-1)?.response.id;
    expect(only(talk.events, "output_audio_buffer.started")).toHaveLength(1);
    const events = talk.advance(10_000).filter(({ type }) => type.startsWith("output_audio_buffer."));
    expect(events).toMatchObject([
      { type: "output_audio_buffer.stopped", response_id: first },
      { type: "output_audio_buffer.started", response_id: second },
      { type: "output_audio_buffer.stopped", response_id: second },
    ]);
  });

  it("can be retrieved, and says nothing on the track where it is of text", () => {
    const talk = call();
    talk.send({ type: "response.create", response: { output_modalities: ["text"] } });
    talk.send({ type: "response.create", response: { conversation: "none" } });
    talk.advance(3000);
    expect(only(talk.events, "output_audio_buffer.started")).toHaveLength(1);
    expect(playedMs(talk)).toBeCloseTo(("Yes?".length / 14) * 1000, 0);
  });
});

describe("barge-in on a media track", () => {
  const steps = ["output_audio_buffer.cleared", "conversation.item.truncated", "response.done"];

  it("cuts what has not been heard, to the millisecond", () => {
    const talk = call();
    talk.send({ type: "response.create" });
    talk.advance(2000);
    one(talk.events, "response.done");
    const { item } = one(talk.events, "response.output_item.done");
    const startMs = 200 + 40 + 25;
    const spoken = talk.microphone(speech("Wait"));
    const atMs = talk.inputs.findLast(({ type }) => type === "microphone")!.atMs;
    expect(atMs).toBe(talk.nowMs);
    const cut = one(spoken, "conversation.item.truncated");
    const [started] = typesOf(spoken);
    expect(started).toBe("input_audio_buffer.speech_started");
    expect(typesOf(spoken).slice(0, 3)).toEqual([
      "input_audio_buffer.speech_started",
      "output_audio_buffer.cleared",
      "conversation.item.truncated",
    ]);
    // 100 ms of silence before the speech, then a voice for 60 ms and a frame of 20 ms at most.
    expect(cut).toMatchObject({ item_id: item.id, content_index: 0 });
    expect(cut.audio_end_ms).toBeGreaterThanOrEqual(2000 + 160 - startMs);
    expect(cut.audio_end_ms).toBeLessThanOrEqual(2000 + 260 - startMs);
    expect(flushes(talk)).toBe(1);
    talk.advance(20_000);
    expect(only(talk.events, "output_audio_buffer.stopped")).toHaveLength(1);
    expect(one(talk.events, "output_audio_buffer.stopped").response_id).toBe(
      only(talk.events, "response.created").at(-1)?.response.id,
    );
    const retrieved = one(
      talk.send({ type: "conversation.item.retrieve", item_id: item.id }),
      "conversation.item.retrieved",
    );
    const part = "content" in retrieved.item ? retrieved.item.content[0] : undefined;
    expect(part).not.toHaveProperty("transcript");
    const bytes = part && "audio" in part ? Buffer.from(part.audio ?? "", "base64").length : 0;
    expect(bytes).toBe(cut.audio_end_ms * 48);
  });

  it("cancels what is still generated, and plays no more of it", () => {
    const talk = call({ pace: 1.5 });
    talk.send({ type: "response.create" });
    talk.advance(1000);
    talk.microphone(speech("Wait"));
    const first = only(talk.events, "response.created")[0]!.response.id;
    expect(told(talk, [...steps, "flush"])).toEqual(["flush", ...steps]);
    const done = only(talk.events, "response.done")[0]!.response;
    expect(done).toMatchObject({ id: first, status: "cancelled", output: [{ status: "incomplete" }] });
    const { audio_end_ms } = one(talk.events, "conversation.item.truncated");
    expect(audio_end_ms).toBeGreaterThan(700);
    expect(audio_end_ms).toBeLessThan(1000);
    talk.advance(20_000);
    expect(
      only(talk.events, "output_audio_buffer.stopped").map(({ response_id }) => response_id),
    ).not.toContain(first);
    expect(talk.state.playback.responses).toEqual([]);
  });

  it("leaves an item as it is that the client has cut already", () => {
    const talk = call({ pace: 1.5 });
    talk.send({ type: "response.create" });
    talk.advance(1000);
    const { id } = one(talk.events, "response.output_item.added").item;
    talk.send({ type: "conversation.item.truncate", item_id: id ?? "", content_index: 0, audio_end_ms: 100 });
    talk.microphone(speech("Wait"));
    expect(only(talk.events, "conversation.item.truncated").map(({ audio_end_ms }) => audio_end_ms)).toEqual([
      100,
    ]);
    expect(only(talk.events, "output_audio_buffer.cleared")).toHaveLength(1);
  });

  it("does its steps in the order that is wanted", () => {
    const interruptionOrder = [steps[2], steps[1], steps[0]] as Unsettled["interruptionOrder"];
    const talk = call({ pace: 1.5, unsettled: { interruptionOrder } });
    talk.send({ type: "response.create" });
    talk.advance(1000);
    talk.microphone(speech("Wait"));
    expect(told(talk, steps)).toEqual(interruptionOrder);
  });

  it("cuts a response of which nothing is audible yet without a word of the track", () => {
    const talk = call({ firstOutputMs: 5000 });
    talk.send({ type: "response.create" });
    const spoken = talk.microphone(speech("Wait"));
    expect(typesOf(spoken).slice(0, 2)).toEqual(["input_audio_buffer.speech_started", "response.done"]);
    expect(flushes(talk)).toBe(0);
  });

  it("is only the start of a speech when all has been heard", () => {
    const talk = call();
    talk.send({ type: "response.create" });
    talk.advance(20_000);
    expect(typesOf(talk.microphone(speech("Wait"))).slice(0, 2)).toEqual([
      "input_audio_buffer.speech_started",
      "input_audio_buffer.speech_stopped",
    ]);
    expect(flushes(talk)).toBe(0);
  });

  it("happens even where interrupt_response is false, unless that is to count", () => {
    const turn_detection = { type: "server_vad", interrupt_response: false } as const;
    for (const alwaysInterruptsMedia of [true, false]) {
      const talk = call({ unsettled: { alwaysInterruptsMedia } });
      talk.send({
        type: "session.update",
        session: { type: "realtime", audio: { input: { turn_detection } } },
      });
      talk.send({ type: "response.create" });
      talk.advance(2000);
      talk.microphone(speech("Wait"));
      expect(only(talk.events, "output_audio_buffer.cleared")).toHaveLength(alwaysInterruptsMedia ? 1 : 0);
      expect(flushes(talk)).toBe(alwaysInterruptsMedia ? 1 : 0);
    }
  });

  it("silences a response out of band, which runs on", () => {
    const talk = call({ pace: 1.5 });
    talk.send({ type: "response.create", response: { conversation: "none" } });
    talk.advance(1000);
    const { id } = one(talk.events, "response.created").response;
    talk.microphone(speech("Wait"));
    expect(only(talk.events, "output_audio_buffer.cleared")).toMatchObject([{ response_id: id }]);
    expect(only(talk.events, "conversation.item.truncated")).toEqual([]);
    const before = playedMs(talk);
    talk.advance(20_000);
    expect(
      only(talk.events, "response.done").find(({ response }) => response.id === id)?.response.status,
    ).toBe("completed");
    expect(playedMs(talk) - before).toBeCloseTo(("Yes?".length / 14) * 1000, 0);
    expect(talk.state.playback.responses).toEqual([]);
  });
});

describe("output_audio_buffer.clear", () => {
  it("after response.cancel cuts what is still to be heard", () => {
    const talk = call({ pace: 1.5 });
    talk.send({ type: "response.create" });
    talk.advance(1000);
    expect(typesOf(talk.send({ type: "response.cancel" })).at(-1)).toBe("response.done");
    expect(flushes(talk)).toBe(0);
    const events = talk.send({ type: "output_audio_buffer.clear" });
    expect(typesOf(events)).toEqual(["output_audio_buffer.cleared", "conversation.item.truncated"]);
    expect(one(events, "conversation.item.truncated").audio_end_ms).toBe(
      Math.floor(1000 - (200 + 40 + 200 / 1.5)),
    );
    expect(flushes(talk)).toBe(1);
    expect(typesOf(talk.advance(20_000))).toEqual(["rate_limits.updated"]);
  });

  it("lets what has been generated play on where only the response is cancelled", () => {
    const talk = call({ pace: 1.5 });
    talk.send({ type: "response.create" });
    talk.advance(1000);
    talk.send({ type: "response.cancel" });
    expect(typesOf(talk.advance(20_000))).toEqual(["rate_limits.updated", "output_audio_buffer.stopped"]);
  });

  it("without a cancellation leaves the response to its words", () => {
    const talk = call({ pace: 1.5 });
    talk.send({ type: "response.create" });
    talk.advance(1000);
    const before = playedMs(talk);
    talk.send({ type: "output_audio_buffer.clear" });
    const events = talk.advance(20_000);
    expect(one(events, "response.done").response.status).toBe("completed");
    expect(playedMs(talk)).toBe(before);
    expect(only(talk.events, "output_audio_buffer.stopped")).toEqual([]);
  });

  it("changes nothing where nothing plays, and is refused where sound travels as events", () => {
    expect(call().send({ type: "output_audio_buffer.clear" })).toEqual([]);
    const talk = conversation();
    talk.open();
    expect(one(talk.send({ type: "output_audio_buffer.clear" }), "error").error).toMatchObject({
      code: "invalid_value",
      param: "type",
      message: expect.stringMatching(
        /^Invalid value: 'output_audio_buffer.clear'. Supported values are: 'sess/,
      ),
    });
  });
});

describe("the microphone of a media track", () => {
  it("is heard in an encoding of its own, whatever the session's format", () => {
    const talk = call();
    const format = { type: "audio/pcmu" } as const;
    const audio = { input: { format }, output: { format } };
    talk.microphone(silence(200));
    expect(
      one(talk.send({ type: "session.update", session: { type: "realtime", audio } }), "session.updated"),
    );
    const spoken = talk.microphone(speech("What is the weather like?"));
    const { audio_start_ms } = one(spoken, "input_audio_buffer.speech_started");
    expect(Math.abs(audio_start_ms - 10)).toBeLessThanOrEqual(10);
    talk.advance(1000);
    expect(one(talk.events, "response.created").response.audio?.output?.format).toEqual(format);
    talk.advance(20_000);
    expect(playedMs(talk)).toBeCloseTo(sayMs, 0);
  });

  it("works with push-to-talk: cleared when the key goes down, committed when it goes up", () => {
    const talk = call();
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection: null } } },
    });
    talk.microphone(speech("This is not for you."));
    expect(typesOf(talk.send({ type: "input_audio_buffer.clear" }))).toEqual(["input_audio_buffer.cleared"]);
    talk.microphone(speech("What is the weather like?", 0, 0));
    const events = talk.send({ type: "input_audio_buffer.commit" });
    const { item_id } = one(events, "input_audio_buffer.committed");
    const { item } = one(
      talk.send({ type: "conversation.item.retrieve", item_id }),
      "conversation.item.retrieved",
    );
    const part = "content" in item ? item.content[0] : undefined;
    const bytes = part && "audio" in part ? Buffer.from(part.audio ?? "", "base64").length : 0;
    expect(bytes / 48).toBeCloseTo(("What is the weather like?".length / 14) * 1000, 0);
    expect(typesOf(talk.send({ type: "response.create" }))).toEqual(["response.created"]);
  });

  it("is deaf where sound travels as events", () => {
    const talk = conversation();
    talk.open();
    expect(talk.microphone(speech("Hello there."))).toEqual([]);
  });

  it("takes sound from events as well, at the session's rate", () => {
    const talk = call();
    expect(typesOf(talk.speak("What is it?"))).toContain("input_audio_buffer.committed");
  });
});
