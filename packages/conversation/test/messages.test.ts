import { describe, expect, it } from "vitest";
import { type ConversationState, initialState, type Message, messagesOf, reduce } from "../src/index.ts";
import { fakePlayer, settle, talking } from "./talking.ts";
import { answerBegins, answerEnds, called, heard, local, opened, server, spoken } from "./wire.ts";

const turn = [
  opened,
  ...heard("u1", null, "Hello"),
  ...answerBegins("r1", "a1", "u1"),
  ...spoken("r1", "a1", "Good day to you, dear caller.", 4000),
  ...answerEnds("r1", "a1", "u1", "Good day to you, dear caller."),
];
const playing = (heardMs: number) =>
  local({ type: "playback.progress", itemId: "a1", contentIndex: 0, heardMs });

const fold = (entries: Parameters<typeof reduce>[1][], from: ConversationState = initialState) =>
  entries.reduce(reduce, from);

describe("messagesOf", () => {
  it("tells who said what, and what of it was heard", () => {
    const { items } = fold([...turn, ...called("r2", "f1", "call_1", "a1"), playing(2000)]);
    expect(messagesOf(items)).toEqual([
      { id: "u1", role: "user", text: "Hello", status: "completed" },
      {
        id: "a1",
        role: "assistant",
        text: "Good day to you, dear caller.",
        heardText: "Good day to you,",
        status: "completed",
      },
    ]);
    expect(messagesOf(fold(turn).items)[1]).not.toHaveProperty("heardText");
  });

  it("keeps what says the same, with each report of a player but those that bring a word", () => {
    let state = fold(turn);
    let before = messagesOf(state.items);
    const [user] = before;
    const lists = new Set([before]);
    const words = new Set<string | undefined>();
    const states = new Set([state]);
    for (let heardMs = 20; heardMs <= 4000; heardMs += 20) {
      state = reduce(state, playing(heardMs));
      states.add(state);
      before = messagesOf(state.items, before);
      lists.add(before);
      words.add(before[1]?.heardText);
      expect(before[0]).toBe(user);
    }
    expect(states.size).toBe(201);
    // Nothing, then six words one after the other.
    expect(words.size).toBe(7);
    expect(lists.size).toBe(8);
  });

  it("changes with an order, a status, and what is gone", () => {
    const two = fold([...heard("u1", null, "One"), ...heard("u2", "u1", "Two")]);
    const all = messagesOf(two.items);
    const swapped = messagesOf([...two.items].reverse(), all);
    expect(swapped).toEqual([...all].reverse());
    expect(swapped[0]).toBe(all[1]);
    const one = messagesOf(fold([server("conversation.item.deleted", { item_id: "u1" })], two).items, all);
    expect(one).toEqual([all[1]]);
    const begun = fold([...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "Hi", 100)]);
    const ended = fold(answerEnds("r1", "a1", null, "Hi"), begun);
    const statuses = [begun, ended].map(({ items }) => messagesOf(items)[0]?.status);
    expect(statuses).toEqual(["in_progress", "completed"]);
  });
});

describe("messages$", () => {
  it("fires with words, not with playheads, and gives late subscribers the same list", async () => {
    const { player, report } = fakePlayer();
    const { session, talk, hear } = await talking({ player });
    const lists: (readonly Message[])[] = [];
    const items: unknown[] = [];
    talk.messages$.subscribe((messages) => lists.push(messages));
    expect(lists).toEqual([[]]);
    await hear(...turn.slice(1));
    lists.length = 0;
    talk.items$.subscribe((list) => items.push(list));
    for (let heardMs = 20; heardMs <= 2000; heardMs += 20) {
      report({ type: "progress", itemId: "a1", contentIndex: 0, heardMs });
    }
    await settle();
    expect(items).toHaveLength(101);
    expect(lists.map((messages) => messages[1]?.heardText)).toEqual([
      "",
      "Good",
      "Good day",
      "Good day to",
      "Good day to you,",
    ]);
    let late: readonly Message[] | undefined;
    talk.messages$.subscribe((messages) => {
      late = messages;
    });
    expect(late).toBe(lists.at(-1));
    await session.close();
  });
});
