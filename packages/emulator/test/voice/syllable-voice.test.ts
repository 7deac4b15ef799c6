import { peak, rms, toDbfs, voiceActivity } from "@duologue/audio";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { syllableVoice } from "../../src/voice/syllable-voice.ts";
import { hummed } from "../support/conversation.ts";

const sentence = "In Lisbon it is sunny right now, twenty four degrees. It stays dry all evening!";

/** How often something is rounded meanwhile, as each sample is. A spy would remember each call. */
function roundedBy(run: () => void): number {
  const { round } = Math;
  let count = 0;
  Math.round = (value) => {
    count++;
    return round(value);
  };
  run();
  Math.round = round;
  return count;
}

describe("the syllable voice", () => {
  it("takes a second for 14 characters at either rate, and less at a higher speed", () => {
    expect(hummed("Fourteen chars", 24_000)).toHaveLength(24_000);
    expect(hummed("Fourteen chars", 8000)).toHaveLength(8000);
    expect(hummed("Fourteen chars", 24_000, 1.25)).toHaveLength(19_200);
    expect(hummed("", 24_000)).toHaveLength(0);
  });

  it("has the length that it promises for every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const length = Math.round((Array.from(text).length / 14) * 8000);
        expect(Math.abs(hummed(text, 8000).length - length)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is one speech to the detector, at a comfortable level", () => {
    const samples = hummed(sentence, 24_000);
    const padded = new Int16Array(samples.length + 24_000);
    padded.set(samples, 12_000);
    const ear = voiceActivity({ sampleRateHz: 24_000 });
    expect(ear.step(ear.begin(), padded).events.map(({ type }) => type)).toEqual(["started", "stopped"]);
    expect(toDbfs(rms(samples))).toBeGreaterThan(-30);
    expect(toDbfs(peak(samples))).toBeLessThan(-9);
  });

  it("does not click: no jump between samples is more than a hum makes", () => {
    const samples = hummed(sentence, 24_000);
    let widest = 0;
    for (let at = 1; at < samples.length; at++) {
      widest = Math.max(widest, Math.abs(samples[at]! - samples[at - 1]!));
    }
    expect(widest).toBeLessThan(2000);
    expect(samples[0]).toBe(0);
    expect(Math.abs(samples.at(-1)!)).toBeLessThan(100);
  });

  it("makes no more than is asked for, and a little", () => {
    const text = "ba".repeat(1000) + " and then some more words. ".repeat(400);
    const speech = syllableVoice(text, 24_000, 1);
    const made = vi.spyOn(Math, "round");
    const madeFor = (start: number, end: number) => {
      made.mockClear();
      speech.samples(start, end);
      return made.mock.calls.length;
    };
    expect(madeFor(0, 4800)).toBeLessThan(4800 + 2500);
    expect(madeFor(4800, 9600)).toBeLessThan(4800 + 2500);
    expect(madeFor(0, 9600)).toBe(0);
    // Far away: all that is before it has to be there.
    expect(madeFor(240_000, 240_000 + 4800)).toBeGreaterThan(200_000);
    made.mockRestore();
    // Comparing bytes is far quicker than comparing elements.
    const bytes = (samples: Int16Array) => Buffer.from(samples.buffer, 0, samples.byteLength);
    expect(bytes(speech.samples(0, speech.sampleCount)).equals(bytes(hummed(text, 24_000)))).toBe(true);
  });

  it.each(["x", "a", "ß", "今天里斯本天气晴朗", "bcdf0123456789", "Ещё"])(
    "makes no more where a word of %s has no end",
    (piece) => {
      const speech = syllableVoice(piece.repeat(50_000 / piece.length), 24_000, 1);
      const counts = [0, 4800, 9600].map((start) => roundedBy(() => speech.samples(start, start + 4800)));
      expect(Math.max(...counts)).toBeLessThan(4800 + 2500);
    },
  );

  it("says the same the same way, and pauses at marks", () => {
    expect(hummed(sentence, 24_000)).toEqual(hummed(sentence, 24_000));
    const pause = hummed("ab, cd", 24_000).subarray((2 / 14) * 24_000, (4 / 14) * 24_000);
    expect(pause.every((sample) => sample === 0)).toBe(true);
  });
});
