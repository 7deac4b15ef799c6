import { describe, expect, it } from "vitest";
import { bareParse, contenders } from "../../bench/contenders.ts";
import { frames } from "../../bench/frames.ts";
import { measured, median } from "../../bench/measured.ts";

describe("the frames", () => {
  it("are of the sizes that they claim", () => {
    const [audio, session] = frames.map(({ text }) => ({ length: text.length, event: JSON.parse(text) }));
    expect(Buffer.from(audio?.event.delta, "base64")).toHaveLength(4_800);
    expect(audio?.event.delta).toHaveLength(6_400);
    expect(session?.event.type).toBe("session.updated");
    expect(Math.abs((session?.length ?? 0) - 2_000)).toBeLessThan(100);
  });
});

describe("those who validate", () => {
  const validators = contenders.filter(({ name }) => name !== "decode");

  it.each(validators.map((contender) => [contender.name, contender] as const))(
    "%s: really do",
    (_, { read }) => {
      for (const { text } of frames) {
        expect(read(text)).toBe(true);
        expect(read(text.replace(/"event_id":"[^"]*"/, '"event_id":7'))).toBe(false);
      }
      const [, session] = frames;
      expect(read(session?.text.replace('"speed":1', '"speed":"fast"') ?? "")).toBe(false);
      expect(read(session?.text.replace('"type":"server_vad"', '"type":"other_vad"') ?? "")).toBe(false);
    },
  );
});

describe("a measurement", () => {
  const effort = { rounds: 3, framesInRound: 2 };

  it("names everyone once, the baseline first and as 1", () => {
    const results = measured("{}", bareParse, [{ name: "other", read: () => true }], effort);
    expect(results.map(({ name }) => name)).toEqual(["JSON.parse", "other"]);
    expect(results[0]?.ratio).toBe(1);
  });

  it("is refused where somebody does not accept the frame", () => {
    const blind = { name: "blind", read: () => false };
    expect(() => measured("{}", bareParse, [blind], effort)).toThrow("blind does not accept the frame");
  });

  it("reads as often as it says: once to try, once to warm up, then in rounds", () => {
    let reads = 0;
    const counted = { name: "counted", read: () => ++reads > 0 };
    measured("{}", bareParse, [counted], effort);
    expect(reads).toBe(1 + 2 + 3 * 2);
  });

  it("takes the middle", () => {
    expect(median([9, 1, 2])).toBe(2);
    expect(median([9, 1, 2, 4])).toBe(3);
  });
});
