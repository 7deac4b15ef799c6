/** Time, handed in. Milliseconds of a monotonic clock with an arbitrary origin. */
export interface Clock {
  now(): number;
  /** Calls `run` once after `delayMs`, or as soon as may be when that is negative; the returned function cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** The machine's own monotonic clock. */
export function systemClock(): Clock {
  return {
    now: () => performance.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, Math.max(0, delayMs));
      return () => clearTimeout(timer);
    },
  };
}
