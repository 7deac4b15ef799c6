import { pacedPlayer } from "@duologue/audio";
import {
  budget,
  type Conversation,
  type ConversationOptions,
  type ConversationState,
  conversation,
  heardTextOfItem,
  isQuiet,
  type MessageItem,
  type Player,
  tool,
} from "@duologue/conversation";
import { realtimeSession } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { during } from "./flows/flow.ts";
import { serviceOf } from "./flows/service.ts";

// The program of the README that hangs up when the model wants to, with a loudspeaker that takes its time.

const goodbye = "Goodbye, and thank you for calling.";
const speech = (ms: number) => new Int16Array(24 * ms);
const scenario = {
  turns: [{ tools: [{ name: "end_call", arguments: {} }] }, { say: goodbye, speech: speech(2_400) }],
};

interface Settings {
  /** Whether the service plays. */
  readonly audio?: "events" | "media";
  readonly options?: ConversationOptions;
  /** What the loudspeaker keeps the answer waiting for. */
  readonly delayMs?: number;
  /** What else is done while the goodbye is heard. */
  readonly meanwhile?: (talk: Conversation, session: { close(): Promise<void> }) => unknown;
}

/** Holds the conversation to its end; resolves with what it was then, and when the tool hung up. */
async function hungUp({ options, audio = "events", delayMs = 0, meanwhile }: Settings = {}) {
  const clock = virtualClock();
  const flow = { name: "hang-up", about: "", audio, service: { scenario }, run: () => done, shows: () => {} };
  const session = realtimeSession({ transport: serviceOf(flow, clock), protocol: openaiRealtime, clock });
  const paced = pacedPlayer({ clock, sampleRateHz: 24_000 });
  const player: Player = {
    ...paced,
    play: (chunk) => void clock.after(delayMs, () => paced.play(chunk)),
    end: (itemId, index) => void clock.after(delayMs, () => paced.end(itemId, index)),
  };
  const hangUps: number[] = [];
  const endCall = tool({
    name: "end_call",
    description: "Ends the call.",
    parameters: { type: "object" },
    run() {
      talk.whenQuiet().then(() => {
        hangUps.push(clock.now());
        return session.close();
      });
      return "Say goodbye in one sentence.";
    },
  });
  const talk = conversation(session, {
    clock,
    tools: [endCall],
    ...(audio === "events" ? { player } : {}),
    ...options,
  });
  const closed = new Promise<void>((resolve) => session.status$.subscribe({ complete: resolve }));
  talk.steps$.subscribe(({ entry }) => {
    if (entry.event.type === "playback.progress") meanwhile?.(talk, session);
  });
  await during(clock, session.open());
  talk.say("That was all.");
  await during(clock, closed);
  paced.stop();
  return { hangUps, state: talk.state };
}

const done = Promise.resolve();
const answerIn = ({ items }: ConversationState) =>
  items.find((item): item is MessageItem => item.type === "message" && item.role === "assistant");

describe("a tool that hangs up", () => {
  it.each([0, 800])(
    "does so when its goodbye was heard, with a loudspeaker that is %i ms late",
    async (delayMs) => {
      const { state, hangUps } = await hungUp({ delayMs });
      const said = answerIn(state);
      expect(said).toMatchObject({
        status: "completed",
        content: [{ audio: { playback: "finished", heardMs: 2400 } }],
      });
      expect(said && heardTextOfItem(said)).toBe(goodbye);
      const [atMs, ...more] = hangUps;
      expect(more).toEqual([]);
      expect(atMs).toBeGreaterThanOrEqual(2_400 + delayMs);
      expect(atMs).toBeLessThan(4_000 + delayMs);
      expect(isQuiet(state)).toBe(true);
    },
  );

  it("does so where the service plays", async () => {
    const { state, hangUps } = await hungUp({ audio: "media" });
    expect(answerIn(state)).toMatchObject({ content: [{ audio: { playback: "finished" } }] });
    expect(hangUps).toHaveLength(1);
  });

  it("does so at once where nobody may be asked for a goodbye any more, or is to be", async () => {
    const spent = await hungUp({ options: { budget: budget({ maxTokens: 1 }) } });
    expect(spent.state.turn.requests.at(-1)).toMatchObject({ by: "tools", status: "waiting" });
    expect(spent.hangUps).toHaveLength(1);
    const silent = await hungUp({ options: { policy: { respondToTools: false } } });
    expect(silent.state.items.at(-1)).toMatchObject({ type: "function_call_output" });
    expect(silent.hangUps).toHaveLength(1);
  });

  it.each(["the session", "the conversation"])(
    "does no harm where somebody closes %s before",
    async (what) => {
      const { state, hangUps } = await hungUp({
        meanwhile: (talk, session) => (what === "the session" ? session.close() : talk.close()),
      });
      expect(answerIn(state)).toMatchObject({ content: [{ audio: { playback: "flushed" } }] });
      expect(hangUps).toHaveLength(1);
    },
  );
});
