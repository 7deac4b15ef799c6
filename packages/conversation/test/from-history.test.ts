import { RealtimeError } from "@duologue/core";
import type { ClientEvent } from "@duologue/protocol";
import { chooser, legalSession } from "@duologue/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHistory, type HistoryEntry, isQuiet, textOf, toHistory } from "../src/index.ts";
import { fold } from "./wire.ts";

const item = (id: string, text: string, previous_item_id?: string): ClientEvent => ({
  type: "conversation.item.create",
  ...(previous_item_id === undefined ? {} : { previous_item_id }),
  item: { id, type: "message", role: "user", content: [{ type: "input_text", text }] },
});
const call: ClientEvent = {
  type: "conversation.item.create",
  item: { id: "f1", type: "function_call", call_id: "call_1", name: "weather", arguments: "{}" },
};
const output: ClientEvent = {
  type: "conversation.item.create",
  item: { type: "function_call_output", call_id: "call_1", output: "sunny" },
};

const texts = (entries: readonly HistoryEntry[]) =>
  fromHistory(entries).items.map((made) => (made.type === "message" ? textOf(made) : made.type));

function refusal(entries: readonly unknown[]): string {
  try {
    fromHistory(entries as readonly HistoryEntry[]);
  } catch (error) {
    if (RealtimeError.is(error) && error.code === "invalid_argument") return error.message;
    throw error;
  }
  return "nothing";
}

describe("fromHistory", () => {
  it("makes a state of lines, each with an id and complete, of a conversation that was held elsewhere", () => {
    const state = fromHistory([
      { role: "system", text: "Be kind." },
      { role: "user", text: "Hello" },
      { role: "assistant", text: "Hi!" },
    ]);
    expect(state.items).toEqual([
      {
        id: "item_h1",
        type: "message",
        role: "system",
        status: "completed",
        standing: "absent",
        content: [{ type: "input_text", text: "Be kind.", complete: true }],
      },
      {
        id: "item_h2",
        type: "message",
        role: "user",
        status: "completed",
        standing: "absent",
        content: [{ type: "input_text", text: "Hello", complete: true }],
      },
      {
        id: "item_h3",
        type: "message",
        role: "assistant",
        status: "completed",
        standing: "absent",
        content: [{ type: "output_text", text: "Hi!", complete: true }],
      },
    ]);
    expect([state.link, state.session, isQuiet(state)]).toEqual(["none", null, true]);
  });

  it("takes commands: items at their places, deletions, calls with their outputs", () => {
    const entries = [
      item("a", "1"),
      item("c", "3"),
      item("b", "2", "a"),
      item("z", "0", "root"),
      item("d", "4", ""),
      { type: "conversation.item.delete", item_id: "c" },
      call,
      output,
    ] as const;
    expect(texts(entries)).toEqual(["0", "1", "2", "4", "function_call", "function_call_output"]);
    expect(fromHistory(entries).items.at(-2)).toMatchObject({ callId: "call_1", answered: true });
  });

  it("gives no id twice", () => {
    const { items } = fromHistory([item("item_h1", "taken"), { role: "user", text: "new" }]);
    expect(items.map(({ id }) => id)).toEqual(["item_h1", "item_h2"]);
  });

  it.each([
    [
      [
        { role: "user", text: "fine" },
        { role: "pilot", text: "?" },
      ],
      /history\[1\] is neither a line/,
    ],
    [[{ role: "user" }], /history\[0\] is neither a line/],
    [[item("a", "1", "b")], /history\[0\] is put behind b, which is not there/],
    [[item("a", "1"), item("a", "2")], /history\[1\] has the id a, which is taken/],
    [[output], /history\[0\] is the output of call_1, which was not called/],
    [[{ type: "conversation.item.delete", item_id: "a" }], /history\[0\] deletes a, which is not there/],
    [[{ type: "response.create" }], /history\[0\] is a response\.create; only items can be told/],
  ])("says what is wrong, and where: %#", (entries, message) => {
    expect(refusal(entries)).toMatch(message);
  });

  it("is undone by toHistory, of whatever conversation", () => {
    const sessions = fc
      .array(fc.nat(), { maxLength: 300, size: "max" })
      .map((choices) => legalSession(chooser(choices)));
    fc.assert(
      fc.property(sessions, ({ entries }) => {
        const told = toHistory(fold(entries));
        expect(toHistory(fromHistory(told))).toEqual(told);
      }),
      { numRuns: 200 },
    );
  });

  it("names the place of what is nothing at all", () => {
    const said = { role: "user", text: "Hi" };
    const histories = [
      [said, null],
      [said, undefined],
      [said, "Hi"],
      [said, { type: "conversation.item.create", item: null }],
      [said, { type: "conversation.item.create" }],
    ];
    for (const history of histories) {
      // Such as a file holds.
      expect(() => fromHistory(history as unknown as HistoryEntry[])).toThrow(/^history\[1\] /);
    }
  });
});

describe("an item of a history", () => {
  it("can be told anew after it was taken away", () => {
    const away: ClientEvent = { type: "conversation.item.delete", item_id: "u1" };
    expect(texts([item("u1", "One"), item("u2", "Two"), away, item("u1", "Three")])).toEqual([
      "Two",
      "Three",
    ]);
  });
});

describe("a history", () => {
  it.each([null, undefined, 5, {}, "x"])("is a list, not %j", (history) => {
    const refusal = expect.objectContaining({ code: "invalid_argument" });
    expect(() => fromHistory(history as unknown as [])).toThrow(refusal);
  });

  it("keeps the ids of its lines, each once", () => {
    const line = { role: "user", text: "Hi", id: "item_h1" } as const;
    const { items } = fromHistory([line, { role: "user", text: "Ho" }]);
    expect(items.map(({ id }) => id)).toEqual(["item_h1", "item_h2"]);
    expect(() => fromHistory([line, line])).toThrow("history[1] has the id item_h1, which is taken.");
  });
});
