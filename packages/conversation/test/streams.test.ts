import { describe, expect, it } from "vitest";
import {
  type AudioChunk,
  audioChunk,
  type ConversationState,
  type Interruption,
  initialState,
  reduce,
  type ToolCallUpdate,
  type TranscriptUpdate,
  toolCallUpdates,
  transcriptUpdates,
} from "../src/index.ts";
import { fakePlayer, talking } from "./talking.ts";
import {
  answerBegins,
  answerEnds,
  called,
  heard,
  type LogEntry,
  opened,
  server,
  spoken,
  toolOutput,
} from "./wire.ts";

/** What a function says of each entry in turn, beginning with `from`. */
function told<T>(
  say: (step: { before: ConversationState; entry: LogEntry; after: ConversationState }) => readonly T[],
  entries: readonly LogEntry[],
): T[] {
  let state = initialState;
  return entries.flatMap((entry) => {
    const before = state;
    state = reduce(before, entry);
    return say({ before, entry, after: state });
  });
}

describe("transcriptUpdates", () => {
  it("tell what is new of each part, of both sides, and when it is final", () => {
    const updates = told<TranscriptUpdate>(transcriptUpdates, [
      opened,
      ...heard("u1", null, "Hello"),
      ...answerBegins("r1", "a1", "u1"),
      ...spoken("r1", "a1", "Good", 100),
      ...spoken("r1", "a1", " day", 100),
      ...answerEnds("r1", "a1", "u1", "Good day"),
    ]);
    const user = { itemId: "u1", contentIndex: 0, role: "user", text: "Hello" };
    const assistant = { itemId: "a1", contentIndex: 0, role: "assistant" };
    expect(updates).toEqual([
      { ...user, delta: "Hello", isFinal: false },
      { ...user, delta: "", isFinal: true },
      { ...assistant, text: "Good", delta: "Good", isFinal: false },
      { ...assistant, text: "Good day", delta: " day", isFinal: false },
      { ...assistant, text: "Good day", delta: "", isFinal: true },
    ]);
  });

  it("have no delta where what was said before changes as well, and say when nobody could transcribe", () => {
    const transcript = (type: string, fields: object) =>
      server(`conversation.item.input_audio_transcription.${type}`, {
        item_id: "u1",
        content_index: 0,
        ...fields,
      });
    const [update] = told<TranscriptUpdate>(transcriptUpdates, [
      transcript("delta", { delta: "Hallow" }),
      transcript("completed", { transcript: "Hello" }),
    ]).slice(1);
    expect(update).toEqual({ itemId: "u1", contentIndex: 0, role: "user", text: "Hello", isFinal: true });
    const failed = told<TranscriptUpdate>(transcriptUpdates, [
      transcript("failed", { error: { message: "noise" } }),
    ]);
    expect(failed).toEqual([
      { itemId: "u1", contentIndex: 0, role: "user", text: "", delta: "", isFinal: true },
    ]);
  });
});

