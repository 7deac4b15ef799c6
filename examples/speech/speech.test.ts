import { readFileSync, statSync } from "node:fs";
import { peak, readWav, requireFormat, toDbfs } from "@duologue/audio";
import { describe, expect, it } from "vitest";

describe("the speech of the examples", () => {
  it.each([
    ["ask-weather.wav", 2, 3, 200_000],
    ["barge-in.wav", 1.5, 2.5, 200_000],
    ["answer-today.wav", 7, 9, 450_000],
    ["answer-tomorrow.wav", 2, 4, 200_000],
  ])("%s is 24 kHz mono, of the level and the length that its README says", (file, fromS, toS, mostBytes) => {
    const url = new URL(file, import.meta.url);
    const { samples } = requireFormat(readWav(readFileSync(url)), { sampleRateHz: 24000, channels: 1 }, file);
    expect(statSync(url).size).toBeLessThan(mostBytes);
    expect(samples.length / 24000).toBeGreaterThan(fromS);
    expect(samples.length / 24000).toBeLessThan(toS);
    expect(toDbfs(peak(samples))).toBeCloseTo(-3, 1);
    expect(samples.findIndex((sample) => sample !== 0) / 24).toBeGreaterThanOrEqual(300);
    expect(samples.findIndex((sample) => Math.abs(sample) > 100) / 24).toBeLessThan(330);
    expect(samples.subarray(-240).some((sample) => Math.abs(sample) > 50)).toBe(true);
  });
});
