import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/brain/plan.ts";
import type { Scenario } from "../../src/brain/scenario.ts";
import { engine } from "../../src/engine/engine.ts";
import type { EmulatedEvent } from "../../src/engine/engine-output.ts";
import { driver, type Link } from "../../src/mouth/driver.ts";
import { type EmulatorOptions, sessions } from "../../src/mouth/sessions.ts";
import { syllableVoice } from "../../src/voice/syllable-voice.ts";
import { base64, speech } from "../support/conversation.ts";
import { fakeClock } from "../support/fake-clock.ts";

type Given = { readonly [K in keyof EmulatorOptions]: unknown };

/** A session of a service with something handed in that its type would not allow. */
function opened(given: Given, kind: "realtime" | "translation" = "realtime") {
  const clock = fakeClock();
  const events: EmulatedEvent[] = [];
  const closes: number[] = [];
  const problems: string[] = [];
  const link: Link = {
    // The service sends server events.
    send: (frame) => events.push(JSON.parse(frame) as EmulatedEvent),
    close: (code) => closes.push(code),
  };
  const onProblem = (problem: string) => problems.push(problem);
  // What a program in JavaScript may hand in.
  const options = { clock, epochMs: () => 0, pace: 1000, onProblem, ...given } as EmulatorOptions;
  const service = sessions(options);
  const { frame } = service.open(link, { model: "gpt-realtime", kind });
  const send = (command: object) => frame(JSON.stringify(command));
  const of = (type: string) => events.filter((event) => event.type === type);
  return { clock, events, of, closes, problems, send };
}

const cyclic: Record<string, unknown> = {};
cyclic.itself = cyclic;

describe("what is handed in and fails", () => {
  it.each([
    ["words that are none", async () => ({ say: 42 })],
    ["arguments that contain themselves", async () => ({ tools: [{ name: "look", arguments: cyclic }] })],
    ["no object", async () => "Hello."],
    ["a time without end", async () => ({ say: "Hi.", delayMs: Number.POSITIVE_INFINITY })],
    ["a sound that is none", () => ({ say: "Hi.", speech: [1, 2, 3] })],
    ["an error that is none", () => Promise.reject(Object.create(null))],
  ])("as a brain that gives %s fails the response alone", async (_name, brain) => {
    const { clock, of, closes, problems, send } = opened({ brain });
    send({ type: "response.create" });
    await clock.advance(1000);
    const failed = { type: "failed", error: { type: "server_error", code: "brain_failed" } };
    expect(of("response.done")).toMatchObject([{ response: { status: "failed", status_details: failed } }]);
    expect({ closes, problems }).toEqual({ closes: [], problems: [] });
  });

  it("as a brain that gives nothing, now or later, is an empty answer", async () => {
    for (const brain of [() => undefined, async () => undefined]) {
      const { clock, of, send } = opened({ brain });
      send({ type: "response.create" });
      await clock.advance(1000);
      expect(of("response.done")).toMatchObject([{ response: { status: "completed", output: [] } }]);
    }
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("hoarse");
      },
    ],
    ["gives a promise", async () => new Int16Array(240)],
    ["gives nothing", () => undefined],
    ["is none", 42],
    ["cannot speak", {}],
    ["takes its time and gives no samples", { speak: async () => [0, 1] }],
    [
      "takes its time and throws at once",
      {
        speak() {
          throw new Error("hoarse");
        },
      },
    ],
  ])("as a voice that %s fails the response alone", async (_name, voice) => {
    const { clock, of, closes, send } = opened({ voice, scenario: { turns: [{ say: "Hi." }] } });
    send({ type: "response.create" });
    await clock.advance(1000);
    const failed = { type: "failed", error: { code: "voice_failed" } };
    expect(of("response.done")).toMatchObject([{ response: { status: "failed", status_details: failed } }]);
    expect(closes).toEqual([]);
  });

  it("as a voice that takes its time speaks, while nobody waits", async () => {
    const texts: string[] = [];
    const speak = async (text: string) => {
      texts.push(text);
      return speech("Hi.");
    };
    const { clock, of, send } = opened({ voice: { speak }, brain: () => ({ say: "Hi." }) });
    send({ type: "response.create" });
    await clock.advance(60_000);
    expect(of("response.done")).toMatchObject([{ response: { status: "completed" } }]);
    expect(of("response.output_audio.delta").length).toBeGreaterThan(2);
    expect(texts).toEqual(["Hi."]);
  });

  it("as a voice that takes its time may give speech, and fails with what is none", async () => {
    const give = async (speak: () => Promise<unknown>) => {
      const { clock, of, send } = opened({ voice: { speak }, scenario: { turns: [{ say: "Hi." }] } });
      send({ type: "response.create" });
      await clock.advance(1000);
      return of("response.done");
    };
    expect(await give(async () => syllableVoice("Hi.", 24_000, 1))).toMatchObject([
      { response: { status: "completed" } },
    ]);
    const samples = () => new Int16Array(0);
    for (const sampleCount of [-1, 0.5, Number.POSITIVE_INFINITY, "5"]) {
      expect(await give(async () => ({ sampleCount, samples }))).toMatchObject([
        { response: { status: "failed" } },
      ]);
    }
  });

  it("as an ear that throws fails the transcription, or is told where there is none", async () => {
    const ear = () => {
      throw new Error("deaf");
    };
    const error = { type: "server_error", code: "ear_failed", message: "deaf" };
    for (const transcription of [{ model: "gpt-4o-transcribe" }, null]) {
      const { clock, of, closes, send } = opened({ ear });
      const input = { transcription, turn_detection: null };
      send({ type: "session.update", session: { type: "realtime", audio: { input } } });
      send({ type: "input_audio_buffer.append", audio: base64(speech("Hello")) });
      send({ type: "input_audio_buffer.commit" });
      await clock.advance(1000);
      const type = transcription === null ? "error" : "conversation.item.input_audio_transcription.failed";
      expect(of(type)).toMatchObject([{ error }]);
      expect(closes).toEqual([]);
    }
  });

  it("as a voice or an ear of a translation is told, and it goes on", async () => {
    const throws = () => {
      throw new Error("out of order");
    };
    const { clock, of, closes, send } = opened({ voice: throws, ear: throws }, "translation");
    send({ type: "session.input_audio_buffer.append", audio: base64(speech("Hello", 1000)) });
    await clock.advance(1000);
    expect(of("error")).toMatchObject([
      { error: { code: "ear_failed" } },
      { error: { code: "voice_failed" } },
    ]);
    expect(closes).toEqual([]);
  });

  it("in any other way ends that one session with 1011, and is told", async () => {
    const clock = fakeClock();
    const closes: number[] = [];
    const problems: string[] = [];
    const sound = engine();
    driver({
      engine: {
        begin: sound.begin,
        step(state, input) {
          if (input.type === "frame") throw new RangeError("no more stack");
          return sound.step(state, input);
        },
      },
      seed: "s",
      clock,
      epochMs: 0,
      model: "m",
      link: { send() {}, close: (code) => closes.push(code) },
      onProblem: (problem) => problems.push(problem),
    }).frame("{}");
    expect(closes).toEqual([1011]);
    expect(problems).toEqual([expect.stringContaining("no more stack")]);
    expect(clock.waiting).toBe(0);
  });
});

