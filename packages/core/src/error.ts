// A registered symbol, so that an error made by another copy of this package is recognised too.
const brand: unique symbol = Symbol.for("duologue.RealtimeError");

/**
 * What went wrong, for a program to branch on.
 *
 * - `aborted`: the caller's `AbortSignal` fired.
 * - `connect_failed`: dialling did not succeed; the message names the step and the remedy.
 * - `closed`: the link is closed, or closed before the answer came.
 * - `frame_too_large`: a frame exceeds the connection's `maxFrameBytes`.
 * - `invalid_argument`: an option has no sensible meaning; the message says which and why.
 * - `invalid_event`: a client event does not conform to its schema.
 * - `invalid_state`: a call came at a moment that does not allow it.
 * - `not_acknowledged`: `request` was given a command that the protocol never answers.
 * - `overflow`: too much waits to be sent already.
 * - `rejected`: the server refused this command with an `error` event.
 * - `fatal`: the server refused the session (authentication, model, quota); retrying as before cannot help.
 * - `uncertain`: the link was lost before the answer came, and the command cannot be sent again: it may have taken
 *   effect or not.
 * - `timeout`: no answer in time.
 * - `bad_recording`: a recording cannot be read as one.
 * - `bad_snapshot`: a snapshot of a conversation cannot be read as one; the message names the place.
 * - `response_failed`: the server could not make an answer; `cause` is the `ResponseState` of a conversation.
 * - `tool_failed`: a function of the program threw when the model called it, or took too long, or the one that is to
 *   decide on a call threw; `cause` is what it threw.
 */
export type RealtimeErrorCode =
  | "aborted"
  | "connect_failed"
  | "closed"
  | "frame_too_large"
  | "invalid_argument"
  | "invalid_event"
  | "invalid_state"
  | "not_acknowledged"
  | "overflow"
  | "rejected"
  | "fatal"
  | "timeout"
  | "uncertain"
  | "bad_recording"
  | "bad_snapshot"
  | "response_failed"
  | "tool_failed";

/**
 * The one error class of Duologue. Its message tells a person what to do.
 *
 * `cause` is what lies behind it, and a program that reads it looks at the `code` first:
 *
 * - `fatal`, `rejected`, and a `closed` whose server said why: a `Failure` of `@duologue/protocol`, which is the server's
 *   `{ severity, code, message, commandId }`. None where the server closed the link without a word.
 * - `connect_failed`: what the transport met. Where that was an answer by HTTP, an object with its `status`, and with
 *   `retryAfterMs` where the server asked for patience.
 * - `invalid_event`: the list of `Issue`s. `tool_failed`: what was thrown. `response_failed`: the response.
 */
export class RealtimeError extends Error {
  override readonly name = "RealtimeError";
  readonly code: RealtimeErrorCode;
  readonly [brand] = true;

  constructor(code: RealtimeErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** Recognises a `RealtimeError` made by any copy of this package. */
  static is(value: unknown): value is RealtimeError {
    return typeof value === "object" && value !== null && brand in value;
  }

  /** `value` itself when it is a `RealtimeError`, else one of `code` that has it as its cause. */
  static from(value: unknown, code: RealtimeErrorCode): RealtimeError {
    if (RealtimeError.is(value)) return value;
    return new RealtimeError(code, value instanceof Error ? value.message : String(value), { cause: value });
  }
}
