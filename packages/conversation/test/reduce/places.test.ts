import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConversationItem, type ConversationState, initialState } from "../../src/index.ts";
import { client, fold, type LogEntry, server } from "../wire.ts";

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

  it("is found at once for however many that waited for each other, each looked at a few times", () => {
    const looks = (count: number) => {
      let reads = 0;
      const chain = Array.from({ length: count }, (_, index): ConversationItem => {
        const item = { id: `i${index + 1}`, type: "message", role: "user", status: "completed" } as const;
        const awaiting = { ...item, content: [], awaits: `i${index}` };
        return Object.defineProperty(awaiting, "awaits", {
          get() {
            reads++;
            return `i${index}`;
          },
          enumerable: true,
        });
      });
      const state = fold([added("i0", null)], { ...initialState, items: chain.reverse() });
      expect(ids(state)).toBe(Array.from({ length: count + 1 }, (_, index) => `i${index}`).join(" "));
      expect(waiting(state)).toEqual([]);
      return reads;
    };
    expect(looks(20_000)).toBeLessThan(looks(2000) * 12);
  });

  it("is remembered of a hundred deleted items and no more", () => {
    const entries = Array.from({ length: 150 }, (_, index) => [added(`i${index}`), deleted(`i${index}`)]);
    expect(fold(entries.flat()).deleted).toHaveLength(100);
  });
});

describe("an item that was deleted", () => {
  const done = (id: string): LogEntry => {
    const { event } = added(id);
    return server("conversation.item.done", { item: (event as unknown as { item: object }).item });
  };
  const created = (id: string): LogEntry => {
    const { event } = added(id);
    return server("conversation.item.created", { item: (event as unknown as { item: object }).item });
  };
  const asked = (id: string) => client({ type: "conversation.item.delete", item_id: id });
  const sent = (id: string) =>
    client({ type: "conversation.item.create", item: { id, type: "message", role: "user", content: [] } });
  const pair = [added("a", null), added("b", "a")];

  it.each([
    ["added", [added("a", null), added("a", "b")]],
    ["created", [created("a"), created("a")]],
    ["done", [done("a"), done("a")]],
  ])("stays so, whatever comes late of it: %s", (_, late) => {
    const gone = fold([...pair, done("a"), asked("a"), deleted("a")]);
    for (const entry of late) expect(fold([entry], gone)).toBe(gone);
    expect(ids(gone)).toBe("b");
  });

  it("stays so where its end comes first of all", () => {
    const gone = fold([added("b", null), deleted("a")]);
    expect(fold([added("a", null), done("a"), deleted("a")], gone)).toBe(gone);
    expect(ids(gone)).toBe("b");
  });

  it("comes back where we send another under its id, however often either is told", () => {
    const anew = [
      ...pair,
      asked("a"),
      deleted("a"),
      deleted("a"),
      sent("a"),
      added("a", "b"),
      added("a", "b"),
    ];
    const state = fold([...anew, done("a")]);
    expect(ids(state)).toBe("b a");
    expect(state.deleted).toEqual([]);
    expect(state.echoes.recreated).toEqual([]);
    // That one can be deleted, too.
    const gone = fold([asked("a"), deleted("a")], state);
    expect(ids(fold([added("a", "b")], gone))).toBe("b");
  });

  it("comes back where both commands are sent before either is answered", () => {
    const edited = [
      ...pair,
      asked("a"),
      sent("a"),
      added("a", null),
      deleted("a"),
      deleted("a"),
      added("a", "b"),
    ];
    expect(ids(fold([...edited, done("a")]))).toBe("b a");
  });

  it("does not come back where what we sent is taken back as well", () => {
    expect(ids(fold([...pair, deleted("a"), sent("a"), asked("a"), deleted("a"), added("a", "b")]))).toBe(
      "b",
    );
  });

  it("takes no memory without end", () => {
    const many = Array.from({ length: 200 }, (_, index) => [deleted(`i${index}`), sent(`i${index}`)]);
    const { deleted: gone, echoes } = fold(many.flat());
    expect([gone.length, echoes.recreated.length]).toEqual([100, 32]);
  });
});
