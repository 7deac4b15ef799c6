import {
  conversation,
  fromHistory,
  type HistoryEntry,
  type MessageItem,
  textOf,
} from "@duologue/conversation";
import { type Entry, realtimeSession } from "@duologue/core";
import { type BrainRequest, emulator } from "@duologue/emulator";
import { type Item, openaiRealtime } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { replayedState } from "./legal/replayed-state.ts";

// A conversation that another service has held goes on at one that refuses its ids: 36 characters, where 32 are taken.

const long = (name: string) => `${name}_5299a728-79ca-4b75-9359-8f19c4470b4e`;

const history: readonly HistoryEntry[] = [
  {
    type: "conversation.item.create",
    item: {
      id: long("u"),
      type: "message",
      role: "user",
      content: [{ type: "input_text", text: "What is the weather?" }],
    },
  },
  {
    type: "conversation.item.create",
    item: {
      id: long("f"),
      type: "function_call",
      call_id: long("call"),
      name: "weather",
      arguments: "{}",
    },
  },
  {
    type: "conversation.item.create",
    item: { id: long("o"), type: "function_call_output", call_id: long("call"), output: "sunny" },
  },
  {
    type: "conversation.item.create",
    item: {
      id: long("a"),
      type: "message",
      role: "assistant",
      content: [{ type: "output_text", text: "It is sunny." }],
    },
  },
];

const told = ({ items }: BrainRequest) =>
  items.map((item) => {
    if (item.type === "function_call") return `calls ${item.name}`;
    if (item.type === "function_call_output") return `gets ${item.output}`;
    if (item.type !== "message") return item.type;
    return item.content.map((part) => ("text" in part ? part.text : part.type)).join();
  });

describe("a conversation with ids that are too long for the service", () => {
  it("is told whole, goes on through several sessions, and is itself all the while", async () => {
    const clock = virtualClock();
    const requests: BrainRequest[] = [];
    const service = emulator({
      clock,
      epochMs: () => clock.now(),
      expireAfterMs: 4000,
      pace: 50,
      brain(request) {
        requests.push(request);
        return { say: `Answer ${requests.length}` };
      },
    });
    const session = realtimeSession({
      transport: service.transport(),
      protocol: openaiRealtime,
      clock,
      epochMs: () => clock.now(),
      rollOver: { beforeMs: 3000, patienceMs: 1500 },
      configure: [{ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } }],
    });
    const talk = conversation(session, { clock, from: fromHistory(history) });
    const log: Entry[] = [];
    const problems: string[] = [];
    session.log$.subscribe((entry) => void log.push(entry));
    session.problems$.subscribe((problem) => void problems.push(JSON.stringify(problem)));
    const opening = session.open();
    await clock.advance(200);
    await opening;
    for (let turn = 1; turn <= 3; turn++) {
      void talk.say(`Question ${turn}`);
      await clock.advance(5000);
    }
    expect(problems).toEqual([]);
    expect(log.filter(({ event }) => event.type === "link.switched").length).toBeGreaterThan(2);
    const before = ["What is the weather?", "calls weather", "gets sunny", "It is sunny."];
    const since = ["Question 1", "Answer 1", "Question 2", "Answer 2", "Question 3"];
    expect(requests.map(told).at(-1)).toEqual([...before, ...since]);
    const { items } = talk.state;
    expect(items.slice(0, 4).map(({ id }) => id)).toEqual(["u", "f", "o", "a"].map(long));
    expect(items.slice(4).map((item) => textOf(item as MessageItem))).toEqual([...since, "Answer 3"]);
    expect(items.some(({ standing, awaits }) => standing === "absent" || awaits !== undefined)).toBe(false);
    expect(await replayedState(log)).toEqual(talk.state);

    // Commands name items by the ids that the program knows.
    const note: Item = {
      type: "message",
      role: "system",
      content: [{ type: "input_text", text: "Be brief." }],
    };
    const changing = Promise.all([talk.deleteItem(long("a")), talk.addItem(note, { after: long("u") })]);
    await clock.advance(200);
    await changing;
    void talk.say("Question 4");
    await clock.advance(5000);
    const [question = "", ...others] = before.slice(0, 3);
    expect(requests.map(told).at(-1)?.slice(0, 5)).toEqual([question, "Be brief.", ...others, "Question 1"]);
    expect(talk.state.items.slice(0, 4).map(({ id }) => id)).toEqual([
      long("u"),
      talk.state.items[1]?.id,
      long("f"),
      long("o"),
    ]);
    expect(problems).toEqual([]);
    expect(await replayedState(log)).toEqual(talk.state);
    const closing = session.close();
    await clock.advance(100);
    await closing;
    talk.close();
  });
});
