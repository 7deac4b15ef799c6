/** Which of the service's frames a fault hits. Without any field: the very next one. */
export interface FrameChoice {
  /** The type of their event; one that ends in `*` stands for all that begin so. Default: `*`. */
  readonly event?: string;
  /** How many of them pass unharmed first. Default: 0. */
  readonly skip?: number;
  /** How many are hit after that; `all` for ever. Default: 1. */
  readonly count?: number | "all";
  /** How likely each of those is hit, 0 to 1; the session's seed decides. Default: 1. */
  readonly chance?: number;
}

/** When a fault happens that is no matter of one frame. Without any field: at once. */
export interface FaultMoment {
  /** Not before a frame of this type has been sent, and then right behind it; see `FrameChoice.event`. */
  readonly event?: string;
  /** How many such frames are sent before that one. Default: 0. */
  readonly skip?: number;
  /** How many milliseconds later. Default: 0. */
  readonly afterMs?: number;
}

/**
 * What goes wrong on demand, as a scenario and a control endpoint spell it.
 *
 * Those that hit frames (`FrameChoice`) act on what the service sends, behind everything that decides what it sends:
 *
 * - `delay`: comes `ms` later, and up to `jitterMs` more. What is sent behind it waits as well: the order is kept.
 * - `reorder`: is overtaken by the next `by` frames (default: 1), or comes a second later where there are fewer.
 * - `duplicate`: comes twice.
 * - `withhold`: never comes.
 * - `half_frame`: comes without the second half of its text, which is no JSON then.
 * - `missing_event_id`: comes without its `event_id`.
 *
 * Those that happen at a moment (`FaultMoment`):
 *
 * - `unknown_event`: an event comes that no client knows: `frame`, with an `event_id` where it has none.
 * - `error`: an `error` event comes; the session goes on. Default: a `server_error`.
 * - `end_response`: the response that runs ends there, `failed` or `incomplete`; what is open of it is closed first.
 *   Without effect where none runs.
 * - `close`: the link is closed with this code.
 * - `cut`: the link is gone without a close, as clients see by code 1006.
 *
 * And `late_deltas`: when a response has been cancelled, its last delta comes `count` (default: 3) times more, behind
 * its `response.done`, as if it had been under way.
 */
export type Fault =
  | (FrameChoice & { readonly type: "delay"; readonly ms: number; readonly jitterMs?: number })
  | (FrameChoice & { readonly type: "reorder"; readonly by?: number })
  | (FrameChoice & { readonly type: "duplicate" | "withhold" | "half_frame" | "missing_event_id" })
  | (FaultMoment & {
      readonly type: "unknown_event";
      /** Default: an event of the type `emulator.unknown`. */
      readonly frame?: { readonly type: string; readonly [field: string]: unknown };
    })
  | (FaultMoment & { readonly type: "error"; readonly error?: FaultError })
  | (FaultMoment & {
      readonly type: "end_response";
      readonly status: "failed" | "incomplete";
      /** Why it is `incomplete`. Default: `content_filter`. */
      readonly reason?: "max_output_tokens" | "content_filter";
      /** Why it `failed`. Default: a `server_error`. */
      readonly error?: FaultError;
    })
  | (FaultMoment & { readonly type: "close"; readonly code: number; readonly reason?: string })
  | (FaultMoment & { readonly type: "cut" })
  | { readonly type: "late_deltas"; readonly count?: number };

/** An error as the wire has it; what is left out is that of a `server_error`. */
export interface FaultError {
  readonly type?: string;
  readonly code?: string;
  readonly message?: string;
}

/** A fault that hits frames. */
export type FrameFault = Extract<Fault, FrameChoice & { readonly type: FrameFaultType }>;

/** A fault that happens at a moment. */
export type MomentFault = Extract<Fault, FaultMoment & { readonly type: MomentFaultType }>;

type MomentFaultType = "unknown_event" | "error" | "end_response" | "close" | "cut";
type FrameFaultType = Exclude<Fault["type"], MomentFaultType | "late_deltas">;
