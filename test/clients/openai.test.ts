import { OpenAIRealtimeTranslationWS } from "openai/realtime/translations/ws";
import { OpenAIRealtimeWebSocket } from "openai/realtime/websocket";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import { describe, expect, it } from "vitest";
import { listenedTo, openaiOf, userMessage } from "./openai-client.ts";
import { type Service, service } from "./service.ts";
import { speech } from "./speech.ts";

// The WebSockets of the `openai` package as they come, by TLS.

/** A connection by `ws`, what it is told, and how it ended. */
function dialled(there: Service, props: ConstructorParameters<typeof OpenAIRealtimeWS>[0], apiKey?: string) {
  const realtime = new OpenAIRealtimeWS(props, openaiOf(there, apiKey));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    realtime.socket.on("close", (code: number, reason: Buffer) => resolve({ code, reason: String(reason) }));
  });
  return {
    ...listenedTo(realtime),
    realtime,
    closed,
    async hangUp() {
      realtime.close();
      await closed;
    },
  };
}

const append = (samples: Int16Array<ArrayBuffer>) => ({
  type: "input_audio_buffer.append" as const,
  audio: Buffer.from(samples.buffer).toString("base64"),
});

describe("OpenAIRealtimeWS", () => {
  it("holds a conversation in text and sound, with a function in between", async () => {
    const there = await service({
      scenario: {
        turns: [
          { tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }] },
          { say: "It is clear in Lisbon." },
          { say: "You are welcome." },
        ],
      },
    });
    const { realtime, events, errors, seen, hangUp } = dialled(there, { model: "gpt-realtime" });
    await seen("session.created");
    realtime.send({
      type: "session.update",
      session: {
        type: "realtime",
        tools: [{ type: "function", name: "get_weather", parameters: { type: "object", properties: {} } }],
      },
    });
    await seen("session.updated");
    realtime.send(userMessage("What is the weather in Lisbon?"));
    realtime.send({ type: "response.create" });
    const call = (await seen("response.done")).response.output?.[0];
    expect(call).toMatchObject({
      type: "function_call",
      name: "get_weather",
      arguments: '{"city":"Lisbon"}',
    });
    realtime.send({
      type: "conversation.item.create",
      item: {
        type: "function_call_output",
        call_id: call?.type === "function_call" ? (call.call_id ?? "") : "",
        output: '{"sky":"clear"}',
      },
    });
    realtime.send({ type: "response.create" });
    await seen("response.done", 2);
    expect(events.filter(({ type }) => type === "response.output_audio.delta").length).toBeGreaterThan(2);
    expect((await seen("response.output_audio_transcript.done")).transcript).toBe("It is clear in Lisbon.");

    realtime.send(userMessage("Thank you."));
    realtime.send({ type: "response.create", response: { output_modalities: ["text"] } });
    await seen("response.done", 3);
    expect((await seen("response.output_text.done")).text).toBe("You are welcome.");
    await hangUp();
    expect(errors).toEqual([]);
  });

  it("speaks, is heard and answered, and interrupts", async () => {
    const there = await service({
      // At the pace of speech, so that the first answer is under way when it is interrupted.
      pace: 1,
      scenario: {
        turns: [
          {
            heard: "What is the weather like in Lisbon today?",
            say: "A long answer.",
            speech: new Int16Array(24 * 60_000),
          },
          { heard: "Wait, what about tomorrow?", say: "Tomorrow.", speech: new Int16Array(24 * 100) },
        ],
      },
    });
    const { realtime, errors, seen, hangUp } = dialled(there, { model: "gpt-realtime" });
    await seen("session.created");
    const transcription = { model: "gpt-4o-mini-transcribe" };
    realtime.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { transcription } } },
    });
    await seen("session.updated");
    realtime.send(append(await speech("ask-weather")));
    expect(await seen("input_audio_buffer.speech_started")).toMatchObject({
      audio_start_ms: expect.any(Number),
    });
    expect((await seen("conversation.item.input_audio_transcription.completed")).transcript).toBe(
      "What is the weather like in Lisbon today?",
    );
    await seen("response.output_audio.delta", 2);
    realtime.send(append(await speech("barge-in")));
    const cancelled = await seen("response.done");
    expect(cancelled.response).toMatchObject({
      status: "cancelled",
      status_details: { type: "cancelled", reason: "turn_detected" },
    });
    const [item] = cancelled.response.output ?? [];
    realtime.send({
      type: "conversation.item.truncate",
      item_id: item?.id ?? "",
      content_index: 0,
      audio_end_ms: 100,
    });
    expect((await seen("conversation.item.truncated")).audio_end_ms).toBe(100);
    expect((await seen("response.done", 2)).response.status).toBe("completed");
    await hangUp();
    expect(errors).toEqual([]);
  });

  it("is told of errors as its own kind of error, and goes on", async () => {
    const there = await service();
    const { realtime, errors, seen, hangUp } = dialled(there, { model: "gpt-realtime" });
    await seen("session.created");
    realtime.send({ type: "input_audio_buffer.commit", event_id: "mine" });
    const { error } = await seen("error");
    expect(error).toMatchObject({ code: "input_audio_buffer_commit_empty", event_id: "mine" });
    expect(errors).toMatchObject([{ error: { code: "input_audio_buffer_commit_empty" } }]);
    realtime.send({ type: "response.create" });
    await seen("response.done");
    await hangUp();
  });

  it("is let in first and turned away then, where its key is wrong", async () => {
    const there = await service();
    const { closed, seen, errors } = dialled(there, { model: "gpt-realtime" }, "sk-wrong");
    const { error } = await seen("error");
    expect(error.code).toBe("invalid_api_key");
    expect(await closed).toEqual({ code: 3000, reason: expect.stringContaining("invalid_api_key") });
    expect(errors).toHaveLength(1);
  });

  it("transcribes with the intent to", async () => {
    const there = await service({ scenario: { turns: [{ heard: "What is the weather like?" }] } });
    const { realtime, types, errors, seen, hangUp } = dialled(there, { intent: "transcription" });
    expect((await seen("session.created")).session.type).toBe("transcription");
    realtime.send({
      type: "session.update",
      session: {
        type: "transcription",
        audio: {
          input: { transcription: { model: "gpt-4o-transcribe" }, turn_detection: { type: "server_vad" } },
        },
      },
    });
    await seen("session.updated");
    realtime.send(append(await speech("ask-weather")));
    const told = await seen("conversation.item.input_audio_transcription.completed");
    expect(told.transcript).toBe("What is the weather like?");
    await hangUp();
    expect(types).not.toContain("response.created");
    expect(errors).toEqual([]);
  });

  it("joins a call beside its caller, and shares the session", async () => {
    const there = await service({ scenario: { turns: [{ say: "Good day." }] } });
    const openai = openaiOf(there);
    const { callId } = await there.control.ring();
    await openai.realtime.calls.accept(callId, { type: "realtime", instructions: "Answer the telephone." });
    const { realtime, errors, closed, seen } = dialled(there, { callID: callId });
    // Nobody greets who joins: there is a session already.
    await new Promise((resolve) => realtime.socket.once("open", resolve));
    realtime.send({ type: "response.create" });
    expect((await seen("response.created")).response.status).toBe("in_progress");
    expect((await seen("response.output_audio_transcript.done")).transcript).toBe("Good day.");
    await openai.realtime.calls.hangup(callId);
    expect((await closed).code).toBe(1000);
    expect(errors).toEqual([]);
  });
});

