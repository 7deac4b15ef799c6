import { describe, expect, it } from "vitest";
import type { Conversation } from "../support/conversation.ts";
import { conversation, one, only, shapeOf, typesOf } from "../support/conversation.ts";

const say = "In Lisbon it is sunny right now, twenty four degrees, with a light breeze from the ocean.";
const generationMs = 200 + 40 + ((say.length / 14) * 1000) / 8;

/** A session whose answer has been under way for `ms` since `response.created`. */
function answering(ms: number, settings = {}) {
  const talk = conversation({ scenario: { turns: [{ say }] }, ...settings });
  talk.open();
  talk.speak("What is the weather like?");
  const events = talk.advance(ms);
  return { talk, events };
}

/** What has been generated, in milliseconds. */
function generatedMs(talk: Conversation): number {
  const bytes = only(talk.events, "response.output_audio.delta").map(
    ({ delta }) => Buffer.from(delta, "base64").length,
  );
  return bytes.reduce((sum, count) => sum + count, 0) / 48;
}

describe("barge-in while the answer is generated", () => {
  it("cuts the response at once, and nothing more of it comes", () => {
    const { talk, events } = answering(500);
    const response = one(talk.events, "response.created").response;
    const before = only(events, "response.output_audio_transcript.delta").map(({ delta }) => delta);
    expect(before.length).toBeGreaterThan(0);
    const spoken = talk.speak("Wait");
    const burst = [
      "input_audio_buffer.speech_started",
      "response.output_audio.done",
      "response.output_audio_transcript.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
    ];
    expect(typesOf(spoken).slice(0, burst.length)).toEqual(burst);
    expect(typesOf(spoken).slice(burst.length)).toEqual([
      "input_audio_buffer.speech_stopped",
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
      "response.created",
    ]);
    const done = one(spoken, "response.done").response;
    expect(done).toMatchObject({
      id: response.id,
      status: "cancelled",
      status_details: { type: "cancelled", reason: "turn_detected" },
      output: [{ status: "incomplete", content: [{ type: "output_audio", transcript: before.join("") }] }],
    });
    expect(one(spoken, "response.output_audio_transcript.done").transcript).toBe(before.join(""));
    const after = talk.advance(20_000);
    expect(after.filter((event) => "response_id" in event && event.response_id === response.id)).toEqual([]);
    expect(typesOf(after)[0]).toBe("rate_limits.updated");
  });

  it("bills what was generated until then", () => {
    const { talk } = answering(500);
    const words = only(talk.events, "response.output_audio_transcript.delta").length;
    const soundMs = generatedMs(talk);
    const { usage } = one(talk.speak("Wait"), "response.done").response;
    expect(usage?.output_token_details).toEqual({
      text_tokens: words,
      audio_tokens: Math.ceil(soundMs / 50),
    });
  });

  it("leaves the response alone where interrupt_response is false, and the next one fails to be created", () => {
    const talk = conversation({ scenario: { turns: [{ say }] } });
    talk.open();
    const turn_detection = { type: "server_vad", interrupt_response: false } as const;
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection } } },
    });
    talk.speak("What is the weather like?");
    talk.advance(500);
    const { id } = one(talk.events, "response.created").response;
    const spoken = talk.speak("Wait");
    expect(typesOf(spoken)).toEqual([
      "input_audio_buffer.speech_started",
      "input_audio_buffer.speech_stopped",
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
      "error",
    ]);
    expect(one(spoken, "error").error).toMatchObject({
      code: "conversation_already_has_active_response",
      event_id: null,
    });
    expect(one(talk.advance(10_000), "response.done").response).toMatchObject({ id, status: "completed" });
  });

  it("cuts a response of which nothing has come yet", () => {
    const { talk } = answering(10);
    const spoken = talk.speak("Wait");
    expect(typesOf(spoken).slice(0, 2)).toEqual(["input_audio_buffer.speech_started", "response.done"]);
    expect(one(spoken, "response.done").response).toMatchObject({ status: "cancelled", output: [] });
  });

  it("cuts a function call short, and ends it with the arguments so far", () => {
    const tools = [{ name: "look", arguments: { one: 1, two: 2, three: 3 } }];
    const talk = conversation({ scenario: { turns: [{ tools }] }, textPieceMs: 50 });
    talk.open();
    talk.send({ type: "response.create" });
    talk.advance(400);
    const spoken = talk.speak("Wait");
    expect(typesOf(spoken).slice(0, 5)).toEqual([
      "input_audio_buffer.speech_started",
      "response.function_call_arguments.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
    ]);
    const { item } = one(spoken, "response.output_item.done");
    expect(item).toMatchObject({ type: "function_call", status: "incomplete" });
    expect(one(spoken, "response.function_call_arguments.done").arguments).toBe('{"one"');
  });

  it("does not touch a response out of band", () => {
    const talk = conversation({ scenario: { turns: [{ say }, { say: "Yes?" }] } });
    talk.open();
    talk.send({ type: "response.create", response: { conversation: "none" } });
    talk.advance(400);
    const spoken = talk.speak("Wait");
    expect(typesOf(spoken)).not.toContain("response.done");
    expect(typesOf(spoken).at(-1)).toBe("response.created");
    expect(only(talk.advance(20_000), "response.done").map(({ response }) => response.status)).toEqual([
      "completed",
      "completed",
    ]);
  });
});

