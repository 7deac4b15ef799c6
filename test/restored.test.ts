import { pacedPlayer } from "@duologue/audio";
import {
  type ConversationItem,
  type ConversationState,
  conversation,
  fromHistory,
  heardTextOfItem,
  restore,
  snapshot,
  textOf,
  tool,
} from "@duologue/conversation";
import { type Entry, memorySink, readRecording, realtimeSession, recordingWriter } from "@duologue/core";
import { type BrainRequest, emulator, type Plan } from "@duologue/emulator";
import { openaiRealtime } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { replayedState } from "./legal/replayed-state.ts";

// A program ends in the middle of a conversation, and another goes on with it: on the emulator, in virtual time.

/** A conversation in a program of its own, which is over when `end` is called. */
async function program(seed: string, plans: readonly Plan[], from?: ConversationState) {
  const clock = virtualClock();
  const requests: BrainRequest[] = [];
  const brain = (request: BrainRequest): Plan => {
    requests.push(request);
    return plans[request.turn] ?? {};
  };
  const server = emulator({ clock, seed, brain, expireAfterMs: null, epochMs: () => clock.now() });
  const session = realtimeSession({ transport: server.transport(), protocol: openaiRealtime, clock });
  const player = pacedPlayer({ sampleRateHz: 24_000, clock, frameMs: 20 });
  const slow = tool({
    name: "book",
    description: "Books a table.",
    parameters: { type: "object", properties: {} },
    run: () => new Promise<never>(() => {}),
  });
  const quick = tool({
    name: "weather",
    description: "Tells the weather.",
    parameters: { type: "object", properties: {} },
    run: () => "sunny",
  });
  const tools = [slow, quick];
  const talk = conversation(session, { clock, player, tools, ...(from === undefined ? {} : { from }) });
  const log: Entry[] = [];
  session.log$.subscribe((entry) => void log.push(entry));
  const opening = session.open();
  await clock.advance(100);
  await opening;
  const end = async () => {
    const kept = snapshot(talk.state);
    const closing = session.close();
    await clock.advance(1_000);
    await closing;
    talk.close();
    player.stop();
    return kept;
  };
  return { clock, talk, session, requests, log, end };
}

/** Without what was said: only how long it was. */
const blocked = (text: string) =>
  text.replace(/"(text|transcript)":"([^"]*)"/g, (_, name, words) => `"${name}":${words.length}`);

const told = ({ items }: BrainRequest) =>
  items.map((item) => {
    if (item.type === "function_call") return `calls ${item.name}`;
    if (item.type === "function_call_output") return `gets ${item.output}`;
    if (item.type !== "message") return item.type;
    const words = item.content.map((part) => ("text" in part ? part.text : part.type)).join();
    return `${item.role}: ${words}`;
  });

const shown = (item: ConversationItem) =>
  item.type === "message" ? `${item.role}: ${textOf(item)}` : item.type;

