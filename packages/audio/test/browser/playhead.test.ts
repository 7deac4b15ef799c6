import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { playhead } from "../../src/browser/playhead.ts";
import type { PlaybackReport } from "../../src/index.ts";
import { type FromPlayback, fadeSamples, type ToPlayback } from "../../src/worklet/messages.ts";
import { playback } from "../../src/worklet/playback.ts";

const a = { itemId: "a", contentIndex: 0 };
const b = { itemId: "b", contentIndex: 0 };

const line = ({ type, itemId, heardSamples }: PlaybackReport) => `${type} ${itemId} ${heardSamples}`;
const word = (frame: number, played: number, playing: boolean, flushes = 0): FromPlayback => ({
  flushes,
  frame,
  played,
  playing,
  level: 0,
});

describe("playhead", () => {
  it("reports what the loudspeaker has played, behind what the audio thread has", () => {
    const head = playhead({ sampleRateHz: 1000, frame: 0 });
    head.enqueue(a, 1000, 50);
    head.note(word(128, 0, true));
    head.note(word(640, 512, true));
    expect(head.heard(100).map(line)).toEqual([]);
    expect(head.heard(228).map(line)).toEqual(["progress a 100"]);
    expect(head.unreported(640)).toBe(412);
    expect(head.heard(640).map(line)).toEqual(["progress a 512"]);
  });

  it("counts on from the last word, and no further than there is sound", () => {
    const head = playhead({ sampleRateHz: 1000, frame: 0 });
    head.enqueue(a, 300, 0);
    head.note(word(0, 0, true));
    expect(head.heard(200).map(line)).toEqual(["progress a 200"]);
    expect(head.heard(900).map(line)).toEqual(["progress a 300"]);
  });

  it("knows that there is more to report when the audio thread is ahead of the page's time", () => {
    const head = playhead({ sampleRateHz: 1000, frame: 0 });
    head.enqueue(a, 300, 0);
    head.end(a, 0);
    head.note(word(0, 0, true));
    head.note(word(300, 300, false));
    expect(head.heard(250).map(line)).toEqual(["progress a 250"]);
    expect(head.unreported(250)).toBe(50);
    expect(head.heard(300).map(line)).toEqual(["finished a 300"]);
    expect(head.unreported(300)).toBe(0);
  });

  it("counts from when sound was handed over, where the audio thread has not spoken yet", () => {
    const head = playhead({ sampleRateHz: 1000, frame: 0 });
    head.enqueue(a, 1000, 5000);
    expect(head.heard(5100).map(line)).toEqual(["progress a 100"]);
    head.note(word(5050, 0, true));
    expect(head.heard(5100).map(line)).toEqual([]);
    expect(head.heard(5200).map(line)).toEqual(["progress a 150"]);
  });

  it("counts no time in which there was nothing to play", () => {
    const head = playhead({ sampleRateHz: 1000, frame: 0 });
    head.enqueue(a, 100, 0);
    head.note(word(0, 0, true));
    head.note(word(100, 100, false));
    head.enqueue(a, 100, 700);
    expect(head.flush(750).map(line)).toEqual(["flushed a 200"]);
    expect(100 + 50 + fadeSamples).toBeGreaterThan(200);
    const other = playhead({ sampleRateHz: 1000, frame: 0 });
    other.enqueue(a, 100, 0);
    other.note(word(0, 0, true));
    other.enqueue(a, 1000, 700);
    expect(other.heard(750).map(line)).toEqual(["progress a 150"]);
  });

  it("takes an old word for what it is", () => {
    const head = playhead({ sampleRateHz: 1000, frame: 0 });
    head.enqueue(a, 100, 0);
    head.note(word(0, 0, true));
    head.enqueue(a, 1000, 700);
    head.note(word(100, 100, false)); // was on its way when more was handed over
    expect(head.heard(750).map(line)).toEqual(["progress a 150"]);
  });

  it("reports every part at a flush, with what fades out, and begins anew", () => {
    const head = playhead({ sampleRateHz: 1000, frame: 0 });
    head.enqueue(a, 300, 0);
    head.end(a, 0);
    head.enqueue(b, 1000, 0);
    head.note(word(0, 0, true));
    expect(head.flushes).toBe(0);
    expect(head.flush(400).map(line)).toEqual(["finished a 300", `flushed b ${100 + fadeSamples}`]);
    expect(head.flushes).toBe(1);
    expect(head.enqueue(b, 10, 450)).toBe(false);
    const c = { itemId: "c", contentIndex: 0 };
    expect(head.enqueue(c, 1000, 450)).toBe(true);
    head.note(word(560, 560, true)); // said before it knew of the flush
    expect(head.heard(600).map(line)).toEqual([`progress c ${600 - 400 - fadeSamples}`]);
    head.note(word(560, 0, true, 1));
    expect(head.heard(700).map(line)).toEqual(["progress c 140"]);
  });

  it("has nothing fade out that was not playing", () => {
    const head = playhead({ sampleRateHz: 1000, frame: 0 });
    head.enqueue(a, 1000, 500);
    expect(head.flush(500).map(line)).toEqual(["flushed a 0"]);
    expect(head.flush(500)).toEqual([]);
  });
});

