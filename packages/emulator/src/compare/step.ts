import type { UnknownEvent } from "@duologue/protocol";

/** An event that a service sent. */
export interface SeenEvent {
  /** The line of the recording; `undefined` for what was emulated. */
  readonly line: number | undefined;
  readonly event: UnknownEvent;
  /** Whether it was emulated after everything in the main lane had come, so that the recording may have missed it. */
  readonly late: boolean;
}

/** One event, or several that are deltas of one part. */
export interface Step {
  readonly line: number | undefined;
  readonly type: string;
  readonly events: UnknownEvent[];
  readonly late: boolean;
}
