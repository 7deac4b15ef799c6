import type { TranscriptionConfig } from "@duologue/protocol";
import { describe, expect, it, vi } from "vitest";
import type { ScenarioTurn } from "../../src/brain/scenario.ts";
import { conversation, one, only, speech, typesOf } from "../support/conversation.ts";

const prefix = "conversation.item.input_audio_transcription";

function heard(turn: ScenarioTurn, transcription: TranscriptionConfig | null, include: string[] = []) {
  const talk = conversation({ scenario: { turns: [{ say: "Yes.", ...turn }] } });
  talk.open();
  talk.send({
    type: "session.update",
    session: { type: "realtime", include, audio: { input: { transcription } } },
  });
  const { item_id } = one(talk.speak("What is the weather like?"), "input_audio_buffer.committed");
  return { talk, item_id, events: talk.advance(9000) };
}

function transcriptionTypes(events: Parameters<typeof typesOf>[0]): string[] {
  return typesOf(events).filter((type) => type.startsWith(prefix));
}

describe("transcription of the user", () => {
  it("comes in pieces and then whole, beside the answer", () => {
    const { item_id, events } = heard({ heard: "What is it?" }, { model: "gpt-4o-transcribe" });
    const deltas = only(events, `${prefix}.delta`);
    expect(deltas.map(({ delta }) => delta)).toEqual(["What", " is", " it", "?"]);
    expect(deltas.every((delta) => delta.item_id === item_id && delta.obfuscation !== undefined)).toBe(true);
    const completed = one(events, `${prefix}.completed`);
    expect(completed).toMatchObject({ item_id, content_index: 0, transcript: "What is it?" });
    expect(completed.usage).toMatchObject({ type: "tokens", output_tokens: 4 });
    if (completed.usage?.type !== "tokens") throw new Error("tokens are expected");
    const { total_tokens, input_tokens, output_tokens, input_token_details } = completed.usage;
    expect(total_tokens).toBe(input_tokens + output_tokens);
    expect(input_token_details).toEqual({ text_tokens: 0, audio_tokens: input_tokens });
    expect(typesOf(events).indexOf(`${prefix}.completed`)).toBeGreaterThan(
      typesOf(events).indexOf("response.output_item.added"),
    );
  });

  it("is one piece with whisper-1, and billed by time", () => {
    const { events } = heard({ heard: "What is it?" }, { model: "whisper-1" });
    expect(only(events, `${prefix}.delta`).map(({ delta }) => delta)).toEqual(["What is it?"]);
    const { usage } = one(events, `${prefix}.completed`);
    expect(usage).toEqual({ type: "duration", seconds: 3 });
  });

  it("stands in the item afterwards", () => {
    const { talk, item_id } = heard({ heard: "What is it?" }, { model: "whisper-1" });
    const { item } = one(
      talk.send({ type: "conversation.item.retrieve", item_id }),
      "conversation.item.retrieved",
    );
    expect(item).toMatchObject({ content: [{ type: "input_audio", transcript: "What is it?" }] });
  });

  it("can come after the answer, fail, or never come", () => {
    const late = heard({ heard: "Hi", transcription: { delayMs: 5000 } }, { model: "whisper-1" });
    expect(transcriptionTypes(late.events)).toEqual([`${prefix}.delta`, `${prefix}.completed`]);
    expect(typesOf(late.events).at(-1)).toBe(`${prefix}.completed`);
    const failed = heard({ heard: "Hi", transcription: { outcome: "failed" } }, { model: "whisper-1" });
    expect(transcriptionTypes(failed.events)).toEqual([`${prefix}.failed`]);
    expect(one(failed.events, `${prefix}.failed`).error.code).toBe("audio_unintelligible");
    const never = heard({ heard: "Hi", transcription: { outcome: "none" } }, { model: "whisper-1" });
    expect(transcriptionTypes(never.events)).toEqual([]);
  });

  it("keeps its order when all of it comes at once", () => {
    const { talk } = heard(
      { heard: "One two three.", transcription: { delayMs: 0 } },
      { model: "gpt-4o-transcribe" },
    );
    expect(only(talk.events, `${prefix}.delta`).map(({ delta }) => delta)).toEqual([
      "One",
      " two",
      " three",
      ".",
    ]);
    expect(transcriptionTypes(talk.events).at(-1)).toBe(`${prefix}.completed`);
  });

  it("is empty where nobody told what is heard, and absent where none is wanted", () => {
    const empty = heard({}, { model: "whisper-1" });
    expect(one(empty.events, `${prefix}.completed`).transcript).toBe("");
    expect(only(empty.events, `${prefix}.delta`)).toEqual([]);
    expect(transcriptionTypes(heard({ heard: "Hi" }, null).events)).toEqual([]);
  });

  it("carries log probabilities where they are asked for", () => {
    const include = ["item.input_audio_transcription.logprobs"];
    const { events } = heard({ heard: "Né?" }, { model: "gpt-4o-transcribe" }, include);
    const { logprobs } = one(events, `${prefix}.completed`);
    expect(logprobs?.map(({ token, bytes }) => [token, bytes])).toEqual([
      ["Né", [78, 195, 169]],
      ["?", [63]],
    ]);
    expect(only(events, `${prefix}.delta`).map(({ logprobs: own }) => own?.[0]?.token)).toEqual(["Né", "?"]);
  });

  it("does not outlive its item", () => {
    const talk = conversation({ scenario: { turns: [{ heard: "Hi" }] } });
    talk.open();
    const transcription = { model: "whisper-1" };
    talk.send({ type: "session.update", session: { type: "realtime", audio: { input: { transcription } } } });
    const { item_id } = one(talk.speak("Hello"), "input_audio_buffer.committed");
    talk.send({ type: "conversation.item.delete", item_id });
    expect(transcriptionTypes(talk.advance(5000))).toEqual([]);
  });

  it("gives each speech its own words", () => {
    const talk = conversation({
      scenario: {
        turns: [
          { heard: "First", tools: [{ name: "look" }] },
          { say: "Done." },
          { heard: "Second", say: "Ok." },
        ],
      },
    });
    talk.open();
    const transcription = { model: "whisper-1" };
    talk.send({ type: "session.update", session: { type: "realtime", audio: { input: { transcription } } } });
    talk.speak("One");
    talk.advance(5000);
    talk.send({ type: "response.create" });
    talk.advance(5000);
    talk.speak("Two");
    talk.advance(5000);
    expect(only(talk.events, `${prefix}.completed`).map(({ transcript }) => transcript)).toEqual([
      "First",
      "Second",
    ]);
  });

  it("takes a time that differs, and then comes out of order", () => {
    const turns = ["One", "Two", "Three", "Four"].map((heard) => ({ heard, say: "Ok." }));
    const orderWith = (transcriptionJitterMs: number) => {
      const talk = conversation({ scenario: { turns }, transcriptionJitterMs });
      talk.open();
      const transcription = { model: "whisper-1" };
      const turn_detection = null;
      const audio = { input: { transcription, turn_detection } };
      talk.send({ type: "session.update", session: { type: "realtime", audio } });
      for (const { heard } of turns) {
        talk.append(speech(heard));
        talk.send({ type: "input_audio_buffer.commit" });
        talk.send({ type: "response.create" });
        talk.send({ type: "response.cancel" });
        talk.advance(100);
      }
      talk.advance(20_000);
      return only(talk.events, `${prefix}.completed`).map(({ transcript }) => transcript);
    };
    expect(orderWith(0)).toEqual(["One", "Two", "Three", "Four"]);
    const mixed = orderWith(5000);
    expect(mixed).not.toEqual(orderWith(0));
    expect([...mixed].sort()).toEqual([...orderWith(0)].sort());
  });

  it("is put off in one go, however many words it has", () => {
    const goes = (words: number) => {
      const sorted = vi.spyOn(Array.prototype, "sort");
      const spliced = vi.spyOn(Array.prototype, "toSpliced");
      heard({ heard: "word ".repeat(words) }, { model: "gpt-4o-transcribe" });
      const calls = { sorted: sorted.mock.calls.length, spliced: spliced.mock.calls.length };
      vi.restoreAllMocks();
      return calls;
    };
    expect(goes(1000)).toEqual(goes(10));
  });
});
