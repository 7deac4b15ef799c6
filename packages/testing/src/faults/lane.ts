import type { Clock } from "@duologue/core";
import type { SeededRandom } from "../seeded-random.ts";
import type { DirectionFaults, Fault, FaultEntry } from "./fault.ts";
import { garbage } from "./garbage.ts";

/** What a lane is given. */
export interface LaneOptions {
  readonly faults: DirectionFaults;
  readonly clock: Clock;
  readonly random: SeededRandom;
  /** Hands one frame on. */
  readonly deliver: (frame: string) => void;
  /** The link breaks here. */
  readonly cut: () => void;
  /** The link is half open from here on. */
  readonly halfOpen: () => void;
  readonly note: (fault: Fault, more: Pick<FaultEntry, "frame" | "byMs" | "text">) => void;
}

/** The frames of one direction of one link, on their way. */
export interface Lane {
  /** Bytes of UTF-8 that were pushed and neither handed on nor dropped. */
  readonly waitingBytes: number;
  push(frame: string): void;
  /** Runs `act` behind all that was pushed so far. */
  behind(act: () => void): void;
  /** From now on all that is pushed vanishes, and what is under way as well. */
  swallow(): void;
  /** Forgets what is under way, and takes nothing any more. */
  end(): void;
}

interface Waiting {
  readonly dueMs: number;
  /** Whether it was held back, or waits behind one that was. */
  readonly held: boolean;
  /** Which frame it is, counted from 1; 0 where it is none. */
  readonly number: number;
  readonly frame: string;
  readonly bytes: number;
  readonly act: () => void;
}

const utf8 = new TextEncoder();

/** One direction of a link with these faults. Draws the same numbers for each frame, whatever befalls it. */
export function lane(options: LaneOptions): Lane {
  const { faults, clock, random, deliver, note } = options;
  const { delayMs = 0, jitterMs = 0, bytesPerSecond, chances = {}, holdMs = 100, mayOvertake } = faults;
  /** In the order in which they are handed on. */
  let queue: Waiting[] = [];
  let count = 0;
  let waitingBytes = 0;
  let lineFreeMs = Number.NEGATIVE_INFINITY;
  let swallowing = false;
  let ended = false;
  let cancel = () => {};

  const vanish = () => {
    cancel();
    for (const { frame, number } of queue) if (number > 0) noteFrame("vanish", number, frame);
    queue = [];
  };

  const noteFrame = (fault: Fault, number: number, frame: string, byMs?: number) =>
    note(fault, { frame: number, text: frame.slice(0, 80), ...(byMs === undefined ? {} : { byMs }) });

  const passes = (later: Omit<Waiting, "dueMs">, earlier: Waiting) =>
    later.number > 0 && mayOvertake !== undefined && mayOvertake(later.frame, earlier.frame);

  const arm = () => {
    cancel();
    const [first] = queue;
    if (first !== undefined) cancel = clock.after(Math.max(0, first.dueMs - clock.now()), run);
  };

  const run = () => {
    for (let first = queue[0]; first !== undefined && first.dueMs <= clock.now(); first = queue[0]) {
      queue.shift();
      waitingBytes -= first.bytes;
      first.act();
    }
    arm();
  };

  /** Puts something on its way that arrives at `dueMs`, later where it may not overtake what is before it. */
  const enqueue = (item: Omit<Waiting, "dueMs">, wantedMs: number) => {
    let dueMs = wantedMs;
    let held = item.held;
    for (const earlier of queue) {
      if (earlier.dueMs <= dueMs || (earlier.held && passes(item, earlier))) continue;
      dueMs = earlier.dueMs;
      held ||= earlier.held;
    }
    if (queue.some((earlier) => earlier.dueMs > dueMs)) noteFrame("overtake", item.number, item.frame);
    const place = queue.findIndex((earlier) => earlier.dueMs > dueMs);
    if (place === -1 && queue.length === 0 && dueMs <= clock.now()) return item.act();
    waitingBytes += item.bytes;
    queue.splice(place === -1 ? queue.length : place, 0, { ...item, held, dueMs });
    arm();
  };

  const send = (frame: string, number: number, heldMs: number, jitter: number) => {
    const nowMs = clock.now();
    const bytes = utf8.encode(frame).length;
    if (bytesPerSecond !== undefined) {
      lineFreeMs = Math.max(lineFreeMs, nowMs) + (bytes * 1_000) / bytesPerSecond;
    }
    const dueMs = Math.max(nowMs, lineFreeMs) + delayMs + jitter + heldMs;
    if (dueMs > nowMs + heldMs) noteFrame("delay", number, frame, dueMs - heldMs - nowMs);
    enqueue({ held: heldMs > 0, number, frame, bytes, act: () => deliver(frame) }, dueMs);
  };

  return {
    get waitingBytes() {
      return waitingBytes;
    },
    push(frame) {
      if (ended) return;
      count += 1;
      const number = count;
      const happens = (name: keyof typeof chances) => random.chance(chances[name] ?? 0);
      const [cut, halfOpen, trash, drop] = [
        happens("cut"),
        happens("halfOpen"),
        happens("garbage"),
        happens("drop"),
      ];
      const [twice, hold, jitter, held] = [
        happens("duplicate"),
        happens("hold"),
        random.next(),
        random.next(),
      ];
      if (swallowing || halfOpen) {
        if (!swallowing) options.halfOpen();
        waitingBytes += utf8.encode(frame).length;
        return noteFrame("vanish", number, frame);
      }
      if (cut) {
        noteFrame("vanish", number, frame);
        return options.cut();
      }
      if (trash) {
        const text = garbage(frame, random.fork(`garbage ${number}`));
        noteFrame("garbage", number, text);
        send(text, number, 0, 0);
      }
      // A sink may have ended the link on account of the garbage.
      if (ended) return;
      if (drop) return noteFrame("drop", number, frame);
      if (hold) noteFrame("hold", number, frame, held * holdMs);
      send(frame, number, hold ? held * holdMs : 0, jitter * jitterMs);
      if (!twice || ended) return;
      noteFrame("duplicate", number, frame);
      send(frame, number, 0, jitter * jitterMs);
    },
    behind(act) {
      if (!ended && !swallowing) {
        enqueue({ held: false, number: 0, frame: "", bytes: 0, act }, clock.now() + delayMs);
      }
    },
    swallow() {
      vanish();
      swallowing = true;
    },
    end() {
      vanish();
      ended = true;
      waitingBytes = 0;
    },
  };
}
