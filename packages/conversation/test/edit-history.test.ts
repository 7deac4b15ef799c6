import type { ClientEvent, Item } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editCommands, type WantedItem } from "../src/index.ts";
import { answerBegins, answerEnds, fold, heard, local, opened, server, spoken } from "./wire.ts";

const fresh = (text: string): Item => ({
  type: "message",
  role: "user",
  content: [{ type: "input_text", text }],
});
const typed = (id: string, text = id): Item => ({ ...fresh(text), id });

/** A conversation of typed items. */
const having = (...ids: readonly string[]) =>
  fold(
    ids.map((id, index) =>
      server("conversation.item.added", {
        previous_item_id: ids[index - 1] ?? null,
        item: { ...typed(id), status: "completed" },
      }),
    ),
  );

/** What a server makes of a list of items by these commands, as OpenAI places them. */
function carriedOut(items: readonly string[], commands: readonly ClientEvent[]): string[] {
  const list = [...items];
  let made = 0;
  for (const command of commands) {
    if (command.type === "conversation.item.delete") list.splice(list.indexOf(command.item_id), 1);
    if (command.type !== "conversation.item.create") continue;
    const { item, previous_item_id: previous } = command;
    const index = previous === undefined ? list.length : previous === "root" ? 0 : list.indexOf(previous) + 1;
    expect(index > 0 || previous === "root" || list.length === 0, `${previous} is there`).toBe(true);
    const text = item.type === "message" && "text" in item.content[0]! ? item.content[0].text : "";
    list.splice(index, 0, item.id ?? `new ${text} ${made++}`.slice(0, 4 + text.length));
  }
  return list;
}

