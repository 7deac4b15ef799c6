import { describe, expect, it } from "vitest";
import {
  base64,
  conversation,
  one,
  only,
  shapeOf,
  speech,
  typesOf,
  userText,
} from "../support/conversation.ts";

describe("response.create", () => {
  it("is refused while a response of the conversation runs", () => {
    const talk = conversation();
    talk.open();
    const { id } = one(talk.send({ type: "response.create" }), "response.created").response;
    const events = talk.send({ type: "response.create", event_id: "second" });
    expect(events).toHaveLength(1);
    expect(one(events, "error").error).toEqual({
      type: "invalid_request_error",
      code: "conversation_already_has_active_response",
      message: `Conversation already has an active response in progress: ${id}. Wait until the response is finished before creating a new one.`,
      param: null,
      event_id: "second",
    });
  });

  it("runs any number out of band beside it, which leave no trace in the conversation", () => {
    const talk = conversation({
      scenario: { turns: [{ say: "In it." }, { say: "Beside it." }, { say: "Beside it too." }] },
    });
    talk.open();
    talk.send({ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } });
    talk.send({ type: "response.create" });
    const response = { conversation: "none", metadata: { topic: "mood" } } as const;
    const second = one(talk.send({ type: "response.create", response }), "response.created").response;
    expect(second).toMatchObject({ conversation_id: null, metadata: { topic: "mood" } });
    talk.send({ type: "response.create", response });
    const events = talk.advance(2000);
    const done = only(events, "response.done").map((event) => event.response);
    expect(done.map(({ status, metadata }) => [status, metadata])).toEqual([
      ["completed", null],
      ["completed", { topic: "mood" }],
      ["completed", { topic: "mood" }],
    ]);
    expect(done[0]?.conversation_id).toMatch(/^conv_/);
    expect(only(events, "conversation.item.added")).toHaveLength(1);
    expect(only(events, "response.output_item.added")).toHaveLength(3);
    const beside = events.filter((event) => "response_id" in event && event.response_id === second.id);
    expect(shapeOf(beside)).toEqual([
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta*",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
    ]);
    expect(talk.state.conversation).toHaveLength(1);
  });

  it("overrides the session for this response only", () => {
    const talk = conversation();
    talk.open();
    const override = {
      output_modalities: ["text" as const],
      audio: { output: { format: { type: "audio/pcmu" as const }, voice: "marin" } },
      max_output_tokens: 500,
    };
    const { response } = one(talk.send({ type: "response.create", response: override }), "response.created");
    expect(response).toMatchObject({
      output_modalities: ["text"],
      max_output_tokens: 500,
      audio: { output: { format: { type: "audio/pcmu" }, voice: "marin" } },
    });
    talk.advance(3000);
    expect(one(talk.send({ type: "response.create" }), "response.created").response).toMatchObject({
      output_modalities: ["audio"],
      max_output_tokens: "inf",
      audio: { output: { format: { type: "audio/pcm", rate: 24000 }, voice: "alloy" } },
    });
  });

  it("speaks in the format that is asked for", () => {
    const say = "Twenty eight characters long";
    const talk = conversation({ scenario: { turns: [{ say }, { say: "x", speech: speech("Hello") }] } });
    talk.open();
    const response = { audio: { output: { format: { type: "audio/pcmu" as const } } } };
    const bytes = () =>
      only(talk.advance(5000), "response.output_audio.delta")
        .map(({ delta }) => Buffer.from(delta, "base64").length)
        .reduce((sum, count) => sum + count, 0);
    talk.send({ type: "response.create", response });
    expect(bytes()).toBe(2 * 8000);
    talk.send({ type: "response.create", response });
    expect(bytes()).toBe(speech("Hello").length / 3);
  });

  it("ends incomplete at its token limit", () => {
    const talk = conversation({ scenario: { turns: [{ say: "One two three four five six." }] } });
    talk.open();
    const response = { max_output_tokens: 3, output_modalities: ["text" as const] };
    talk.send({ type: "response.create", response });
    const { response: done } = one(talk.advance(2000), "response.done");
    expect(done).toMatchObject({
      status: "incomplete",
      status_details: { type: "incomplete", reason: "max_output_tokens" },
      output: [{ status: "incomplete", content: [{ type: "output_text", text: "One two three" }] }],
    });
    expect(done.usage?.output_tokens).toBe(3);
  });

  it("counts sound against the limit as well", () => {
    const talk = conversation({ scenario: { turns: [{ say: "One two three four five six." }] } });
    talk.open();
    talk.send({ type: "response.create", response: { max_output_tokens: 20 } });
    const { response } = one(talk.advance(2000), "response.done");
    expect(response.status).toBe("incomplete");
    expect(response.usage?.output_tokens).toBeLessThanOrEqual(20);
    expect(response.usage?.output_token_details?.audio_tokens).toBeGreaterThan(0);
  });

  it("ends as the scenario says, without an error event", () => {
    const error = { type: "rate_limit", code: "rate_limit_exceeded", message: "Slow down." };
    const talk = conversation({
      scenario: {
        turns: [
          { status: "failed", error },
          { say: "Half a", status: "incomplete" },
        ],
      },
    });
    talk.open();
    talk.send({ type: "response.create" });
    const failed = talk.advance(2000);
    expect(typesOf(failed)).toEqual(["response.done", "rate_limits.updated"]);
    expect(one(failed, "response.done").response).toMatchObject({
      status: "failed",
      status_details: { type: "failed", error },
      output: [],
    });
    talk.send({ type: "response.create" });
    expect(one(talk.advance(2000), "response.done").response).toMatchObject({
      status: "incomplete",
      status_details: { type: "incomplete", reason: "content_filter" },
      output: [{ status: "incomplete" }],
    });
  });

  it("reads its own input instead of the conversation", () => {
    const talk = conversation({ answers: "ask" });
    talk.open();
    talk.send({ type: "conversation.item.create", item: userText("Old", "old") });
    const input = [{ type: "item_reference" as const, id: "old" }, userText("New")];
    talk.send({ type: "response.create", response: { conversation: "none", input } });
    talk.send({ type: "response.create", response: { conversation: "none", input: [] } });
    talk.send({ type: "response.create" });
    const asked = talk.outputs.flatMap((output) => (output.type === "ask" ? [output.request] : []));
    expect(asked.map(({ items }) => items.map((item) => ("content" in item ? item.content : item)))).toEqual([
      [[{ type: "input_text", text: "Old" }], [{ type: "input_text", text: "New" }]],
      [],
      [[{ type: "input_text", text: "Old" }]],
    ]);
    expect(talk.state.conversation).toHaveLength(1);

    const refused = talk.send({
      type: "response.create",
      response: { conversation: "none", input: [{ type: "item_reference", id: "gone" }] },
    });
    expect(one(refused, "error").error).toMatchObject({
      code: "invalid_value",
      param: "response.input[0].id",
    });
  });
});

