import { describe, expect, it } from "vitest";
import { madeInTurn } from "../../src/node/made-in-turn.ts";

/** What is made is the text itself, when it is told to be ready; a given up one fails when it is told that it has ended. */
function workshop() {
  const begun: { text: string; signal: AbortSignal; ready: () => void; fail: () => void }[] = [];
  const made = madeInTurn(
    (text, signal) =>
      new Promise<string>((resolve, reject) => {
        begun.push({ text, signal, ready: () => resolve(text), fail: () => reject(new Error("broken")) });
      }),
  );
  const texts = () => begun.map(({ text }) => text);
  return { begun, made, texts };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("what is made in turn", () => {
  it("is made one after the other, in the order in which it was asked for", async () => {
    const { begun, made, texts } = workshop();
    const all = Promise.all(["a", "b", "c"].map((text) => made(text)));
    for (let count = 1; count <= 3; count++) {
      expect(texts()).toHaveLength(count);
      begun.at(-1)?.ready();
      await settled();
    }
    expect(await all).toEqual(["a", "b", "c"]);
    expect(texts()).toEqual(["a", "b", "c"]);
  });

  it("is made once for all who wait for it, and anew for who comes later", async () => {
    const { begun, made, texts } = workshop();
    const both = Promise.all([made("a"), made("a")]);
    begun[0]?.ready();
    expect(await both).toEqual(["a", "a"]);
    made("a");
    expect(texts()).toEqual(["a", "a"]);
  });

  it("loses its turn when nobody waits for it any more", async () => {
    const { begun, made, texts } = workshop();
    const first = made("a");
    const leaving = new AbortController();
    const given = ["b", "c", "d"].map((text) => made(text, leaving.signal));
    const shared = made("c");
    const last = made("e");
    leaving.abort(new Error("not any more"));
    for (const one of given) await expect(one).rejects.toThrow("not any more");
    for (const count of [1, 2, 3]) {
      expect(texts()).toHaveLength(count);
      begun.at(-1)?.ready();
      await settled();
    }
    expect(await Promise.all([first, shared, last])).toEqual(["a", "c", "e"]);
    expect(texts()).toEqual(["a", "c", "e"]);
  });

  it("is given up while it is made, and the next one begins when that has ended", async () => {
    const { begun, made, texts } = workshop();
    const leaving = new AbortController();
    const given = made("a", leaving.signal);
    const next = made("b");
    leaving.abort();
    await expect(given).rejects.toThrow();
    expect(begun[0]?.signal.aborted).toBe(true);
    // Asked for again, it waits for its turn like any other.
    const again = made("a");
    await settled();
    expect(texts()).toEqual(["a"]);
    begun[0]?.fail();
    await settled();
    expect(texts()).toEqual(["a", "b"]);
    begun[1]?.ready();
    await settled();
    begun[2]?.ready();
    expect(await Promise.all([next, again])).toEqual(["b", "a"]);
  });

  it("fails for who waits for it alone", async () => {
    const { begun, made } = workshop();
    const first = made("a");
    const second = made("b");
    begun[0]?.fail();
    await expect(first).rejects.toThrow("broken");
    begun[1]?.ready();
    expect(await second).toBe("b");
  });

  it("is not begun for who has left before", async () => {
    const { made, texts } = workshop();
    await expect(made("a", AbortSignal.abort())).rejects.toThrow();
    expect(texts()).toEqual([]);
  });
});
