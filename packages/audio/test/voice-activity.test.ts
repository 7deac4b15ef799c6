import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fromDbfs,
  readWav,
  resample,
  rms,
  toDbfs,
  type VoiceActivityEvent,
  type VoiceActivityOptions,
  voiceActivity,
} from "../src/index.ts";

/** A tone and silence in turn, beginning with silence: [silence, tone, silence …] in milliseconds. */
function turns(durationsMs: readonly number[], sampleRateHz = 24000, levelDbfs = -20): Int16Array {
  const amplitude = fromDbfs(levelDbfs) * Math.SQRT2 * 32768;
  const values = durationsMs.flatMap((durationMs, index) =>
    Array.from({ length: Math.round((durationMs * sampleRateHz) / 1000) }, (_, n) =>
      index % 2 === 0 ? 0 : Math.round(amplitude * Math.sin((2 * Math.PI * 500 * n) / sampleRateHz)),
    ),
  );
  return Int16Array.from(values);
}

function detect(
  samples: Int16Array,
  options: Partial<VoiceActivityOptions> = {},
): readonly VoiceActivityEvent[] {
  const detector = voiceActivity({ sampleRateHz: 24000, ...options });
  return detector.step(detector.begin(), samples).events;
}

/** Events as short as "started 700" for tables. */
function times(events: readonly VoiceActivityEvent[]): string[] {
  return events.map((event) =>
    event.type === "started" ? `started ${event.audioStartMs}` : `stopped ${event.audioEndMs}`,
  );
}

describe("voice activity", () => {
  it.each<[string, readonly number[], Partial<VoiceActivityOptions>, readonly string[]]>([
    ["nothing", [], {}, []],
    ["silence", [5000], {}, []],
    ["one speech", [1000, 500, 1000], {}, ["started 700", "stopped 1700"]],
    ["a speech that goes on", [1000, 500], {}, ["started 700"]],
    ["silence that is not yet long enough", [1000, 500, 190], {}, ["started 700"]],
    ["silence that is just long enough", [1000, 500, 200], {}, ["started 700", "stopped 1700"]],
    [
      "other paddings",
      [1000, 500, 1000],
      { prefixPaddingMs: 100, silenceDurationMs: 500 },
      ["started 900", "stopped 2000"],
    ],
    ["a start nearer to the origin than the prefix", [120, 500, 1000], {}, ["started 0", "stopped 820"]],
    ["speech from the first sample on", [0, 500, 1000], {}, ["started 0", "stopped 700"]],
    ["a click", [1000, 50, 1000], {}, []],
    ["the shortest speech", [1000, 60, 1000], {}, ["started 700", "stopped 1260"]],
    [
      "a click as speech, where that is wanted",
      [1000, 10, 1000],
      { minSpeechMs: 0 },
      ["started 700", "stopped 1210"],
    ],
    ["a short pause", [1000, 300, 190, 300, 1000], {}, ["started 700", "stopped 1990"]],
    [
      "a long pause",
      [1000, 300, 1000, 300, 1000],
      {},
      ["started 700", "stopped 1500", "started 2000", "stopped 2800"],
    ],
    [
      "speeches that share the padding",
      [1000, 300, 250, 300, 1000],
      {},
      ["started 700", "stopped 1500", "started 1500", "stopped 2050"],
    ],
    [
      "no padding and no silence",
      [1000, 100, 100],
      { prefixPaddingMs: 0, silenceDurationMs: 0 },
      ["started 1000", "stopped 1100"],
    ],
    [
      "a silence that is no multiple of a frame",
      [1000, 500, 300],
      { silenceDurationMs: 204 },
      ["started 700", "stopped 1704"],
    ],
  ])("hears %s", (_, durationsMs, options, expected) => {
    expect(times(detect(turns(durationsMs), options))).toEqual(expected);
  });

  it.each([
    [0, -60],
    [0.25, -50],
    [0.5, -40],
    [1, -20],
  ])("at threshold %d hears from %i dBFS on", (threshold, dbfs) => {
    const speech = (levelDbfs: number) => turns([500, 500, 500], 24000, levelDbfs);
    expect(toDbfs(rms(speech(dbfs).subarray(12000, 24000)))).toBeCloseTo(dbfs, 0);
    expect(detect(speech(dbfs + 1), { threshold })).toHaveLength(2);
    expect(detect(speech(dbfs - 1), { threshold })).toHaveLength(0);
  });

  it("lets speech become 6 dB quieter than its beginning had to be", () => {
    const tail = (levelDbfs: number) =>
      Int16Array.of(...turns([500, 200]), ...turns([0, 500], 24000, levelDbfs), ...turns([500]));
    expect(times(detect(tail(-45)))).toEqual(["started 200", "stopped 1400"]);
    expect(times(detect(tail(-47)))).toEqual(["started 200", "stopped 900"]);
  });

  it.each([8000, 11025, 16000, 22050, 44100, 48000])("means the same times at %i Hz", (sampleRateHz) => {
    const [started, stopped] = detect(turns([1000, 500, 1000], sampleRateHz), { sampleRateHz });
    expect(started?.type === "started" && Math.abs(started.audioStartMs - 700)).toBeLessThanOrEqual(10);
    expect(stopped?.type === "stopped" && Math.abs(stopped.audioEndMs - 1700)).toBeLessThanOrEqual(10);
  });

  it("counts from the origin it is given", () => {
    const detector = voiceActivity({ sampleRateHz: 24000 });
    const { state, events } = detector.step(detector.begin(10_000), turns([100, 500, 1000]));
    expect(times(events)).toEqual(["started 10000", "stopped 10800"]);
    expect(state).toMatchObject({ speaking: false, originMs: 10_000, sampleCount: 1600 * 24 });
  });

  it("forgets a speech that was ended by something else", () => {
    const detector = voiceActivity({ sampleRateHz: 24000 });
    const first = detector.step(detector.begin(), turns([500, 500]));
    expect(first.state.speaking).toBe(true);
    const second = detector.step(detector.interrupt(first.state), turns([50, 500, 500]));
    expect(times([...first.events, ...second.events])).toEqual([
      "started 200",
      "started 1000",
      "stopped 1750",
    ]);
  });

  it("keeps its state as plain JSON, and does not change it", () => {
    const detector = voiceActivity({ sampleRateHz: 24000 });
    const samples = turns([500, 503]);
    const { state } = detector.step(detector.begin(), samples);
    const copy = JSON.parse(JSON.stringify(state)) as typeof state; // what was written as JSON is what it was
    expect(copy).toEqual(state);
    const silence = new Int16Array(24000);
    const next = detector.step(Object.freeze(state), silence);
    expect(next.events).toHaveLength(1);
    expect(detector.step(copy, silence)).toEqual(next);
  });

  it.each([
    [{ sampleRateHz: 0 }, "sampleRateHz is 0"],
    [{ sampleRateHz: Number.NaN }, "sampleRateHz is NaN"],
    [{ threshold: 1.1 }, "threshold is 1.1; 0 to 1 is wanted"],
    [{ threshold: -0.1 }, "threshold is -0.1"],
    [{ prefixPaddingMs: -1 }, "prefixPaddingMs is -1; 0 or more is wanted"],
    [{ silenceDurationMs: -1 }, "silenceDurationMs is -1"],
    [{ minSpeechMs: Number.NaN }, "minSpeechMs is NaN"],
  ])("refuses %j", (options, message) => {
    expect(() => voiceActivity({ sampleRateHz: 24000, ...options })).toThrow(message);
  });
});

