/** What a piece of speech belongs to: a content part of an item. */
export interface PlaybackKey {
  readonly itemId: string;
  readonly contentIndex: number;
}

/**
 * How far the playing of one content part has come. `progress`: so much of it was played, more may follow.
 * `finished`: all of it was played and no more comes. `flushed`: what it had beyond that was dropped and is never
 * played. The last two are final: nothing follows them for this part.
 */
export interface PlaybackReport extends PlaybackKey {
  readonly type: "progress" | "finished" | "flushed";
  /** Samples of this part that were played so far; never falls from report to report. */
  readonly heardSamples: number;
  /** The same in milliseconds, not rounded. */
  readonly heardMs: number;
}

/** What a loudspeaker still has to play, and the exact account of what it has played. No clock and no I/O. */
export interface PlaybackQueue {
  /**
   * Appends samples to a part; the first call for a part puts it at the end of the queue. The samples are copied.
   * Returns `false`, and counts the samples as discarded, when the part was ended or flushed: it never plays again.
   */
  enqueue(key: PlaybackKey, samples: Int16Array): boolean;
  /**
   * Says that no more comes for a part. Until then those behind it wait, even while it has nothing to play, because
   * it may have stalled. Returns `false` when the part was not open; one that was never enqueued is closed for good.
   */
  end(key: PlaybackKey): boolean;
  /** Plays into all of `target`: part after part without a gap, then zeros. Returns the number of true samples. */
  fill(target: Int16Array): number;
  /** Plays the next `sampleCount` samples into a new array; see `fill`. */
  pull(sampleCount: number): Int16Array<ArrayBuffer>;
  /**
   * Drops all that was not played. Returns a `flushed` report for each part that was not finished, in the order of
   * the queue, also for those of which nothing was played.
   */
  flush(): PlaybackReport[];
  /**
   * Hands over the reports of what was played since the last call, in order: one `progress` or `finished` for each
   * part. `flush` takes back the `progress` of parts it reports itself.
   */
  drainReports(): PlaybackReport[];
  /** Samples that wait. */
  readonly queuedSamples: number;
  /** Those of them that play without anything else being called: up to the end of the first part that is open. */
  readonly playableSamples: number;
  /** Samples that were dropped so far: refused by `enqueue`, or flushed. */
  readonly discardedSamples: number;
}

interface Chunk {
  readonly samples: Int16Array;
  next: Chunk | undefined;
}

/** A part in the queue. Both kinds of list are linked, so that taking from the front moves nothing. */
interface Part {
  readonly key: PlaybackKey;
  first: Chunk | undefined;
  last: Chunk | undefined;
  /** Samples of `first` that were played. */
  offset: number;
  waiting: number;
  heard: number;
  ended: boolean;
  next: Part | undefined;
}

/**
 * A queue of speech at one rate. Memory is what waits, plus the name of each part that was closed, because a
 * straggler for it must be refused however late it comes. Each sample is copied once on its way in and once on its
 * way out. Throws a `RangeError` on a rate that is no positive number.
 */
