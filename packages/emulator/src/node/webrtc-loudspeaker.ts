import type { Clock } from "@duologue/core";

/** A queue of sound that is taken at its own pace. */
export interface WebRtcLoudspeaker {
  /** Appends mono samples at 24 kHz. */
  play(samples: Int16Array): void;
  /** Drops what has not been taken. */
  flush(): void;
  stop(): void;
}

const frameMs = 10;
/** 10 ms at 24 kHz. */
const frameSamples = 240;
/** More than this is not made up for at once after a pause of the machine: sound comes late then. */
const mostFramesLate = 20;

/**
 * Gives frames of 10 ms to `take`, at real pace from now on: what is queued, and silence where nothing is, since a track
 * that carries nothing is dead.
 */
export function webRtcLoudspeaker(clock: Clock, take: (frame: Int16Array) => void): WebRtcLoudspeaker {
  let queue: Int16Array[] = [];
  let startMs = clock.now();
  let taken = 0;
  let cancel = clock.after(frameMs, tick);

  function tick(): void {
    const nowMs = clock.now();
    const due = Math.floor((nowMs - startMs) / frameMs);
    if (due - taken > mostFramesLate) {
      startMs = nowMs - mostFramesLate * frameMs;
      taken = 0;
    }
    const until = Math.floor((nowMs - startMs) / frameMs);
    for (; taken < until; taken++) take(nextFrame());
    cancel = clock.after(startMs + (taken + 1) * frameMs - nowMs, tick);
  }

  function nextFrame(): Int16Array {
    const frame = new Int16Array(frameSamples);
    let filled = 0;
    while (filled < frameSamples) {
      const [first] = queue;
      if (first === undefined) break;
      const part = first.subarray(0, frameSamples - filled);
      frame.set(part, filled);
      filled += part.length;
      if (part.length === first.length) queue.shift();
      else queue[0] = first.subarray(part.length);
    }
    return frame;
  }

  return {
    play(samples) {
      if (samples.length > 0) queue.push(samples);
    },
    flush() {
      queue = [];
    },
    stop: () => cancel(),
  };
}
