import { describe, expect, it } from "vitest";
import { espeakVoice } from "../../src/node/espeak-voice.ts";
import { syllableVoice } from "../../src/voice/syllable-voice.ts";

const isInstalled = (() => {
  try {
    espeakVoice();
    return true;
  } catch (error) {
    console.info(`espeakVoice is not tested: ${error}`);
    return false;
  }
})();

const loudest = (samples: Int16Array) =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe("espeakVoice", () => {
  it.runIf(isInstalled)("speaks: the same for the same words, in every rate, faster where told to", () => {
    const voice = espeakVoice();
    const words = "Good morning, how are you today?";
    const samples = voice(words, 24_000, 1);
    expect(samples.length / 24_000).toBeGreaterThan(1);
    expect(samples.length / 24_000).toBeLessThan(5);
    expect(loudest(samples)).toBeGreaterThan(3000);
    expect(espeakVoice()(words, 24_000, 1)).toEqual(samples);
    expect(voice(words, 8000, 1).length).toBe(Math.ceil(samples.length / 3));
    for (const speed of [0.25, 0.5, 1.5]) {
      expect(voice(words, 24_000, speed)).toHaveLength(Math.round(samples.length / speed));
    }
  });

  it.runIf(isInstalled)("takes whatever a model may say", () => {
    const voice = espeakVoice({ language: "de" });
    for (const text of ["", " ", "-v en --help", "<speak>", "😀", "ünï ☂", "\n\n"]) {
      expect(() => voice(text, 24_000, 1)).not.toThrow();
    }
  });

  it.runIf(isInstalled)("refuses a language that the program does not have", () => {
    expect(() => espeakVoice({ language: "zz" })).toThrow(RangeError);
    expect(() => espeakVoice({ language: "zz" })).toThrow("espeak-ng --voices");
  });

  it("refuses a language without a name, wherever it runs", () => {
    expect(() => espeakVoice({ language: "", program: "no-such-program" })).toThrow(RangeError);
  });

  it("says what to do where there is none", () => {
    expect(() => espeakVoice({ program: "no-such-program" })).toThrow("install the package espeak-ng");
  });

  it("hums where the program fails", () => {
    // It has a version, and cannot speak.
    const voice = espeakVoice({ program: process.execPath });
    expect(voice("Hello", 24_000, 1)).toEqual(syllableVoice("Hello", 24_000, 1));
  });
});
