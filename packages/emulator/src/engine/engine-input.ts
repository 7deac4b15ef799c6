import type { Plan } from "../brain/plan.ts";
import type { Refusal } from "../wire/refusal.ts";

/** Why a connection is not let in: an `error` event, and the close that follows it at once. */
export interface Rejection {
  readonly error: Refusal;
  readonly close: { readonly code: number; readonly reason: string };
}

/**
 * What reaches the engine. `atMs` is milliseconds of a monotonic clock with any origin; it never decreases from one
 * input to the next.
 */
export type EngineInput = { readonly atMs: number } & (
  | {
      /** The link is open: first, and once. */
      readonly type: "opened";
      /** What the wall clock shows, in milliseconds since 1970: for `expires_at` only. */
      readonly epochMs: number;
      /** The model that the client asked for. */
      readonly model: string;
      /** The connection is turned away instead. */
      readonly rejection?: Rejection;
    }
  /** A text frame from the client, as it came. */
  | { readonly type: "frame"; readonly text: string }
  /** A binary frame from the client, which the service does not take. */
  | { readonly type: "binary" }
  /** Time has passed; due when `EngineState.wakeAtMs` says so. */
  | { readonly type: "tick" }
  /** The answer to an `ask`. One for a response that has ended meanwhile changes nothing. */
  | { readonly type: "answer"; readonly responseId: string; readonly plan: Plan }
);
