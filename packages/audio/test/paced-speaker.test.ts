import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PacedSpeakerOptions, pacedSpeaker } from "../src/index.ts";
import { virtualClock } from "./virtual-clock.ts";

const a = { itemId: "a", contentIndex: 0 };
const b = { itemId: "b", contentIndex: 0 };

/** A speaker of one sample a millisecond whose reports are lines: time, type, part, heard. */
function setUp(options: Partial<PacedSpeakerOptions> = {}, clock = virtualClock()) {
  const log: string[] = [];
  const played: number[] = [];
  const frames: number[] = [];
  const speaker = pacedSpeaker({
    sampleRateHz: 1000,
    clock,
    onFrame: (samples) => {
      frames.push(samples.length);
      for (const sample of samples) played.push(sample);
    },
    onReport: ({ type, itemId, heardMs }) => log.push(`${clock.now()} ${type} ${itemId} ${heardMs}`),
    ...options,
  });
  return { clock, log, played, frames, speaker };
}

function ramp(count: number, from = 1): Int16Array {
  return Int16Array.from({ length: count }, (_, index) => from + index);
}

describe("paced speaker", () => {
  it("takes the time that playing takes, then is idle", () => {
    const { clock, log, played, frames, speaker } = setUp();
    speaker.enqueue(a, ramp(50));
    speaker.end(a);
    clock.settle();
    expect(log).toEqual(["20 progress a 20", "40 progress a 40", "60 finished a 50"]);
    expect(frames).toEqual([20, 20, 10]);
    expect(played).toEqual([...ramp(50)]);
    expect(clock.timers).toBe(0);
  });

  it("plays parts without a gap and cuts frames at neither end", () => {
    const { clock, log, played, frames, speaker } = setUp();
    speaker.enqueue(a, ramp(30));
    speaker.end(a);
    clock.goTo(15);
    speaker.enqueue(b, ramp(30, 31));
    speaker.end(b);
    clock.settle();
    expect(log).toEqual(["20 progress a 20", "40 finished a 30", "40 progress b 10", "60 finished b 30"]);
    expect(frames).toEqual([20, 20, 20]);
    expect(played).toEqual([...ramp(60)]);
  });

  it("joins what comes at the very moment at which it would run dry", () => {
    const { clock, frames, speaker } = setUp();
    speaker.enqueue(a, ramp(30));
    clock.goTo(30);
    speaker.enqueue(a, ramp(30));
    clock.settle();
    expect(frames).toEqual([20, 20, 20]);
  });

  it("sets one timer for each frame and none after the last", () => {
    const { clock, frames, speaker } = setUp();
    speaker.enqueue(a, ramp(40));
    clock.settle();
    expect([clock.now(), clock.armed, frames.length]).toEqual([40, 2, 2]);
    clock.goTo(45);
    speaker.enqueue(a, ramp(40));
    clock.settle();
    expect([clock.now(), clock.armed, frames.length]).toEqual([85, 4, 4]);
  });

  it("runs no timer while a part stalls, and goes on from when more comes", () => {
    const { clock, log, frames, speaker } = setUp();
    speaker.enqueue(a, ramp(30));
    clock.settle();
    expect(clock.now()).toBe(40);
    clock.goTo(1000);
    speaker.enqueue(a, ramp(30));
    speaker.end(a);
    clock.settle();
    expect(log).toEqual(["20 progress a 20", "40 progress a 30", "1020 progress a 50", "1040 finished a 60"]);
    expect(frames).toEqual([20, 10, 20, 10]);
  });

  it("counts a gap within a frame: what comes at 35 plays from 35", () => {
    const { clock, log, speaker } = setUp();
    speaker.enqueue(a, ramp(30));
    clock.goTo(35);
    speaker.enqueue(a, ramp(10));
    clock.goTo(44);
    speaker.flush();
    expect(log).toEqual(["20 progress a 20", "40 progress a 30", "44 flushed a 39"]);
  });

  it("finishes a part when its end comes late, and then lets the next one play", () => {
    const { clock, log, speaker } = setUp();
    speaker.enqueue(a, ramp(20));
    speaker.enqueue(b, ramp(20));
    speaker.end(b);
    clock.goTo(100);
    expect(speaker.end(a)).toBe(true);
    clock.settle();
    expect(log).toEqual(["20 progress a 20", "100 finished a 20", "120 finished b 20"]);
  });

  it("flushes to the sample, in the middle of a frame", () => {
    const { clock, log, played, frames, speaker } = setUp();
    speaker.enqueue(a, ramp(100));
    speaker.enqueue(b, ramp(100));
    clock.goTo(33);
    speaker.flush();
    expect(log).toEqual(["20 progress a 20", "33 flushed a 33", "33 flushed b 0"]);
    expect(frames).toEqual([20, 13]);
    expect(played).toEqual([...ramp(33)]);
    expect(clock.timers).toBe(0);
    expect(speaker.enqueue(a, ramp(5))).toBe(false);
    expect([speaker.queuedSamples, speaker.discardedSamples]).toEqual([0, 67 + 100 + 5]);
    clock.settle();
    expect(log).toHaveLength(3);
  });

  it("flushes between two parts: the first finished, the second not kept", () => {
    const { clock, log, speaker } = setUp();
    for (const key of [a, b]) {
      speaker.enqueue(key, ramp(30));
      speaker.end(key);
    }
    clock.goTo(31);
    speaker.flush();
    expect(log).toEqual(["20 progress a 20", "31 finished a 30", "31 flushed b 1"]);
  });

  it("plays again after a flush, from then on", () => {
    const { clock, log, speaker } = setUp();
    speaker.enqueue(a, ramp(100));
    clock.goTo(7);
    speaker.flush();
    speaker.enqueue(b, ramp(20));
    speaker.end(b);
    clock.settle();
    expect(log).toEqual(["7 flushed a 7", "27 finished b 20"]);
  });

  it("flushes silence without a word", () => {
    const { log, speaker } = setUp();
    speaker.flush();
    speaker.end(a);
    expect(log).toEqual([]);
  });

  it("stops for good", () => {
    const { clock, log, speaker } = setUp();
    speaker.enqueue(a, ramp(100));
    clock.goTo(25);
    speaker.stop();
    speaker.stop();
    expect(log).toEqual(["20 progress a 20", "25 flushed a 25"]);
    expect(speaker.enqueue(b, ramp(3))).toBe(false);
    expect(speaker.discardedSamples).toBe(75 + 3);
    expect(clock.timers).toBe(0);
  });

  it.each([
    [{ sampleRateHz: 0 }, "sample rate"],
    [{ frameMs: 0 }, "frameMs"],
    [{ latencyMs: -1 }, "latencyMs"],
  ])("refuses %j", (options, message) => {
    expect(() => setUp(options)).toThrow(message);
  });
});

