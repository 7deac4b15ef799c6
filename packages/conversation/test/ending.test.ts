import { memorySink, readRecording, recordLog, replaySession } from "@duologue/core";
import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  type ConversationProblem,
  type ConversationState,
  conversation,
  heardTextOfItem,
  textOf,
  toHistory,
  tool,
} from "../src/index.ts";
import { fakePlayer, settle, talking, unopened } from "./talking.ts";
import { answerBegins, answerEnds, called, server, spoken } from "./wire.ts";

const words = "One two three four five six seven";

/** A conversation in the middle of an answer of which a quarter of a second was heard, and what is written of it. */
async function inMidAnswer(reports = true) {
  const { player, told, report, connected } = fakePlayer();
  const held = unopened({ player }, { reconnect: false });
  const sink = memorySink();
  const writing = recordLog(held.session.log$, sink, { protocol: openaiRealtime.name });
  const problems: ConversationProblem[] = [];
  held.talk.problems$.subscribe((problem) => void problems.push(problem));
  await held.open();
  await held.hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", words, 2000));
  if (reports) report({ type: "progress", itemId: "a1", contentIndex: 0, heardMs: 200 });
  return { ...held, told, report, connected, sink, writing, problems };
}

/** Where the state stands that a recording leads to. */
async function replayed(text: string): Promise<ConversationState> {
  const { session, run } = replaySession({ recording: readRecording(text), protocol: openaiRealtime });
  const talk = conversation(session, { live: false });
  await run();
  const { state } = talk;
  await session.close();
  return state;
}

const partOf = ({ items, detached }: ConversationState, id: string) => {
  const item = [...items, ...detached].find((each) => each.id === id);
  return item?.type === "message" && item.content[0]?.type === "output_audio" ? item.content[0] : undefined;
};
const types = (events: readonly ClientEvent[]) => events.map(({ type }) => type);

/** A tool that never ends, and what its signal has said. */
function endless() {
  const reasons: unknown[] = [];
  const made = tool({
    name: "get_weather",
    description: "Never ends.",
    parameters: { type: "object" },
    run: (_, { signal }) => {
      signal.addEventListener("abort", () => void reasons.push(signal.reason));
      return new Promise(() => {});
    },
  });
  return { made, reasons };
}

describe("a session that is closed in the middle of an answer", () => {
  it("silences the player at once; what was heard is in the state, in words, and for the next session", async () => {
    const { session, talk, received, told, writing, sink, problems } = await inMidAnswer();
    const closing = session.close();
    expect(told.at(-1)).toBe("flush");
    expect(partOf(talk.state, "a1")?.audio).toMatchObject({ playback: "flushed", heardMs: 250 });
    await closing;
    const [item] = talk.state.items;
    const heard = item?.type === "message" ? heardTextOfItem(item) : undefined;
    expect([heard, item?.type === "message" && textOf(item)]).toEqual(["One", words]);
    expect(toHistory(talk.state)).toMatchObject([{ item: { id: "a1", content: [{ text: heard }] } }]);
    // Nobody is there to be told, so nothing is sent, and nothing fails.
    expect([types(received), problems]).toEqual([[], []]);
    expect(await writing.finished).toBeUndefined();
    expect(await replayed(sink.text)).toEqual(talk.state);
    talk.close();
    expect(told.filter((each) => each === "flush")).toHaveLength(1);
  });

  it("does the same in the midst of an entry, and when its conversation is closed in the same breath", async () => {
    const { session, talk, told, hear, problems } = await inMidAnswer();
    const ends: Promise<void>[] = [];
    talk.state$.subscribe(({ items }) => {
      if (items.length < 2 || ends.length > 0) return;
      ends.push(session.close());
      talk.close();
    });
    await hear(server("conversation.item.added", { item: { id: "s1", type: "message", role: "system" } }));
    await Promise.all(ends);
    expect(told.filter((each) => each === "flush")).toHaveLength(1);
    expect(partOf(talk.state, "a1")?.audio).toMatchObject({ playback: "flushed", heardMs: 250 });
    expect(problems).toEqual([]);
  });

  it("does not play what comes until its link has ended, and nobody has heard it", async () => {
    const { session, talk, told, hear, writing, sink, problems } = await inMidAnswer();
    const closing = session.close();
    const before = told.length;
    talk.interrupt();
    await hear(
      ...spoken("r1", "a1", " eight", 500),
      ...answerEnds("r1", "a1", null, `${words} eight`),
      ...answerBegins("r2", "a2", "a1"),
      ...spoken("r2", "a2", "Never heard", 500),
      ...answerEnds("r2", "a2", "a1", "Never heard"),
    );
    await closing;
    expect(told.slice(before).filter((each) => each.startsWith("play"))).toEqual([]);
    expect(partOf(talk.state, "a2")?.audio).toMatchObject({ playback: "skipped", heardMs: 0 });
    expect(toHistory(talk.state)).toHaveLength(1);
    await writing.finished;
    expect(await replayed(sink.text)).toEqual(talk.state);
    expect(problems).toEqual([]);
  });
});