describe("voice activity, for any stream", () => {
  const anyTurns = fc.array(fc.nat(600), { maxLength: 12 });

  it("does not depend on how the stream is cut", () => {
    fc.assert(
      fc.property(
        anyTurns,
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1 }),
        (durationsMs, cuts) => {
          const samples = turns(durationsMs, 8000);
          const detector = voiceActivity({ sampleRateHz: 8000 });
          const whole = detector.step(detector.begin(), samples);
          let state = detector.begin();
          const events: VoiceActivityEvent[] = [];
          for (let at = 0, index = 0; at < samples.length; index++) {
            const end = at + (cuts[index % cuts.length] ?? 1);
            const step = detector.step(state, samples.subarray(at, end));
            state = step.state;
            events.push(...step.events);
            at = end;
          }
          expect({ state, events }).toEqual(whole);
        },
      ),
    );
  });

  it("alternates, in the order of time, within what was heard", () => {
    fc.assert(
      fc.property(anyTurns, fc.nat(500), fc.nat(700), (durationsMs, prefixPaddingMs, silenceDurationMs) => {
        const samples = turns(durationsMs, 8000);
        const events = detect(samples, { sampleRateHz: 8000, prefixPaddingMs, silenceDurationMs });
        let lastMs = 0;
        for (const [index, event] of events.entries()) {
          expect(event.type).toBe(index % 2 === 0 ? "started" : "stopped");
          const atMs = event.type === "started" ? event.audioStartMs : event.audioEndMs;
          expect(Number.isInteger(atMs)).toBe(true);
          expect(atMs).toBeGreaterThanOrEqual(lastMs);
          lastMs = atMs;
        }
        expect(lastMs).toBeLessThanOrEqual(Math.ceil(samples.length / 8));
      }),
    );
  });
});

describe("voice activity on the speech of the examples", () => {
  const speech = (name: string): { readonly samples: Int16Array; readonly durationMs: number } => {
    const wav = readWav(readFileSync(new URL(`../../../examples/speech/${name}.wav`, import.meta.url)));
    const samples = new Int16Array(wav.samples.length + 24000);
    samples.set(wav.samples);
    return { samples, durationMs: wav.samples.length / 24 };
  };

  it.each([
    ["ask-weather", 200],
    ["ask-weather", 500],
    ["barge-in", 200],
    ["barge-in", 500],
    ["answer-tomorrow", 200],
    ["answer-tomorrow", 500],
    ["answer-today", 500],
  ])("hears %s as one speech with %i ms of silence", (name, silenceDurationMs) => {
    const { samples, durationMs } = speech(name);
    const events = detect(samples, { silenceDurationMs });
    expect(events.map((event) => event.type)).toEqual(["started", "stopped"]);
    const [started, stopped] = events;
    // The voice begins after 300 ms, and its very end may be too quiet to count.
    expect(started).toEqual({ type: "started", audioStartMs: 0 });
    const endMs = stopped?.type === "stopped" ? stopped.audioEndMs : Number.NaN;
    expect(endMs).toBeGreaterThan(durationMs + silenceDurationMs - 60);
    expect(endMs).toBeLessThanOrEqual(durationMs + silenceDurationMs + 10);
  });

  it("hears it over the telephone too", () => {
    const samples = resample(speech("ask-weather").samples, { inputRateHz: 24000, outputRateHz: 8000 });
    expect(detect(samples, { sampleRateHz: 8000 }).map((event) => event.type)).toEqual([
      "started",
      "stopped",
    ]);
  });
});