describe("paced speaker behind a latency", () => {
  it("reports what was heard, not what was handed on", () => {
    const { clock, log, speaker } = setUp({ latencyMs: 400 });
    speaker.enqueue(a, ramp(40));
    speaker.end(a);
    clock.settle();
    expect(log).toEqual(["420 progress a 20", "440 finished a 40"]);
  });

  it("flushes what is on its way too", () => {
    const { clock, log, played, speaker } = setUp({ latencyMs: 400 });
    speaker.enqueue(a, ramp(5000));
    clock.goTo(2050);
    speaker.flush();
    expect(log.at(-1)).toBe("2050 flushed a 1650");
    expect(played).toHaveLength(1650);
  });

  it("has heard nothing before the latency is over", () => {
    const { clock, log, frames, speaker } = setUp({ latencyMs: 50 });
    speaker.enqueue(a, ramp(100));
    clock.goTo(49);
    speaker.flush();
    expect(log).toEqual(["49 flushed a 0"]);
    expect(frames).toEqual([]);
  });

  it("lets a gap through as it was, also while earlier speech is still on its way", () => {
    const { clock, log, frames, speaker } = setUp({ latencyMs: 100 });
    speaker.enqueue(a, ramp(30)); // plays 0–30, is heard 100–130
    clock.goTo(40);
    speaker.enqueue(a, ramp(10)); // plays 40–50, is heard 140–150
    clock.goTo(60);
    speaker.enqueue(a, ramp(25)); // plays 60–85, is heard 160–185
    speaker.end(a);
    clock.settle();
    expect(log).toEqual([
      "120 progress a 20",
      "140 progress a 30",
      "160 progress a 40",
      "180 progress a 60",
      "200 finished a 65",
    ]);
    expect(frames).toEqual([20, 10, 10, 20, 5]);
  });

  it("counts across such gaps when it is flushed", () => {
    const { clock, log, speaker } = setUp({ latencyMs: 100, frameMs: 50 });
    speaker.enqueue(a, ramp(10)); // heard 100–110
    clock.goTo(20);
    speaker.enqueue(a, ramp(30)); // heard 120–150
    clock.goTo(125);
    speaker.flush();
    expect(log).toEqual(["125 flushed a 15"]);
  });
});

