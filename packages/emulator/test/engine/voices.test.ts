import { base64ToBytes } from "@duologue/audio";
import { describe, expect, it } from "vitest";
import { isAwaited } from "../../src/engine/answer-timeout.ts";
import { engine } from "../../src/engine/engine.ts";
import type { EngineOutput } from "../../src/engine/engine-output.ts";
import { sampleCountOf } from "../../src/engine/sample-chain.ts";
import { speechInTheMaking } from "../../src/voice/speech.ts";
import { syllableVoice } from "../../src/voice/syllable-voice.ts";
import type { PatientVoice, PromptVoice } from "../../src/voice/voice.ts";
import { conversation, hummed, one, only, speech, typesOf } from "../support/conversation.ts";
import { interpreter } from "../support/interpreter.ts";

const sentence = "In Lisbon it is sunny right now, twenty four degrees. ";

/** The built-in voice, and how many samples of it each step of the engine has had made. */
function counted() {
  let made = 0;
  const voice: PromptVoice = (text, sampleRateHz, speed) => {
    const inner = syllableVoice(text, sampleRateHz, speed);
    return speechInTheMaking(inner.sampleCount, function* (samples) {
      for (let at = 0; at < inner.sampleCount; at += 100) {
        const end = Math.min(at + 100, inner.sampleCount);
        samples.set(inner.samples(at, end), at);
        made += end - at;
        yield end;
      }
    });
  };
  const taken = () => {
    const count = made;
    made = 0;
    return count;
  };
  return { voice, taken };
}

describe("an answer of any length", () => {
  it("is spoken no sooner than it is sent: never more than a delta of it in one go", () => {
    const { voice, taken } = counted();
    const say = sentence.repeat(920);
    expect(say.length).toBeGreaterThan(49_000);
    const talk = conversation({ voice, scenario: { turns: [{ say }] } });
    talk.open();
    talk.send({ type: "response.create" });
    const made = [taken()];
    for (let second = 0; second < 3600; second++) {
      talk.advance(5);
      made.push(taken());
    }
    expect(Math.max(...made)).toBeLessThanOrEqual(24 * 200 + 100);
    // Eight times as fast as it is heard, from the first output on.
    expect(made.reduce((sum, count) => sum + count)).toBeCloseTo(24 * 8 * (5 * 3600 - 240), -4.5);
  });

  it("that is given up is not spoken to its end", () => {
    const { voice, taken } = counted();
    const talk = conversation({ voice, scenario: { turns: [{ say: sentence.repeat(10) }] } });
    talk.open();
    talk.send({ type: "response.create" });
    talk.advance(500);
    taken();
    talk.send({ type: "response.cancel" });
    talk.advance(60_000);
    expect(taken()).toBe(0);
  });

  it("that is given up leaves nothing in memory but what was sent of it", () => {
    const speech = new Int16Array(24_000 * 30).fill(100);
    const talk = conversation({ scenario: { turns: [{ say: "Hello there.", speech }] } });
    talk.open();
    talk.send({ type: "response.create" });
    talk.advance(300);
    talk.send({ type: "response.cancel" });
    const [stored] = talk.state.conversation;
    let bytes = 0;
    for (let link = stored?.audio?.samples; link !== undefined; link = link.before) {
      bytes += link.last.buffer.byteLength;
    }
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBe(2 * sampleCountOf(stored?.audio?.samples));
  });

  it("sounds as it would in one piece", () => {
    const say = sentence.repeat(3);
    const talk = conversation({ scenario: { turns: [{ say }] } });
    talk.open();
    talk.send({ type: "response.create" });
    talk.advance(60_000);
    const sound = only(talk.events, "response.output_audio.delta").map(({ delta }) =>
      Buffer.from(delta, "base64"),
    );
    const wanted = hummed(say, 24_000);
    expect(Buffer.concat(sound).equals(Buffer.from(wanted.buffer, 0, wanted.byteLength))).toBe(true);
  });
});

