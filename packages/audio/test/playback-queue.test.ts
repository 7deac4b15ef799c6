import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type PlaybackKey, type PlaybackReport, playbackQueue } from "../src/index.ts";

const a = { itemId: "a", contentIndex: 0 };
const b = { itemId: "b", contentIndex: 0 };
const b1 = { itemId: "b", contentIndex: 1 };

function samples(...values: readonly number[]): Int16Array {
  return Int16Array.from(values);
}

function report(type: PlaybackReport["type"], key: PlaybackKey, heardSamples: number): PlaybackReport {
  return { type, ...key, heardSamples, heardMs: heardSamples };
}

/** One sample a millisecond keeps the tables readable. */
function queueOf(sampleRateHz = 1000) {
  return playbackQueue({ sampleRateHz });
}

describe("playback queue", () => {
  it("plays what it was given, then zeros", () => {
    const queue = queueOf();
    queue.enqueue(a, samples(1, 2));
    queue.enqueue(a, samples(3));
    expect([...queue.pull(2)]).toEqual([1, 2]);
    expect([...queue.pull(4)]).toEqual([3, 0, 0, 0]);
    expect([...queue.pull(1)]).toEqual([0]);
  });

  it("says how many samples were true, and overwrites all of the target", () => {
    const queue = queueOf();
    queue.enqueue(a, samples(1, 2));
    const target = samples(9, 9, 9);
    expect(queue.fill(target)).toBe(2);
    expect([...target]).toEqual([1, 2, 0]);
    expect(queue.fill(target)).toBe(0);
    expect([...target]).toEqual([0, 0, 0]);
  });

  it("plays parts one after the other without a gap and reports each", () => {
    const queue = queueOf();
    queue.enqueue(a, samples(1, 2, 3));
    queue.enqueue(b, samples(4));
    queue.enqueue(b1, samples(5, 6));
    for (const key of [a, b, b1]) queue.end(key);
    expect([...queue.pull(5)]).toEqual([1, 2, 3, 4, 5]);
    expect(queue.drainReports()).toEqual([
      report("finished", a, 3),
      report("finished", b, 1),
      report("progress", b1, 1),
    ]);
    expect([...queue.pull(5)]).toEqual([6, 0, 0, 0, 0]);
    expect(queue.drainReports()).toEqual([report("finished", b1, 2)]);
    expect(queue.drainReports()).toEqual([]);
  });

  it("keeps a part's place while the network stalls, and what is behind it waits", () => {
    const queue = queueOf();
    queue.enqueue(a, samples(1));
    queue.enqueue(b, samples(7));
    expect(queue.playableSamples).toBe(1);
    expect([...queue.pull(2)]).toEqual([1, 0]);
    expect(queue.drainReports()).toEqual([report("progress", a, 1)]);
    expect([...queue.pull(1)]).toEqual([0]);
    expect(queue.drainReports()).toEqual([]);
    queue.enqueue(a, samples(2));
    expect(queue.end(a)).toBe(true);
    expect(queue.playableSamples).toBe(2);
    expect([...queue.pull(3)]).toEqual([2, 7, 0]);
    expect(queue.drainReports()).toEqual([report("finished", a, 2), report("progress", b, 1)]);
  });

  it("finishes at once what was all played when its end comes", () => {
    const queue = queueOf();
    queue.enqueue(a, samples(1));
    queue.pull(1);
    queue.drainReports();
    queue.end(a);
    expect(queue.drainReports()).toEqual([report("finished", a, 1)]);
  });

  it("knows parts without samples", () => {
    const queue = queueOf();
    expect(queue.enqueue(a, samples())).toBe(true);
    queue.enqueue(b, samples(1));
    queue.end(b);
    expect(queue.playableSamples).toBe(0);
    queue.end(a);
    expect(queue.drainReports()).toEqual([report("finished", a, 0)]);
    expect(queue.playableSamples).toBe(1);
  });

  it("reports every unfinished part when it is flushed, in order, and then is silent", () => {
    const queue = queueOf();
    queue.enqueue(a, samples(1, 2));
    queue.enqueue(b, samples(3, 4, 5));
    queue.enqueue(b1, samples(6));
    queue.end(a);
    queue.end(b);
    queue.pull(3);
    expect(queue.flush()).toEqual([report("flushed", b, 1), report("flushed", b1, 0)]);
    expect(queue.drainReports()).toEqual([report("finished", a, 2)]);
    expect([...queue.pull(2)]).toEqual([0, 0]);
    expect([queue.queuedSamples, queue.playableSamples, queue.discardedSamples]).toEqual([0, 0, 3]);
    expect(queue.flush()).toEqual([]);
  });

  it("plays the next answer after a flush", () => {
    const queue = queueOf();
    queue.enqueue(a, samples(1));
    queue.flush();
    expect(queue.enqueue(b, samples(2))).toBe(true);
    expect([...queue.pull(1)]).toEqual([2]);
  });

  it("never plays what comes for a part that was flushed, ended or finished", () => {
    const queue = queueOf();
    queue.enqueue(a, samples(1, 2));
    queue.flush();
    expect(queue.enqueue(a, samples(3))).toBe(false);
    expect(queue.end(a)).toBe(false);
    queue.enqueue(b, samples(4));
    queue.end(b);
    expect(queue.enqueue(b, samples(5, 5))).toBe(false);
    expect(queue.end(b)).toBe(false);
    expect([...queue.pull(3)]).toEqual([4, 0, 0]);
    expect(queue.enqueue(b, samples(6))).toBe(false);
    expect(queue.discardedSamples).toBe(2 + 1 + 2 + 1);
    expect(queue.drainReports()).toEqual([report("finished", b, 1)]);
  });

  it("closes a part whose end comes before its first sample", () => {
    const queue = queueOf();
    expect(queue.end(a)).toBe(false);
    expect(queue.enqueue(a, samples(1))).toBe(false);
    expect(queue.drainReports()).toEqual([]);
    queue.enqueue(b, samples(2));
    expect(queue.playableSamples).toBe(1);
  });

  it("tells parts apart by item and index", () => {
    const queue = queueOf();
    queue.enqueue({ itemId: "1 x", contentIndex: 0 }, samples(1));
    queue.enqueue({ itemId: "x", contentIndex: 1 }, samples(2));
    queue.enqueue({ itemId: "x", contentIndex: 0 }, samples(3));
    expect(queue.flush()).toHaveLength(3);
  });

  it("keeps its own copy of samples and keys", () => {
    const queue = queueOf();
    const mine = samples(1, 2);
    const key = { itemId: "a", contentIndex: 0 };
    queue.enqueue(key, mine);
    mine.fill(9);
    key.itemId = "changed";
    expect([...queue.pull(2)]).toEqual([1, 2]);
    expect(queue.drainReports()).toEqual([report("progress", a, 2)]);
  });

  it("keeps one report of progress for each part that nobody collected", () => {
    const queue = queueOf();
    queue.enqueue(a, new Int16Array(100));
    for (let pulls = 0; pulls < 50; pulls++) queue.pull(1);
    expect(queue.drainReports()).toEqual([report("progress", a, 50)]);
  });

  it("converts samples to milliseconds without rounding", () => {
    const queue = queueOf(24000);
    queue.enqueue(a, new Int16Array(100));
    queue.pull(49);
    expect(queue.drainReports()[0]).toMatchObject({ heardSamples: 49, heardMs: 49000 / 24000 });
    expect(() => queueOf(0)).toThrow(RangeError);
  });
});

