import { describe, expect, it } from "vitest";
import { espeakVoice } from "../../src/node/espeak-voice.ts";
import { hummed } from "../support/conversation.ts";

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
  it.runIf(isInstalled)("speaks: the same for the same words", async () => {
    const words = "Good morning, how are you today?";
    const samples = await espeakVoice().speak(words);
    expect(samples.length / 24_000).toBeGreaterThan(1);
    expect(samples.length / 24_000).toBeLessThan(5);
    expect(loudest(samples)).toBeGreaterThan(3000);
    expect(await espeakVoice().speak(words)).toEqual(samples);
  });

  it.runIf(isInstalled)("lets all else go on while it speaks", async () => {
    let turns = 0;
    let isDone = false;
    const speaking = espeakVoice()
      .speak("It was a dark and stormy night. ".repeat(20))
      .finally(() => {
        isDone = true;
      });
    for (; !isDone; turns++) await new Promise((resolve) => setTimeout(resolve));
    const seconds = (await speaking).length / 24_000;
    expect(seconds).toBeGreaterThan(20);
    // A quarter of a second of sound at a time is converted.
    expect(turns).toBeGreaterThan(seconds * 3);
  });

  it.runIf(isInstalled)("takes whatever a model may say, one after the other and all at once", async () => {
    const voice = espeakVoice({ language: "de" });
    const texts = ["", " ", "-v en --help", "<speak>", "😀", "ünï ☂", "\n\n", "Hallo", "Hallo"];
    const spoken = await Promise.all(texts.map((text) => voice.speak(text)));
    expect(spoken.at(-1)).toBe(spoken.at(-2));
    expect(spoken.map((samples) => samples instanceof Int16Array)).toEqual(texts.map(() => true));
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

  it("hums where the program fails", async () => {
    // It has a version, and cannot speak.
    const voice = espeakVoice({ program: process.execPath });
    expect(await voice.speak("Hello")).toEqual(hummed("Hello", 24_000));
  });
});
