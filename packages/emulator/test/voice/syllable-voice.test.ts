import { peak, rms, toDbfs, voiceActivity } from "@duologue/audio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syllableVoice } from "../../src/voice/syllable-voice.ts";

const sentence = "In Lisbon it is sunny right now, twenty four degrees. It stays dry all evening!";

describe("the syllable voice", () => {
  it("takes a second for 14 characters at either rate, and less at a higher speed", () => {
    expect(syllableVoice("Fourteen chars", 24_000, 1)).toHaveLength(24_000);
    expect(syllableVoice("Fourteen chars", 8000, 1)).toHaveLength(8000);
    expect(syllableVoice("Fourteen chars", 24_000, 1.25)).toHaveLength(19_200);
    expect(syllableVoice("", 24_000, 1)).toHaveLength(0);
  });

  it("has the length that it promises for every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const length = Math.round((Array.from(text).length / 14) * 8000);
        expect(Math.abs(syllableVoice(text, 8000, 1).length - length)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is one speech to the detector, at a comfortable level", () => {
    const samples = syllableVoice(sentence, 24_000, 1);
    const padded = new Int16Array(samples.length + 24_000);
    padded.set(samples, 12_000);
    const ear = voiceActivity({ sampleRateHz: 24_000 });
    expect(ear.step(ear.begin(), padded).events.map(({ type }) => type)).toEqual(["started", "stopped"]);
    expect(toDbfs(rms(samples))).toBeGreaterThan(-30);
    expect(toDbfs(peak(samples))).toBeLessThan(-9);
  });

  it("does not click: no jump between samples is more than a hum makes", () => {
    const samples = syllableVoice(sentence, 24_000, 1);
    let widest = 0;
    for (let at = 1; at < samples.length; at++) {
      widest = Math.max(widest, Math.abs(samples[at]! - samples[at - 1]!));
    }
    expect(widest).toBeLessThan(2000);
    expect(samples[0]).toBe(0);
    expect(Math.abs(samples.at(-1)!)).toBeLessThan(100);
  });

  it("says the same the same way, and pauses at marks", () => {
    expect(syllableVoice(sentence, 24_000, 1)).toEqual(syllableVoice(sentence, 24_000, 1));
    const pause = syllableVoice("ab, cd", 24_000, 1).subarray((2 / 14) * 24_000, (4 / 14) * 24_000);
    expect(pause.every((sample) => sample === 0)).toBe(true);
  });
});
