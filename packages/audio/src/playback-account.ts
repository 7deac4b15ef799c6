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

/** The account of a loudspeaker: which samples of which part wait, and which were played. Holds no samples. */
export interface PlaybackAccount {
  /**
   * Appends so many samples to a part; the first call for a part puts it at the end of the queue. Returns `false`, and
   * counts the samples as discarded, when the part was ended or flushed: it never plays again.
   */
  enqueue(key: PlaybackKey, sampleCount: number): boolean;
  /**
   * Says that no more comes for a part. Until then those behind it wait, even while it has nothing to play, because
   * it may have stalled. Returns `false` when the part was not open; one that was never enqueued is closed for good.
   */
  end(key: PlaybackKey): boolean;
  /**
   * Plays the next samples, part after part without a gap, and returns how many there were to play. `piece` is told of
   * each part's share, in order.
   */
  play(sampleCount: number, piece?: (key: PlaybackKey, sampleCount: number) => void): number;
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

/** A part in the queue: a linked list, so that taking from the front moves nothing. */
interface Part {
  readonly key: PlaybackKey;
  waiting: number;
  heard: number;
  ended: boolean;
  next: Part | undefined;
}

/**
 * An account of speech at one rate. It keeps the name of each part that was closed, because a straggler for it must be
 * refused however late it comes. Throws a `RangeError` on a rate that is no positive number.
 */
export function playbackAccount({ sampleRateHz }: { readonly sampleRateHz: number }): PlaybackAccount {
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
      open.delete(partName(head.key));
      head = head.next;
    }
    if (head === undefined) tail = undefined;
  };

  const append = ({ itemId, contentIndex }: PlaybackKey): Part => {
    const part: Part = {
      key: { itemId, contentIndex },
      waiting: 0,
      heard: 0,
      ended: false,
      next: undefined,
    };
    open.set(partName(part.key), part);
    if (tail === undefined) head = part;
    else tail.next = part;
    tail = part;
    frontier ??= part;
    return part;
  };

  return {
    enqueue(key, sampleCount) {
      const name = partName(key);
      if (closed.has(name)) {
        discarded += sampleCount;
        return false;
      }
      const part = open.get(name) ?? append(key);
      part.waiting += sampleCount;
      queued += sampleCount;
      if (part === frontier) playable += sampleCount;
      return true;
    },

    end(key) {
      const name = partName(key);
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

    play(sampleCount, piece) {
      let played = 0;
      while (head !== undefined && played < sampleCount) {
        const part = head;
        const share = Math.min(part.waiting, sampleCount - played);
        part.waiting -= share;
        part.heard += share;
        played += share;
        if (share > 0) {
          piece?.(part.key, share);
          note("progress", part);
        }
        settle();
        if (head === part) break;
      }
      queued -= played;
      playable -= played;
      return played;
    },

    flush() {
      const flushed: PlaybackReport[] = [];
      for (let part = head; part !== undefined; part = part.next) {
        flushed.push(report("flushed", part));
        closed.add(partName(part.key));
      }
      reports = reports.filter((earlier) => !open.has(partName(earlier)));
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

/** A name that no other part has. */
export function partName({ itemId, contentIndex }: PlaybackKey): string {
  return `${contentIndex} ${itemId}`;
}

function isSame(a: PlaybackKey, b: PlaybackKey): boolean {
  return a.itemId === b.itemId && a.contentIndex === b.contentIndex;
}
