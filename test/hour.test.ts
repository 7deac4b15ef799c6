import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Entry } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { lived, type Moment } from "./hour/lived.ts";

/** The garbage collector, which Node lends on request only. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

const bytesOf = (value: unknown) => JSON.stringify(value).length;

describe("a long session", async () => {
  const moments: Moment[] = [];
  const held: WeakRef<Entry>[] = [];
  await lived(
    6,
    (moment) => void moments.push(moment),
    (entry) => void held.push(new WeakRef(entry)),
  );
  const [first, last] = [moments[1]!, moments[5]!];

  it("has all that makes a session long in it", () => {
    expect(last.entries).toBeGreaterThan(5_000);
    expect(last.sentMs).toBe(360_000);
    expect(last.receivedMs).toBeGreaterThan(60_000);
    expect(last.interruptions).toBeGreaterThan(5);
    expect(last.state.items.some(({ type }) => type === "function_call")).toBe(true);
  });

  it("is known by what was said, and by nothing that grows with the sound", () => {
    const perItem = ({ state }: Moment) => bytesOf(state.items) / state.items.length;
    expect(perItem(last)).toBeLessThan(perItem(first) * 1.2);
    expect(perItem(last)).toBeLessThan(800);
    const { detached, deleted, turn, successor, rateLimits } = last.state;
    expect([detached, deleted, successor]).toEqual([[], [], null]);
    expect(bytesOf({ turn, rateLimits })).toBeLessThan(10_000);
  });

  it("leaves no timers behind", () => {
    expect(last.timers).toBeLessThanOrEqual(first.timers + 2);
  });

  it("has its log kept by nobody", async () => {
    // Until this turn is over, what was looked at in it is held.
    await new Promise((resolve) => setImmediate(resolve));
    collector()();
    expect(held.filter((entry) => entry.deref() !== undefined).length).toBeLessThan(20);
  });
});