describe("playback queue, the work it does", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([1, 1000])("copies each sample once on its way out, with %i chunks waiting", (chunks) => {
    const queue = queueOf();
    for (let index = 0; index < chunks; index++) queue.enqueue(a, new Int16Array(64));
    const set = vi.spyOn(Int16Array.prototype, "set");
    const slice = vi.spyOn(Int16Array.prototype, "slice");
    const moved = [
      vi.spyOn(Array.prototype, "shift"),
      vi.spyOn(Array.prototype, "splice"),
      vi.spyOn(Array.prototype, "slice"),
    ];
    let pulls = 0;
    while (queue.queuedSamples > 0) {
      queue.pull(48);
      pulls += 1;
    }
    const copies = set.mock.calls.map(([source]) => source.length);
    const counts = [...moved, slice].map((spy) => spy.mock.calls.length);
    vi.restoreAllMocks();
    expect(copies.reduce((sum, length) => sum + length, 0)).toBe(chunks * 64);
    expect(copies.length).toBeLessThanOrEqual(pulls + chunks);
    expect(counts).toEqual([0, 0, 0, 0]);
  });
});

type Call =
  | { readonly do: "enqueue"; readonly key: number; readonly count: number }
  | { readonly do: "end"; readonly key: number }
  | { readonly do: "pull"; readonly count: number }
  | { readonly do: "flush" };