describe("a conversation from a snapshot", () => {
  it("goes on: the model knows all that was said and heard, and what is said next follows it", async () => {
    const long = "It is sunny right now, and it is going to stay like that for the rest of the week.";
    const first = await program("first", [{ tools: [{ name: "weather" }] }, { say: long }]);
    first.talk.say("What is the weather like?");
    await first.clock.advance(3_000);
    first.talk.interrupt();
    await first.clock.advance(200);
    const kept = await first.end();

    const from = restore(kept);
    const cut = from.items.at(-1);
    const heard = cut?.type === "message" ? heardTextOfItem(cut) : undefined;
    expect(heard?.length).toBeGreaterThan(0);
    expect(heard).not.toBe(long);

    const second = await program("second", [{ say: "Cloudy." }], from);
    expect(second.talk.state.items.map(({ standing }) => standing)).toEqual(from.items.map(() => "rebuilt"));
    second.talk.say("And tomorrow?");
    await second.clock.advance(4_000);
    expect(second.requests.map(told)).toEqual([
      [
        "user: What is the weather like?",
        "calls weather",
        "gets sunny",
        `assistant: ${heard}`,
        "user: And tomorrow?",
      ],
    ]);
    const { items } = second.talk.state;
    expect(items.map(shown)).toEqual([...from.items.map(shown), "user: And tomorrow?", "assistant: Cloudy."]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    // What was there keeps its words and its cut.
    expect(items[3]).toEqual({ ...cut, standing: "rebuilt" });
    await second.end();
  });

  it("answers the calls whose tools ended with the program", async () => {
    const first = await program("first", [{ tools: [{ name: "book" }] }]);
    first.talk.say("A table for two.");
    await first.clock.advance(2_000);
    const from = restore(await first.end());
    expect(from.items.at(-1)).toMatchObject({ type: "function_call", answered: false });

    const second = await program("second", [{ say: "I am not sure that I did." }], from);
    await second.clock.advance(3_000);
    expect(second.requests).toHaveLength(1);
    expect(told(second.requests[0]!)).toEqual([
      "user: A table for two.",
      "calls book",
      expect.stringMatching(/^gets .*stopped before this call was answered/),
    ]);
    expect(second.talk.state.items.map(({ type }) => type)).toEqual([
      "message",
      "function_call",
      "function_call_output",
      "message",
    ]);
    expect(second.talk.state.items[1]).toMatchObject({ answered: true });
    await second.end();
  });

  it("is in the log: a recording of the second program replays to its state", async () => {
    const first = await program("first", [{ say: "Hello." }]);
    first.talk.say("Hi!");
    await first.clock.advance(3_000);
    const second = await program("second", [{ say: "Still here." }], restore(await first.end()));
    second.talk.say("Are you there?");
    await second.clock.advance(3_000);
    await second.end();
    expect(await replayedState(second.log)).toEqual(second.talk.state);
    expect(second.talk.state.items).toHaveLength(4);
  });

  it("is in a recording without its words, too: what stood where, and how", async () => {
    const first = await program("first", [{ say: "Hello." }]);
    first.talk.say("Hi!");
    await first.clock.advance(3_000);
    const second = await program("second", [{ say: "Still here." }], restore(await first.end()));
    second.talk.say("Are you there?");
    await second.clock.advance(3_000);
    await second.end();
    const sink = memorySink();
    const redact = { text: true, audio: true, salt: "" };
    const writer = recordingWriter(sink, { protocol: openaiRealtime.name, redact });
    for (const entry of second.log) writer.write(entry);
    expect(sink.text).not.toContain("Hi!");
    const replayed = await replayedState(readRecording(sink.text).entries);
    const { audio: _, ...wordless } = JSON.parse(blocked(snapshot(second.talk.state)));
    expect(JSON.parse(blocked(snapshot(replayed)))).toMatchObject({ ...wordless, session: {} });
  });

  it("can be stopped and restored again and again", async () => {
    let from: ConversationState | undefined;
    for (let round = 1; round <= 4; round++) {
      const next = await program(`round ${round}`, [{ say: `Answer ${round}.` }], from);
      next.talk.say(`Question ${round}?`);
      await next.clock.advance(3_000);
      from = restore(await next.end());
    }
    expect(from?.items.map(shown)).toEqual(
      [1, 2, 3, 4].flatMap((round) => [`user: Question ${round}?`, `assistant: Answer ${round}.`]),
    );
  });

  it("takes no new item for one of those that it had", async () => {
    const first = await program("first", [{ say: "Yes." }]);
    for (const instructions of ["a", "b", "c", "d", "e"]) {
      const updated = first.talk.update({ type: "realtime", instructions });
      await first.clock.advance(20);
      await updated;
    }
    first.talk.say("Is anybody there?");
    await first.clock.advance(3_000);
    const from = restore(await first.end());
    const second = await program("second", [], from);
    for (let count = 0; count < 12; count++) second.talk.say(`Line ${count}`, { respond: false });
    await second.clock.advance(1_000);
    expect(second.talk.state.items).toHaveLength(from.items.length + 12);
    await second.end();
  });

  it("that begins with lines kept elsewhere is told them", async () => {
    const from = fromHistory([
      { role: "system", text: "The user's name is Ada." },
      { role: "user", text: "Hello." },
      { role: "assistant", text: "Hello, Ada." },
    ]);
    const { talk, clock, requests, end } = await program("lines", [{ say: "Ada." }], from);
    talk.say("What is my name?");
    await clock.advance(3_000);
    expect(requests.map(told)).toEqual([
      ["system: The user's name is Ada.", "user: Hello.", "assistant: Hello, Ada.", "user: What is my name?"],
    ]);
    await end();
  });
});
