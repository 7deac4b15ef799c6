import type { Clock } from "@duologue/core";

interface Alarm {
  readonly atMs: number;
  /** What was asked for first rings first at the same moment. */
  readonly order: number;
  /** Gone once it has rung or been cancelled. */
  run: (() => void) | undefined;
}

/** Whoever is due when the others have taken so long rings in the next turn. */
const longestTurnMs = 10;

/**
 * A clock on another one that keeps one of its timers running at most, however many wait on it: thousands of sessions
 * that do nothing cost an entry in a heap each. However many ring at the same moment, what else the machine has to do has
 * its turn in between.
 */
export function sharedTimer(clock: Clock): Clock {
  const heap: Alarm[] = [];
  let cancelled = 0;
  let order = 0;
  let armedAtMs: number | undefined;
  let disarm = () => {};
  let isRinging = false;

  function arm(): void {
    const [first] = heap;
    if (isRinging || first?.atMs === armedAtMs) return;
    disarm();
    disarm = () => {};
    armedAtMs = first?.atMs;
    if (first !== undefined) disarm = clock.after(Math.max(0, first.atMs - clock.now()), ring);
  }

  /**
   * Calls those that are due: one at least, or the machine would never come to an end with very many. What one of them
   * throws is thrown once the others have rung: each is as good as a timer of its own.
   */
  function ring(): void {
    armedAtMs = undefined;
    isRinging = true;
    const nowMs = clock.now();
    // Whoever is called may ask for more: that waits for the next turn.
    const before = order;
    const thrown: unknown[] = [];
    for (let [first] = heap; first !== undefined; [first] = heap) {
      if (first.atMs > nowMs || first.order >= before) break;
      pop(heap);
      const { run } = first;
      first.run = undefined;
      try {
        run?.();
      } catch (error) {
        thrown.push(error);
      }
      dropCancelled();
      if (clock.now() > nowMs + longestTurnMs) break;
    }
    isRinging = false;
    arm();
    if (thrown.length > 0) throw thrown[0];
  }

  /** The first is always one that rings, and at most half of the rest does not. */
  function dropCancelled(): void {
    if (cancelled > heap.length / 2) {
      const live = heap.filter(({ run }) => run !== undefined);
      cancelled = 0;
      heap.length = 0;
      for (const alarm of live) push(heap, alarm);
    }
    while (heap[0] !== undefined && heap[0].run === undefined) {
      pop(heap);
      cancelled--;
    }
  }

  return {
    now: () => clock.now(),
    after(delayMs, run) {
      const alarm: Alarm = { atMs: clock.now() + Math.max(0, delayMs), order: order++, run };
      push(heap, alarm);
      arm();
      return () => {
        if (alarm.run === undefined) return;
        alarm.run = undefined;
        cancelled++;
        dropCancelled();
        arm();
      };
    },
  };
}

function isBefore(one: Alarm, other: Alarm): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

function push(heap: Alarm[], alarm: Alarm): void {
  let at = heap.length;
  heap.push(alarm);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, alarm)) break;
    heap[at] = above;
    heap[parent] = alarm;
    at = parent;
  }
}

/** Takes the first out. The heap must not be empty. */
function pop(heap: Alarm[]): Alarm {
  const [first] = heap;
  const last = heap.pop();
  if (first === undefined || last === undefined) throw new RangeError("The heap is empty.");
  if (heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const left = heap[child];
    if (left === undefined) break;
    const right = heap[child + 1];
    if (right !== undefined && isBefore(right, left)) child++;
    const least = heap[child];
    if (least === undefined || !isBefore(least, last)) break;
    heap[at] = least;
    at = child;
  }
  heap[at] = last;
  return first;
}
