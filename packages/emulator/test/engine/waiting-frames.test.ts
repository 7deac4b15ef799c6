import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engine } from "../../src/engine/engine.ts";
import type { EngineInput } from "../../src/engine/engine-input.ts";
import type { EngineOutput } from "../../src/engine/engine-output.ts";
import type { EngineState } from "../../src/engine/engine-state.ts";
import { sampleCountOf } from "../../src/engine/sample-chain.ts";
import { base64, hummed, silence, userText } from "../support/conversation.ts";

const append = (samples: Int16Array) => ({ type: "input_audio_buffer.append", audio: base64(samples) });
const detected = (turn_detection: object | null) => ({
  type: "session.update",
  session: { type: "realtime", audio: { input: { turn_detection } } },
});

/** More than a step listens to, with speeches after each of which an answer begins, which the next one cuts. */
const talking = new Int16Array(24_000 * 120);
for (const second of [1, 40, 118]) talking.set(hummed("Hello there, you.", 24_000), second * 24_000);

/** What a client sends, frame by frame, as JSON unless it is a text; `undefined` is a binary frame. */
const commands: Readonly<Record<string, string | undefined>> = texts({
  talk: append(talking),
  silence: append(silence(9_000)),
  shortSilence: append(silence(150)),
  word: append(hummed("One more word.", 24_000)),
  noBase64: { type: "input_audio_buffer.append", audio: `${base64(silence(5_000))}?` },
  commit: { type: "input_audio_buffer.commit", event_id: "commit" },
  clear: { type: "input_audio_buffer.clear" },
  respond: { type: "response.create" },
  respondAside: { type: "response.create", response: { conversation: "none" } },
  cancel: { type: "response.cancel", event_id: "cancel" },
  deaf: detected(null),
  listening: detected({ type: "server_vad" }),
  patient: detected({ type: "server_vad", create_response: false, interrupt_response: false }),
  item: { type: "conversation.item.create", item: userText("Hm.") },
  nobody: { type: "conversation.item.retrieve", item_id: "nobody" },
  binary: undefined,
  noJson: "{",
});

/** They are long: each is written once. */
function texts(made: Readonly<Record<string, object | string | undefined>>) {
  const text = (command: object | string | undefined) =>
    typeof command === "object" ? JSON.stringify(command) : command;
  return Object.fromEntries(Object.entries(made).map(([name, command]) => [name, text(command)]));
}

/** So long before a frame that the engine is certain to be called. */
const longMs = 900;

/** A frame, and how long after the one before it comes. */
interface Arrival {
  readonly waitMs: number;
  readonly name: string;
  readonly sender: number;
}

const arrivals: fc.Arbitrary<readonly Arrival[]> = fc.array(
  fc.record({
    waitMs: fc.constantFrom(0, 0, 0, 1, 10, longMs),
    name: fc.constantFrom(...Object.keys(commands)),
    sender: fc.nat({ max: 1 }),
  }),
  { minLength: 1, maxLength: 14 },
);

/**
 * What comes of these frames, by an engine that is called as soon as it wants to be, or not before all frames are there
 * that come one upon the other.
 */
function heldBy(come: readonly Arrival[], isEager: boolean) {
  const { begin, step } = engine({ scenario: { turns: [{ say: "I have got quite a lot to say." }] } });
  let state = begin("order");
  const outputs: EngineOutput[] = [];
  let mostWaiting = 0;
  const feed = (input: EngineInput) => {
    const stepped = step(state, input);
    // A state stays as it was: the same step leads to the same.
    if (!isEager) expect(told(step(state, input).outputs)).toEqual(told(stepped.outputs));
    state = stepped.state;
    mostWaiting = Math.max(mostWaiting, state.waitingFrames.length);
    outputs.push(...stepped.outputs);
  };
  /** The moment of the last input. */
  let lastMs = 0;
  const until = (atMs: number) => {
    while (state.wakeAtMs !== undefined && state.wakeAtMs <= atMs) {
      lastMs = isEager ? Math.max(lastMs, state.wakeAtMs) : atMs;
      feed({ type: "tick", atMs: lastMs });
    }
    lastMs = atMs;
  };
  let nowMs = 0;
  feed({ type: "opened", atMs: 0, epochMs: 0, model: "gpt-realtime" });
  for (const { waitMs, name, sender } of come) {
    const command = commands[name];
    nowMs += waitMs;
    if (isEager || waitMs === longMs) until(nowMs);
    if (command === undefined) feed({ type: "binary", atMs: nowMs, sender });
    else feed({ type: "frame", atMs: nowMs, sender, text: command });
    if (isEager) until(nowMs);
  }
  until(nowMs + 60_000);
  return { outputs, mostWaiting, state };
}

/** Outputs in a line each: their ids follow from all that came before. */
function told(outputs: readonly EngineOutput[]): readonly string[] {
  return outputs.map((output) => {
    if (output.type !== "send") return output.type;
    const { event, to } = output;
    return `${event.type} ${"event_id" in event ? event.event_id : ""} ${to ?? "all"}`;
  });
}

function brief({ item, audio }: EngineState["conversation"][number]): string {
  return `${item.id} ${item.type} ${sampleCountOf(audio?.samples)}`;
}

describe("frames that wait until what came before them has been heard", () => {
  it("have the effects that they have where they need not wait, in the same order, for the same clients", () => {
    let mostWaiting = 0;
    fc.assert(
      fc.property(arrivals, (come) => {
        const eager = heldBy(come, true);
        const late = heldBy(come, false);
        mostWaiting = Math.max(mostWaiting, late.mostWaiting);
        expect(told(late.outputs)).toEqual(told(eager.outputs));
        expect(late.state.conversation.map(brief)).toEqual(eager.state.conversation.map(brief));
        expect([late.state.unheard, late.state.waitingFrames]).toEqual([undefined, []]);
      }),
      { numRuns: 40 },
    );
    expect(mostWaiting).toBeGreaterThan(2);
  });
});
