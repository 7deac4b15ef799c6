import type { ReadableStream } from "node:stream/web";
import { initializeLogger, llm } from "@livekit/agents";
import { realtime } from "@livekit/agents-plugin-openai";
import { AudioFrame } from "@livekit/rtc-node";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { eventLog } from "./event-log.ts";
import { exchanged, key, type Service, service } from "./service.ts";
import { speech } from "./speech.ts";

// The realtime model of LiveKit's OpenAI plugin as it comes: its own session, without a room, which needs a server.

initializeLogger({ pretty: false, level: "fatal" });

type Session = ReturnType<realtime.RealtimeModel["session"]>;

const sessions: Session[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
});

/** A session, what it is told by the wire and by the plugin. */
function connected(there: Service) {
  const model = new realtime.RealtimeModel({ apiKey: key, baseURL: there.baseUrl });
  const session = model.session();
  sessions.push(session);
  const log = eventLog<{ readonly type: string }>();
  const told = eventLog<{ readonly type: string; readonly detail: unknown }>();
  session.on("openai_server_event_received", log.add);
  for (const type of [
    "error",
    "generation_created",
    "input_speech_started",
    "input_audio_transcription_completed",
    "session_reconnected",
  ] as const) {
    session.on(type, (detail: unknown) => told.add({ type, detail }));
  }
  return { ...log, session, told, errors: () => told.events.filter(({ type }) => type === "error") };
}

async function all<T>(stream: ReadableStream<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of stream) values.push(value);
  return values;
}

/** All that a response brings: its messages, and its calls. */
async function collected({ messageStream, functionStream }: llm.GenerationCreatedEvent) {
  const messages = await all(messageStream);
  const said = messages.map(async ({ messageId, textStream, audioStream }) => {
    const [words, frames] = await Promise.all([all(textStream), all(audioStream)]);
    const samples = frames.reduce((sum, { samplesPerChannel }) => sum + samplesPerChannel, 0);
    return {
      id: messageId,
      text: words.map((word) => (typeof word === "string" ? word : word.text)).join(""),
      samples,
    };
  });
  return { said: await Promise.all(said), calls: await all(functionStream) };
}

const weather = llm.tool({
  name: "get_weather",
  description: "The weather in a city.",
  parameters: z.object({ city: z.string() }),
  execute: async () => "clear",
});

async function asked(session: Session, text: string): Promise<void> {
  const context = session.chatCtx.copy();
  context.addMessage({ role: "user", content: text });
  await session.updateChatCtx(context);
}