describe("OpenAIRealtimeWebSocket", () => {
  it("converses by the platform's own WebSocket, with its key among the subprotocols", async () => {
    const there = await service({ scenario: { turns: [{ say: "Good day." }] } });
    const openai = openaiOf(there);
    const { value } = await openai.realtime.clientSecrets.create({
      session: { type: "realtime", model: "gpt-realtime", instructions: "Be brief." },
    });
    const realtime = new OpenAIRealtimeWebSocket({ model: "gpt-realtime" }, openaiOf(there, value));
    const { seen, errors } = listenedTo(realtime);
    expect((await seen("session.created")).session).toMatchObject({ instructions: "Be brief." });
    realtime.send({ type: "response.create", response: { output_modalities: ["text"] } });
    expect((await seen("response.output_text.done")).text).toBe("Good day.");
    const closed = new Promise((resolve) => realtime.socket.addEventListener("close", resolve));
    realtime.close();
    await closed;
    expect(errors).toEqual([]);
  });
});

describe("OpenAIRealtimeTranslationWS", () => {
  it("translates, and drains what is under way when it finishes", async () => {
    const there = await service({
      scenario: {
        turns: [
          { heard: "What is the weather like?", say: "¿Qué tiempo hace?", speech: new Int16Array(24 * 500) },
        ],
      },
    });
    const realtime = await OpenAIRealtimeTranslationWS.create(openaiOf(there), {
      model: "gpt-realtime-translate",
    });
    const text = { heard: "", said: "" };
    const types: string[] = [];
    const errors: unknown[] = [];
    realtime.on("event", ({ type }) => types.push(type));
    realtime.on("error", (error) => errors.push(error));
    realtime.on("session.input_transcript.delta", ({ delta }) => {
      text.heard += delta;
    });
    realtime.on("session.output_transcript.delta", ({ delta }) => {
      text.said += delta;
    });
    const updated = new Promise((resolve) => realtime.on("session.updated", resolve));
    await new Promise((resolve) => realtime.on("session.created", resolve));
    realtime.send({
      type: "session.update",
      session: {
        audio: { input: { transcription: { model: "gpt-realtime-whisper" } }, output: { language: "es" } },
      },
    });
    await updated;
    const { audio } = append(await speech("ask-weather"));
    realtime.send({ type: "session.input_audio_buffer.append", audio });
    await realtime.finish({ timeoutMs: 20_000 });
    expect(text).toEqual({ heard: "What is the weather like?", said: "¿Qué tiempo hace?" });
    expect(types).toContain("session.output_audio.delta");
    expect(types.at(-1)).toBe("session.closed");
    expect(errors).toEqual([]);
  });
});
