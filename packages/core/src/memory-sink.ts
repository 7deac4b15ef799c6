import type { LineSink } from "./line-sink.ts";

/** A sink that keeps lines in memory. */
export interface MemorySink extends LineSink {
  readonly lines: readonly string[];
  /** All lines so far, each with its line break: what a file would hold, and `readRecording` reads. */
  readonly text: string;
}

/** Keeps a recording in memory, as long as the sink is. Bound it with `maxBytes` where a session may be long. */
export function memorySink(): MemorySink {
  const lines: string[] = [];
  return {
    lines,
    get text() {
      return lines.map((line) => `${line}\n`).join("");
    },
    write: (line) => void lines.push(line),
  };
}
