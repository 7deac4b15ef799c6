import type { Clock } from "@duologue/core";

/** A clock that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /** Callbacks that wait for their time. */
  readonly pending: number;
  /**
   * Moves time forward by `byMs` milliseconds and runs what falls due on the way: earliest first, first come first
   * served at equal times, `now()` standing at each one's own time. Before, between and after the callbacks all
   * promise reactions are let run to their end, so that what they schedule is seen. Rejects with what a callback
   * throws, time standing at that callback.
   */
  advance(byMs: number): Promise<void>;
  /** Like `advance`, at once and without letting promise reactions run. */
  advanceSync(byMs: number): void;
  /** Like `advance`, up to the moment when nothing waits any more. */
  runAll(): Promise<void>;
}

/** Settings of a virtual clock. */
export interface VirtualClockOptions {
  /** What `now()` says at first, in milliseconds. Default: 0. */
  readonly startMs?: number;
  /**
   * How many callbacks `runAll` runs, and how many either kind of `advance` runs without time moving on, before
   * they throw because timers that set each other anew would never end. Default: 10000.
   */
  readonly maxRuns?: number;
}

interface Timer {
  readonly dueMs: number;
  readonly run: () => void;
}

/**
 * Virtual time for tests: a `Clock` whose timers run only while `advance` or `runAll` is in progress. One of them
 * at a time: a second call in the meantime throws.
 */
export function virtualClock({ startMs = 0, maxRuns = 10_000 }: VirtualClockOptions = {}): VirtualClock {
  /** In the order in which they run. */
  const timers: Timer[] = [];
  let nowMs = startMs;
  let advancing = false;

  /** Runs the next timer that is due at `untilMs` or earlier; `false` when there is none. */
  const runNext = (untilMs: number): boolean => {
    const [next] = timers;
    if (next === undefined || next.dueMs > untilMs) return false;
    timers.shift();
    nowMs = next.dueMs;
    next.run();
    return true;
  };

  const endless = (runs: number, why: string) =>
    new Error(`Stopped after ${runs} callbacks ${why}: timers set each other anew without end.`);

  /** Counts callbacks that run while time stands still, and throws when they are too many. */
  const standstill = () => {
    let atMs = Number.NaN;
    let runs = 0;
    return () => {
      runs = nowMs === atMs ? runs + 1 : 1;
      atMs = nowMs;
      if (runs > maxRuns) throw endless(runs, `at ${nowMs} ms`);
    };
  };

  const target = (byMs: number): number => {
    if (!(byMs >= 0 && byMs < Number.POSITIVE_INFINITY)) throw new Error(`Cannot advance by ${byMs} ms.`);
    return nowMs + byMs;
  };

  const begin = () => {
    if (advancing) throw new Error("The virtual clock is advancing already: await that first.");
    advancing = true;
  };

  return {
    now: () => nowMs,
    after(delayMs, run) {
      if (Number.isNaN(delayMs)) throw new Error("A delay must be a number of milliseconds.");
      const timer = { dueMs: nowMs + Math.max(0, delayMs), run };
      let at = timers.length;
      while (at > 0 && (timers[at - 1]?.dueMs ?? 0) > timer.dueMs) at -= 1;
      timers.splice(at, 0, timer);
      return () => {
        const found = timers.indexOf(timer);
        if (found >= 0) timers.splice(found, 1);
      };
    },
    get pending() {
      return timers.length;
    },
    async advance(byMs) {
      const untilMs = target(byMs);
      begin();
      const turn = turns();
      try {
        const count = standstill();
        await turn.next();
        while (runNext(untilMs)) {
          count();
          await turn.next();
        }
        nowMs = untilMs;
      } finally {
        turn.end();
        advancing = false;
      }
    },
    advanceSync(byMs) {
      const untilMs = target(byMs);
      begin();
      try {
        const count = standstill();
        while (runNext(untilMs)) count();
        nowMs = untilMs;
      } finally {
        advancing = false;
      }
    },
    async runAll() {
      begin();
      const turn = turns();
      try {
        let runs = 0;
        await turn.next();
        while (runNext(Number.MAX_VALUE)) {
          runs += 1;
          if (runs > maxRuns) throw endless(runs, "in all");
          await turn.next();
        }
      } finally {
        turn.end();
        advancing = false;
      }
    },
  };
}

/** Turns of the event loop: by the end of one, every promise reaction has run. A message port needs no timer. */
function turns() {
  const { port1, port2 } = new MessageChannel();
  return {
    next: () =>
      new Promise<void>((resolve) => {
        port1.onmessage = () => resolve();
        port2.postMessage(undefined);
      }),
    end: () => port1.close(),
  };
}