describe("audioChunk", () => {
  const chunks = (entries: readonly LogEntry[]) =>
    told<AudioChunk>((step) => {
      const chunk = audioChunk(step);
      return chunk === undefined ? [] : [chunk];
    }, entries);
  const delta = (bytes: readonly number[]) =>
    server("response.output_audio.delta", {
      response_id: "r1",
      item_id: "a1",
      output_index: 0,
      content_index: 0,
      delta: Buffer.from(bytes).toString("base64"),
    });
  const begun = [opened, ...answerBegins("r1", "a1", null)];

  it("decodes the sound and says where in the part it belongs", () => {
    const [first, second] = chunks([
      ...begun,
      ...spoken("r1", "a1", "Hi", 250),
      delta([1, 0, 255, 255, 0, 128]),
    ]);
    expect(first).toMatchObject({
      responseId: "r1",
      itemId: "a1",
      contentIndex: 0,
      startMs: 0,
      durationMs: 250,
    });
    expect(first?.samples).toHaveLength(6000);
    expect(second).toMatchObject({ startMs: 250, durationMs: 0.125, sampleRateHz: 24_000 });
    expect([...(second?.samples ?? [])]).toEqual([1, -1, -32768]);
  });

  it("leaves half samples out where a piece ends in the middle of one", () => {
    const pieces = chunks([...begun, delta([1, 0, 2]), delta([0, 3, 0])]);
    expect(pieces.map(({ samples }) => [...samples])).toEqual([[1], [3]]);
  });

  it.each([
    ["audio/pcmu", [0xff, 0x7f, 0x00, 0x80, 0xd5], [0, 0, -32124, 32124, 716]],
    ["audio/pcma", [0xd5, 0x55, 0x2a, 0xaa, 0x80], [8, -8, -32256, 32256, 5504]],
  ])("decodes %s at 8 kHz", (type, codes, samples) => {
    const format = server("session.updated", {
      session: { type: "realtime", audio: { output: { format: { type } } } },
    });
    const [chunk] = chunks([opened, format, ...begun.slice(1), delta(codes)]);
    expect(chunk).toMatchObject({ sampleRateHz: 8000, durationMs: codes.length / 8 });
    expect([...(chunk?.samples ?? [])]).toEqual(samples);
  });

  it("is nothing for what comes late of an interrupted response, and empty for what is no base64", () => {
    const speech = server("input_audio_buffer.speech_started", { item_id: "u1", audio_start_ms: 0 });
    expect(chunks([...begun, speech, delta([1, 0])])).toEqual([]);
    const broken = server("response.output_audio.delta", { ...delta([1, 0]).event, delta: "?" });
    expect(chunks([...begun, broken]).map(({ samples }) => samples.length)).toEqual([0]);
  });
});

describe("toolCallUpdates", () => {
  it("tell of a call once that it is going to be run, and once that it was answered", () => {
    const events = called("r1", "f1", "call_1", null);
    const updates = told<ToolCallUpdate>(toolCallUpdates, [
      opened,
      ...events,
      ...events.slice(-1),
      toolOutput("call_1"),
      toolOutput("call_1"),
    ]);
    expect(updates).toMatchObject([
      { phase: "requested", call: { callId: "call_1", arguments: '{"city":"Lisbon"}' } },
      { phase: "answered", call: { callId: "call_1", answered: true }, output: "sunny" },
    ]);
  });

  it("tell of a call that is never run", () => {
    const end = server("response.done", {
      response: { id: "r1", status: "cancelled", output: [], conversation_id: "c" },
    });
    const events = [opened, ...called("r1", "f1", "call_1", null).slice(0, -1), end];
    expect(told<ToolCallUpdate>(toolCallUpdates, events)).toMatchObject([{ phase: "abandoned" }]);
  });
});

describe("the streams of a conversation", () => {
  it("begin with what there is, fire when it changes, and complete at its end", async () => {
    const { player } = fakePlayer();
    const { talk, session, hear } = await talking({ player });
    const fired: string[] = [];
    const note = (name: string) => ({
      next: () => void fired.push(name),
      complete: () => void fired.push(`${name} complete`),
    });
    const interruptions: Interruption[] = [];
    talk.items$.subscribe(note("items"));
    talk.usage$.subscribe(note("usage"));
    talk.rateLimits$.subscribe(note("limits"));
    talk.transcript$.subscribe(note("transcript"));
    talk.audio$.subscribe(note("audio"));
    talk.toolCalls$.subscribe(note("calls"));
    talk.interruptions$.subscribe((interruption) => void interruptions.push(interruption));
    expect(fired.splice(0)).toEqual(["items", "usage", "limits"]);
    await hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "Good day to you", 1000));
    expect(fired.splice(0).filter((name) => name !== "items")).toEqual(["transcript", "audio"]);
    await hear(server("input_audio_buffer.speech_started", { item_id: "u1", audio_start_ms: 0 }));
    expect(interruptions).toMatchObject([{ by: "user", itemId: "a1", heardMs: 250, truncatedAtMs: 250 }]);
    fired.splice(0);
    await hear(...answerEnds("r1", "a1", null, "Good day to you", "cancelled"));
    expect(new Set(fired.splice(0))).toEqual(new Set(["items", "transcript", "usage", "limits"]));
    // Rate limits that are the same are reported again; what changes nothing else fires nothing else.
    await hear(server("weather.changed"));
    expect(fired).toEqual([]);
    talk.close();
    expect(fired.every((name) => name.endsWith("complete"))).toBe(true);
    expect(fired).toHaveLength(6);
    await session.close();
  });
});
