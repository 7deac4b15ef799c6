import { type AudioFormatType, audioFormats, base64ToBytes, decodeAudio } from "@duologue/audio";
import type { ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/brain/plan.ts";
import { engine } from "../../src/engine/engine.ts";
import type { EngineInput } from "../../src/engine/engine-input.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import { base64, conversation, one, only, silence, speech, typesOf } from "../support/conversation.ts";

/** What each step of an engine sends that is called whenever it wants to be. */
function stepping(settings: GivenSettings) {
  const service = engine(settings);
  let state = service.begin("pieces");
  const steps: ServerEvent[][] = [];
  const feed = (input: EngineInput) => {
    const step = service.step(state, input);
    state = step.state;
    // It is a session that converses.
    steps.push(
      step.outputs.flatMap((output) => (output.type === "send" ? [output.event as ServerEvent] : [])),
    );
  };
  feed({ type: "opened", atMs: 0, epochMs: 0, model: "gpt-realtime" });
  return {
    steps,
    perform: (command: object, atMs = 0) => feed({ type: "frame", atMs, text: JSON.stringify(command) }),
    /** Calls it at this moment, at most so many times. */
    until(atMs: number, most = Number.POSITIVE_INFINITY) {
      for (let calls = 0; calls < most; calls++) {
        if (state.wakeAtMs === undefined || state.wakeAtMs > atMs) return;
        feed({ type: "tick", atMs });
      }
    },
  };
}

/** How much sound, in seconds, each step and each delta sends. */
function sounds(steps: readonly ServerEvent[][], format: AudioFormatType) {
  const { sampleRateHz } = audioFormats[format];
  const secondsOf = (delta: string) =>
    decodeAudio(audioFormats[format], base64ToBytes(delta)).length / sampleRateHz;
  const deltas = steps.map((events) =>
    only(events, "response.output_audio.delta").map(({ delta }) => secondsOf(delta)),
  );
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const bySteps = deltas.map(sum);
  return { total: sum(bySteps), longestStep: Math.max(...bySteps), longestDelta: Math.max(...deltas.flat()) };
}

const minute = silence(60_000);
const plans: [string, Plan, GivenSettings][] = [
  ["one delta", { deltas: [{ text: "Hm." }, { speech: minute }] }, {}],
  ["speech at once", { say: "Hm.", speech: minute }, { pace: Number.POSITIVE_INFINITY }],
  ["speech in one chunk", { say: "Hm.", speech: minute }, { chunkMs: 3_600_000 }],
];

describe("what is due all at once", () => {
  it.each(plans)("of a minute of sound as %s, is sent a few seconds a step", (_name, plan, settings) => {
    for (const type of ["audio/pcm", "audio/pcmu"] as const) {
      const talk = stepping({ ...settings, scenario: { turns: [plan] } });
      const format = type === "audio/pcm" ? { type, rate: 24_000 } : { type };
      talk.perform({ type: "session.update", session: { type: "realtime", audio: { output: { format } } } });
      talk.perform({ type: "response.create" });
      talk.until(100_000);
      const { total, longestStep, longestDelta } = sounds(talk.steps, type);
      expect(total).toBeCloseTo(60);
      expect(longestStep).toBeLessThanOrEqual(7.5);
      expect(longestDelta).toBeLessThanOrEqual(5);
      expect(one(talk.steps.flat(), "response.done").response.status).toBe("completed");
    }
  });

  it("of many words is sent some hundred events a step, in their order", () => {
    const say = Array.from({ length: 20_000 }, (_, index) => ` w${index}`).join("");
    const talk = stepping({ textPieceMs: 0, scenario: { turns: [{ say }] } });
    talk.perform({ type: "response.create", response: { output_modalities: ["text"] } });
    talk.until(1000);
    expect(Math.max(...talk.steps.map(({ length }) => length))).toBeLessThan(1000);
    const events = talk.steps.flat();
    expect(
      only(events, "response.output_text.delta")
        .map(({ delta }) => delta)
        .join(""),
    ).toBe(say);
    expect(one(events, "response.output_text.done").text).toBe(say);
  });

  it("ends where the client cancels in the midst of it", () => {
    const talk = stepping({ scenario: { turns: [{ deltas: [{ speech: minute }] }] } });
    talk.perform({ type: "response.create" });
    talk.until(1000, 3);
    talk.perform({ type: "response.cancel" }, 1000);
    talk.until(2000);
    expect(one(talk.steps.flat(), "response.done").response.status).toBe("cancelled");
    expect(sounds(talk.steps, "audio/pcm").total).toBeLessThan(30);
  });

  it("of a plan of more deltas than a call takes arguments, is whole", () => {
    const deltas = Array.from({ length: 150_000 }, () => ({ text: "a" }));
    const talk = stepping({ scenario: { turns: [{ deltas }] } });
    talk.perform({ type: "response.create", response: { output_modalities: ["text"] } });
    talk.until(1000);
    expect(one(talk.steps.flat(), "response.output_text.done").text).toHaveLength(150_000);
  });
});

describe("sound that comes in one large frame", () => {
  const append = (samples: Int16Array) => ({ type: "input_audio_buffer.append", audio: base64(samples) });
  const talking = new Int16Array(24_000 * 60);
  for (let second = 0; second < 58; second += 4) talking.set(speech("Hello there", 0), second * 24_000);

  it("is listened to in pieces, and finds the same speech", () => {
    const whole = stepping({});
    const apart = stepping({});
    whole.perform(append(talking));
    const atOnce = whole.steps.at(-1) ?? [];
    whole.until(0);
    for (let at = 0; at < talking.length; at += 4800) {
      apart.perform(append(talking.subarray(at, at + 4800)));
      apart.until(0);
    }
    const found = (steps: readonly ServerEvent[][]) =>
      steps.flat().flatMap((event) => {
        if (event.type === "input_audio_buffer.speech_started") return [event.audio_start_ms];
        return event.type === "input_audio_buffer.speech_stopped" ? [event.audio_end_ms] : [];
      });
    expect(found(whole.steps)).toEqual(found(apart.steps));
    expect(found(whole.steps)).toHaveLength(30);
    expect(found([atOnce]).length).toBeLessThan(30);
  });

  it("is heard to its end before the client's next frame is read", () => {
    const talk = conversation();
    talk.open();
    const input = { turn_detection: null } as const;
    talk.send({ type: "session.update", session: { type: "realtime", audio: { input } } });
    const long = silence(200_000);
    talk.send({ type: "input_audio_buffer.append", audio: base64(long) });
    talk.send({ type: "input_audio_buffer.commit" });
    talk.feed({ type: "binary", atMs: 0 });
    talk.sendText("{");
    talk.send({ type: "input_audio_buffer.append", audio: base64(silence(150)) });
    talk.send({ type: "input_audio_buffer.commit", event_id: "second" });
    talk.advance(0);
    const events = talk.events.slice(2);
    expect(typesOf(events)).toEqual([
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
      "error",
      "error",
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
    ]);
    const samples = talk.state.conversation.map(({ audio }) => audio?.samples?.sampleCount);
    expect(samples).toEqual([long.length, 150 * 24]);
  });

  it("ends with the session, and what waits behind it with it, where a fault or its time ends that", () => {
    const ends: [EngineInput, string][] = [
      [{ type: "fault", atMs: 0, fault: { type: "cut" } }, "cut"],
      [{ type: "fault", atMs: 0, fault: { type: "close", code: 1011 } }, "close"],
      [{ type: "expire", atMs: 0 }, "close"],
    ];
    for (const [end, output] of ends) {
      const talk = conversation();
      talk.open();
      talk.send({ type: "input_audio_buffer.append", audio: base64(silence(200_000)) });
      talk.send({ type: "input_audio_buffer.commit" });
      talk.feed(end);
      talk.advance(1000);
      expect(talk.outputs.at(-1)?.type).toBe(output);
      expect(talk.outputs.filter(({ type }) => type === output)).toHaveLength(1);
      expect([talk.state.phase, talk.state.wakeAtMs]).toEqual(["closed", undefined]);
      // A fault cuts in; what came before the time was up is answered before that is told.
      const isAnswered = typesOf(talk.events).includes("input_audio_buffer.committed");
      expect(isAnswered).toBe(end.type === "expire");
    }
  });

  it("is refused as a whole where it is none, and where too much waits", () => {
    const talk = conversation({ maxHeldBytes: 2_000_000 });
    talk.open();
    const audio = `${base64(silence(20_000))}?`;
    expect(talk.send({ type: "input_audio_buffer.append", audio })).toMatchObject([
      { type: "error", error: { code: "invalid_value" } },
    ]);
    expect(talk.state.input.sampleCount).toBe(0);
    // Heard within the step itself, as far as that goes, the frames behind it have to wait.
    const held = conversation({ maxHeldBytes: 12_000_000 });
    held.open();
    held.send({ type: "input_audio_buffer.append", audio: base64(silence(200_000)) });
    const events = held.send({ type: "input_audio_buffer.append", audio: base64(silence(60_000)) });
    expect(events).toMatchObject([{ type: "error", error: { code: "limit_exceeded" } }]);
  });

  it("counts as one append for a scenario that says when speech is found", () => {
    const detection = { startsAtAppend: 1, stopsAtAppend: 2, audioStartMs: 100, audioEndMs: 30_000 };
    const talk = conversation({ scenario: { turns: [{ detection, heard: "Hello." }] } });
    talk.open();
    talk.send({ type: "input_audio_buffer.append", audio: base64(silence(20_000)) });
    talk.send({ type: "input_audio_buffer.append", audio: base64(silence(20_000)) });
    talk.advance(0);
    expect(one(talk.events, "input_audio_buffer.speech_stopped").audio_end_ms).toBe(30_000);
    expect(talk.state.conversation[0]?.audio?.samples?.sampleCount).toBe(24 * (30_000 - 100));
  });
});

describe("a plan of more than any model says", () => {
  it.each<[string, Plan]>([
    ["words", { say: "word ".repeat(60_000) }],
    ["deltas", { deltas: Array.from({ length: 250_001 }, () => ({ text: "" })) }],
    ["arguments", { tools: [{ name: "f", arguments: { text: "x".repeat(250_000) } }] }],
  ])("of %s fails its response, and says why", (_what, plan) => {
    const talk = stepping({ scenario: { turns: [plan] } });
    talk.perform({ type: "response.create", response: { output_modalities: ["text"] } });
    talk.until(1000);
    expect(one(talk.steps.flat(), "response.done").response).toMatchObject({
      status: "failed",
      output: [],
      status_details: { error: { type: "server_error", code: "plan_impossible" } },
    });
  });
});
