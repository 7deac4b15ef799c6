import {
  type PacedSpeaker,
  type PacedSpeakerOptions,
  pacedSpeaker,
  type SpeakerClock,
} from "./paced-speaker.ts";
import type { PlaybackReport } from "./playback-account.ts";
import { type WireAudio, wireDecoder } from "./wire-decoder.ts";

/** A paced speaker that takes sound as the wire has it. It is a `Player` of `@duologue/conversation`. */
export interface PacedPlayer {
  /** Decodes, converts to the speaker's rate, and queues. Throws a `SyntaxError` on what is no base64. */
  play(chunk: WireAudio): void;
  end(itemId: string, contentIndex: number): void;
  /** See `PacedSpeaker.flush`. */
  flush(): void;
  /** Tells `listener` of every report; the returned function stops that. */
  onReport(listener: (report: PlaybackReport) => void): () => void;
  /** See `PacedSpeaker.stop`. */
  stop(): void;
}

/** How a paced player plays. */
interface PacedPlayerOptions extends Omit<PacedSpeakerOptions, "clock" | "onReport"> {
  /** The machine's own monotonic clock unless told. */
  readonly clock?: SpeakerClock | undefined;
}

const systemClock: SpeakerClock = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * A player that makes no sound and takes the time that playing takes: for programs without a loudspeaker. Throws a
 * `TypeError` for a clock that is none, and whatever `pacedSpeaker` throws.
 */
export function pacedPlayer(given: PacedPlayerOptions): PacedPlayer {
  const options = { ...given, clock: given.clock ?? systemClock };
  if (typeof options.clock.after !== "function") {
    throw new TypeError("A clock is an object with the functions now and after: systemClock(), say.");
  }
  const listeners = new Set<(report: PlaybackReport) => void>();
  const decoder = wireDecoder(options);
  const speaker: PacedSpeaker = pacedSpeaker({
    ...options,
    onReport(report) {
      for (const listener of [...listeners]) listener(report);
    },
  });

  return {
    play(chunk) {
      if (!speaker.enqueue(chunk, decoder.decode(chunk))) decoder.forget(chunk);
    },
    end(itemId, contentIndex) {
      const key = { itemId, contentIndex };
      const tail = decoder.end(key);
      if (tail.length > 0) speaker.enqueue(key, tail);
      speaker.end(key);
    },
    flush() {
      decoder.forget();
      speaker.flush();
    },
    onReport(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => speaker.stop(),
  };
}
