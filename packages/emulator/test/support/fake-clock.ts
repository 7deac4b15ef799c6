import type { Clock } from "@duologue/core";

/** A clock that stands still until it is moved, and knows what waits for it. */
export interface FakeClock extends Clock {
  /** Moves on, running what is due in order, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
  /** How many timers wait. */
  readonly waiting: number;
}

export function fakeClock(): FakeClock {
  let nowMs = 5000;
  const timers = new Map<object, { atMs: number; run: () => void }>();
  const settle = async () => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  };
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const key = {};
      timers.set(key, { atMs: nowMs + delayMs, run });
      return () => timers.delete(key);
    },
    get waiting() {
      return timers.size;
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].sort(([, one], [, other]) => one.atMs - other.atMs);
        if (next === undefined || next[1].atMs > untilMs) break;
        timers.delete(next[0]);
        nowMs = Math.max(nowMs, next[1].atMs);
        next[1].run();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}
