/**
 * What a faulty transport does to a link.
 *
 * - `delay`: a frame came later than it was sent, by `delayMs`, `jitterMs` or `bytesPerSecond`.
 * - `hold`: a frame was held back, so that others could overtake it.
 * - `overtake`: a frame arrived before one that was sent earlier.
 * - `drop`: a frame never arrived.
 * - `duplicate`: a frame arrived twice.
 * - `garbage`: a frame arrived that nobody sent.
 * - `cut`: the link broke, and both ends know.
 * - `half-open`: from here on nothing passes in either direction, and nobody is told.
 * - `vanish`: a frame was swallowed by a link that is half open, or was under way when the link ended.
 * - `refuse`: an `open` was refused.
 */
export type Fault =
  | "delay"
  | "hold"
  | "overtake"
  | "drop"
  | "duplicate"
  | "garbage"
  | "cut"
  | "half-open"
  | "vanish"
  | "refuse";

/** One fault that happened. */
export interface FaultEntry {
  /** By the clock of the transport. */
  readonly atMs: number;
  /** Which `open` of the transport, counted from 1. */
  readonly link: number;
  /** What was hit: a frame of ours, a frame of the peer, or the link as a whole. */
  readonly direction: "sending" | "receiving" | "link";
  readonly fault: Fault;
  /** Which frame of its direction, counted from 1. */
  readonly frame?: number;
  /** How much later, in milliseconds. */
  readonly byMs?: number;
  /** The beginning of the frame. */
  readonly text?: string;
}

/** How likely each fault is for each frame: 0, which is the default, for never, 1 for always. */
export interface FaultChances {
  readonly drop?: number;
  readonly duplicate?: number;
  /** Holds a frame back for up to `holdMs`; see `mayOvertake`. */
  readonly hold?: number;
  /** A frame that nobody sent, before this one. */
  readonly garbage?: number;
  /** The link breaks before this frame. */
  readonly cut?: number;
  /** The link is half open from this frame on, this one included. */
  readonly halfOpen?: number;
}

/** What happens to the frames of one direction. */
export interface DirectionFaults {
  /** Every frame takes this long, in milliseconds. Default: 0. */
  readonly delayMs?: number;
  /** And up to this much longer, evenly distributed. The order is kept. Default: 0. */
  readonly jitterMs?: number;
  /** A slow line, or a slow consumer: frames queue up behind each other. Default: no limit. */
  readonly bytesPerSecond?: number;
  readonly chances?: FaultChances;
  /** The longest time for which a frame is held back, in milliseconds. Default: 100. */
  readonly holdMs?: number;
  /**
   * Whether the frame `later` may arrive before `earlier`, which was sent before it and is held back; where it may
   * not, it waits too. Default: never, so that holding a frame holds all behind it. `legalOvertaking` says what the
   * Realtime protocol leaves open.
   */
  readonly mayOvertake?: (later: string, earlier: string) => boolean;
}
