import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sharedTimer } from "../../src/mouth/shared-timer.ts";
import { fakeClock } from "../support/fake-clock.ts";

describe("a shared timer", () => {
  it("rings as a timer each would, and keeps one", async () => {
    const plan = fc.array(
      fc.record({
        delayMs: fc.integer({ min: -5, max: 50 }),
        cancelAtMs: fc.option(fc.integer({ min: 0, max: 50 })),
      }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(plan, async (alarms) => {
        const clock = fakeClock();
        const startMs = clock.now();
        const shared = sharedTimer(clock);
        const rung: { index: number; atMs: number }[] = [];
        const cancels = alarms.map(({ delayMs }, index) =>
          shared.after(delayMs, () => rung.push({ index, atMs: clock.now() - startMs })),
        );
        for (let ms = 0; ms <= 50; ms++) {
          expect(clock.waiting).toBeLessThanOrEqual(1);
          for (const [index, { cancelAtMs }] of alarms.entries()) if (cancelAtMs === ms) cancels[index]?.();
          await clock.advance(ms === 0 ? 0 : 1);
        }
        const expected = alarms
          .map(({ delayMs, cancelAtMs }, index) => ({ index, atMs: Math.max(0, delayMs), cancelAtMs }))
          // What is due in the very moment that it is cancelled in does not ring: the cancelling came first.
          .filter(({ atMs, cancelAtMs }) => cancelAtMs === null || cancelAtMs > atMs)
          .map(({ index, atMs }) => ({ index, atMs }))
          .sort((one, other) => one.atMs - other.atMs || one.index - other.index);
        expect(rung).toEqual(expected);
        expect(clock.waiting).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it("comes to an end also where looking at the clock takes longer than a turn may", () => {
    let nowMs = 0;
    let timers: (() => void)[] = [];
    const shared = sharedTimer({
      now: () => (nowMs += 11),
      after(_delayMs, run) {
        timers.push(run);
        return () => {
          timers = timers.filter((timer) => timer !== run);
        };
      },
    });
    const rung: number[] = [];
    for (let index = 0; index < 20; index++) shared.after(0, () => rung.push(index));
    for (let turn = 0; turn < 20; turn++) for (const run of timers.splice(0)) run();
    expect(rung).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(timers).toEqual([]);
  });

  it("lets who is called ask again, for now and for later", async () => {
    const clock = fakeClock();
    const shared = sharedTimer(clock);
    const rung: string[] = [];
    shared.after(10, () => {
      rung.push("first");
      shared.after(0, () => rung.push("at once"));
      shared.after(5, () => rung.push("later"));
    });
    shared.after(10, () => rung.push("second"));
    await clock.advance(10);
    expect(rung).toEqual(["first", "second", "at once"]);
    await clock.advance(5);
    expect(rung).toEqual(["first", "second", "at once", "later"]);
  });

  it("rings all that are due though one of them throws, and throws that then", async () => {
    const clock = fakeClock();
    const shared = sharedTimer(clock);
    const rung: string[] = [];
    shared.after(10, () => rung.push("first"));
    shared.after(10, () => {
      throw new Error("broken");
    });
    shared.after(10, () => rung.push("second"));
    shared.after(20, () => rung.push("later"));
    await expect(clock.advance(10)).rejects.toThrow("broken");
    expect(rung).toEqual(["first", "second"]);
    await clock.advance(10);
    expect(rung).toEqual(["first", "second", "later"]);
  });

  it("stops when nobody waits any more", () => {
    const clock = fakeClock();
    const shared = sharedTimer(clock);
    const cancels = [30, 10, 20].map((ms) => shared.after(ms, () => {}));
    for (const cancel of cancels) cancel();
    for (const cancel of cancels) cancel();
    expect(clock.waiting).toBe(0);
  });

  it("does not wake for what was cancelled", () => {
    const clock = fakeClock();
    const delays: number[] = [];
    const shared = sharedTimer({
      now: clock.now,
      after(delayMs, run) {
        delays.push(delayMs);
        return clock.after(delayMs, run);
      },
    });
    const [cancel] = [10, 20, 30, 40].map((ms) => shared.after(ms, () => {}));
    cancel?.();
    expect(delays).toEqual([10, 20]);
  });

  it("lets others have their turn where those who ring take long, and forgets none of them", async () => {
    const inner = fakeClock();
    let workedMs = 0;
    const clock = { now: () => inner.now() + workedMs, after: inner.after };
    const shared = sharedTimer(clock);
    const rung: number[] = [];
    let turns = 0;
    for (let index = 0; index < 30; index++) {
      shared.after(5, () => {
        rung.push(index);
        workedMs += 4;
        // Whoever else waits for the machine.
        if (rung.length === 1) inner.after(0, () => (turns = rung.length));
      });
    }
    await inner.advance(5);
    await inner.advance(200);
    expect(turns).toBe(3);
    expect(rung).toEqual(Array.from({ length: 30 }, (_, index) => index));
    expect(inner.waiting).toBe(0);
  });
});
