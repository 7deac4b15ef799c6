import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  heardMs,
  nextTurnOfPlayback,
  silenced,
  silentPlayback,
  withCompletion,
  withSound,
  withStart,
} from "../../src/engine/playback.ts";
import { type Conversation, conversation, only, silence, speech } from "../support/conversation.ts";

describe("playback", () => {
  const one = withSound(silentPlayback, "r1", { itemId: "a", durationMs: 200 }, 1000);

  it("plays each piece after all before it, and at once where the track is silent", () => {
    const two = withSound(one, "r1", { itemId: "a", durationMs: 100 }, 1050);
    expect(two.endsAtMs).toBe(1300);
    const late = withSound(two, "r1", { itemId: "a", durationMs: 100 }, 2000);
    expect(late.endsAtMs).toBe(2100);
    expect(heardMs(late, 1250).get("a")).toBe(250);
    expect(heardMs(late, 1500).get("a")).toBe(300);
    expect(heardMs(late, 2050).get("a")).toBe(350);
    expect(heardMs(late, 900).get("a")).toBe(0);
  });

  it("keeps one entry for sound without a gap, however many pieces it came in", () => {
    let playback = silentPlayback;
    for (let piece = 0; piece < 100; piece++) {
      playback = withSound(playback, "r1", { itemId: "a", durationMs: 20 }, 1000 + piece);
    }
    expect(playback.responses[0]?.sounds).toEqual([{ itemId: "a", startMs: 1000, durationMs: 2000 }]);
  });

  it("turns audible with the first sound, and silent with the last once nothing more is to come", () => {
    expect(nextTurnOfPlayback(one)?.atMs).toBe(1000);
    const audible = withStart(one, "r1");
    expect(nextTurnOfPlayback(audible)).toBeUndefined();
    expect(nextTurnOfPlayback(withCompletion(audible, "r1", 1100))?.atMs).toBe(1200);
    expect(nextTurnOfPlayback(withCompletion(audible, "r1", 5000))?.atMs).toBe(5000);
  });

  it("forgets what is silenced as soon as nothing more is generated of it", () => {
    const still = silenced(one, 1100);
    expect(still).toMatchObject({ endsAtMs: 1100, responses: [{ phase: "silenced", sounds: [] }] });
    expect(withCompletion(still, "r1", 1200).responses).toEqual([]);
    expect(silenced(withCompletion(one, "r1", 1050), 1100).responses).toEqual([]);
  });
});

type Action =
  | { readonly type: "advance"; readonly ms: number }
  | { readonly type: "talk" | "wait" | "ask" | "beside" | "cancel" | "clear" | "delete" };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant("advance" as const), ms: fc.integer({ min: 1, max: 3000 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom("talk", "wait", "ask", "beside", "cancel", "clear", "delete" as const),
    }),
  },
);

const voice = speech("Wait a moment", 300, 20);
const quiet = silence(200);

function act(talk: Conversation, { type, ...rest }: Action): void {
  switch (type) {
    case "advance":
      if ("ms" in rest) talk.advance(rest.ms);
      break;
    case "talk":
      talk.microphone(voice);
      break;
    case "wait":
      talk.microphone(quiet);
      break;
    case "ask":
      talk.send({ type: "response.create" });
      break;
    case "beside":
      talk.send({ type: "response.create", response: { conversation: "none" } });
      break;
    case "cancel":
      talk.send({ type: "response.cancel" });
      break;
    case "clear":
      talk.send({ type: "output_audio_buffer.clear" });
      break;
    case "delete": {
      const last = talk.state.conversation.at(-1)?.item.id;
      if (last !== undefined) talk.send({ type: "conversation.item.delete", item_id: last });
      break;
    }
  }
}

describe("a media track, whatever happens", () => {
  it("tells of each response once when it is heard and once when it is not any more, and cuts to what is stored", () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 12 }),
        fc.constantFrom(0.7, 1.5, 8, Number.POSITIVE_INFINITY),
        (actions, pace) => {
          const turns = [
            { say: "One two three four five six seven." },
            { say: "Yes." },
            {},
            { say: "Go on then." },
          ];
          const talk = conversation({ pace, scenario: { turns } });
          talk.open({ audio: "media" });
          for (const next of actions) act(talk, next);
          talk.advance(60_000);
          expect(talk.state.playback.responses).toEqual([]);
          const told = new Map<string, string[]>();
          for (const event of talk.events) {
            if (!event.type.startsWith("output_audio_buffer.") || !("response_id" in event)) continue;
            told.set(event.response_id, [...(told.get(event.response_id) ?? []), event.type.slice(20)]);
          }
          for (const phases of told.values())
            expect(["started,stopped", "started,cleared"]).toContain(phases.join());
          for (const { item_id, audio_end_ms } of only(talk.events, "conversation.item.truncated")) {
            const stored = talk.state.conversation.find(({ item }) => item.id === item_id);
            if (stored !== undefined) expect(stored.audio?.samples?.sampleCount ?? 0).toBe(audio_end_ms * 24);
          }
          expect(only(talk.events, "error").filter(({ error }) => error.type === "server_error")).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is heard as the mouth plays it", () => {
    const talk = conversation({
      pace: 2,
      scenario: { turns: [{ say: "One two three." }, { say: "Four five." }] },
    });
    talk.open({ audio: "media" });
    talk.send({ type: "response.create" });
    talk.send({ type: "response.create", response: { conversation: "none" } });
    let heardUntilMs = 0;
    let done = 0;
    while (talk.state.wakeAtMs !== undefined && talk.nowMs < 10_000) {
      talk.advance(talk.state.wakeAtMs - talk.nowMs);
      for (const output of talk.outputs.slice(done)) {
        if (output.type !== "play") continue;
        heardUntilMs = Math.max(heardUntilMs, talk.nowMs) + output.samples.length / 24;
      }
      done = talk.outputs.length;
      if (heardUntilMs > 0) expect(talk.state.playback.endsAtMs).toBeCloseTo(heardUntilMs, 6);
    }
    expect(done).toBeGreaterThan(20);
  });
});
