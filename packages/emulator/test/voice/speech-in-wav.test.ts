import { resample, writeWav } from "@duologue/audio";
import { describe, expect, it } from "vitest";
import { speechInWav } from "../../src/voice/speech-in-wav.ts";
import { speech } from "../support/conversation.ts";

describe("speechInWav", () => {
  it("converts in pieces as it would in one, and lets all else go on meanwhile", async () => {
    const sampleRateHz = 44_101;
    const samples = speech("Hello there, and good morning to you");
    let isDone = false;
    let turns = 0;
    const others = async () => {
      for (; !isDone; turns++) await new Promise((resolve) => setTimeout(resolve));
    };
    const meanwhile = others();
    const converted = await speechInWav(writeWav({ sampleRateHz, samples }));
    isDone = true;
    await meanwhile;
    expect(converted).toEqual(resample(samples, { inputRateHz: sampleRateHz, outputRateHz: 24_000 }));
    // A quarter of a second at a time.
    expect(turns).toBeGreaterThanOrEqual(Math.floor((samples.length / sampleRateHz) * 4));
    expect(turns).toBeGreaterThan(2);
  });

  it("gives sound at its own rate as it is", async () => {
    const samples = speech("Hello");
    expect(await speechInWav(writeWav({ sampleRateHz: 24_000, samples }))).toEqual(samples);
    const silent = writeWav({ sampleRateHz: 8000, samples: new Int16Array() });
    expect(await speechInWav(silent)).toHaveLength(0);
  });

  it("mixes several channels in pieces as well", async () => {
    const samples = Int16Array.from({ length: 2 * 30_000 }, (_, at) => (at % 2 === 0 ? at % 1000 : 500));
    let isDone = false;
    let turns = 0;
    const others = async () => {
      for (; !isDone; turns++) await new Promise((resolve) => setTimeout(resolve));
    };
    const meanwhile = others();
    const mono = await speechInWav(writeWav({ sampleRateHz: 24_000, samples, channels: 2 }));
    isDone = true;
    await meanwhile;
    expect(mono).toEqual(
      Int16Array.from({ length: 30_000 }, (_, frame) => Math.round((((2 * frame) % 1000) + 500) / 2)),
    );
    expect(turns).toBeGreaterThanOrEqual(4);
  });
});
