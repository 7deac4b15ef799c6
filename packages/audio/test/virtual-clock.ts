import type { SpeakerClock } from "../src/index.ts";

/** Time that goes by only when told to. Timers run in the order of their times, each late by `lateness()`. */
export function virtualClock(startMs = 0, lateness: () => number = () => 0) {
  let nowMs = startMs;
  let armed = 0;
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>();

  const next = () => [...timers].sort((a, b) => a.atMs - b.atMs)[0];

  const clock: SpeakerClock = {
    now: () => nowMs,
    after(delayMs, run) {
      armed += 1;
      const timer = { atMs: nowMs + delayMs + lateness(), run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };

  return {
    ...clock,
    /** Runs all timers up to `untilMs` and stands there. */
    goTo(untilMs: number): void {
      for (let timer = next(); timer !== undefined && timer.atMs <= untilMs; timer = next()) {
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.run();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
    /** Runs timers until none is left; throws when there seems to be no end. */
    settle(): void {
      for (let count = 0; timers.size > 0; count++) {
        if (count > 100_000) throw new Error("timers go on for ever");
        this.goTo(next()?.atMs ?? nowMs);
      }
    },
    /** Timers that wait. */
    get timers(): number {
      return timers.size;
    },
    /** Timers that were ever set. */
    get armed(): number {
      return armed;
    },
  };
}
