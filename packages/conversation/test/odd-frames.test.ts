import { describe, expect, it } from "vitest";
import { type ConversationState, canonicalJson, reduce, restore, snapshot } from "../src/index.ts";
import { answerBegins, fold, heard, type LogEntry, local, opened, server, spoken } from "./wire.ts";

const contentOf = ({ items }: ConversationState, id: string) => {
  const item = items.find((one) => one.id === id);
  return item?.type === "message" ? item.content : [];
};
const answering = fold([opened, ...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "hi", 100)]);
const report = (itemId: string, contentIndex: number): LogEntry =>
  local({ type: "playback.progress", itemId, contentIndex, heardMs: 10 });
const truncated = (itemId: string, audioEndMs: unknown): LogEntry =>
  server("conversation.item.truncated", { item_id: itemId, content_index: 0, audio_end_ms: audioEndMs });
const transcription = (what: string, fields: object): LogEntry =>
  server(`conversation.item.input_audio_transcription.${what}`, { item_id: "u1", ...fields });

describe("a content part", () => {
  it("of the user keeps its words, whatever is told of its sound", () => {
    const state = fold([opened, ...heard("u1", null, "hello there")]);
    expect(reduce(state, report("u1", 0))).toBe(state);
    expect(reduce(state, truncated("u1", 0))).toBe(state);
  });

  it("is not made by a report that is about none", () => {
    expect(reduce(answering, report("a1", 5))).toBe(answering);
    expect(reduce(answering, report("a1", -1))).toBe(answering);
  });

  it("keeps its kind when a transcript does not say which part it is of, and that goes to the speech", () => {
    const content = [{ type: "input_text", text: "look:" }, { type: "input_audio" }];
    const item = { id: "u1", type: "message", role: "user", status: "completed", content };
    const shown = [opened, server("conversation.item.added", { previous_item_id: null, item })];
    const words = [{ delta: "abc" }, { delta: "abc", content_index: 1 }];
    for (const fields of words) {
      expect(contentOf(fold([...shown, transcription("delta", fields)]), "u1")).toMatchObject([
        { type: "input_text", text: "look:" },
        { type: "input_audio", transcript: "abc" },
      ]);
    }
    const misplaced = transcription("delta", { delta: "abc", content_index: 0 });
    expect(fold([...shown, misplaced])).toEqual(fold(shown));
  });

  it("may be announced as nothing in particular, and is what comes of it", () => {
    const place = { response_id: "r1", item_id: "a1", output_index: 0 };
    const later = server("response.output_text.delta", { ...place, content_index: 2, delta: "three" });
    const earlier = server("response.output_audio_transcript.delta", {
      ...place,
      content_index: 1,
      delta: "two",
    });
    expect(contentOf(fold([later, earlier], answering), "a1")).toMatchObject([
      { type: "output_audio", transcript: "hi" },
      { type: "output_audio", transcript: "two" },
      { type: "output_text", text: "three" },
    ]);
  });

  it("has its words, whatever these are, and is no other then", () => {
    const place = { response_id: "r1", item_id: "a1", output_index: 0, content_index: 1 };
    const text = fold([server("response.output_text.delta", { ...place, delta: "none" })], answering);
    expect(contentOf(text, "a1")[1]).toMatchObject({ type: "output_text", text: "none" });
    const speech = server("response.output_audio_transcript.delta", { ...place, delta: "two" });
    expect(contentOf(reduce(text, speech), "a1")).toEqual(contentOf(text, "a1"));
    // Nothing was transcribed of this one, and it is nothing yet.
    const user = { id: "u1", type: "message", role: "user", status: "completed" };
    const shown = fold([
      server("conversation.item.added", {
        previous_item_id: null,
        item: { ...user, content: [{ type: "input_audio" }] },
      }),
    ]);
    const written = server("response.output_text.delta", {
      ...place,
      ...{ item_id: "u1", content_index: 0, delta: "words" },
    });
    expect(contentOf(reduce(shown, written), "u1")).toMatchObject([{ type: "output_text", text: "words" }]);
  });
});

describe("a transcription that failed", () => {
  const failed = [
    opened,
    ...heard("u1", null, "").slice(0, 5),
    transcription("failed", { content_index: 0, error: { message: "Too quiet." } }),
  ];

  it("stays so, whatever words of it come late, unless they are the last ones", () => {
    const state = fold(failed);
    expect(reduce(state, transcription("delta", { content_index: 0, delta: "hm" }))).toBe(state);
    const partial = transcription("completed", { content_index: 0, transcript: "hm", status: "in_progress" });
    expect(contentOf(reduce(state, partial), "u1")).toMatchObject([{ transcription: "failed" }]);
    const whole = transcription("completed", { content_index: 0, transcript: "Hm." });
    expect(contentOf(reduce(state, whole), "u1")).toEqual([
      { type: "input_audio", transcript: "Hm.", transcription: "completed" },
    ]);
  });
});

