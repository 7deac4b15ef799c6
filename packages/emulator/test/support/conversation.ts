import { audioFormats, bytesToBase64, encodeAudio } from "@duologue/audio";
import type { ClientEvent, ServerEvent, UserMessage } from "@duologue/protocol";
import { openaiRealtime } from "@duologue/protocol";
import { expect } from "vitest";
import type { Plan } from "../../src/brain/plan.ts";
import { engine } from "../../src/engine/engine.ts";
import type { EngineInput } from "../../src/engine/engine-input.ts";
import type { EmulatedEvent, EngineOutput } from "../../src/engine/engine-output.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import type { EngineState } from "../../src/engine/engine-state.ts";
import { syllableVoice } from "../../src/voice/syllable-voice.ts";

export type ServerEventOf<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;

type Opening = Partial<Omit<Extract<EngineInput, { type: "opened" }>, "type" | "atMs">>;

/** A session of a bare engine in virtual time, which collects what comes and checks each event on its way. */
export function conversation(settings: GivenSettings = {}, seed = "test") {
  const service = engine(settings);
  let state: EngineState = service.begin(seed);
  let nowMs = 0;
  const outputs: EngineOutput[] = [];
  const inputs: EngineInput[] = [];

  const feed = (input: EngineInput) => {
    inputs.push(input);
    const step = service.step(state, input);
    state = step.state;
    for (const output of step.outputs) if (output.type === "send") expectValid(output.event);
    outputs.push(...step.outputs);
    return eventsIn(step.outputs);
  };

  const self = {
    inputs,
    outputs,
    get state() {
      return state;
    },
    get nowMs() {
      return nowMs;
    },
    feed,
    open: (how: Opening = {}) =>
      feed({ type: "opened", atMs: nowMs, epochMs: 1_000_000_000_000, model: "gpt-realtime", ...how }),
    /** Sends a command; the events that come at once. */
    send: (command: ClientEvent) => feed({ type: "frame", atMs: nowMs, text: JSON.stringify(command) }),
    sendText: (text: string) => feed({ type: "frame", atMs: nowMs, text }),
    answer: (responseId: string, plan: Plan) => feed({ type: "answer", atMs: nowMs, responseId, plan }),
    /** Lets time pass, waking the engine whenever it wants to be woken; the events that come meanwhile. */
    advance(ms: number): ServerEvent[] {
      const untilMs = nowMs + ms;
      const events: ServerEvent[] = [];
      while (state.wakeAtMs !== undefined && state.wakeAtMs <= untilMs) {
        nowMs = Math.max(nowMs, state.wakeAtMs);
        events.push(...feed({ type: "tick", atMs: nowMs }));
      }
      nowMs = untilMs;
      return events;
    },
    /** Everything that has come so far. */
    get events(): ServerEvent[] {
      return eventsIn(outputs);
    },
    /** Speaks `seconds` of sound and then `silenceMs` of silence, in pieces of 20 ms, in no time. */
    speak(text: string, silenceMs = 400): ServerEvent[] {
      return appended(self.send, speech(text, silenceMs));
    },
    append: (samples: Int16Array) => appended(self.send, samples),
    /** Lets time pass with this on the microphone of a media track, 20 ms at a time; the events meanwhile. */
    microphone(samples: Int16Array): ServerEvent[] {
      const events: ServerEvent[] = [];
      for (let at = 0; at < samples.length; at += 480) {
        events.push(...self.advance(20));
        events.push(...feed({ type: "microphone", atMs: nowMs, samples: samples.subarray(at, at + 480) }));
      }
      return events;
    },
  };
  return self;
}

export type Conversation = ReturnType<typeof conversation>;

/** All samples of the built-in voice. */
export function hummed(text: string, sampleRateHz: number, speed = 1): Int16Array {
  const { sampleCount, samples } = syllableVoice(text, sampleRateHz, speed);
  return samples(0, sampleCount);
}

/** 24 kHz speech with silence before it and behind it. */
export function speech(text: string, silenceMs = 400, leadMs = 100): Int16Array {
  const voiced = hummed(text, 24_000);
  const samples = new Int16Array(voiced.length + (leadMs + silenceMs) * 24);
  samples.set(voiced, leadMs * 24);
  return samples;
}

/** A message of the user in writing. */
export function userText(text: string, id?: string): UserMessage {
  return { type: "message", role: "user", ...(id && { id }), content: [{ type: "input_text", text }] };
}

export function base64(samples: Int16Array): string {
  return bytesToBase64(encodeAudio(audioFormats["audio/pcm"], samples));
}

export function silence(ms: number): Int16Array {
  return new Int16Array(ms * 24);
}

export function typesOf(events: readonly ServerEvent[]): string[] {
  return events.map(({ type }) => type);
}

/** The types with runs of the same delta, and of interleaved deltas, written once each with a star. */
export function shapeOf(events: readonly ServerEvent[]): string[] {
  const shape: string[] = [];
  let run = new Set<string>();
  const flush = () => {
    shape.push(...[...run].sort().map((type) => `${type}*`));
    run = new Set();
  };
  for (const { type } of events) {
    if (type.endsWith(".delta")) {
      run.add(type);
      continue;
    }
    flush();
    shape.push(type);
  }
  flush();
  return shape;
}

export function only<T extends ServerEvent["type"]>(
  events: readonly ServerEvent[],
  type: T,
): ServerEventOf<T>[] {
  return events.filter((event): event is ServerEventOf<T> => event.type === type);
}

export function one<T extends ServerEvent["type"]>(
  events: readonly ServerEvent[],
  type: T,
): ServerEventOf<T> {
  const found = only(events, type);
  expect(found, `exactly one ${type} among ${typesOf(events).join(", ")}`).toHaveLength(1);
  return found[0]!;
}

function expectValid(event: EmulatedEvent): void {
  const decoded = openaiRealtime.decode(JSON.stringify(event));
  expect(decoded, JSON.stringify(event)).toMatchObject({ kind: "known", issues: [] });
}

function appended(send: (command: ClientEvent) => ServerEvent[], samples: Int16Array): ServerEvent[] {
  const events: ServerEvent[] = [];
  for (let at = 0; at < samples.length; at += 480) {
    events.push(
      ...send({ type: "input_audio_buffer.append", audio: base64(samples.subarray(at, at + 480)) }),
    );
  }
  return events;
}

function eventsIn(outputs: readonly EngineOutput[]): ServerEvent[] {
  // These are sessions of the Realtime protocol, each event of which has just been checked.
  return outputs.flatMap((output) => (output.type === "send" ? [output.event as ServerEvent] : []));
}