describe("a conversation that is closed in the middle of an answer", () => {
  it("silences the player, takes in what was heard, and tells the server, whose session goes on", async () => {
    const { session, talk, told, received, connected } = await inMidAnswer();
    talk.close();
    expect([told.at(-1), connected()]).toEqual(["flush", false]);
    expect(partOf(talk.state, "a1")?.audio).toMatchObject({ playback: "flushed", heardMs: 250 });
    await settle();
    expect(received).toMatchObject([
      { type: "conversation.item.truncate", item_id: "a1", audio_end_ms: 250 },
    ]);
    expect(session.status.state).toBe("ready");
    await session.close();
  });

  it("does the same in the midst of an entry", async () => {
    const { session, talk, received, hear } = await inMidAnswer();
    talk.state$.subscribe(({ items }) => void (items.length > 1 && talk.close()));
    await hear(server("conversation.item.added", { item: { id: "s1", type: "message", role: "system" } }));
    expect(partOf(talk.state, "a1")?.audio).toMatchObject({ playback: "flushed", heardMs: 250 });
    expect(types(received)).toEqual(["conversation.item.truncate"]);
    await session.close();
  });

  it("is left in the midst of an entry, too, where the player goes on reporting", async () => {
    const { session, talk, report, connected, hear } = await inMidAnswer();
    let isComplete = false;
    talk.state$.subscribe({
      next({ items }) {
        if (items.length < 2) return;
        talk.close();
        report({ type: "progress", itemId: "a1", contentIndex: 0, heardMs: 251 });
      },
      complete() {
        isComplete = true;
      },
    });
    await hear(server("conversation.item.added", { item: { id: "s1", type: "message", role: "system" } }));
    expect([isComplete, connected()]).toEqual([true, false]);
    await session.close();
  });

  it("is quiet for good once a part has ended, whatever the player says of that later", async () => {
    const { session, talk, report, hear } = await inMidAnswer();
    talk.interrupt();
    await hear(...answerEnds("r1", "a1", null, words));
    expect(talk.isQuiet).toBe(true);
    report({ type: "progress", itemId: "a1", contentIndex: 0, heardMs: 260 });
    expect(talk.isQuiet).toBe(true);
    await session.close();
  });

  it("leaves a player alone that has nothing of it: others may play on it", async () => {
    const { session, talk, told, report, hear } = await inMidAnswer();
    await hear(...answerEnds("r1", "a1", null, words));
    report({ type: "finished", itemId: "a1", contentIndex: 0, heardMs: 2000 });
    talk.close();
    expect(told).not.toContain("flush");
    await session.close();
  });
});

