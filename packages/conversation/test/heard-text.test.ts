import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ConversationState,
  captionOf,
  currentCaption,
  heardTextOf,
  type MessageItem,
  type OutputAudioPart,
  type PartAudio,
} from "../src/index.ts";
import { answerBegins, answerEnds, fold, type LogEntry, local, opened, server, spoken } from "./wire.ts";

const audio = (heardMs: number, receivedMs: number, more: Partial<PartAudio> = {}): PartAudio => ({
  bytesPerMs: 48,
  receivedBytes: receivedMs * 48,
  complete: true,
  heardMs,
  playback: "flushed",
  ...more,
});

const part = (transcript: string, heard: PartAudio): OutputAudioPart => ({
  type: "output_audio",
  transcript,
  complete: true,
  audio: heard,
});

const words = "one two three four five six seven eight nine ten";

describe("heardTextOf a part that is all there", () => {
  const at = (transcript: string, ms: number) => heardTextOf(part(transcript, audio(ms, 1000)));

  it("stops after the last word that was heard to its end, or that was begun", () => {
    expect(at(words, 500)).toBe("one two three four five");
    expect(at(words, 1)).toBe("");
    expect(heardTextOf(part(words, audio(500, 1000)), { words: "begun" })).toBe(
      "one two three four five six",
    );
    expect(heardTextOf(part(words, audio(1, 1000)), { words: "begun" })).toBe("one");
  });

  it("is everything when all was heard, and nothing when nobody reported", () => {
    expect(at(words, 1000)).toBe(words);
    // Less than a millisecond is nothing.
    expect(at(words, 999.6)).toBe(words);
    expect(heardTextOf(part(words, audio(3, 1000, { playback: "finished" })))).toBe(words);
    expect(heardTextOf(part(words, audio(0, 1000, { playback: "waiting" })))).toBeUndefined();
    expect(heardTextOf({ type: "output_audio", transcript: words, complete: true })).toBeUndefined();
    expect(heardTextOf(part(words, audio(0, 1000, { playback: "skipped" })))).toBe("");
  });

  it("gives digits the time of their names, and marks that of a breath", () => {
    expect(at("At 18:45 we leave", 550)).toBe("At");
    expect(at("aaaa bbbb, cccc dddd", 520)).toBe("aaaa bbbb,");
    expect(at("aaaa bbbb cccc dddd", 520)).toBe("aaaa bbbb");
  });

  it("takes each character as a word where there are no blanks, with the marks behind it", () => {
    expect(at("里斯本今天晴朗。明天多云。", 570)).toBe("里斯本今天晴朗。");
    expect(at("リスボンは今晴れています", 520)).toBe("リスボンは今");
  });

  it("is a beginning of the transcript that only grows with what was heard", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.lorem({ mode: "sentences" }));
    const marks = fc.array(fc.tuple(fc.nat(1000), fc.nat(60)), { maxLength: 6 }).map((pairs) => {
      const [ms, count] = [0, 1].map((at) => pairs.map((pair) => pair[at] ?? 0).sort((a, b) => a - b));
      return pairs.flatMap((_, index) => [ms?.[index] ?? 0, count?.[index] ?? 0]);
    });
    fc.assert(
      fc.property(
        text,
        fc.nat(1000),
        fc.nat(1000),
        marks,
        fc.boolean(),
        (transcript, a, b, known, brokenOff) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)].map((ms) =>
            heardTextOf(
              part(transcript, audio(ms, 1000, { marks: known, ...(brokenOff ? { brokenOff } : {}) })),
            ),
          );
          expect(transcript.startsWith(more ?? "?")).toBe(true);
          expect((more ?? "").startsWith(less ?? "?")).toBe(true);
        },
      ),
    );
  });
});

describe("heardTextOf a part without blanks", () => {
  const at = (transcript: string, ms: number) => heardTextOf(part(transcript, audio(ms, 1000)));

  it("stops after a word of a script that puts none between words", () => {
    const thai = "สวัสดีครับวันนี้อากาศดีมากเลยนะครับ";
    const heard = [100, 300, 500, 700, 900].map((ms) => at(thai, ms));
    expect(heard).toEqual(["", "สวัสดีครับ", "สวัสดีครับวันนี้", "สวัสดีครับวันนี้อากาศดี", "สวัสดีครับวันนี้อากาศดีมากเลยนะ"]);
    const khmer = "សួស្តីអ្នកសុខសប្បាយជាទេថ្ងៃនេះ";
    expect(at(khmer + khmer, 510)).toBe(khmer);
  });

  it("stops within an address, a number and a word that take longer than that", () => {
    expect(at("https://example.com/a/very/long/path?x=1 ok", 500)).toBe("https://example.com/a/");
    expect(at("1234567890", 500)).toBe("12345");
    expect(at("Donaudampfschifffahrtsgesellschaft", 500)).toBe("Donaudampfschifff");
  });

  it("splits no letter from the marks upon it", () => {
    const marked = "e\u0301".repeat(40);
    for (let ms = 0; ms <= 1000; ms += 7) expect((at(marked, ms) ?? "").length % 2).toBe(0);
  });
});

