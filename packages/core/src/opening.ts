import type { Clock } from "./clock.ts";
import { RealtimeError } from "./error.ts";

/** One attempt to open: what it waits for, what can end it, and who is told. */
export interface Opening {
  /** Resolves when `greeted` is called, rejects when the attempt fails. */
  readonly greeting: Promise<void>;
  /** Fires when the attempt fails, for whatever is under way. */
  readonly signal: AbortSignal;
  greeted(): void;
  fail(error: RealtimeError): void;
  /** Why the attempt failed, once it has. */
  failure(): RealtimeError | undefined;
  /** Lets go of timers and listeners. */
  end(): void;
}

/** Starts an attempt that fails when `caller` fires or when no greeting came within `timeoutMs`. */
export function startOpening(
  clock: Clock,
  timeoutMs: number,
  caller: AbortSignal | undefined,
  whatIsMissing: () => string,
): Opening {
  const abort = new AbortController();
  let failure: RealtimeError | undefined;
  let settle: { resolve: () => void; reject: (error: RealtimeError) => void };
  const greeting = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // A link may be refused while nobody awaits the greeting yet.
  greeting.catch(() => {});

  function fail(error: RealtimeError): void {
    if (failure !== undefined) return;
    failure = error;
    settle.reject(error);
    abort.abort(error);
  }

  const cancelTimer = Number.isFinite(timeoutMs)
    ? clock.after(timeoutMs, () =>
        fail(new RealtimeError("timeout", `Opening took more than ${timeoutMs} ms. ${whatIsMissing()}`)),
      )
    : () => {};
  const onCallerAbort = () => fail(new RealtimeError("aborted", "Opening was aborted."));
  if (caller?.aborted) onCallerAbort();
  else caller?.addEventListener("abort", onCallerAbort);

  return {
    greeting,
    signal: abort.signal,
    greeted: () => {
      cancelTimer();
      settle.resolve();
    },
    fail,
    failure: () => failure,
    end() {
      cancelTimer();
      caller?.removeEventListener("abort", onCallerAbort);
    },
  };
}
