import { rms } from "@duologue/audio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atSpeed } from "../../src/voice/at-speed.ts";
import { readySpeech, type Speech } from "../../src/voice/speech.ts";

function tone(frequencyHz: number, ms: number, sampleRateHz = 24_000): Int16Array {
  const samples = new Int16Array((ms * sampleRateHz) / 1000);
  return samples.map((_, at) => Math.round(8000 * Math.sin((2 * Math.PI * frequencyHz * at) / sampleRateHz)));
}

/** How often a sound swings in a second, by the places where it comes up through zero. */
function pitchHz(samples: Int16Array, sampleRateHz = 24_000): number {
  let swings = 0;
  for (let at = 1; at < samples.length; at++) if (samples[at - 1]! < 0 && samples[at]! >= 0) swings++;
  return (swings * sampleRateHz) / samples.length;
}

function whole({ sampleCount, samples }: Speech): Int16Array {
  return samples(0, sampleCount);
}

const speeds = [0.25, 0.5, 0.8, 1.2, 1.5];

describe("sound at another speed", () => {
  it("is itself at speed 1", () => {
    const samples = tone(200, 100);
    expect(whole(atSpeed(readySpeech(samples), 1, 24_000))).toEqual(samples);
  });

  it("has the length that it promises, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.int16Array({ maxLength: 3000 }),
        fc.double({ min: 0.25, max: 1.5, noNaN: true }),
        fc.constantFrom(8000, 24_000),
        (samples, speed, rateHz) => {
          expect(whole(atSpeed(readySpeech(samples), speed, rateHz))).toHaveLength(
            Math.round(samples.length / speed),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each(speeds)("keeps its pitch and its loudness at %d", (speed) => {
    const samples = tone(180, 1000);
    const stretched = whole(atSpeed(readySpeech(samples), speed, 24_000));
    expect(Math.abs(pitchHz(stretched) - 180)).toBeLessThan(6);
    // Without the very ends, where there is nothing to overlap with.
    const middle = stretched.subarray(1000, -1000);
    expect(rms(middle) / rms(samples)).toBeGreaterThan(0.9);
    expect(rms(middle) / rms(samples)).toBeLessThan(1.1);
  });

  it("keeps the order of what sounds", () => {
    const samples = new Int16Array([...tone(200, 300), ...new Int16Array(7200), ...tone(400, 300)]);
    const stretched = whole(atSpeed(readySpeech(samples), 0.5, 24_000));
    expect(pitchHz(stretched.subarray(2400, 12_000))).toBeCloseTo(200, -1.5);
    expect(rms(stretched.subarray(16_000, 27_000))).toBeLessThan(rms(samples) / 50);
    expect(pitchHz(stretched.subarray(31_200, 40_800))).toBeCloseTo(400, -1.5);
  });
});
