import type { ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { CallLink, CallSession } from "../../src/mouth/call-medium.ts";
import type { Link } from "../../src/mouth/driver.ts";
import { type EmulatorOptions, sessions } from "../../src/mouth/sessions.ts";
import { one, only, speech, typesOf } from "../support/conversation.ts";
import { fakeClock } from "../support/fake-clock.ts";

const say = "In Lisbon it is sunny right now.";
const sayMs = (say.length / 14) * 1000;

function opened(
  arrival: { readonly kind?: "translation"; readonly audio?: "media" },
  more: Partial<CallLink> = {},
  options: EmulatorOptions = {},
) {
  const clock = fakeClock();
  const events: ServerEvent[] = [];
  const link: Link = {
    // The service sends server events.
    send: (frame) => events.push(JSON.parse(frame) as ServerEvent),
    close: () => {},
    ...more,
  };
  const scenario = { turns: [{ heard: "What is it?", say }, { say: "Yes?" }] };
  const service = sessions({ clock, epochMs: () => 0, scenario, ...options });
  const session: CallSession = service.open(link, { model: "gpt-realtime", ...arrival });
  const microphone = async (samples: Int16Array) => {
    for (let at = 0; at < samples.length; at += 240) {
      session.microphone(samples.subarray(at, at + 240));
      await clock.advance(10);
    }
  };
  return { clock, events, session, microphone };
}

describe("a session of a call", () => {
  it("hears the microphone, plays its answer and falls silent at a barge-in", async () => {
    const played: Int16Array[] = [];
    let flushed = 0;
    const { clock, events, microphone } = opened(
      { audio: "media" },
      { play: (samples) => played.push(samples), flush: () => flushed++ },
    );
    await microphone(speech("What is it?"));
    await clock.advance(1000);
    expect(played.reduce((sum, { length }) => sum + length, 0) / 24).toBeCloseTo(sayMs, 0);
    expect(only(events, "response.output_audio.delta")).toEqual([]);
    expect(flushed).toBe(0);
    await microphone(speech("Wait a moment", 0));
    expect(flushed).toBe(1);
    one(events, "output_audio_buffer.cleared");
    const { audio_end_ms } = one(events, "conversation.item.truncated");
    expect(audio_end_ms).toBeGreaterThan(1000);
    expect(audio_end_ms).toBeLessThan(sayMs);
  });

  it("tells of its playback on one timer, which ends with it", async () => {
    const { clock, events, session, microphone } = opened({ audio: "media" });
    await microphone(speech("What is it?"));
    await clock.advance(1000);
    expect(clock.waiting).toBe(1);
    await clock.advance(10_000);
    expect(typesOf(events).at(-1)).toBe("output_audio_buffer.stopped");
    session.end();
    expect(clock.waiting).toBe(0);
  });

  it("is deaf and silent on a link of events", async () => {
    let played = 0;
    const { events, microphone } = opened({}, { play: () => played++ });
    await microphone(speech("What is it?"));
    expect(typesOf(events)).toEqual(["session.created"]);
    expect(played).toBe(0);
  });

  it("speaks no more for whoever is interrupted", async () => {
    const signals: AbortSignal[] = [];
    const speak = (_text: string, { signal }: { readonly signal: AbortSignal }) => {
      signals.push(signal);
      return new Promise<Int16Array>(() => {});
    };
    const { microphone } = opened({ audio: "media" }, {}, { voice: { speak } });
    await microphone(speech("What is it?"));
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await microphone(speech("Wait a moment", 1000));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it("translates as well", async () => {
    let samples = 0;
    const { clock, events, microphone } = opened(
      { kind: "translation", audio: "media" },
      { play: ({ length }) => (samples += length) },
    );
    await microphone(speech("What is it?", 1000));
    await clock.advance(5000);
    expect(samples / 24).toBeCloseTo(sayMs, 0);
    expect(new Set(typesOf(events))).toEqual(new Set(["session.created", "session.output_transcript.delta"]));
  });
});
