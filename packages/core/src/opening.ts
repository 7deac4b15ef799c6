import type { Clock } from "./clock.ts";
import { RealtimeError } from "./error.ts";

/**
 * One attempt to open, from dialling until the conversation has come to the link: what it waits for, what can end it, and
 * who is told.
 */
export interface Opening {
  /** Resolves when `greeted` is called, rejects when the attempt fails. */
  readonly greeting: Promise<void>;
  /** Rejects when the attempt fails, also for who does not heed `signal`. */
  readonly failed: Promise<never>;
  /** Fires when the attempt fails, for whatever is under way. */
  readonly signal: AbortSignal;
  greeted(): void;
  /** A person is asked something: the limit begins anew when `answered` has settled. */
  asking(answered: Promise<unknown>): void;
  /** Fails the attempt, unless it has failed before: the first reason counts. */
  fail(error: RealtimeError): void;
  /** Why the attempt failed, once it has. */
  failure(): RealtimeError | undefined;
  /** The attempt has succeeded: nobody waits for it any more, or gives it up. */
  succeed(): void;
}

/**
 * Starts an attempt that fails when `caller` fires or when no greeting came within `timeoutMs`, counted from the last
 * answer where a person is asked something.
 */
export function startOpening(
  clock: Clock,
  timeoutMs: number,
  caller: AbortSignal | undefined,
  whatIsMissing: () => string,
): Opening {
  const abort = new AbortController();
  let failure: RealtimeError | undefined;
  /** Whether it has come to its end, one way or the other. */
  let isOver = false;
  let openQuestions = 0;
  let cancelTimer = () => {};
  const { promise: failed, reject: tellFailure } = Promise.withResolvers<never>();
  const { promise: greeted, resolve: tellGreeting } = Promise.withResolvers<void>();
  const greeting = Promise.race([greeted, failed]);
  // A link may be refused while nobody awaits the greeting yet.
  greeting.catch(() => {});

  function fail(error: RealtimeError): void {
    if (failure !== undefined) return;
    failure = error;
    letGo();
    tellFailure(error);
    abort.abort(error);
  }

  function startTimer(): void {
    if (isOver || openQuestions > 0 || !Number.isFinite(timeoutMs)) return;
    cancelTimer = clock.after(timeoutMs, () =>
      fail(new RealtimeError("timeout", `Opening took more than ${timeoutMs} ms. ${whatIsMissing()}`)),
    );
  }

  function stopTimer(): void {
    isOver = true;
    cancelTimer();
  }

  function letGo(): void {
    stopTimer();
    caller?.removeEventListener("abort", onCallerAbort);
  }

  startTimer();
  const onCallerAbort = () => fail(new RealtimeError("aborted", "Opening was aborted."));
  if (caller?.aborted) onCallerAbort();
  else caller?.addEventListener("abort", onCallerAbort);

  return {
    greeting,
    failed,
    signal: abort.signal,
    greeted() {
      stopTimer();
      tellGreeting();
    },
    asking(answered) {
      openQuestions += 1;
      cancelTimer();
      const goOn = () => {
        openQuestions -= 1;
        startTimer();
      };
      // Whatever else a transport says is asked is answered at once.
      Promise.resolve(answered).then(goOn, goOn);
    },
    fail,
    failure: () => failure,
    succeed: letGo,
  };
}