describe("a session that ends by itself", () => {
  it("has a complete log when its conversation is closed with sound left", async () => {
    const { talk, cut, told, writing } = await inMidAnswer();
    cut();
    await settle();
    talk.close();
    expect(told.at(-1)).toBe("flush");
    expect(await writing.finished).toBeUndefined();
    expect(partOf(talk.state, "a1")?.audio).toMatchObject({ playback: "flushed", heardMs: 250 });
  });

  it("is heard to its end; then its log is complete, and what writes it down is finished", async () => {
    const { session, talk, told, report, cut, writing, sink } = await inMidAnswer();
    cut();
    await settle();
    expect(session.status.state).toBe("closed");
    report({ type: "progress", itemId: "a1", contentIndex: 0, heardMs: 1500 });
    expect(told).not.toContain("flush");
    expect(partOf(talk.state, "a1")?.audio).toMatchObject({ playback: "playing", heardMs: 1500 });
    report({ type: "finished", itemId: "a1", contentIndex: 0, heardMs: 2000 });
    expect(await writing.finished).toBeUndefined();
    expect(partOf(talk.state, "a1")?.audio).toMatchObject({ playback: "finished", heardMs: 2000 });
    expect(session.note({ type: "interrupt.requested" })).toBe(false);
    expect(await replayed(sink.text)).toEqual(talk.state);
  });

  it("is waited for by what has not begun to sound, and by what a program plays and notes itself", async () => {
    const { session, report, cut, writing } = await inMidAnswer(false);
    cut();
    await settle();
    expect(session.note({ type: "budget.lifted" })).toBe(true);
    report({ type: "finished", itemId: "a1", contentIndex: 0, heardMs: 2000 });
    expect(await writing.finished).toBeUndefined();

    const own = await talking({}, { reconnect: false });
    await own.hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", words, 2000));
    const heard = { itemId: "a1", contentIndex: 0, heardMs: 2000 };
    own.session.note({ type: "playback.progress", ...heard, heardMs: 100 });
    own.cut();
    await settle();
    expect(own.session.note({ type: "playback.finished", ...heard })).toBe(true);
    await settle();
    expect(own.session.note({ type: "budget.lifted" })).toBe(false);
    expect(partOf(own.talk.state, "a1")?.audio).toMatchObject({ playback: "finished" });
  });

  it("can be silenced", async () => {
    const { talk, told, cut, writing } = await inMidAnswer();
    cut();
    await settle();
    talk.interrupt();
    expect(told).toContain("flush");
    expect(partOf(talk.state, "a1")?.audio).toMatchObject({ playback: "flushed", heardMs: 250 });
    expect(await writing.finished).toBeUndefined();
  });

  it("has a complete log where nothing plays, or where it never opened", async () => {
    const { session, open, cut } = unopened({}, { reconnect: false });
    const writing = recordLog(session.log$, memorySink(), { protocol: openaiRealtime.name });
    await open();
    cut();
    expect(await writing.finished).toBeUndefined();

    const never = unopened({}, {}, []);
    const nothing = recordLog(never.session.log$, memorySink(), { protocol: openaiRealtime.name });
    const opening = never.open();
    await settle();
    never.cut();
    await expect(opening).rejects.toMatchObject({ code: "closed" });
    expect(await nothing.finished).toBeUndefined();
  });
});

describe("a tool that runs", () => {
  it.each([
    ["the session is closed", ({ session }: Awaited<ReturnType<typeof talking>>) => session.close()],
    ["the session ends by itself", ({ cut }: Awaited<ReturnType<typeof talking>>) => cut()],
    ["the conversation is closed", ({ talk }: Awaited<ReturnType<typeof talking>>) => talk.close()],
  ])("is told when %s", async (_, end) => {
    const { made, reasons } = endless();
    const held = await talking({ tools: [made] }, { reconnect: false });
    await held.hear(...called("r1", "f1", "call_1", null));
    expect(reasons).toEqual([]);
    await end(held);
    await settle();
    expect(reasons).toMatchObject([{ code: "closed" }]);
    await held.session.close();
  });

  it("goes on while a lost link is replaced", async () => {
    const { made, reasons } = endless();
    const { session, cut, hear } = await talking({ tools: [made] }, { reconnect: { random: () => 1 } });
    await hear(...called("r1", "f1", "call_1", null));
    cut();
    await settle();
    expect([session.status.state, reasons]).toEqual(["reconnecting", []]);
    await session.close();
    expect(reasons).toHaveLength(1);
  });

  it("does not begin any more when the session is being closed", async () => {
    const runs: unknown[] = [];
    const made = tool({
      name: "get_weather",
      description: "Counts.",
      parameters: { type: "object" },
      run: (args) => void runs.push(args),
    });
    const { session, talk, hear } = await talking({ tools: [made] });
    const problems: unknown[] = [];
    talk.problems$.subscribe((problem) => void problems.push(problem));
    const closing = session.close();
    await hear(...called("r1", "f1", "call_1", null));
    await closing;
    expect([runs, problems]).toEqual([[], []]);
  });
});

