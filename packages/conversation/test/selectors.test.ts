import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalJson,
  heardTextOfItem,
  type MessageItem,
  type OutputAudioPart,
  textOf,
  tokenTotals,
  truncatedAtMs,
} from "../src/index.ts";
import { answerBegins, answerEnds, fold, spoken } from "./wire.ts";

function part(transcript: string, heardMs: number, receivedMs: number, more: object = {}): OutputAudioPart {
  return {
    type: "output_audio",
    transcript,
    complete: true,
    audio: {
      bytesPerMs: 48,
      receivedBytes: receivedMs * 48,
      complete: true,
      heardMs,
      playback: "flushed",
      ...more,
    },
  };
}

describe("selectors of a message", () => {
  const message: MessageItem = {
    id: "a",
    type: "message",
    role: "assistant",
    status: "completed",
    content: [
      { type: "output_text", text: "Written.", complete: true },
      part("Said and heard.", 1000, 1000),
      part("Cut here", 500, 1000, { truncatedAtMs: 500 }),
      { type: "input_image", imageUrl: "data:" },
    ],
  };

  it("give all words, the heard ones, and the cut", () => {
    expect(textOf(message)).toBe("Written.\nSaid and heard.\nCut here");
    expect(heardTextOfItem(message)).toBe("Said and heard.\nCut");
    expect(truncatedAtMs(message)).toBe(500);
    expect(heardTextOfItem({ ...message, content: [] })).toBeUndefined();
  });
});

describe("tokenTotals", () => {
  it("sums over responses", () => {
    const state = fold(
      ["r1", "r2"].flatMap((id) => [
        ...answerBegins(id, `${id}-a`, null),
        ...spoken(id, `${id}-a`, "Hi", 100),
        ...answerEnds(id, `${id}-a`, null, "Hi"),
      ]),
    );
    expect(tokenTotals(state)).toEqual({ inputTokens: 20, outputTokens: 40, totalTokens: 60 });
  });
});

describe("canonicalJson", () => {
  it("does not depend on the order in which keys were set", () => {
    expect(canonicalJson({ b: 1, a: { d: [2, { z: null, y: "ü" }], c: undefined } })).toBe(
      '{"a":{"d":[2,{"y":"ü","z":null}]},"b":1}',
    );
  });

  it("means the same as JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
