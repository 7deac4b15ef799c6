import type { ServerEvent } from "@duologue/protocol";

/** A server event of a recording, with what a scenario needs to know of its place. */
export interface RecordedEvent {
  readonly event: ServerEvent;
  /** Milliseconds of the recording; `null` where it has no clock, or no time is wanted. */
  readonly atMs: number | null;
  /** How many pieces of sound the client had sent. */
  readonly appends: number;
  /** How many turns had begun, this one included: responses, and what they went on with after a call of MCP. */
  readonly turns: number;
}
