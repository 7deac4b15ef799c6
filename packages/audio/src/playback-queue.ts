import { type PlaybackAccount, type PlaybackKey, partName, playbackAccount } from "./playback-account.ts";

/** What a loudspeaker still has to play, and the exact account of what it has played. No clock and no I/O. */
export interface PlaybackQueue extends Omit<PlaybackAccount, "enqueue" | "play"> {
  /** Appends samples to a part, as `PlaybackAccount.enqueue` does with their number. The samples are copied. */
  enqueue(key: PlaybackKey, samples: Int16Array): boolean;
  /** Plays into all of `target`: part after part without a gap, then zeros. Returns the number of true samples. */
  fill(target: Int16Array): number;
  /** Plays the next `sampleCount` samples into a new array; see `fill`. */
  pull(sampleCount: number): Int16Array<ArrayBuffer>;
}

/** Samples of one part, oldest first: a linked list, so that taking from the front moves nothing. */
interface Chain {
  first: Chunk;
  last: Chunk;
  /** Samples of `first` that were played. */
  offset: number;
}

interface Chunk {
  readonly samples: Int16Array;
  next: Chunk | undefined;
}

/**
 * A queue of speech at one rate: a `playbackAccount` with its samples. Memory is what waits, plus the name of each part
 * that was closed. Each sample is copied once on its way in and once on its way out. Throws a `RangeError` on a rate
 * that is no positive number.
 */
export function playbackQueue(options: { readonly sampleRateHz: number }): PlaybackQueue {
  const account = playbackAccount(options);
  const chains = new Map<string, Chain>();

  const append = (key: PlaybackKey, samples: Int16Array): void => {
    const chunk: Chunk = { samples, next: undefined };
    const chain = chains.get(partName(key));
    if (chain === undefined) {
      chains.set(partName(key), { first: chunk, last: chunk, offset: 0 });
    } else {
      chain.last.next = chunk;
      chain.last = chunk;
    }
  };

  /** Moves the next samples of a part, which has as many, into `target` from `at` on. */
  const take = (key: PlaybackKey, sampleCount: number, target: Int16Array, at: number): void => {
    const chain = chains.get(partName(key));
    for (let taken = 0; chain !== undefined && taken < sampleCount; ) {
      const { samples, next } = chain.first;
      const piece = samples.subarray(chain.offset, chain.offset + sampleCount - taken);
      target.set(piece, at + taken);
      taken += piece.length;
      chain.offset += piece.length;
      if (chain.offset < samples.length) continue;
      if (next === undefined) chains.delete(partName(key));
      else chain.first = next;
      chain.offset = 0;
    }
  };

  const fill = (target: Int16Array): number => {
    let filled = 0;
    account.play(target.length, (key, sampleCount) => {
      take(key, sampleCount, target, filled);
      filled += sampleCount;
    });
    target.fill(0, filled);
    return filled;
  };

  return {
    enqueue(key, samples) {
      const isTaken = account.enqueue(key, samples.length);
      if (isTaken && samples.length > 0) append(key, samples.slice());
      return isTaken;
    },
    end: (key) => account.end(key),
    fill,
    pull(sampleCount) {
      const samples = new Int16Array(sampleCount);
      fill(samples);
      return samples;
    },
    flush() {
      chains.clear();
      return account.flush();
    },
    drainReports: () => account.drainReports(),
    get queuedSamples() {
      return account.queuedSamples;
    },
    get playableSamples() {
      return account.playableSamples;
    },
    get discardedSamples() {
      return account.discardedSamples;
    },
  };
}
