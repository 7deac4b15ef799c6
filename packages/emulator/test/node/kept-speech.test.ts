import { describe, expect, it } from "vitest";
import { keptSpeech } from "../../src/node/kept-speech.ts";
import { readySpeech } from "../../src/voice/speech.ts";

const speechOf = (sampleCount: number) => readySpeech(new Int16Array(sampleCount));

describe("kept speech", () => {
  it("forgets the oldest where there is no room: four bytes a sample and two a character", () => {
    const kept = keptSpeech({ maxBytes: 3 * 402, maxSamples: 100 });
    for (const text of ["a", "b", "c"]) kept.keep(text, speechOf(100));
    expect(["a", "b", "c"].map((text) => kept.get(text)?.sampleCount)).toEqual([100, 100, 100]);
    kept.keep("d", speechOf(1));
    expect(["a", "b", "c", "d"].map((text) => kept.get(text)?.sampleCount)).toEqual([undefined, 100, 100, 1]);
  });

  it("counts what is kept twice once", () => {
    const kept = keptSpeech({ maxBytes: 2 * 402, maxSamples: 100 });
    for (const text of ["a", "b", "b", "b"]) kept.keep(text, speechOf(100));
    expect(kept.get("a")).toBeDefined();
  });

  it("keeps nothing that is long, nor what has no room alone", () => {
    const kept = keptSpeech({ maxBytes: 1000, maxSamples: 100 });
    kept.keep("a", speechOf(101));
    kept.keep("b".repeat(501), speechOf(0));
    expect([kept.get("a"), kept.get("b".repeat(501))]).toEqual([undefined, undefined]);
    kept.keep("c", speechOf(100));
    expect(kept.get("c")).toBeDefined();
  });
});
