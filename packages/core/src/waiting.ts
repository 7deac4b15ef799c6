import type { Observable } from "rxjs";
import type { Clock } from "./clock.ts";

/** Waits this long, but not beyond the firing of `closing`. */
export function pause(clock: Clock, delayMs: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      closing.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(delayMs, done);
    closing.addEventListener("abort", done);
  });
}

/** What may bring about what is waited for, and how long that may take. */
export interface Occasions {
  /** The log: it is looked at again behind each entry. */
  readonly entries$: Observable<unknown>;
  /** Looked at again when this has settled, and when `closing` fires. */
  readonly end: Promise<unknown>;
  readonly closing: AbortSignal;
  readonly clock: Clock;
  /** When waiting ends, by the clock, whether it holds or not. */
  readonly untilMs: number;
}

/** Resolves when `holds` does, looked at on each occasion, or when the time is over. */
export function when(
  holds: () => boolean,
  { entries$, end, closing, clock, untilMs }: Occasions,
): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (holds()) done();
    };
    const done = () => {
      cancel();
      watching.unsubscribe();
      closing.removeEventListener("abort", look);
      resolve();
    };
    const cancel = clock.after(untilMs - clock.now(), done);
    const watching = entries$.subscribe(look);
    closing.addEventListener("abort", look);
    void end.then(look);
  });
}
