import type { PlaybackKey, PlaybackReport } from "./playback-account.ts";
import { playbackQueue } from "./playback-queue.ts";

/** Time, handed in: milliseconds of a monotonic clock with any origin. `Clock` of `@duologue/core` is one. */
export interface SpeakerClock {
  now(): number;
  /** Calls `run` once after `delayMs`, late rather than never; the returned function cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** What a paced speaker needs. */
export interface PacedSpeakerOptions {
  readonly sampleRateHz: number;
  readonly clock: SpeakerClock;
  /** How often it reports, and how long the pieces are that `onFrame` gets; default 20. */
  readonly frameMs?: number;
  /** How long after its turn a sample is heard, as behind a device's buffer; default 0. A flush empties that too. */
  readonly latencyMs?: number;
  /**
   * Gets what was played, at the end of the time that it took: `frameMs` each, less before a gap and where a flush
   * cut. Gaps are not filled.
   */
  onFrame?(samples: Int16Array): void;
  /** Gets the reports, after the `onFrame` of the same samples. May call the speaker. */
  onReport(report: PlaybackReport): void;
}

/** A loudspeaker that makes no sound: it takes the time that playing takes, and tells exactly what was heard. */
export interface PacedSpeaker {
  /** Appends samples to a part, and starts to play when it was silent; see `PlaybackQueue.enqueue`. */
  enqueue(key: PlaybackKey, samples: Int16Array): boolean;
  /** Says that no more comes for a part; see `PlaybackQueue.end`. */
  end(key: PlaybackKey): boolean;
  /**
   * Falls silent at once. What was heard counts to the sample: up to now, less the latency, also in the middle of a
   * frame. Reports, before it returns, what was heard until now and `flushed` for each unfinished part.
   */
  flush(): void;
  /** Flushes and stays silent: from now on `enqueue` returns `false`. */
  stop(): void;
  /** Samples that were enqueued and not yet heard. */
  readonly queuedSamples: number;
  /** Samples that will never be heard: refused by `enqueue`, or flushed. */
  readonly discardedSamples: number;
}

const nothing = new Int16Array(0);

/** Speech without a gap. Its samples have their times by its start alone, so that no timer's error adds up. */
interface Run {
  readonly startMs: number;
  /** Frames, and samples in them, that were heard. */
  frames: number;
  heard: number;
  /** How many samples it has, once it has run dry. */
  length: number | undefined;
}

/**
 * Plays a `playbackQueue` at its real pace against a clock. The first sample plays when it is enqueued, frame `n` is
 * complete at start + `n * frameMs`, and a timer that comes late or early changes no account: late frames are handed
 * out at once. When there is nothing to play time goes by, and what comes later plays from then on. No timer runs
 * while nothing waits to be heard, so virtual time can run until all is quiet. Throws a `RangeError` on a rate or a
 * `frameMs` that is not positive, or a negative latency.
 */
export function pacedSpeaker(options: PacedSpeakerOptions): PacedSpeaker {
  const { sampleRateHz, clock, frameMs = 20, latencyMs = 0 } = options;
  if (!(frameMs > 0)) throw new RangeError(`frameMs is ${frameMs}; more than 0 is wanted`);
  if (!(latencyMs >= 0)) throw new RangeError(`latencyMs is ${latencyMs}; 0 or more is wanted`);

  /** Holds all that was not heard, also what is on its way through the latency. */
  const queue = playbackQueue({ sampleRateHz });
  /** Oldest first; only the last one can be open. More than one only when a gap is younger than the latency. */
  const runs: Run[] = [];
  /** Reports on their way to `onReport`. */
  let outbox: PlaybackReport[] = [];
  let cancelTimer: (() => void) | undefined;
  let isStopped = false;
  let refused = 0;

  const frameEndMs = (run: Run): number => run.startMs + latencyMs + (run.frames + 1) * frameMs;

  /** Samples that play in so long a time. The thousandth makes up for the rounding of sums of milliseconds. */
  const samplesIn = (durationMs: number): number => Math.floor((durationMs * sampleRateHz) / 1000 + 0.001);

  /** Playable samples that do not belong to a run that has ended. */
  const unclaimed = (): number =>
    runs.reduce(
      (left, run) => left - (run.length === undefined ? 0 : run.length - run.heard),
      queue.playableSamples,
    );

  /** Ends the open run if it has run dry before `nowMs`. To be called before anything becomes playable. */
  const noteGap = (nowMs: number): void => {
    const run = runs.at(-1);
    if (run === undefined || run.length !== undefined) return;
    const available = run.heard + unclaimed();
    if (samplesIn(nowMs - run.startMs) <= available) return;
    run.length = available;
    if (run.heard === run.length) runs.pop();
  };

  /** Takes what is heard of the first run until so many of its samples were. */
  const hear = (run: Run, until: number): Int16Array => {
    const most = run.length === undefined ? queue.playableSamples : run.length - run.heard;
    const samples = queue.pull(Math.max(0, Math.min(until - run.heard, most)));
    run.heard += samples.length;
    if (run.heard === run.length) runs.shift();
    return samples;
  };

  /** Hands over samples, then reports one by one: a listener that flushes in between takes the rest with it. */
  const emit = (samples: Int16Array): void => {
    if (samples.length > 0) options.onFrame?.(samples);
    outbox.push(...queue.drainReports());
    for (let report = outbox.shift(); report !== undefined; report = outbox.shift()) options.onReport(report);
  };

  /** Plays all frames that are complete. Reads the state anew for each, since a listener may call the speaker. */
  const playFrames = (nowMs: number): void => {
    noteGap(nowMs);
    for (let run = runs[0]; run !== undefined && queue.playableSamples > 0; run = runs[0]) {
      if (frameEndMs(run) > nowMs) return;
      run.frames += 1;
      emit(hear(run, samplesIn(run.frames * frameMs)));
    }
  };

  const arm = (): void => {
    const run = runs[0];
    if (cancelTimer !== undefined || run === undefined || queue.playableSamples === 0) return;
    cancelTimer = clock.after(Math.max(0, frameEndMs(run) - clock.now()), () => {
      cancelTimer = undefined;
      try {
        playFrames(clock.now());
      } finally {
        arm();
      }
    });
  };

  /** Does what may make samples playable, and gives them a run. */
  const feed = (change: () => boolean): boolean => {
    const nowMs = clock.now();
    noteGap(nowMs);
    const isTaken = change();
    const last = runs.at(-1);
    if ((last === undefined || last.length !== undefined) && unclaimed() > 0) {
      runs.push({ startMs: nowMs, frames: 0, heard: 0, length: undefined });
    }
    arm();
    return isTaken;
  };

  const flush = (): void => {
    const nowMs = clock.now();
    playFrames(nowMs);
    cancelTimer?.();
    cancelTimer = undefined;
    const cuts: Int16Array[] = [];
    for (let run = runs[0]; run !== undefined; run = runs[0]) {
      cuts.push(hear(run, samplesIn(nowMs - latencyMs - run.startMs)));
      if (run === runs[0]) break;
    }
    runs.length = 0;
    const flushed = queue.flush();
    // What is left of progress here is said again by a final report.
    outbox = [...outbox, ...queue.drainReports()].filter((report) => report.type !== "progress");
    outbox.push(...flushed);
    for (const cut of cuts) emit(cut);
    emit(nothing);
  };

  return {
    enqueue(key, samples) {
      if (isStopped) {
        refused += samples.length;
        return false;
      }
      return feed(() => queue.enqueue(key, samples));
    },
    end(key) {
      const isClosed = feed(() => queue.end(key));
      emit(nothing);
      return isClosed;
    },
    flush,
    stop() {
      isStopped = true;
      flush();
    },
    get queuedSamples() {
      return queue.queuedSamples;
    },
    get discardedSamples() {
      return queue.discardedSamples + refused;
    },
  };
}
