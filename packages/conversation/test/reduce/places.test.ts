import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConversationState } from "../../src/index.ts";
import { fold, type LogEntry, server } from "../wire.ts";

const added = (id: string, previous?: string | null): LogEntry =>
  server("conversation.item.added", {
    ...(previous === undefined ? {} : { previous_item_id: previous }),
    item: {
      id,
      type: "message",
      role: "user",
      status: "completed",
      content: [{ type: "input_text", text: id }],
    },
  });
const deleted = (id: string) => server("conversation.item.deleted", { item_id: id });

const ids = ({ items }: ConversationState) => items.map(({ id }) => id).join(" ");
const waiting = ({ items }: ConversationState) =>
  items.flatMap(({ id, awaits }) => (awaits === undefined ? [] : [`${id} for ${awaits}`]));

describe("the place of an item", () => {
  it.each([
    ["first, by either word for it", [added("a", null), added("b", "root")], "b a"],
    ["last, where nothing is said", [added("a", null), added("b"), added("c", "")], "a b c"],
    ["last, where it names itself", [added("a", null), added("b", "b")], "a b"],
    ["right behind another", [added("a", null), added("c", "a"), added("b", "a")], "a b c"],
  ])("is %s", (_, entries, order) => {
    const state = fold(entries);
    expect(ids(state)).toBe(order);
    expect(waiting(state)).toEqual([]);
  });

  it("is not known while its predecessor is not, nor are the places of those behind it", () => {
    const entries = [added("a", null), added("z", "a"), added("c", "b"), added("d", "c"), added("y", "a")];
    const late = fold(entries);
    expect(ids(late)).toBe("a y z c d");
    expect(waiting(late)).toEqual(["c for b", "d for c"]);
    const settled = fold([added("b", "a")], late);
    expect(ids(settled)).toBe("a b c d y z");
    expect(waiting(settled)).toEqual([]);
  });

  it("is found through several that came in the wrong order", () => {
    const state = fold([added("d", "c"), added("c", "b"), added("a", null), added("b", "a")]);
    expect(ids(state)).toBe("a b c d");
    expect(waiting(state)).toEqual([]);
  });

  it("is where a deleted predecessor was, when it is named late or was never met", () => {
    const named = fold([
      added("a", null),
      added("b", "a"),
      added("z", "b"),
      deleted("b"),
      deleted("a"),
      added("c", "b"),
    ]);
    expect(ids(named)).toBe("c z");
    const unmet = fold([added("a", null), added("c", "b"), added("d", "c"), deleted("b")]);
    expect(ids(unmet)).toBe("a c d");
    expect(waiting(unmet)).toEqual([]);
    const lost = fold([added("c", "b"), added("d", "c"), deleted("c")]);
    expect(waiting(lost)).toEqual(["d for b"]);
    expect(ids(fold([added("b", null), added("x", "b")], lost))).toBe("b x d");
  });

  it("is the same in whatever order the items of a chain arrive", () => {
    const chain = ["a", "b", "c", "d", "e", "f"].map((id, index, all) => added(id, all[index - 1] ?? null));
    fc.assert(
      fc.property(fc.shuffledSubarray(chain, { minLength: chain.length }), (shuffled) => {
        const state = fold(shuffled);
        expect(ids(state)).toBe("a b c d e f");
        expect(waiting(state)).toEqual([]);
      }),
    );
  });

  it("comes to an end where items wait for each other", () => {
    const state = fold([added("a", "b"), added("b", "a"), added("c", "b"), deleted("b")]);
    expect(state.items.map(({ id }) => id).sort()).toEqual(["a", "c"]);
  });

  it("is remembered of a hundred deleted items and no more", () => {
    const entries = Array.from({ length: 150 }, (_, index) => [added(`i${index}`), deleted(`i${index}`)]);
    expect(fold(entries.flat()).deleted).toHaveLength(100);
  });

  it("can be had again by an item that was deleted", () => {
    const state = fold([added("a", null), added("b", "a"), deleted("a"), added("a", "b")]);
    expect(ids(state)).toBe("b a");
    expect(state.deleted).toEqual([]);
  });
});
