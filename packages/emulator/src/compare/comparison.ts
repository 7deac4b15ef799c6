import type { Unsettled } from "../engine/unsettled.ts";
import type { KnownDifference } from "./known-difference.ts";

/** One thing that the emulator does otherwise than the recorded service did. */
export type Difference =
  | {
      /** Another event comes, or none: what follows it among the same events is not compared. */
      readonly type: "sequence";
      /** The link of the recording, counted from 1. */
      readonly link: number;
      /** The line of the recording, counted from 1; `undefined` behind its last event. */
      readonly line: number | undefined;
      /** The types of the events before it that agree, the last few. */
      readonly before: readonly string[];
      /** The type of the event that comes; `undefined` where none does. */
      readonly recorded: string | undefined;
      readonly emulated: string | undefined;
    }
  | {
      /**
       * `shape`: a field is of another JSON type, or only one side has it. `value`: it has another value, where values
       * are compared. Told once for an event type and a field.
       */
      readonly type: "shape" | "value";
      readonly link: number;
      readonly line: number;
      readonly event: string;
      /** Such as `item.content[].type`: `[]` stands for every element of a list. */
      readonly path: string;
      /** JSON types, such as `null or string`, and `missing` where there is none; or the values. */
      readonly recorded: string;
      readonly emulated: string;
    };

/** What no recording holds of a session whose sound travels on media tracks. */
export type Track = "microphone" | "loudspeaker";

/** How the emulator compares with a recorded service. */
export interface Comparison {
  /** What differs and is not known to, in the order of the recording; empty where the emulator is like the service. */
  readonly differences: readonly Difference[];
  /** The known differences that there are indeed. */
  readonly known: readonly KnownDifference[];
  /** How many links were compared, each with a session of its own. */
  readonly links: number;
  /** How many events of the service were compared. */
  readonly events: number;
  /** The tracks that could not be compared; none where all sound travelled as events. */
  readonly uncompared: readonly Track[];
  /** What the recording tells of the service that no other source settles; the emulator was told so. */
  readonly settled: Partial<Unsettled>;
}