describe("heardTextOf a part whose words are ahead of its sound", () => {
  it("goes by a usual pace while nothing better is known, and by that of the answers before", () => {
    // 16 letters a second: 8 in half a second.
    const cut = { complete: false } as const;
    expect(heardTextOf(part(words, audio(500, 600, cut)))).toBe("one two");
    expect(heardTextOf(part(words, audio(500, 600, { ...cut, pace: 40 })))).toBe("one two three four");
    // The server says of an answer that broke off that both are complete.
    expect(heardTextOf(part(words, audio(500, 600, { brokenOff: true })))).toBe("one two");
    const over = { playback: "finished" } as const;
    expect(heardTextOf(part(words, audio(600, 600, { ...over, brokenOff: true })))).toBe("one two");
    expect(heardTextOf(part(words, audio(600, 600, { ...over, complete: false })))).toBe("one two");
  });

  it("does the same on a media track, whose length is not known", () => {
    expect(heardTextOf(part(words, audio(500, 0, { truncatedAtMs: 500 })))).toBe("one two");
    expect(heardTextOf(part(words, audio(0, 0, { playback: "finished" })))).toBe(words);
  });

  it("hears no word before it was written, unless the service writes later than it speaks", () => {
    const early = [200, 8, 800, 48];
    expect(heardTextOf(part(words, audio(150, 1000, { marks: early, pace: 200, complete: false })))).toBe(
      "one two",
    );
    expect(heardTextOf(part(words, audio(250, 1000, { marks: early, pace: 200, complete: false })))).toBe(
      words,
    );
    const late = [600, 0, 800, 8, 1000, 48];
    expect(heardTextOf(part(words, audio(150, 1000, { marks: late, pace: 200, complete: false })))).toBe(
      "one two",
    );
    expect(heardTextOf(part(words, audio(700, 1000, { marks: late, complete: true })))).toBe(
      "one two three four five six seven",
    );
  });
});

describe("the ledger of words", () => {
  const progress = (heardMs: number) =>
    local({ type: "playback.progress", itemId: "a1", contentIndex: 0, heardMs });
  const speech = (state: ConversationState) => {
    const [item] = state.items;
    const [first] = item?.type === "message" ? item.content : [];
    return first?.type === "output_audio" ? first.audio : undefined;
  };

  it("marks at each report how much sound and how many characters are there, and forgets it when all was heard", () => {
    const playing = fold([
      opened,
      ...answerBegins("r1", "a1", null),
      ...spoken("r1", "a1", "One two", 400),
      progress(20),
      progress(40),
      ...spoken("r1", "a1", " three", 400),
      progress(60),
    ]);
    expect(speech(playing)?.marks).toEqual([400, 7, 800, 13]);
    const finished = local({ type: "playback.finished", itemId: "a1", contentIndex: 0, heardMs: 800 });
    const done = fold([...answerEnds("r1", "a1", null, "One two three"), finished], playing);
    expect(speech(done)?.marks).toBeUndefined();
    expect(speech(done)).toMatchObject({ heardMs: 800, playback: "finished" });
  });

  it("stays small however long an answer is", () => {
    const entries: LogEntry[] = [opened, ...answerBegins("r1", "a1", null)];
    for (let count = 1; count <= 500; count += 1) {
      entries.push(...spoken("r1", "a1", " word", 200), progress(count * 100));
    }
    const { marks = [] } = speech(fold(entries)) ?? {};
    expect(marks.length).toBeLessThanOrEqual(64);
    expect(marks.length).toBeGreaterThan(30);
    expect(marks.slice(-2)).toEqual([100_000, 2500]);
    for (let at = 0; at < marks.length; at += 2) {
      expect(marks[at + 1]).toBe(Math.floor((marks[at] ?? 0) / 200) * 5);
    }
  });

  it("knows from whole answers how fast the assistant speaks", () => {
    const first = [
      opened,
      ...answerBegins("r1", "a1", null),
      ...spoken("r1", "a1", "aaaaaaaaaa".repeat(4), 4000),
      ...answerEnds("r1", "a1", null, "aaaaaaaaaa".repeat(4)),
    ];
    const second = [...answerBegins("r2", "a2", "a1"), ...spoken("r2", "a2", "Next", 100)];
    const report = local({ type: "playback.progress", itemId: "a2", contentIndex: 0, heardMs: 20 });
    expect(fold([...first, ...second, report]).items[1]).toMatchObject({
      content: [{ audio: { pace: 10 } }],
    });
  });
});

describe("captions", () => {
  const at = (heardMs: number, type: "progress" | "flushed" | "finished"): ConversationState =>
    fold([
      opened,
      ...answerBegins("r1", "a1", null),
      ...spoken("r1", "a1", words, 1000),
      ...answerEnds("r1", "a1", null, words),
      local({ type: `playback.${type}`, itemId: "a1", contentIndex: 0, heardMs }),
    ]);

  it("show the words spoken by now, the one that is being spoken among them, and those ahead", () => {
    expect(currentCaption(at(500, "progress"))).toEqual({
      itemId: "a1",
      contentIndex: 0,
      spoken: "one two three four five six",
      ahead: " seven eight nine ten",
      isCut: false,
    });
  });

  it("stop at the cut, after the last whole word", () => {
    const state = at(500, "flushed");
    expect(currentCaption(state)).toBeUndefined();
    expect(captionOf(state.items[0] as MessageItem)).toMatchObject({
      spoken: "one two three four five",
      ahead: " six seven eight nine ten",
      isCut: true,
    });
  });

  it("are none before anybody reported, for other parts, and in silence", () => {
    expect(currentCaption(at(1000, "finished"))).toBeUndefined();
    const waiting = fold([opened, ...answerBegins("r1", "a1", null), ...spoken("r1", "a1", words, 1000)]);
    expect(captionOf(waiting.items[0] as MessageItem)).toBeUndefined();
    expect(captionOf(waiting.items[0] as MessageItem, 7)).toBeUndefined();
    const typed = fold([
      server("conversation.item.added", {
        previous_item_id: null,
        item: {
          id: "t1",
          type: "message",
          role: "assistant",
          content: [{ type: "output_text", text: "Hi" }],
        },
      }),
    ]);
    expect(captionOf(typed.items[0] as MessageItem)).toBeUndefined();
  });
});
