import { resample } from "@duologue/audio";
import { describe, expect, it } from "vitest";
import { atRate } from "../../src/voice/at-rate.ts";
import { readySpeech } from "../../src/voice/speech.ts";
import { speech } from "../support/conversation.ts";

const samples = speech("Hello there, and good morning to you");

describe("speech at another rate", () => {
  it.each([8000, 44_100, 23_999])("is what all of it converts to at once: %d Hz", (outputRateHz) => {
    const rates = { inputRateHz: 24_000, outputRateHz };
    const converted = atRate(readySpeech(samples), rates);
    expect(converted.samples(0, converted.sampleCount)).toEqual(resample(samples, rates));
  });

  it("asks for no more of the sound than it needs, and a little", () => {
    let furthest = 0;
    const ready = readySpeech(samples);
    const watched = {
      ...ready,
      samples: (start: number, end: number) => {
        furthest = Math.max(furthest, end);
        return ready.samples(start, end);
      },
    };
    const converted = atRate(watched, { inputRateHz: 24_000, outputRateHz: 8000 });
    expect(furthest).toBe(0);
    converted.samples(0, 1600);
    expect(furthest).toBeGreaterThanOrEqual(4800);
    expect(furthest).toBeLessThanOrEqual(4800 + 2400);
  });

  it("is itself at its own rate, and nothing where there is nothing", () => {
    const ready = readySpeech(samples);
    expect(atRate(ready, { inputRateHz: 24_000, outputRateHz: 24_000 })).toBe(ready);
    const silent = readySpeech(new Int16Array());
    expect(atRate(silent, { inputRateHz: 24_000, outputRateHz: 8000 }).sampleCount).toBe(0);
  });
});