describe("options", () => {
  it("that are undefined are as good as absent", async () => {
    const { clock, of, send } = opened({
      scenario: undefined,
      voice: undefined,
      ear: undefined,
      pace: undefined,
      unsettled: { reportsRateLimits: undefined },
      seed: undefined,
    });
    send({ type: "response.create" });
    await clock.advance(60_000);
    expect(of("response.done")).toMatchObject([{ response: { status: "completed" } }]);
    expect(of("rate_limits.updated")).toHaveLength(1);
  });

  it.each([
    ["turns", {}],
    ["turns[0].say", { turns: [{ say: 5 }] }],
    ["turns[0].sya", { turns: [{ sya: "Hi." }] }],
    ["turns[0].speech", { turns: [{ say: "Hi.", speech: "hi.wav" }] }],
    ["turns[0].tools[0].arguments", { turns: [{ tools: [{ name: "look", arguments: cyclic }] }] }],
    ["turns[0].faults[0].code", { turns: [{ faults: [{ type: "close", code: 1006 }] }] }],
    ["turns[0].deltas[0].afterMs", { turns: [{ deltas: [{ text: "Hi.", afterMs: -1 }] }] }],
  ])("with a scenario whose %s is wrong are refused", (place, scenario) => {
    expect(() => engine({ scenario: scenario as unknown as Scenario })).toThrow(
      expect.objectContaining({ name: "TypeError", message: expect.stringContaining(`'scenario.${place}'`) }),
    );
  });

  it("take what only programs can say", () => {
    const plan: Plan = {
      deltas: [{ text: "Hi." }, { speech: new Int16Array(240), afterMs: 5 }],
      speech: new Int16Array(2),
    };
    const detection = { startsAtAppend: 1, stopsAtAppend: 2, audioStartMs: 0, audioEndMs: 100 };
    const turns = [{ ...plan, detection }, { ...plan }];
    const mcp = { docs: { tools: [{ name: "search" }], calls: () => "found" } };
    expect(() => engine({ scenario: { turns, mcp, prompts: () => undefined } })).not.toThrow();
  });
});