describe("after the end", () => {
  it.each(["session", "talk"] as const)(
    "of the %s, streams give what there was, and complete",
    async (what) => {
      const { session, talk, hear } = await talking();
      await hear(...answerBegins("r1", "a1", null), ...answerEnds("r1", "a1", null, "Hi"));
      await session.close();
      if (what === "talk") talk.close();
      const seen: unknown[] = [];
      const note = (name: string) => ({
        next: (value: unknown) => void seen.push([name, value]),
        complete: () => void seen.push(name),
      });
      session.status$.subscribe(note("status"));
      talk.state$.subscribe(note("state"));
      talk.items$.subscribe(note("items"));
      const isOver = what === "talk";
      expect(seen).toEqual([
        ["status", session.status],
        "status",
        ["state", talk.state],
        ...(isOver ? ["state"] : []),
        ["items", talk.state.items],
        ...(isOver ? ["items"] : []),
      ]);
    },
  );

  it("items are not waited for, unless they are there", async () => {
    const { session, talk, hear } = await talking();
    await hear(...answerBegins("r1", "a1", null), ...answerEnds("r1", "a1", null, "Hi"));
    await session.close();
    await expect(talk.waitForItem("a2")).rejects.toMatchObject({ code: "closed" });
    await expect(talk.waitForItem(() => false)).rejects.toMatchObject({ code: "closed" });
    expect(await talk.waitForItem("a1")).toMatchObject({ id: "a1" });
  });
});

describe("a microphone", () => {
  const sound = new Int16Array(480);

  it("may go on before, during and after a session; it is told whether anybody hears it", async () => {
    const { session, talk, open, received } = unopened();
    expect(talk.appendAudio(sound)).toBe(false);
    const taken: boolean[] = [];
    await open(() => void taken.push(talk.appendAudio(sound)));
    taken.push(talk.appendAudio(sound));
    expect(taken).toEqual([true, true]);
    await settle();
    expect(received).toHaveLength(2);
    const closing = session.close();
    expect(talk.appendAudio(sound)).toBe(false);
    await closing;
    expect(talk.appendAudio(sound)).toBe(false);
    expect(received).toHaveLength(2);
    expect(() => talk.appendAudio(new Uint8Array())).toThrow("it is empty");
  });

  it("is heard later while a lost link is replaced, and not at all once the conversation is closed", async () => {
    const { session, talk, cut } = await talking({}, { reconnect: { random: () => 1 } });
    cut();
    // Nobody has heard of it yet.
    expect(talk.appendAudio(sound)).toBe(true);
    await settle();
    expect(session.status.state).toBe("reconnecting");
    expect(talk.appendAudio(sound)).toBe(true);
    talk.close();
    expect(talk.appendAudio(sound)).toBe(false);
    await session.close();
  });

  it("is not heard over a link that is lost for good, whoever knows of it", async () => {
    const { session, talk, cut } = await talking({}, { reconnect: false });
    cut();
    expect([session.status.state, talk.appendAudio(sound)]).toEqual(["ready", false]);
    await settle();
    expect([session.status.state, talk.appendAudio(sound)]).toEqual(["closed", false]);
  });
});

describe("a button", () => {
  it("may be pressed when there is nothing to stop", async () => {
    const { session, talk, open } = unopened();
    const log: string[] = [];
    session.log$.subscribe(({ event }) => void log.push(event.type));
    talk.interrupt();
    talk.withdraw("nothing");
    expect(log).toEqual([]);
    await open();
    talk.close();
    talk.interrupt();
    await session.close();
    talk.withdraw("nothing");
    expect(log).not.toContain("interrupt.requested");
    expect(log).not.toContain("response.withdrawn");
  });
});

describe("a command that nobody awaits", () => {
  it("ends no program, and is on problems$, whatever came in the way", async () => {
    const { talk, session, open } = unopened({}, {}, [
      server("session.created", { session: { type: "realtime" } }),
    ]);
    const problems: ConversationProblem[] = [];
    talk.problems$.subscribe((problem) => void problems.push(problem));
    talk.say("Too early");
    talk.sendImage("nothing");
    talk.waitForItem("a1");
    await open();
    talk.say("");
    talk.deleteItem("nobody");
    talk.sendImage(new Blob([], { type: "image/gif" }));
    talk.update(null as never);
    talk.say("Hello", "now" as never);
    const stopping = new AbortController();
    talk.say("Never answered", { signal: stopping.signal, respond: false });
    stopping.abort();
    await settle();
    const told = problems.map((problem) =>
      "call" in problem ? `${problem.call} ${problem.error.code} ${problem.command?.type}` : "an effect",
    );
    expect(told).toEqual([
      "say closed undefined",
      "sendImage closed undefined",
      "say invalid_argument undefined",
      "deleteItem invalid_state undefined",
      "sendImage invalid_argument undefined",
      "update invalid_argument undefined",
      "say invalid_argument undefined",
      "say aborted conversation.item.create",
    ]);
    await session.close();
  });
});
