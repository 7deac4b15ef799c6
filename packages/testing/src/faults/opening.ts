import { type Clock, RealtimeError } from "@duologue/core";

/** Resolves after `delayMs`; rejects with `aborted` when `signal` fires before. Leaves no timer and no listener. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      cancel();
      reject(new RealtimeError("aborted", "Opening was aborted by its caller.", { cause: signal?.reason }));
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    });
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort, { once: true });
  });
}