describe("a message with two stretches of speech", () => {
  const content = [{ type: "input_audio" }, { type: "input_audio" }];
  const item = { id: "u1", type: "message", role: "user", status: "completed", content };
  const shown = [opened, server("conversation.item.added", { previous_item_id: null, item })];
  const bills = [1, 2].map((seconds, index) =>
    transcription("completed", {
      content_index: index,
      transcript: "so",
      usage: { type: "duration", seconds },
    }),
  );
  const deleted = server("conversation.item.deleted", { item_id: "u1" });
  const secondsOf = (...entries: readonly LogEntry[]) => fold(entries).usage.transcription.seconds;

  it("is billed for both, each once, whenever it is deleted", () => {
    const [one, two] = bills as [LogEntry, LogEntry];
    expect(secondsOf(...shown, one, two, one, two)).toBe(3);
    expect(secondsOf(...shown, two, one)).toBe(3);
    expect(secondsOf(...shown, one, deleted, two, one, two)).toBe(3);
    const state = fold([...shown, one, deleted, two]);
    expect(restore(snapshot(state))).toEqual(state);
  });
});

describe("a transcription of a part that no message has", () => {
  it("is billed when its item is gone, and leaves no room for the parts before it", () => {
    const gone = fold([...heard("u1", null, "Hi"), server("conversation.item.deleted", { item_id: "u1" })]);
    const usage = { type: "duration", seconds: 1 };
    const billed = server("conversation.item.input_audio_transcription.completed", {
      ...{ item_id: "u1", content_index: 1_000_000, transcript: "", usage },
    });
    const state = fold([billed], gone);
    expect(state.usage.transcription.seconds).toBe(1);
    expect(state.deleted[0]?.usages).toHaveLength(1);
  });
});

describe("a state that odd frames have made", () => {
  const configured = (rate: string): LogEntry[] => [
    opened,
    server(
      "session.created",
      JSON.parse(
        `{"session":{"type":"realtime","audio":{"output":{"format":{"type":"audio/pcm","rate":${rate}}}}}}`,
      ),
    ),
    ...answerBegins("r1", "a1", null),
    ...spoken("r1", "a1", "hi", 100),
    report("a1", 0),
  ];
  const segment = (start: string, end: string) =>
    transcription("segment", JSON.parse(`{"id":"s","speaker":"A","text":"t","start":${start},"end":${end}}`));
  let deep: unknown = "core";
  for (let level = 0; level < 4_000; level++) deep = [deep];
  const weird = { id: "o1", type: "weird", name: "odd", deep };

  it.each<[string, readonly LogEntry[]]>([
    ["a cut at no number", [truncated("a1", "x"), truncated("a1", null)]],
    ["a cut beyond all numbers", [truncated("a1", Number.POSITIVE_INFINITY)]],
    ["a cut before the beginning", [truncated("a1", -5)]],
    ["segments at the end of time", [segment("1e306", "1e307")]],
    ["segments before the beginning", [segment("-1", "2")]],
    ["a rate beyond all numbers", configured("1e999")],
    ["a rate of 0", configured("0")],
    ["a rate below 0", configured("-5")],
    ["no rate", configured("null")],
    ["an unknown item of 4,000 levels", [server("conversation.item.added", { item: weird })]],
    [
      "metadata of 4,000 levels",
      [server("response.created", { response: { id: "r2", metadata: { deep } } })],
    ],
    ["a session of 4,000 levels", [server("session.updated", { session: { type: "realtime", deep } })]],
  ])("can be kept: %s", (_, entries) => {
    const state = fold(entries, answering);
    expect(canonicalJson(restore(snapshot(state)))).toBe(canonicalJson(state));
  });

  it("takes sound of no rate for the usual one", () => {
    const [part] = contentOf(fold(configured("0")), "a1");
    expect(part).toMatchObject({ audio: { bytesPerMs: 48, heardMs: 10 } });
  });

  it("knows the rest of an item that is too deep", () => {
    const { items } = fold([server("conversation.item.added", { item: weird })], answering);
    expect(items.at(-1)).toMatchObject({ type: "other", kind: "weird", fields: { name: "odd" } });
  });
});