describe("barge-in after generation has ended", () => {
  it("is only the start of a speech", () => {
    const { talk } = answering(generationMs + 100);
    expect(only(talk.events, "response.done")).toHaveLength(1);
    expect(typesOf(talk.speak("Wait"))[0]).toBe("input_audio_buffer.speech_started");
    expect(only(talk.events, "response.done")).toHaveLength(1);
  });
});

describe("conversation.item.truncate", () => {
  const truncate = (item_id: string, audio_end_ms: number, content_index = 0) =>
    ({
      type: "conversation.item.truncate",
      event_id: "cut",
      item_id,
      content_index,
      audio_end_ms,
    }) as const;

  it("is judged by what was generated, of finished and of cut items", () => {
    for (const ms of [500, generationMs + 100]) {
      const { talk } = answering(ms);
      const { item } = only(talk.events, "response.output_item.added")[0]!;
      talk.speak("Wait");
      const known = Math.floor(generatedMs(talk));
      expect(one(talk.send(truncate(item.id, known + 1)), "error").error).toEqual({
        type: "invalid_request_error",
        code: "invalid_value",
        message: `Audio content of ${known}ms is already shorter than ${known + 1}ms`,
        param: null,
        event_id: "cut",
      });
      const cut = talk.send(truncate(item.id, known));
      expect(cut).toMatchObject([
        { type: "conversation.item.truncated", item_id: item.id, content_index: 0, audio_end_ms: known },
      ]);
      expect(typesOf(talk.send(truncate(item.id, 100)))).toEqual(["conversation.item.truncated"]);
      expect(one(talk.send(truncate(item.id, 101)), "error").error.message).toBe(
        "Audio content of 100ms is already shorter than 101ms",
      );
    }
  });

  it("takes the rest of the sound and all of the words", () => {
    const { talk } = answering(generationMs + 100);
    const { item } = one(talk.events, "response.output_item.done");
    talk.send(truncate(item.id, 250));
    const retrieved = one(
      talk.send({ type: "conversation.item.retrieve", item_id: item.id }),
      "conversation.item.retrieved",
    );
    expect(retrieved.item).toMatchObject({ content: [{ type: "output_audio", audio: expect.any(String) }] });
    const part = "content" in retrieved.item ? retrieved.item.content[0] : undefined;
    expect(part).not.toHaveProperty("transcript");
    expect(part && "audio" in part && Buffer.from(part.audio ?? "", "base64").length).toBe(250 * 48);
  });

  it("of an item that is still generated stays in force", () => {
    const { talk } = answering(500);
    const { item } = one(talk.events, "response.output_item.added");
    talk.send(truncate(item.id, 100));
    talk.advance(20_000);
    expect(one(talk.send(truncate(item.id, 101)), "error").error.message).toBe(
      "Audio content of 100ms is already shorter than 101ms",
    );
  });

  it("refuses items without generated audio, and items that are not there", () => {
    const { talk } = answering(210);
    const { item } = one(talk.events, "response.output_item.added");
    const user = one(talk.events, "input_audio_buffer.committed").item_id;
    expect(generatedMs(talk)).toBe(0);
    const refusals = [
      truncate(item.id, 0),
      truncate(user, 0),
      truncate(item.id, 0, 1),
      truncate("item_x", 0),
    ].map((command) => one(talk.send(command), "error").error);
    expect(refusals.map(({ code, message }) => [code, message])).toEqual([
      ["unsupported_content_type", "Only model output audio messages can be truncated"],
      ["unsupported_content_type", "Only model output audio messages can be truncated"],
      ["unsupported_content_type", "Only model output audio messages can be truncated"],
      ["item_truncate_invalid_item_id", "Error truncating item: the item with id 'item_x' does not exist."],
    ]);
  });
});

describe("response.cancel", () => {
  it("ends the response of the conversation as the client's wish", () => {
    const { talk } = answering(500);
    const events = talk.send({ type: "response.cancel" });
    expect(shapeOf(events)).toEqual([
      "response.output_audio.done",
      "response.output_audio_transcript.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
    ]);
    expect(one(events, "response.done").response).toMatchObject({
      status: "cancelled",
      status_details: { type: "cancelled", reason: "client_cancelled" },
    });
  });

  it("finds nothing to cancel twice", () => {
    const { talk } = answering(500);
    talk.send({ type: "response.cancel" });
    expect(one(talk.send({ type: "response.cancel", event_id: "again" }), "error").error).toEqual({
      type: "invalid_request_error",
      code: "response_cancel_not_active",
      message: "Cancellation failed: no active response found",
      param: null,
      event_id: "again",
    });
  });

  it("cancels a response out of band by its id only", () => {
    const talk = conversation({ scenario: { turns: [{ say }] } });
    talk.open();
    const { id } = one(
      talk.send({ type: "response.create", response: { conversation: "none" } }),
      "response.created",
    ).response;
    talk.advance(500);
    expect(typesOf(talk.send({ type: "response.cancel" }))).toEqual(["error"]);
    const events = talk.send({ type: "response.cancel", response_id: id });
    expect(one(events, "response.done").response).toMatchObject({ id, status: "cancelled" });
  });
});
