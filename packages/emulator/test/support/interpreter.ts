import {
  openaiTranslation,
  type TranslationClientEvent,
  type TranslationServerEvent,
} from "@duologue/protocol";
import { expect } from "vitest";
import type { Plan } from "../../src/brain/plan.ts";
import { engine } from "../../src/engine/engine.ts";
import type { EngineInput, UntimedInput } from "../../src/engine/engine-input.ts";
import type { EngineOutput } from "../../src/engine/engine-output.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import { base64 } from "./conversation.ts";

/** A translation of a bare engine in virtual time, which checks each event on its way. */
export function interpreter(settings: GivenSettings = {}) {
  const service = engine(settings);
  let state = service.begin("test");
  let nowMs = 0;
  const outputs: EngineOutput[] = [];

  const feed = (input: UntimedInput): TranslationServerEvent[] => {
    // An input without its moment, and its moment.
    const step = service.step(state, { ...input, atMs: nowMs } as EngineInput);
    state = step.state;
    outputs.push(...step.outputs);
    const events = eventsIn(step.outputs);
    for (const event of events) {
      const decoded = openaiTranslation.decode(JSON.stringify(event));
      expect(decoded, JSON.stringify(event)).toMatchObject({ kind: "known", issues: [] });
    }
    return events;
  };

  const self = {
    outputs,
    get state() {
      return state;
    },
    get events() {
      return eventsIn(outputs);
    },
    open: (how: { readonly audio?: "media"; readonly configuration?: unknown } = {}) =>
      feed({ type: "opened", epochMs: 0, model: "gpt-realtime-translate", kind: "translation", ...how }),
    send: (command: TranslationClientEvent) => feed({ type: "frame", text: JSON.stringify(command) }),
    sendText: (text: string) => feed({ type: "frame", text }),
    answer: (responseId: string, plan: Plan) => feed({ type: "answer", responseId, plan }),
    microphone: (samples: Int16Array) => feed({ type: "microphone", samples }),
    /** Lets sound come in at real pace, `pieceMs` at a time. */
    hear(samples: Int16Array, pieceMs = 100): TranslationServerEvent[] {
      const events: TranslationServerEvent[] = [];
      for (let at = 0; at < samples.length; at += pieceMs * 24) {
        events.push(...self.advance(pieceMs));
        const audio = base64(samples.subarray(at, at + pieceMs * 24));
        events.push(...self.send({ type: "session.input_audio_buffer.append", audio }));
      }
      return events;
    },
    advance(ms: number): TranslationServerEvent[] {
      const untilMs = nowMs + ms;
      const events: TranslationServerEvent[] = [];
      while (state.wakeAtMs !== undefined && state.wakeAtMs <= untilMs) {
        nowMs = Math.max(nowMs, state.wakeAtMs);
        events.push(...feed({ type: "tick" }));
      }
      nowMs = untilMs;
      return events;
    },
  };
  return self;
}

function eventsIn(outputs: readonly EngineOutput[]): TranslationServerEvent[] {
  // A session that translates sends events of its own protocol, each of which is checked.
  return outputs.flatMap((output) =>
    output.type === "send" ? [output.event as TranslationServerEvent] : [],
  );
}