type Call =
  | { readonly do: "enqueue"; readonly part: number; readonly count: number }
  | { readonly do: "end"; readonly part: number }
  | { readonly do: "render"; readonly blocks: number }
  | { readonly do: "flush" };

const calls: fc.Arbitrary<Call[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant("enqueue" as const), part: fc.nat(3), count: fc.nat(3000) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("end" as const), part: fc.nat(3) }) },
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant("render" as const), blocks: fc.integer({ min: 1, max: 12 }) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("flush" as const) }) },
  ),
  { maxLength: 60 },
);

/** A page and an audio thread whose words to each other take some blocks; a flush takes none. */
function twoThreads(wordsTake: number) {
  const toThread: { readonly atBlock: number; readonly message: ToPlayback }[] = [];
  const toPage: { readonly atBlock: number; readonly position: FromPlayback }[] = [];
  const rendered: number[] = [];
  let block = 0;
  const head = playhead({ sampleRateHz: 24000, frame: 0 });
  const thread = playback({
    sampleRateHz: 24000,
    reportEveryMs: 20,
    post: (position) => void toPage.push({ atBlock: block + wordsTake, position }),
  });
  return {
    head,
    rendered,
    get frame() {
      return block * 128;
    },
    tell: (message: ToPlayback) => void toThread.push({ atBlock: block + wordsTake, message }),
    render(blocks: number): void {
      for (let count = 0; count < blocks; count++) {
        while ((toThread[0]?.atBlock ?? Number.POSITIVE_INFINITY) <= block) {
          const next = toThread.shift();
          if (next !== undefined) thread.tell(next.message);
        }
        const samples = new Float32Array(128);
        thread.render(samples, block * 128, head.flushes);
        rendered.push(...samples);
        block += 1;
        while ((toPage[0]?.atBlock ?? Number.POSITIVE_INFINITY) <= block) {
          const next = toPage.shift();
          if (next !== undefined) head.note(next.position);
        }
      }
    },
  };
}

describe("playhead and audio thread, for any calls", () => {
  it("agree on what was heard, up to the time that a word takes", () => {
    fc.assert(
      fc.property(calls, fc.nat(6), (sequence, wordsTake) => {
        const threads = twoThreads(wordsTake);
        const { head, rendered } = threads;
        const name = (part: number, epoch: number) => ({ itemId: `${epoch} ${part}`, contentIndex: 0 });
        /** By part, since the latest flush. */
        let heard = new Map<string, number>();
        let since = 0;
        let stalls = 0;
        const note = (reports: readonly PlaybackReport[]): void => {
          for (const { itemId, heardSamples } of reports) {
            expect(heardSamples).toBeGreaterThanOrEqual(heard.get(itemId) ?? 0);
            heard.set(itemId, heardSamples);
          }
        };
        const played = () => rendered.slice(since).filter((sample) => sample !== 0).length;
        const total = () => [...heard.values()].reduce((sum, each) => sum + each, 0);

        for (const call of sequence) {
          if (call.do === "enqueue") {
            const key = name(call.part, head.flushes);
            if (!head.enqueue(key, call.count, threads.frame)) continue;
            const samples = new Int16Array(call.count).fill(20000);
            threads.tell({ type: "enqueue", flushes: head.flushes, key, samples });
            stalls += 1;
          } else if (call.do === "end") {
            const key = name(call.part, head.flushes);
            head.end(key, threads.frame);
            threads.tell({ type: "end", flushes: head.flushes, key });
            stalls += 1;
          } else if (call.do === "render") {
            threads.render(call.blocks);
            note(head.heard(threads.frame));
          } else {
            note(head.flush(threads.frame));
            threads.render(1);
            // Each hand-over may have come a word's time later than the page thought. The last of a fade is silent.
            expect(Math.abs(total() - played())).toBeLessThanOrEqual((stalls + 1) * (wordsTake + 1) * 128);
            if (wordsTake === 0) expect(Math.abs(total() - played())).toBeLessThanOrEqual(1 + 128);
            heard = new Map();
            since = rendered.length;
            stalls = 0;
          }
        }
        // When all is quiet and every word has come, both know the same.
        for (let part = 0; part < 4; part++) {
          const key = name(part, head.flushes);
          head.end(key, threads.frame);
          threads.tell({ type: "end", flushes: head.flushes, key });
        }
        threads.render(800);
        note(head.heard(threads.frame));
        expect(total()).toBe(played());
        expect(head.unreported(threads.frame)).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
