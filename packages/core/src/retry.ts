import type { RealtimeError, RealtimeErrorCode } from "./error.ts";

/** How often and how fast a lost link is replaced. */
export interface RetryPolicy {
  /** Attempts in a row before the session is given up. Default: 6. */
  readonly attempts: number;
  /** The longest wait before the first attempt, in milliseconds; it doubles with each further one. Default: 500. */
  readonly baseMs: number;
  /** No wait is longer than this, unless the server asks for one. Default: 20,000. */
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
 * full jitter: anything from 0 to the bound is equally likely, so that many clients do not come back at once. A server
 * that asks in its refusal to be left alone for longer is.
 */
export function retryDelayMs(
  policy: RetryPolicy,
  attempt: number,
  refusal?: RealtimeError,
): number | undefined {
  if (attempt > policy.attempts) return undefined;
  const bound = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  const askedMs = Math.min(figureOf(refusal?.cause, "retryAfterMs") ?? 0, longestMs);
  return Math.max(askedMs, Math.round(policy.random() * bound));
}

/** The longest wait that timers can do. */
const longestMs = 2 ** 31 - 1;

const retryableCodes: readonly RealtimeErrorCode[] = ["closed", "connect_failed", "timeout", "aborted"];

/**
 * Whether dialling again as before can help after this error. Refusals cannot: of the session (`fatal`), of its
 * configuration (`rejected`), and by an HTTP status of 400 to 499, except those that ask for patience; nor can what is
 * wrong with the commands themselves.
 */
export function isRetryable(error: RealtimeError): boolean {
  if (!retryableCodes.includes(error.code)) return false;
  const status = figureOf(error.cause, "status");
  return status === undefined || status < 400 || status > 499 || [408, 425, 429].includes(status);
}

/** What an adapter put into the cause of its error: an HTTP status, a time to wait. */
function figureOf(cause: unknown, name: "status" | "retryAfterMs"): number | undefined {
  const value = new Map(Object.entries(cause ?? {})).get(name);
  return typeof value === "number" && !Number.isNaN(value) ? value : undefined;
}
