import type { Entry, Recording } from "@duologue/core";
import type { UnknownEvent } from "@duologue/protocol";
import type { Dialect } from "@duologue/protocol/dialects";

/** A frame of a recording, in the core's form. */
export interface RecordedFrame {
  /** The line of the recording, counted from 1. */
  readonly line: number;
  /** `microphone` is no frame, but a moment at which the user is on a media track, of which no recording has the sound. */
  readonly from: "client" | "server" | "microphone";
  /** `undefined` where it is no event. */
  readonly event: UnknownEvent | undefined;
  /** What went over the wire. */
  readonly text: string;
}

/** When the service hears something. */
export const hears: ReadonlySet<string> = new Set([
  "input_audio_buffer.speech_started",
  "input_audio_buffer.speech_stopped",
]);

/** The frames of a link; where the sound is `media`, with the moments at which the microphone has to be heard. */
export function framesOf(
  { entries, lines }: Recording,
  audio: "events" | "media",
  upcast: Dialect["upcast"],
): readonly RecordedFrame[] {
  const frames: RecordedFrame[] = [];
  for (const [index, entry] of entries.entries()) {
    const line = lines[index] ?? 0;
    if (entry.from !== "local") {
      const event = upcast(entry.event);
      const isHeard = audio === "media" && entry.from === "server" && hears.has(event.type);
      if (isHeard) frames.push({ line, from: "microphone", event: undefined, text: "" });
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
  const entries = frames.flatMap(({ from, event }, index): Entry[] => {
    const at = index * beatMs;
    // What is heard on a track counts as what is appended does.
    if (from === "microphone") return [{ at, from: "client", event: append }];
    return event === undefined ? [] : [{ at, from, event }];
  });
  return { ...recording, entries, lines: frames.map(({ line }) => line) };
}

const append = { type: "input_audio_buffer.append", audio: "" } as const;
