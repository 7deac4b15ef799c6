/** Time, handed in. Milliseconds of a monotonic clock with an arbitrary origin. */
export interface Clock {
  now(): number;
  /** Calls `run` once after `delayMs`, or as soon as may be when that is negative; the returned function cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** The longest that timers count; source: HTML, timer initialisation: delays are signed integers of 32 bits. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own monotonic clock. What is to come after more than 24 days comes after 24 days. */
export function systemClock(): Clock {
  return {
    now: () => performance.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, Math.min(Math.max(0, delayMs), longestTimerMs));
      return () => clearTimeout(timer);
    },
  };
}
