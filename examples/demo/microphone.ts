import type { Clock } from "@duologue/core";

/** A microphone that is always on: it sends what is said into it, and silence in between. */
export interface Microphone {
  /** Speaks a clip into it; resolves when its last sample was sent. Clips follow each other. */
  say(samples: Int16Array): Promise<void>;
  stop(): void;
}

/**
 * A microphone that takes its sound from memory and sends it in frames of 20 ms at real pace. Frame `n` is due at
 * start + `n * 20 ms`, so that late timers do not add up.
 */
export function microphone(options: {
  readonly clock: Clock;
  readonly sampleRateHz: number;
  readonly onFrame: (samples: Int16Array) => void;
}): Microphone {
  const { clock, sampleRateHz, onFrame } = options;
  const frameMs = 20;
  const frameSamples = (sampleRateHz * frameMs) / 1000;
  const clips: { samples: Int16Array; offset: number; done: () => void }[] = [];
  const startMs = clock.now();
  let frames = 0;
  let cancel = clock.after(frameMs, tick);

  function tick(): void {
    while (clock.now() >= startMs + (frames + 1) * frameMs) {
      frames++;
      onFrame(nextFrame());
    }
    cancel = clock.after(Math.max(0, startMs + (frames + 1) * frameMs - clock.now()), tick);
  }

  function nextFrame(): Int16Array {
    const frame = new Int16Array(frameSamples);
    const clip = clips[0];
    if (clip === undefined) return frame;
    frame.set(clip.samples.subarray(clip.offset, clip.offset + frameSamples));
    clip.offset += frameSamples;
    if (clip.offset >= clip.samples.length) {
      clips.shift();
      clip.done();
    }
    return frame;
  }

  return {
    say: (samples) => new Promise((done) => void clips.push({ samples, offset: 0, done })),
    stop: () => cancel(),
  };
}
