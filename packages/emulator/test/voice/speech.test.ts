import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gathered, readySpeech, speechInTheMaking } from "../../src/voice/speech.ts";

/** Speech of 10 samples and more, made ten at a time, and how many have been made. */
function counted(sampleCount: number) {
  let made = 0;
  const speech = speechInTheMaking(sampleCount, function* (samples) {
    for (let at = 0; at < sampleCount; at++) {
      samples[at] = at;
      made++;
      if (made % 10 === 0) yield made;
    }
  });
  return { speech, made: () => made };
}

describe("speech in the making", () => {
  it("is made as far as somebody asks, once", () => {
    const { speech, made } = counted(1000);
    expect(made()).toBe(0);
    expect(speech.samples(3, 15)).toEqual(Int16Array.from({ length: 12 }, (_, at) => at + 3));
    expect(made()).toBe(20);
    expect(speech.samples(0, 20)).toHaveLength(20);
    expect(made()).toBe(20);
  });

  it("is the same, whatever is asked for and in whichever order", () => {
    const place = fc.nat({ max: 105 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { maxLength: 8 }), (parts) => {
        const { speech } = counted(105);
        const ready = readySpeech(Int16Array.from({ length: 105 }, (_, at) => at));
        for (const [one, other] of parts) {
          const [start, end] = [Math.min(one, other), Math.max(one, other)];
          expect(speech.samples(start, end)).toEqual(ready.samples(start, end));
        }
      }),
    );
  });

  it("is gathered in pieces between which all else goes on", async () => {
    const { speech, made } = counted(30_000);
    const done = gathered(speech);
    expect(made()).toBe(6000);
    expect(await done).toHaveLength(30_000);
  });
});
