import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { virtualClock } from "../src/index.ts";

describe("virtualClock", () => {
  it("stands still until it is moved", async () => {
    const clock = virtualClock({ startMs: 100 });
    const ran: number[] = [];
    clock.after(0, () => ran.push(clock.now()));
    expect(clock.now()).toBe(100);
    expect(clock.pending).toBe(1);
    expect(ran).toEqual([]);
    await clock.advance(0);
    expect(ran).toEqual([100]);
    expect(clock.pending).toBe(0);
  });

  it("runs in order of time, first come first served, and never early", () => {
    const delays = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 });
    const steps = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 10 });
    fc.assert(
      fc.property(delays, steps, (delaysMs, stepsMs) => {
        const clock = virtualClock();
        const ran: { index: number; atMs: number }[] = [];
        for (const [index, delayMs] of delaysMs.entries()) {
          clock.after(delayMs, () => ran.push({ index, atMs: clock.now() }));
        }
        let totalMs = 0;
        for (const stepMs of stepsMs) {
          clock.advanceSync(stepMs);
          totalMs += stepMs;
          expect(clock.now()).toBe(totalMs);
        }
        const due = delaysMs
          .map((atMs, index) => ({ index, atMs }))
          .filter(({ atMs }) => stepsMs.length > 0 && atMs <= totalMs)
          .sort((a, b) => a.atMs - b.atMs || a.index - b.index);
        expect(ran).toEqual(due);
        expect(clock.pending).toBe(delaysMs.length - due.length);
      }),
    );
  });

  it("runs what a callback sets within the time that is passing", async () => {
    const clock = virtualClock();
    const ran: number[] = [];
    const again = () => {
      ran.push(clock.now());
      clock.after(10, again);
    };
    clock.after(10, again);
    await clock.advance(35);
    expect(ran).toEqual([10, 20, 30]);
    clock.advanceSync(5);
    expect(ran).toEqual([10, 20, 30, 40]);
  });

  it("lets promise reactions run to their end between callbacks", async () => {
    const clock = virtualClock();
    const seen: string[] = [];
    const deep = async (name: string) => {
      for (let hop = 0; hop < 1_000; hop += 1) await null;
      seen.push(`${name} settled`);
      clock.after(1, () => seen.push(`${name} at ${clock.now()}`));
    };
    clock.after(5, () => void deep("a"));
    clock.after(20, () => void deep("b"));
    await clock.advance(20);
    expect(seen).toEqual(["a settled", "a at 6", "b settled"]);
    await clock.advance(1);
    expect(seen.at(-1)).toBe("b at 21");
  });

  it("lets what is under way set its timers before it moves", async () => {
    const clock = virtualClock();
    let ran = false;
    void Promise.resolve().then(() => clock.after(10, () => (ran = true)));
    await clock.advance(10);
    expect(ran).toBe(true);
  });

  it("forgets what was cancelled, also from within another callback", async () => {
    const clock = virtualClock();
    const ran: string[] = [];
    const cancel = clock.after(10, () => ran.push("cancelled"));
    clock.after(10, () => ran.push("kept"));
    clock.after(5, cancel);
    await clock.advance(20);
    cancel();
    expect(ran).toEqual(["kept"]);
    expect(clock.pending).toBe(0);
  });

  it("runAll goes on until nothing waits", async () => {
    const clock = virtualClock();
    const ran: number[] = [];
    clock.after(3_600_000, () => {
      ran.push(clock.now());
      clock.after(1, () => ran.push(clock.now()));
    });
    clock.after(Number.POSITIVE_INFINITY, () => ran.push(Number.NaN));
    await clock.runAll();
    expect(ran).toEqual([3_600_000, 3_600_001]);
    expect(clock.now()).toBe(3_600_001);
  });

  it("bounds timers that never end", async () => {
    const clock = virtualClock({ maxRuns: 50 });
    const every = (delayMs: number): (() => void) => {
      let cancel = () => {};
      const again = () => {
        cancel = clock.after(delayMs, again);
      };
      again();
      return () => cancel();
    };
    const stop = every(1);
    await expect(clock.runAll()).rejects.toThrow(/without end/);
    const before = clock.now();
    await clock.advance(1_000);
    expect(clock.now()).toBe(before + 1_000);
    stop();
    every(0);
    await expect(clock.advance(1)).rejects.toThrow(/without end/);
    expect(() => clock.advanceSync(1)).toThrow(/without end/);
  });

  it("passes on what a callback throws, and can go on", async () => {
    const clock = virtualClock();
    const ran: number[] = [];
    clock.after(5, () => {
      throw new Error("on purpose");
    });
    clock.after(6, () => ran.push(clock.now()));
    await expect(clock.advance(10)).rejects.toThrow("on purpose");
    expect(clock.now()).toBe(5);
    await clock.advance(5);
    expect(ran).toEqual([6]);
  });

  it("refuses two movements at once, and impossible ones", async () => {
    const clock = virtualClock();
    const first = clock.advance(1);
    await expect(clock.advance(1)).rejects.toThrow(/already/);
    await expect(clock.runAll()).rejects.toThrow(/already/);
    expect(() => clock.advanceSync(1)).toThrow(/already/);
    await first;
    expect(clock.now()).toBe(1);
    await expect(clock.advance(-1)).rejects.toThrow(/-1/);
    expect(() => clock.advanceSync(Number.NaN)).toThrow(/NaN/);
    expect(() => clock.after(Number.NaN, () => {})).toThrow(/number/);
    clock.after(-5, () => {});
    clock.advanceSync(0);
    expect(clock.pending).toBe(0);
  });
});
