import type { RealtimeError } from "./error.ts";

/** How often and how fast a lost link is replaced. */
export interface RetryPolicy {
  /** Attempts in a row before the session is given up. Default: 6. */
  readonly attempts: number;
  /** The longest wait before the first attempt, in milliseconds; it doubles with each further one. Default: 500. */
  readonly baseMs: number;
  /** No wait is longer than this. Default: 20,000. */
  readonly capMs: number;
  /** Milliseconds for which a link has to hold before the attempts count from 1 again. Default: 30,000. */
  readonly steadyMs: number;
  /** A number from 0 up to, and without, 1. Default: `Math.random`. */
  readonly random: () => number;
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 6,
  baseMs: 500,
  capMs: 20_000,
  steadyMs: 30_000,
  random: Math.random,
};

/**
 * How long to wait before an attempt, counted from 1; `undefined` when there is none left. Exponential back-off with
 * full jitter: anything from 0 to the bound is equally likely, so that many clients do not come back at once.
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number): number | undefined {
  if (attempt > policy.attempts) return undefined;
  return Math.round(policy.random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1)));
}

/**
 * Whether dialling again as before can help after this error. Refusals cannot: of the session (`fatal`), of its
 * configuration (`rejected`), and by an HTTP status of 400 to 499, except those that ask for patience.
 */
export function isRetryable(error: RealtimeError): boolean {
  if (error.code !== "closed" && error.code !== "connect_failed" && error.code !== "timeout") return false;
  const status = httpStatusOf(error.cause);
  return status === undefined || status < 400 || status > 499 || [408, 425, 429].includes(status);
}

/** The HTTP status that an adapter put into the cause of its error. */
function httpStatusOf(cause: unknown): number | undefined {
  return typeof cause === "object" && cause !== null && "status" in cause && typeof cause.status === "number"
    ? cause.status
    : undefined;
}