const patient: PatientVoice = { speak: () => Promise.reject(new Error("The engine asks whoever runs it.")) };

type Speak = Extract<EngineOutput, { type: "speak" }>;

function asked(outputs: readonly EngineOutput[]): Speak[] {
  return outputs.filter((output): output is Speak => output.type === "speak");
}

describe("a voice that takes its time", () => {
  it("is asked for a plan's words, and the answer begins when it has spoken", () => {
    const plan = { say: "Hello.", tools: [{ name: "look" }], delayMs: 50 };
    const turn = { ...plan, heard: "Hi", faults: [], transcription: { delayMs: 5 } };
    const talk = conversation({ voice: patient, scenario: { turns: [turn] } });
    talk.open();
    const session = { type: "realtime", audio: { output: { speed: 0.5 } } } as const;
    talk.send({ type: "session.update", session });
    const { id } = one(talk.send({ type: "response.create" }), "response.created").response;
    expect(asked(talk.outputs)).toEqual([{ type: "speak", responseId: id, plan }]);
    expect(talk.advance(59_999)).toEqual([]);
    talk.answer(id ?? "", { ...plan, speech: speech("Hello.") });
    expect(talk.advance(49)).toEqual([]);
    const done = one(talk.advance(60_000), "response.done").response;
    expect(done.output?.map(({ type }) => type)).toEqual(["message", "function_call"]);
    expect(done.usage?.output_token_details?.audio_tokens).toBe(Math.ceil(speech("Hello.").length / 600));
  });

  it("fails an answer that takes it too long", () => {
    const turns = [{ say: "Hello." }, { say: "Hello again." }];
    const talk = conversation({ voice: patient, voiceTimeoutMs: 5000, scenario: { turns } });
    talk.open();
    const { id = "" } = one(talk.send({ type: "response.create" }), "response.created").response;
    expect(talk.advance(4999)).toEqual([]);
    expect(isAwaited(talk.state, id)).toBe(true);
    talk.advance(1);
    expect(isAwaited(talk.state, id)).toBe(false);
    const { response } = one(talk.advance(1000), "response.done");
    expect(response).toMatchObject({ status: "failed", output: [] });
    expect(response.status_details?.error).toMatchObject({ type: "server_error", code: "voice_failed" });
    // Too late.
    talk.answer(id, { say: "Hello.", speech: speech("Hello.") });
    talk.send({ type: "response.create" });
    expect(typesOf(talk.advance(4000))).toEqual([]);
  });

  it("may be waited for without end, and has then no time of its own", () => {
    const scenario = { turns: [{ say: "Hello." }] };
    const talk = conversation({ voice: patient, voiceTimeoutMs: null, expireAfterMs: null, scenario });
    talk.open();
    talk.send({ type: "response.create" });
    expect(talk.state.wakeAtMs).toBeUndefined();
    for (const voiceTimeoutMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => engine({ voiceTimeoutMs })).toThrow("voiceTimeoutMs");
    }
  });

  it("fails the translation of a passage, after which the session can end", () => {
    const settings = { voice: patient, voiceTimeoutMs: 5000, expireAfterMs: null };
    const talk = interpreter({ ...settings, scenario: { turns: [{ heard: "Olá.", say: "Hello." }] } });
    talk.open();
    talk.hear(speech("Olá a todos", 1000));
    talk.send({ type: "session.close" });
    const events = talk.advance(6000);
    expect(events.map(({ type }) => type)).toEqual(["error", "session.closed"]);
    expect(events[0]).toMatchObject({ error: { code: "voice_failed" } });
  });

  it("may give speech that is made while it is sent, at any speed", () => {
    const { voice, taken } = counted();
    const talk = conversation({ voice: patient, scenario: { turns: [{ say: "Hello." }] } });
    talk.open();
    const format = { type: "audio/pcmu" } as const;
    const session = { type: "realtime", audio: { output: { speed: 1.5, format } } } as const;
    talk.send({ type: "session.update", session });
    const { id = "" } = one(talk.send({ type: "response.create" }), "response.created").response;
    const long = sentence.repeat(100);
    const given = voice(long, 24_000, 1);
    if (given instanceof Int16Array) throw new TypeError("It is no Speech.");
    talk.answer(id, { say: "Hello.", speech: given });
    expect(taken()).toBe(0);
    const made: number[] = [];
    while (talk.state.responses.length > 0) {
      talk.advance(5);
      made.push(taken());
    }
    // What is sent, faster than it was made, and a little.
    expect(Math.max(...made)).toBeLessThan(4800 * 1.5 + 3000);
    expect(made.reduce((sum, count) => sum + count)).toBe(given.sampleCount);
    const sound = only(talk.events, "response.output_audio.delta").map(({ delta }) => base64ToBytes(delta));
    const sent = sound.reduce((sum, { length }) => sum + length, 0);
    expect(sent).toBe(Math.ceil(Math.round(given.sampleCount / 1.5) / 3));
  });

  it("is not asked where there is nothing to speak, or more than may be spoken", () => {
    const settings = { voice: patient, maxSpokenCharacters: 10 };
    const turns = [{ say: "Hello.", speech: speech("Hi") }, { deltas: [{ text: "Hi" }] }, { tools: [] }, {}];
    const long = { say: "A bit too long." };
    const talk = conversation({ ...settings, scenario: { turns: [...turns, long, long] } });
    talk.open();
    const statuses = [...turns, long].map(() => {
      talk.send({ type: "response.create" });
      return one(talk.advance(60_000), "response.done").response.status;
    });
    expect(statuses).toEqual(["completed", "completed", "completed", "completed", "failed"]);
    talk.send({ type: "response.create", response: { output_modalities: ["text"] } });
    expect(one(talk.advance(60_000), "response.done").response.status).toBe("completed");
    expect(asked(talk.outputs)).toEqual([]);
  });

  it("speaks for nobody where the response is over", () => {
    const talk = conversation({ voice: patient, scenario: { turns: [{ say: "Hello." }] } });
    talk.open();
    const { id = "" } = one(talk.send({ type: "response.create" }), "response.created").response;
    expect(typesOf(talk.send({ type: "response.cancel" }))).toEqual(["response.done"]);
    talk.answer(id, { say: "Hello.", speech: speech("Hello.") });
    expect(typesOf(talk.advance(60_000))).toEqual(["rate_limits.updated"]);
  });

  it("speaks translations, for which the end of the session waits", () => {
    const service = engine({ voice: patient, scenario: { turns: [{ heard: "Olá.", say: "Hello." }] } });
    const began = service.begin("s");
    const opened = { type: "opened", atMs: 0, epochMs: 0, model: "m", kind: "translation" } as const;
    let { state } = service.step(began, opened);
    const step = (input: { readonly type: "frame"; readonly text: string }, atMs: number) => {
      const next = service.step(state, { ...input, atMs });
      state = next.state;
      return next.outputs;
    };
    const samples = speech("Olá a todos", 1000);
    const audio = Buffer.from(samples.buffer, 0, samples.byteLength).toString("base64");
    const text = JSON.stringify({ type: "session.input_audio_buffer.append", audio });
    const [wanted] = asked(step({ type: "frame", text }, 1));
    expect(wanted?.plan).toEqual({ say: "Hello." });
    step({ type: "frame", text: '{"type":"session.close"}' }, 2);
    expect(state.wakeAtMs).toBeGreaterThan(60_000);
    const plan = { say: "Hello.", speech: hummed("Hello.", 24_000) };
    state = service.step(state, {
      type: "answer",
      atMs: 10,
      responseId: wanted?.responseId ?? "",
      plan,
    }).state;
    const types = service
      .step(state, { type: "tick", atMs: 60_000 })
      .outputs.flatMap((output) => (output.type === "send" ? [output.event.type] : []));
    expect(new Set(types)).toEqual(
      new Set(["session.output_transcript.delta", "session.output_audio.delta", "session.closed"]),
    );
  });
});