describe("paced speaker and time", () => {
  it("does not drift, whatever the timers do", () => {
    let seed = 1;
    const late = () => {
      seed = (seed * 16807) % 2147483647;
      return (seed % 1000) / 100;
    };
    const clock = virtualClock(0.1, late);
    const { log, speaker } = setUp({ sampleRateHz: 24000 }, clock);
    speaker.enqueue(a, new Int16Array(24000 * 60));
    speaker.end(a);
    clock.settle();
    expect(log).toHaveLength(3000);
    expect(log.at(-1)).toMatch(/ finished a 60000$/);
    expect(clock.now()).toBeGreaterThanOrEqual(60000.1);
    expect(clock.now()).toBeLessThan(60010.2);
  });

  it("catches up frame by frame after a timer that came very late", () => {
    const lateness = [75];
    const clock = virtualClock(0, () => lateness.pop() ?? 0);
    const { log, frames, speaker } = setUp({}, clock);
    speaker.enqueue(a, ramp(200));
    clock.goTo(120);
    expect(log).toEqual([
      "95 progress a 20",
      "95 progress a 40",
      "95 progress a 60",
      "95 progress a 80",
      "100 progress a 100",
      "120 progress a 120",
    ]);
    expect(frames).toEqual([20, 20, 20, 20, 20, 20]);
  });

  it("waits on after a timer that came early", () => {
    const lateness = [-5];
    const { clock, log, speaker } = setUp(
      {},
      virtualClock(0, () => lateness.pop() ?? 0),
    );
    speaker.enqueue(a, ramp(30));
    clock.settle();
    expect(log).toEqual(["20 progress a 20", "40 progress a 30"]);
    expect(clock.armed).toBe(3);
  });

  it("has heard 24 samples after each whole millisecond, wherever the clock starts", () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.integer({ min: 1, max: 999 }), (originUs, durationMs) => {
        const { clock, log, speaker } = setUp({ sampleRateHz: 24000 }, virtualClock(originUs / 1000));
        speaker.enqueue(a, new Int16Array(24000));
        clock.goTo(originUs / 1000 + durationMs);
        speaker.flush();
        expect(log.at(-1)).toBe(`${clock.now()} flushed a ${durationMs}`);
      }),
    );
  });

  it.each([11025, 22050, 44100, 24000])("plays whole seconds of frames at %i Hz", (sampleRateHz) => {
    const { clock, frames, log, speaker } = setUp({ sampleRateHz }, virtualClock(12345.678));
    speaker.enqueue(a, new Int16Array(sampleRateHz));
    speaker.end(a);
    clock.settle();
    expect(frames).toHaveLength(50);
    expect(Math.max(...frames) - Math.min(...frames)).toBeLessThanOrEqual(1);
    expect(log.at(-1)).toMatch(/finished a 1000$/);
  });
});

interface Step {
  readonly waitMs: number;
  readonly do: "enqueue" | "end" | "flush";
  readonly part: number;
  readonly count: number;
}

/** A loudspeaker as a loop over milliseconds, with one sample each. Returns the final accounts, as lines. */
function naiveSpeaker(steps: readonly Step[], latencyMs: number): string[] {
  let parts: { readonly part: number; waiting: number; heard: number; total: number; ended: boolean }[] = [];
  let onItsWay: { readonly part: number; readonly heardAtMs: number }[] = [];
  const closed = new Set<number>();
  const finals: string[] = [];
  const settle = () => {
    while (parts[0]?.ended && parts[0].heard === parts[0].total) {
      finals.push(`finished ${parts[0].part} ${parts[0].heard}`);
      parts.shift();
    }
  };
  const flush = () => {
    for (const { part, heard } of parts) finals.push(`flushed ${part} ${heard}`);
    for (const { part } of parts) closed.add(part);
    parts = [];
    onItsWay = [];
  };

  let callAtMs = 0;
  const callsAt = new Map<number, Step[]>();
  for (const step of steps) {
    callAtMs += step.waitMs;
    callsAt.set(callAtMs, [...(callsAt.get(callAtMs) ?? []), step]);
  }
  const longEnoughMs = callAtMs + latencyMs + steps.reduce((sum, step) => sum + step.count, 0) + 1;
  for (let nowMs = 0; nowMs <= longEnoughMs; nowMs++) {
    for (const part of parts) {
      part.heard += onItsWay.filter(
        (sample) => sample.part === part.part && sample.heardAtMs === nowMs,
      ).length;
    }
    settle();
    for (const call of callsAt.get(nowMs) ?? []) {
      if (call.do === "flush") flush();
      else if (call.do === "enqueue" && !closed.has(call.part)) {
        let part = parts.find((each) => each.part === call.part);
        if (part === undefined) {
          part = { part: call.part, waiting: 0, heard: 0, total: 0, ended: false };
          parts.push(part);
        }
        part.waiting += call.count;
        part.total += call.count;
      } else if (call.do === "end") {
        closed.add(call.part);
        for (const part of parts) if (part.part === call.part) part.ended = true;
        settle();
      }
    }
    const playing = parts.find((part) => !part.ended || part.waiting > 0);
    if (playing !== undefined && playing.waiting > 0) {
      playing.waiting -= 1;
      onItsWay.push({ part: playing.part, heardAtMs: nowMs + 1 + latencyMs });
    }
  }
  flush();
  return finals;
}