const calls: fc.Arbitrary<Call[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant("enqueue" as const), key: fc.nat(5), count: fc.nat(9) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("end" as const), key: fc.nat(5) }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant("pull" as const), count: fc.nat(12) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("flush" as const) }) },
  ),
  { maxLength: 60 },
);

/** The queue as anybody would write it who does not care for speed. */
function naiveQueue() {
  let parts: { key: number; waiting: number[]; heard: number; ended: boolean }[] = [];
  const closed = new Set<number>();
  return {
    enqueue(key: number, values: readonly number[]): boolean {
      if (closed.has(key)) return false;
      let part = parts.find((each) => each.key === key);
      if (part === undefined) {
        part = { key, waiting: [], heard: 0, ended: false };
        parts.push(part);
      }
      part.waiting.push(...values);
      return true;
    },
    end(key: number): void {
      closed.add(key);
      for (const part of parts) if (part.key === key) part.ended = true;
      while (parts[0]?.ended && parts[0].waiting.length === 0) parts.shift();
    },
    pull(count: number): number[] {
      const out: number[] = [];
      while (out.length < count && parts[0] !== undefined) {
        const part = parts[0];
        const value = part.waiting.shift();
        if (value === undefined) break;
        out.push(value);
        part.heard += 1;
        while (parts[0]?.ended && parts[0].waiting.length === 0) parts.shift();
      }
      return out;
    },
    flush(): { key: number; heard: number }[] {
      const flushed = parts.map(({ key, heard }) => ({ key, heard }));
      for (const { key } of parts) closed.add(key);
      parts = [];
      return flushed;
    },
    playable(): number {
      const firstOpen = parts.findIndex((part) => !part.ended);
      const upTo = firstOpen === -1 ? parts : parts.slice(0, firstOpen + 1);
      return upTo.reduce((sum, part) => sum + part.waiting.length, 0);
    },
    queued: (): number => parts.reduce((sum, part) => sum + part.waiting.length, 0),
  };
}

describe("playback queue, for any calls", () => {
  it("behaves as the naive one, and its accounts add up", () => {
    fc.assert(
      fc.property(calls, (sequence) => {
        const queue = queueOf(24000);
        const naive = naiveQueue();
        const heard = new Map<number, number>();
        const final = new Set<number>();
        let counter = 0;
        let offered = 0;
        let played = 0;

        const check = (reports: readonly PlaybackReport[]): void => {
          for (const each of reports) {
            const key = each.contentIndex;
            expect(final.has(key)).toBe(false);
            expect(each.heardSamples).toBeGreaterThanOrEqual(heard.get(key) ?? 0);
            expect(each.heardMs).toBe((each.heardSamples * 1000) / 24000);
            heard.set(key, each.heardSamples);
            if (each.type !== "progress") final.add(key);
          }
        };

        for (const call of sequence) {
          if (call.do === "enqueue") {
            const values = Array.from({ length: call.count }, () => ++counter);
            offered += call.count;
            const isTaken = queue.enqueue({ itemId: "i", contentIndex: call.key }, Int16Array.from(values));
            expect(isTaken).toBe(naive.enqueue(call.key, values));
          } else if (call.do === "end") {
            queue.end({ itemId: "i", contentIndex: call.key });
            naive.end(call.key);
          } else if (call.do === "pull") {
            const expected = naive.pull(call.count);
            played += expected.length;
            expect([...queue.pull(call.count)]).toEqual([
              ...expected,
              ...new Array<number>(call.count - expected.length).fill(0),
            ]);
          } else {
            const flushed = queue.flush();
            check(queue.drainReports());
            check(flushed);
            expect(
              flushed.map(({ contentIndex, heardSamples }) => ({ key: contentIndex, heard: heardSamples })),
            ).toEqual(naive.flush());
          }
          check(queue.drainReports());
          expect(queue.playableSamples).toBe(naive.playable());
          expect(queue.queuedSamples).toBe(naive.queued());
          expect(offered).toBe(played + queue.queuedSamples + queue.discardedSamples);
        }
        expect([...heard.values()].reduce((sum, each) => sum + each, 0)).toBe(played);
      }),
      { numRuns: 500 },
    );
  });
});