describe("asking the brain", () => {
  it("tells what was heard and said, and goes by the answer", () => {
    const talk = conversation({
      answers: "ask",
      scenario: { turns: [{ heard: "Good morning", say: "Hello." }] },
    });
    talk.open();
    talk.send({
      type: "session.update",
      session: {
        type: "realtime",
        instructions: "Be kind.",
        tools: [{ type: "function", name: "look", parameters: { type: "object" } }],
      },
    });
    talk.speak("Good morning");
    talk.advance(3000);
    const before = talk.outputs.length;
    const { id } = one(talk.speak("How are you?"), "response.created").response;
    const asked = talk.outputs
      .slice(before)
      .flatMap((output) => (output.type === "ask" ? [output.request] : []));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      responseId: id,
      turn: 1,
      modality: "audio",
      instructions: "Be kind.",
      tools: [{ name: "look" }],
      toolChoice: "auto",
      metadata: null,
      items: [
        { role: "user", content: [{ type: "input_audio", transcript: "Good morning" }] },
        { role: "assistant", content: [{ type: "output_audio", transcript: "Hello." }] },
        { role: "user", content: [{ type: "input_audio", transcript: null }] },
      ],
    });
    expect(asked[0]?.heard?.sampleRateHz).toBe(24_000);
    expect(asked[0]?.heard?.samples.length).toBeGreaterThan(24_000 / 2);
    expect(talk.advance(10_000)).toEqual([]);
    talk.answer(id, { say: "Fine." });
    expect(one(talk.advance(3000), "response.output_audio_transcript.done").transcript).toBe("Fine.");
  });

  it("ignores an answer that comes too late or twice", () => {
    const talk = conversation({ answers: "ask" });
    talk.open();
    const { id } = one(talk.send({ type: "response.create" }), "response.created").response;
    talk.answer(id, { say: "First." });
    talk.answer(id, { say: "Second." });
    expect(one(talk.advance(3000), "response.output_audio_transcript.done").transcript).toBe("First.");
    const next = one(talk.send({ type: "response.create" }), "response.created").response;
    talk.send({ type: "response.cancel" });
    expect(talk.answer(next.id, { say: "Late." })).toEqual([]);
    expect(typesOf(talk.advance(3000))).toEqual(["rate_limits.updated"]);
  });
});

describe("the echo", () => {
  function answerTo(talk: ReturnType<typeof conversation>, response = {}): string {
    talk.send({ type: "response.create", response: { output_modalities: ["text"], ...response } });
    return one(talk.advance(3000), "response.output_text.done").text;
  }

  it("repeats what was said last, and what a function said", () => {
    const talk = conversation();
    talk.open();
    expect(answerTo(talk)).toBe("Hello. Say something, and I will repeat it.");
    talk.send({ type: "conversation.item.create", item: userText("Good day") });
    expect(answerTo(talk)).toBe("You said: Good day");
    const tools = [{ type: "function" as const, name: "look" }];
    talk.send({ type: "response.create", response: { tools, tool_choice: "required" } });
    const call = one(talk.advance(3000), "response.function_call_arguments.done");
    expect(call).toMatchObject({ name: "look", arguments: "{}" });
    const item = { type: "function_call_output" as const, call_id: call.call_id, output: "42" };
    talk.send({ type: "conversation.item.create", item });
    expect(answerTo(talk, { tools, tool_choice: "required" })).toBe("The function says: 42");
  });

  it("admits that it understood no word of a speech", () => {
    const talk = conversation();
    talk.open();
    const content = [{ type: "input_audio" as const, audio: base64(speech("Hello")) }];
    talk.send({ type: "conversation.item.create", item: { type: "message", role: "user", content } });
    expect(answerTo(talk)).toBe("I heard you, but no words.");
  });

  it("takes the id of its own conversation as that, and no other", () => {
    const talk = conversation({ scenario: { turns: [{ say: "Hi." }] } });
    talk.open();
    const create = (name: string) => talk.send({ type: "response.create", response: { conversation: name } });
    expect(create("conv_other")).toMatchObject([
      { type: "error", error: { code: "invalid_value", param: "response.conversation" } },
    ]);
    expect(create(talk.state.conversationId)).toMatchObject([
      { type: "response.created", response: { conversation_id: talk.state.conversationId } },
    ]);
  });
});
