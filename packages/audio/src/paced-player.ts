import { type PacedSpeaker, type PacedSpeakerOptions, pacedSpeaker } from "./paced-speaker.ts";
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

/** A player that makes no sound and takes the time that playing takes: for programs without a loudspeaker. */
export function pacedPlayer(options: Omit<PacedSpeakerOptions, "onReport">): PacedPlayer {
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