describe("paced speaker, for any calls", () => {
  const anyStep: fc.Arbitrary<Step> = fc.record({
    waitMs: fc.nat(60),
    do: fc.constantFrom("enqueue", "enqueue", "enqueue", "enqueue", "end", "end", "flush"),
    part: fc.nat(5),
    count: fc.nat(50),
  });

  function run(steps: readonly Step[], latencyMs: number, lateness: () => number) {
    const clock = virtualClock(0, lateness);
    const finals: string[] = [];
    const heard = new Map<string, number>();
    const { played, speaker } = setUp(
      {
        latencyMs,
        onReport: ({ type, itemId, heardSamples }) => {
          expect(heardSamples).toBeGreaterThanOrEqual(heard.get(itemId) ?? 0);
          heard.set(itemId, heardSamples);
          if (type !== "progress") finals.push(`${type} ${itemId} ${heardSamples}`);
        },
      },
      clock,
    );
    let at = 0;
    for (const each of steps) {
      at += each.waitMs;
      clock.goTo(at);
      const key = { itemId: `${each.part}`, contentIndex: 0 };
      if (each.do === "enqueue") speaker.enqueue(key, ramp(each.count));
      if (each.do === "end") speaker.end(key);
      if (each.do === "flush") speaker.flush();
    }
    clock.settle();
    speaker.flush();
    expect([...heard.values()].reduce((sum, samples) => sum + samples, 0)).toBe(played.length);
    return { played, finals };
  }

  it("gives the account of the naive one, with punctual timers and with late ones", () => {
    fc.assert(
      fc.property(
        fc.array(anyStep, { maxLength: 25 }),
        fc.array(fc.nat(90), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(0, 7, 45, 200),
        (steps, lateness, latencyMs) => {
          const expected = naiveSpeaker(steps, latencyMs);
          const punctual = run(steps, latencyMs, () => 0);
          expect(punctual.finals).toEqual(expected);
          let index = 0;
          const late = run(steps, latencyMs, () => lateness[index++ % lateness.length] ?? 0);
          expect(late).toEqual(punctual);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("paced speaker and its listeners", () => {
  it("may be flushed from a report: nothing follows a final report", () => {
    const clock = virtualClock();
    const log: string[] = [];
    const speaker = pacedSpeaker({
      sampleRateHz: 1000,
      clock,
      onReport: ({ type, itemId, heardMs }) => {
        log.push(`${type} ${itemId} ${heardMs}`);
        if (type === "finished") speaker.flush();
      },
    });
    speaker.enqueue(a, ramp(30));
    speaker.end(a);
    speaker.enqueue(b, ramp(100));
    clock.settle();
    expect(log).toEqual(["progress a 20", "finished a 30", "flushed b 10"]);
    expect(clock.timers).toBe(0);
  });

  it("may be fed from a frame", () => {
    const clock = virtualClock();
    const log: string[] = [];
    const speaker = pacedSpeaker({
      sampleRateHz: 1000,
      clock,
      onFrame: () => {
        speaker.enqueue(b, ramp(20));
        speaker.end(b);
      },
      onReport: ({ type, itemId }) => log.push(`${clock.now()} ${type} ${itemId}`),
    });
    speaker.enqueue(a, ramp(20));
    speaker.end(a);
    clock.settle();
    expect(log).toEqual(["20 finished a", "40 finished b"]);
  });

  it("goes on after a listener that threw, and loses no report", () => {
    const clock = virtualClock();
    const log: string[] = [];
    let isFaulty = true;
    const speaker = pacedSpeaker({
      sampleRateHz: 1000,
      clock,
      onFrame: () => {
        if (!isFaulty) return;
        isFaulty = false;
        throw new Error("a listener's own");
      },
      onReport: ({ type, heardMs }) => log.push(`${type} ${heardMs}`),
    });
    speaker.enqueue(a, ramp(40));
    speaker.end(a);
    expect(() => clock.settle()).toThrow("a listener's own");
    clock.settle();
    expect(log).toEqual(["finished 40"]);
  });
});
