import { optionsOf, refuse } from "@duologue/core";
import type { AudioFormat } from "@duologue/protocol";
import type { Player, PlayerChunk, PlayerReport } from "./player.ts";
import { byteCount, bytesPerMs } from "./reduce/playback.ts";

/** A line that plays what it is sent, in order, and says when it has: a telephone call's media stream, for one. */
export interface MarkedLine {
  /** Sends sound to be played after what was sent before; `base64` is encoded as `format` says. */
  media(base64: string, format: AudioFormat): void;
  /** Sends a mark: its name comes back, through `MarkPlayer.played`, when all that was sent before it has been played. */
  mark(name: string): void;
  /** Makes the line forget what it has not played. It may send back the names of the marks that it forgets. */
  clear(): void;
}

/** How a line is followed. */
export interface MarkPlayerOptions {
  /**
   * How much sound lies between two marks at most, in milliseconds; 100 unless told. What was heard is known as exactly
   * as this, and never too large.
   */
  readonly everyMs?: number | undefined;
}

/** A player whose loudspeaker is at the other end of a line. */
export interface MarkPlayer extends Player {
  /**
   * A mark has come back, and with it whatever was sent before it has been played. Names that nobody waits for are of no
   * interest: those of before a `flush`, for one.
   */
  played(name: string): void;
}

/** A part that is not finished. */
interface Part {
  readonly itemId: string;
  readonly contentIndex: number;
  sentBytes: number;
  rate: number;
  heardMs: number;
  /** Marks under way. */
  open: number;
  ended: boolean;
}

/**
 * A player of marks: it cuts sound into pieces, sends a mark behind each, and reports what was heard by the marks that
 * come back. No clock is involved: a line that stalls is heard later, and is known to be.
 *
 * What is heard after the last mark that came back before a `flush` is not known, so that it counts as not heard: at most
 * `everyMs`, and what is on its way through the network. Throws a `RangeError` for an `everyMs` that is not positive, and
 * `invalid_argument` for what is no line.
 */
export function markPlayer(line: MarkedLine, options: MarkPlayerOptions = {}): MarkPlayer {
  const { everyMs = 100 } = optionsOf(options);
  if (typeof line?.media !== "function") refuse("A line has the functions media, mark and clear", line);
  if (!(everyMs > 0)) throw new RangeError(`everyMs is ${everyMs}; more than 0 is wanted`);
  const listeners = new Set<(report: PlayerReport) => void>();
  const parts = new Map<string, Part>();
  /** What has been heard once a mark comes back, by its name. */
  const marks = new Map<string, { readonly part: Part; readonly heardMs: number }>();
  /** Parts that are over: what still comes of them is not played. */
  const closed = new Set<string>();
  let count = 0;

  function report(type: PlayerReport["type"], { itemId, contentIndex, heardMs }: Part): void {
    for (const listener of [...listeners]) listener({ type, itemId, contentIndex, heardMs });
  }

  function close(type: "finished" | "flushed", part: Part): void {
    const key = keyOf(part);
    parts.delete(key);
    closed.add(key);
    report(type, part);
  }

  function partOf({ itemId, contentIndex, format }: PlayerChunk): Part | undefined {
    const key = keyOf({ itemId, contentIndex });
    if (closed.has(key)) return undefined;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const rate = bytesPerMs(format);
    const part = { itemId, contentIndex, sentBytes: 0, rate, heardMs: 0, open: 0, ended: false };
    parts.set(key, part);
    return part;
  }

  return {
    play(chunk) {
      const part = partOf(chunk);
      if (part === undefined) return;
      for (const piece of pieces(chunk.base64, everyMs * part.rate)) {
        line.media(piece, chunk.format);
        part.sentBytes += byteCount(piece);
        count += 1;
        part.open += 1;
        marks.set(`heard_${count}`, { part, heardMs: part.sentBytes / part.rate });
        line.mark(`heard_${count}`);
      }
    },
    end(itemId, contentIndex) {
      const key = keyOf({ itemId, contentIndex });
      const part = parts.get(key);
      if (part === undefined) {
        closed.add(key);
        return;
      }
      part.ended = true;
      if (part.open === 0) close("finished", part);
    },
    flush() {
      // Before the line sends them back: from here on they say nothing of what was heard.
      marks.clear();
      try {
        line.clear();
      } finally {
        // A line that is gone plays nothing either.
        for (const part of [...parts.values()]) close("flushed", part);
      }
    },
    onReport(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    played(name) {
      if (!marks.has(name)) return;
      // What was sent before it has been played as well, though the mark of it was lost on the way back.
      for (const [known, { part, heardMs }] of marks) {
        marks.delete(known);
        part.open -= 1;
        part.heardMs = Math.max(part.heardMs, heardMs);
        if (part.ended && part.open === 0) close("finished", part);
        else report("progress", part);
        if (known === name) return;
      }
    },
  };
}

function keyOf({ itemId, contentIndex }: Pick<Part, "itemId" | "contentIndex">): string {
  return `${contentIndex} ${itemId}`;
}

/** Bytes that are whole samples and whole groups of base64 at once, so that any piece can be decoded by itself. */
const groupBytes = 6;

/** Cuts base64 into pieces of at most so many bytes, of one group at least. */
function pieces(base64: string, maxBytes: number): readonly string[] {
  const groups = Math.max(1, Math.floor(maxBytes / groupBytes));
  const characters = (groups * groupBytes * 4) / 3;
  const list: string[] = [];
  for (let at = 0; at < base64.length; at += characters) list.push(base64.slice(at, at + characters));
  return list;
}
