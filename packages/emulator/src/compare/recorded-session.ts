import type { Entry, Recording } from "@duologue/core";
import type { UnknownEvent } from "@duologue/protocol";
import type { Dialect } from "@duologue/protocol/dialects";

/** A frame of a recording, in the core's form. */
export interface RecordedFrame {
  /** The line of the recording, counted from 1. */
  readonly line: number;
  readonly from: "client" | "server";
  /** `undefined` where the frame is no event. */
  readonly event: UnknownEvent | undefined;
  /** What went over the wire. */
  readonly text: string;
}

/** The frames of the first link of a recording: what follows on a later one is another session of the service. */
export function framesOf(recording: Recording, upcast: Dialect["upcast"]): readonly RecordedFrame[] {
  const frames: RecordedFrame[] = [];
  for (const [index, entry] of recording.entries.entries()) {
    if (entry.from === "local" && entry.event.type === "link.switched") break;
    const line = recording.lines[index] ?? 0;
    if (entry.from !== "local") {
      const event = upcast(entry.event);
      frames.push({ line, from: entry.from, event, text: JSON.stringify(event) });
    } else if (entry.event.type === "frame.undecodable") {
      const { from, text } = entry.event;
      frames.push({ line, from, event: undefined, text });
    }
  }
  return frames;
}

/** Milliseconds from one frame to the next. */
export const beatMs = 10;

/**
 * The same session with a clock that beats once a frame. What happened in which order is kept and how long it took is
 * not, so that recordings with and without times are treated alike, and no two frames come at the same moment.
 */
export function onBeats(recording: Recording, frames: readonly RecordedFrame[]): Recording {
  const entries = frames.flatMap(({ from, event }, index): Entry[] =>
    event === undefined ? [] : [{ at: index * beatMs, from, event }],
  );
  return { ...recording, entries, lines: frames.map(({ line }) => line) };
}
