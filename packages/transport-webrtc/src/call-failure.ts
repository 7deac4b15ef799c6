import { RealtimeError } from "@duologue/core";

/**
 * The steps of opening a call, in their order: the person allows the microphone, the device gives sound, the offer is
 * made, it is exchanged for an answer, the answer is taken, a path through the network is found (ICE), the data
 * channel opens.
 */
export type CallStep = "permission" | "device" | "offer" | "exchange" | "answer" | "ice" | "channel";

/** Why a call could not be opened: the `cause` of the `connect_failed` error, or of the `fatal` one. */
export interface CallFailure {
  readonly step: CallStep;
  /** The HTTP status of the server that was given the offer, where it refused. */
  readonly status?: number;
  /** The beginning of what that server said, at most 4 KiB, without the key. */
  readonly body?: string;
  /** How long that server asks to be left alone, in milliseconds, where it does. */
  readonly retryAfterMs?: number;
  /** What the platform threw, where it threw. */
  readonly cause?: unknown;
}

/**
 * The error of a step that failed. `message` says what went wrong and what to do; `fatal` that trying again as before
 * cannot help.
 */
export function callFailed(
  message: string,
  failure: CallFailure,
  code: "connect_failed" | "fatal" = "connect_failed",
): RealtimeError {
  return new RealtimeError(code, message, { cause: failure });
}

/** The step at which opening a call failed; `undefined` where the error is of another kind. */
export function failedStep(error: unknown): CallStep | undefined {
  if (!RealtimeError.is(error)) return undefined;
  const { cause } = error;
  return isFailure(cause) ? cause.step : undefined;
}

function isFailure(cause: unknown): cause is CallFailure {
  return typeof cause === "object" && cause !== null && "step" in cause;
}

/** What somebody threw, as the middle of a sentence; of an error with a cause, the cause. */
export function said(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown).trim();
  const deeper = thrown.cause instanceof Error ? said(thrown.cause) : "";
  return deeper === "" ? thrown.message.trim().replace(/\.$/, "") : deeper;
}
