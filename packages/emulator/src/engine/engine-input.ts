import type { Plan } from "../brain/plan.ts";
import type { Refusal } from "../wire/refusal.ts";
import type { Fault } from "./fault.ts";

/** Why a connection is not let in: an `error` event, and the close that follows it at once. */
export interface Rejection {
  readonly error: Refusal;
  readonly close: { readonly code: number; readonly reason: string };
}

/** What a session does: it converses, only writes down speech, or translates it. */
export type SessionKind = "realtime" | "transcription" | "translation";

/** How sound travels: within events, or on a media track whose far end the service plays itself (WebRTC, SIP). */
export type AudioFlavour = "events" | "media";

/** The keys of a telephone. */
export const dtmfDigits = [
  "0",
  "1",
  "2",
  "3",
  "4",
  "5",
  "6",
  "7",
  "8",
  "9",
  "*",
  "#",
  "A",
  "B",
  "C",
  "D",
] as const;

/** A key of a telephone. */
export type DtmfDigit = (typeof dtmfDigits)[number];

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
      /** The model that the client asked for; `""` for a transcription session, which has none. */
      readonly model: string;
      /** Default: `realtime`. */
      readonly kind?: SessionKind;
      /** Default: `events`. */
      readonly audio?: AudioFlavour;
      /**
       * The settings that the session begins with, judged as those of a `session.update`, but for `model`, which they
       * choose as well. With a fault in them the connection is turned away.
       */
      readonly configuration?: unknown;
      /** The connection is turned away instead. */
      readonly rejection?: Rejection;
    }
  /** A text frame from the client, as it came. Of several clients `sender` is the number of the one that sent it. */
  | { readonly type: "frame"; readonly text: string; readonly sender?: number }
  /** A binary frame from the client, which the service does not take. */
  | { readonly type: "binary"; readonly sender?: number }
  /**
   * The client's microphone on a media track: mono samples at 24 kHz, in order and without gaps, silence included.
   * Without effect where sound travels as events.
   */
  | { readonly type: "microphone"; readonly samples: Int16Array }
  /** The caller has pressed a key of the telephone. */
  | { readonly type: "dtmf"; readonly digit: DtmfDigit }
  /** Something is to go wrong from now on. */
  | { readonly type: "fault"; readonly fault: Fault }
  /** The session's time is up now, whenever it was to end. */
  | { readonly type: "expire" }
  /** Time has passed; due when `EngineState.wakeAtMs` says so. */
  | { readonly type: "tick" }
  /** The answer to an `ask` or a `speak`; what is no plan fails the response. One for a response that has ended changes nothing. */
  | { readonly type: "answer"; readonly responseId: string; readonly plan: Plan }
);

/** An input without its moment. */
export type UntimedInput = EngineInput extends infer I
  ? I extends EngineInput
    ? Omit<I, "atMs">
    : never
  : never;
