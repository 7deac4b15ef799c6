import { type Clock, RealtimeError } from "@duologue/core";

/** How long something may take, and who may stop it. */
export interface TimeLimits {
  /** Who takes the time, for the message. */
  readonly name: string;
  /** No limit where it is `Infinity` or more than timers can count. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** The longest that timers count; source: HTML, timer initialisation: delays are signed integers of 32 bits. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * What `act` gives. Rejects when the time is up, with `timeout`, or as soon as the signal fires, with its reason; the
 * signal that `act` gets fires then, too.
 */
export async function withinTime<T>(
  { name, timeoutMs, signal, clock }: TimeLimits,
  act: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const stopping = new AbortController();
  const follow = () => stopping.abort(signal.reason);
  const expire = () =>
    stopping.abort(new RealtimeError("timeout", `${name} gave no answer within ${timeoutMs} ms.`));
  const cancelTimer = timeoutMs > maxTimerMs ? () => {} : clock.after(timeoutMs, expire);
  signal.addEventListener("abort", follow);
  if (signal.aborted) follow();
  try {
    return await unlessAborted(stopping.signal, () => act(stopping.signal));
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", follow);
  }
}

/** What `act` gives, or, as soon as `signal` fires, its reason as a rejection. */
export function unlessAborted<T>(signal: AbortSignal, act: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener("abort", stop);
    Promise.resolve()
      .then(() => {
        signal.throwIfAborted();
        return act();
      })
      .finally(() => signal.removeEventListener("abort", stop))
      .then(resolve, reject);
  });
}