describe("editCommands", () => {
  const state = having("a", "b", "c", "d");

  it("does nothing when everything is as it should be, and deletes what is not named", () => {
    expect(editCommands(state, ["a", "b", "c", "d"])).toEqual([]);
    expect(editCommands(state, ["b", "d"])).toEqual([
      { type: "conversation.item.delete", item_id: "a" },
      { type: "conversation.item.delete", item_id: "c" },
    ]);
    expect(editCommands(state, [])).toHaveLength(4);
  });

  it("puts new items where they belong: at the beginning, in between, and at the end, where none is named", () => {
    const commands = editCommands(state, [
      fresh("x"),
      "a",
      "b",
      fresh("y"),
      fresh("z"),
      "c",
      "d",
      fresh("e"),
      fresh("f"),
    ]);
    expect(commands.map((command) => "previous_item_id" in command && command.previous_item_id)).toEqual([
      "root",
      "b",
      "b",
      false,
      false,
    ]);
    expect(carriedOut(["a", "b", "c", "d"], commands)).toEqual([
      ...["new x", "a", "b", "new y", "new z", "c", "d", "new e", "new f"],
    ]);
  });

  it("replaces an item by a new one of its id", () => {
    expect(editCommands(state, ["a", typed("b", "better"), "c", "d"])).toEqual([
      { type: "conversation.item.delete", item_id: "b" },
      { type: "conversation.item.create", previous_item_id: "a", item: typed("b", "better") },
    ]);
  });

  it("tells the fewest items anew that have to move", () => {
    const commands = editCommands(state, ["b", "c", "d", "a"]);
    expect(commands).toEqual([
      { type: "conversation.item.delete", item_id: "a" },
      { type: "conversation.item.create", item: { ...typed("a") } },
    ]);
  });

  it("comes to the wanted list, with as few deletions as there can be", () => {
    const ids = ["a", "b", "c", "d", "e", "f"];
    const before = having(...ids);
    const wanted = fc.shuffledSubarray([...ids, "1", "2", "3"], { minLength: 0 });
    fc.assert(
      fc.property(wanted, (names) => {
        const list: WantedItem[] = names.map((name) => (/\d/.test(name) ? typed(name) : name));
        const commands = editCommands(before, list);
        expect(carriedOut(ids, commands)).toEqual(names);
        const kept = ids.length - commands.filter(({ type }) => type === "conversation.item.delete").length;
        expect(kept).toBe(longestCommon(ids, names));
      }),
      { numRuns: 500 },
    );
  });

  it("refuses what is not clear, and what cannot be moved", () => {
    expect(() => editCommands(state, ["a", "a"])).toThrow("Item a is wanted twice");
    expect(() => editCommands(state, ["a", typed("a")])).toThrow("Item a is wanted twice");
    expect(() => editCommands(state, ["nobody"])).toThrow("The server has no item nobody");
    const growing = fold([opened, ...heard("u1", null, "Hi"), ...answerBegins("r1", "a1", "u1")]);
    // The user's speech can be told in words, an answer that is not whole cannot.
    expect(editCommands(growing, ["a1", "u1"])).toMatchObject([
      { item_id: "u1" },
      { item: { id: "u1", content: [{ type: "input_text", text: "Hi" }] } },
    ]);
    // Whichever comes first, it is the one that can be told that moves.
    const first = fold([opened, ...answerBegins("r1", "a1", null), ...heard("u1", "a1", "Hi")]);
    expect(editCommands(first, ["u1", "a1"])).toMatchObject([
      { item_id: "u1" },
      { previous_item_id: "root", item: { id: "u1" } },
    ]);
    const both = fold(answerBegins("r2", "a2", "a1"), growing);
    expect(() => editCommands(both, ["a2", "a1"])).toThrow("cannot be moved");
  });

  const call = { id: "f1", type: "function_call", name: "f", call_id: "c1", arguments: "{}" } as const;
  const result = { type: "function_call_output", call_id: "c1", output: "done" } as const;

  it("makes an output behind its call, one after the other", () => {
    const made = editCommands(having("a", "b"), ["a", call, result, "b"]);
    expect(made).toMatchObject([
      { previous_item_id: "a", item: { type: "function_call" } },
      { previous_item_id: "f1", item: { type: "function_call_output" } },
    ]);
  });

  it.each([
    ["before its call", ["a", result, call]],
    ["without its call", ["a", result, "b"]],
    ["behind an item without an id", ["a", call, fresh("And?"), result, "b"]],
  ] satisfies [string, WantedItem[]][])("makes no output %s", (_, wanted) => {
    const refusal = expect.objectContaining({ code: "invalid_argument" });
    expect(() => editCommands(having("a", "b"), wanted)).toThrow(refusal);
  });

  it("goes by what the next session is told where the link is lost", () => {
    const growing = { id: "g", type: "message", role: "assistant", status: "in_progress", content: [] };
    const lost = fold(
      [
        opened,
        server("conversation.item.added", { previous_item_id: "b", item: growing }),
        local({ type: "link.closed", code: 1006, reason: "" }),
      ],
      having("a", "b"),
    );
    expect(editCommands(lost, ["b"])).toEqual([{ type: "conversation.item.delete", item_id: "a" }]);
    expect(() => editCommands(lost, ["g"])).toThrow("The server has no item g to keep.");
  });

  it("keeps speech where it is, since told anew it would be words", () => {
    const spokenTo = fold([
      opened,
      ...heard("u1", null, "Hi"),
      ...answerBegins("r1", "a1", "u1"),
      ...spoken("r1", "a1", "Hello", 500),
      ...answerEnds("r1", "a1", "u1", "Hello"),
    ]);
    expect(editCommands(spokenTo, [fresh("Be kind."), "u1", "a1"])).toHaveLength(1);
  });
});

/** The length of the longest sequence that is in both lists, in their orders; the plain way. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  const [first, ...rest] = one;
  if (first === undefined) return 0;
  const at = other.indexOf(first);
  const without = longestCommon(rest, other);
  return at < 0 ? without : Math.max(without, 1 + longestCommon(rest, other.slice(at + 1)));
}