export function playbackQueue({ sampleRateHz }: { readonly sampleRateHz: number }): PlaybackQueue {
  if (!(sampleRateHz > 0)) throw new RangeError(`a sample rate of ${sampleRateHz} Hz is no rate`);

  const open = new Map<string, Part>();
  const closed = new Set<string>();
  let head: Part | undefined;
  let tail: Part | undefined;
  /** The first part that was not ended: what is behind it can't play yet. */
  let frontier: Part | undefined;
  let queued = 0;
  let playable = 0;
  let discarded = 0;
  let reports: PlaybackReport[] = [];

  const report = (type: PlaybackReport["type"], { key, heard }: Part): PlaybackReport => ({
    type,
    itemId: key.itemId,
    contentIndex: key.contentIndex,
    heardSamples: heard,
    heardMs: (heard * 1000) / sampleRateHz,
  });

  /** Adds a report; it replaces an older `progress` of the same part, which can only be the newest one. */
  const note = (type: PlaybackReport["type"], part: Part): void => {
    const newest = reports.at(-1);
    if (newest?.type === "progress" && isSame(newest, part.key)) reports.pop();
    reports.push(report(type, part));
  };

  /** Takes finished parts off the front. */
  const settle = (): void => {
    while (head?.ended && head.waiting === 0) {
      note("finished", head);
      open.delete(nameOf(head.key));
      head = head.next;
    }
    if (head === undefined) tail = undefined;
  };

  const append = (key: PlaybackKey): Part => {
    const part: Part = {
      key: { itemId: key.itemId, contentIndex: key.contentIndex },
      first: undefined,
      last: undefined,
      offset: 0,
      waiting: 0,
      heard: 0,
      ended: false,
      next: undefined,
    };
    open.set(nameOf(key), part);
    if (tail === undefined) head = part;
    else tail.next = part;
    tail = part;
    frontier ??= part;
    return part;
  };

  /** Copies the next samples of one part into `target` from `at` on; returns how many. */
  const take = (part: Part, target: Int16Array, at: number): number => {
    let taken = 0;
    while (part.first !== undefined && at + taken < target.length) {
      const { samples, next } = part.first;
      const piece = samples.subarray(part.offset, part.offset + target.length - at - taken);
      target.set(piece, at + taken);
      taken += piece.length;
      part.offset += piece.length;
      if (part.offset === samples.length) {
        part.offset = 0;
        part.first = next;
        if (next === undefined) part.last = undefined;
      }
    }
    part.waiting -= taken;
    part.heard += taken;
    queued -= taken;
    playable -= taken;
    return taken;
  };

  const fill = (target: Int16Array): number => {
    let filled = 0;
    while (head !== undefined && filled < target.length) {
      const part = head;
      const taken = take(part, target, filled);
      filled += taken;
      if (taken > 0) note("progress", part);
      settle();
      if (head === part) break;
    }
    target.fill(0, filled);
    return filled;
  };

  return {
    enqueue(key, samples) {
      const name = nameOf(key);
      if (closed.has(name)) {
        discarded += samples.length;
        return false;
      }
      const part = open.get(name) ?? append(key);
      if (samples.length === 0) return true;
      const chunk: Chunk = { samples: samples.slice(), next: undefined };
      if (part.last === undefined) part.first = chunk;
      else part.last.next = chunk;
      part.last = chunk;
      part.waiting += samples.length;
      queued += samples.length;
      if (part === frontier) playable += samples.length;
      return true;
    },

    end(key) {
      const name = nameOf(key);
      const part = open.get(name);
      closed.add(name);
      if (part === undefined || part.ended) return false;
      part.ended = true;
      if (part === frontier) {
        do {
          frontier = frontier.next;
          playable += frontier?.waiting ?? 0;
        } while (frontier?.ended);
      }
      settle();
      return true;
    },

    fill,

    pull(sampleCount) {
      const samples = new Int16Array(sampleCount);
      fill(samples);
      return samples;
    },

    flush() {
      const flushed: PlaybackReport[] = [];
      for (let part = head; part !== undefined; part = part.next) {
        flushed.push(report("flushed", part));
        closed.add(nameOf(part.key));
      }
      reports = reports.filter((earlier) => !open.has(nameOf(earlier)));
      discarded += queued;
      open.clear();
      head = tail = frontier = undefined;
      queued = playable = 0;
      return flushed;
    },

    drainReports() {
      const drained = reports;
      reports = [];
      return drained;
    },

    get queuedSamples() {
      return queued;
    },
    get playableSamples() {
      return playable;
    },
    get discardedSamples() {
      return discarded;
    },
  };
}

function nameOf({ itemId, contentIndex }: PlaybackKey): string {
  return `${contentIndex} ${itemId}`;
}

function isSame(a: PlaybackKey, b: PlaybackKey): boolean {
  return a.itemId === b.itemId && a.contentIndex === b.contentIndex;
}
