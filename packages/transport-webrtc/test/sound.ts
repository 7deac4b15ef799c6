import wrtc from "@roamhq/wrtc";

/** A track that carries a tone. */
export interface Tone {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** Speaks a tone, 10 ms at a time. */
export function tone(): Tone {
  const source = new wrtc.nonstandard.RTCAudioSource();
  const track = source.createTrack();
  const samples = Int16Array.from({ length: 240 }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * 500 * index) / 24_000)),
  );
  const format = { sampleRate: 24_000, bitsPerSample: 16, channelCount: 1, numberOfFrames: 240 };
  const speaking = setInterval(() => source.onData({ samples, ...format }), 10);
  return {
    track,
    stop() {
      clearInterval(speaking);
      track.stop();
    },
  };
}

/** What is heard of a track: the loudest sample of each 10 ms, in order. */
export interface Ears {
  readonly peaks: readonly number[];
  /** Resolves when what was heard so far is so, which is looked at every 10 ms. `what` says it in words. */
  hear(what: string, isSo: (ears: Ears) => boolean): Promise<void>;
  stop(): void;
}

/** How long a test waits for a sound: far longer than it takes, and less than a test has. */
const patienceMs = 25_000;

export function ears(track: MediaStreamTrack): Ears {
  const sink = new wrtc.nonstandard.RTCAudioSink(track);
  const peaks: number[] = [];
  const watchers = new Set<() => void>();
  sink.ondata = ({ samples }: { samples: Int16Array }) => {
    peaks.push(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
    for (const look of watchers) look();
  };
  const self: Ears = {
    peaks,
    async hear(what, isSo) {
      const heard = Promise.withResolvers<void>();
      const look = () => isSo(self) && heard.resolve();
      const giveUp = () => heard.reject(new Error(`Waited ${patienceMs / 1000} s to hear ${what}.`));
      const timer = setTimeout(giveUp, patienceMs);
      watchers.add(look);
      look();
      await heard.promise.finally(() => {
        clearTimeout(timer);
        watchers.delete(look);
      });
    },
    stop: () => sink.stop(),
  };
  return self;
}

/** Whether the latest of what was heard was loud, or quiet, for so many frames of 10 ms. */
export function isLoud({ peaks }: Ears, frames = 10): boolean {
  return peaks.length >= frames && peaks.slice(-frames).every((peak) => peak > 2_000);
}

export function isQuiet({ peaks }: Ears, frames = 30): boolean {
  return peaks.length >= frames && peaks.slice(-frames).every((peak) => peak < 50);
}