describe("realtime.RealtimeModel", () => {
  it("calls a function, speaks, is interrupted and cuts what was not heard", async () => {
    const there = await service({
      pace: 1,
      scenario: {
        turns: [
          { tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }] },
          { say: "It is clear in Lisbon, and it will be for days.", speech: new Int16Array(24 * 60_000) },
          { heard: "Wait, what about tomorrow?", say: "Tomorrow.", speech: new Int16Array(24 * 100) },
        ],
      },
    });
    const { session, seen, told, errors } = connected(there);
    await session.updateInstructions("Be brief.");
    await session.updateTools(new llm.ToolContext([weather]));
    await asked(session, "What is the weather in Lisbon?");
    const { said, calls } = await collected(await session.generateReply());
    expect(said).toEqual([]);
    expect(calls).toMatchObject([{ name: "get_weather", args: '{"city":"Lisbon"}' }]);
    const context = session.chatCtx.copy();
    const callId = calls[0]?.callId ?? "";
    context.insert(
      llm.FunctionCallOutput.create({ callId, name: "get_weather", output: "clear", isError: false }),
    );
    await session.updateChatCtx(context);

    const answer = collected(await session.generateReply());
    await seen("response.output_audio.delta", 2);
    const sound = await speech("barge-in");
    const hear = (from: number, to: number) => {
      for (let at = from; at + 2400 <= to; at += 2400) {
        session.pushAudio(new AudioFrame(sound.slice(at, at + 2400), 24_000, 1, 2400));
      }
    };
    // The sentence first, and then the silence behind it, so that this interruption meets one answer and not the next.
    hear(0, 48_000);
    await told.seen("input_speech_started");
    await seen("response.done", 2);
    await session.interrupt();
    hear(48_000, sound.length);
    const [cut] = (await answer).said;
    expect(cut?.text).toMatch(/^It/);
    expect(cut?.samples).toBeGreaterThan(0);
    await session.truncate({ messageId: cut?.id ?? "", audioEndMs: 200 });
    await seen("conversation.item.truncated");
    await seen("response.done", 3);
    await told.met(({ detail }) => JSON.stringify(detail).includes('"isFinal":true'), 1);
    expect(errors()).toEqual([]);

    // What it takes for the conversation: no arguments, and words that have been cut.
    const { items } = session.chatCtx;
    expect(items.map(({ type }) => type)).toEqual([
      ...["message", "function_call", "function_call_output", "message", "message", "message"],
    ]);
    expect(items[1]).toMatchObject({ args: "" });
    expect(items[3]).toMatchObject({ content: [cut?.text], interrupted: false });
    expect(items[4]).toMatchObject({ content: ["Wait, what about tomorrow?"] });
  });

  it("asks once for an answer to two functions at once", async () => {
    const calls = ["Porto", "Faro"].map((city) => ({ name: "get_weather", arguments: { city } }));
    const there = await service({ scenario: { turns: [{ tools: calls }, { say: "Both are clear." }] } });
    const { session, errors } = connected(there);
    await session.updateTools(new llm.ToolContext([weather]));
    await asked(session, "What is the weather in Porto and Faro?");
    const first = await collected(await session.generateReply());
    expect(first.calls.map(({ args }) => args)).toEqual(['{"city":"Porto"}', '{"city":"Faro"}']);
    const context = session.chatCtx.copy();
    for (const { callId, name } of first.calls) {
      context.insert(llm.FunctionCallOutput.create({ callId, name, output: "clear", isError: false }));
    }
    await session.updateChatCtx(context);
    const { said } = await collected(await session.generateReply());
    expect(said).toMatchObject([{ text: "Both are clear." }]);
    expect(errors()).toEqual([]);
  });

  it("tells a new session what was said when its link is cut, without the calls", async () => {
    const there = await service({
      scenario: {
        turns: [{ tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }] }, { say: "Hello." }],
      },
    });
    const { session, seen, told } = connected(there);
    await session.updateInstructions("Be brief.");
    await asked(session, "Good day.");
    await collected(await session.generateReply());
    await collected(await session.generateReply());
    await seen("response.done", 2);
    there.control.cut("all");
    await told.seen("session_reconnected");
    await seen("session.created", 2);
    await seen("conversation.item.done", 5);
    await session.close();
    const [, after] = await there.recorded();
    expect(after && exchanged(after).filter((line) => line.startsWith(">"))).toEqual([
      "> session.update",
      "> conversation.item.create",
      "> conversation.item.create",
    ]);
    expect(after?.entries.filter(({ from }) => from === "client")).toMatchObject([
      { event: { session: { instructions: "Be brief." } } },
      { event: { item: { role: "user" } } },
      { event: { item: { role: "assistant", content: [{ type: "output_text", text: "Hello." }] } } },
    ]);
  });

  it("chooses a function by its bare name, and so loses all its settings with the next link", async () => {
    const there = await service();
    const { session, seen, events } = connected(there);
    await session.updateInstructions("Be brief.");
    await seen("session.updated", 2);
    session.updateOptions({ toolChoice: { type: "function", function: { name: "get_weather" } } });
    const refused = { error: { code: "invalid_value", param: "session.tool_choice" } };
    expect(await seen("error")).toMatchObject(refused);
    there.control.cut("all");
    await seen("session.created", 2);
    expect(await seen("error", 2)).toMatchObject(refused);
    await session.close();
    expect(events.filter(({ type }) => type === "session.updated")).toHaveLength(2);
    const after = (await there.recorded())[1]?.entries.find(({ from }) => from === "client");
    expect(after).toMatchObject({
      event: { session: { tool_choice: "get_weather", instructions: "Be brief." } },
    });
  });
});
