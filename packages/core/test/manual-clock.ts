import type { Clock } from "../src/index.ts";

/** A clock that a test moves. `@duologue/testing` has a complete one, which core must not import. */
export function manualClock(): Clock & { advance(byMs: number): void; readonly pending: number } {
  const timers = new Set<{ dueMs: number; run: () => void }>();
  let nowMs = 0;
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const timer = { dueMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    get pending() {
      return timers.size;
    },
    advance(byMs) {
      nowMs += byMs;
      for (const timer of [...timers].sort((a, b) => a.dueMs - b.dueMs)) {
        if (timer.dueMs > nowMs) continue;
        timers.delete(timer);
        timer.run();
      }
    },
  };
}
