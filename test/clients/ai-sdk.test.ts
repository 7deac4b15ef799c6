import { createOpenAI } from "@ai-sdk/openai";
import {
  Experimental_AbstractRealtimeSession as AbstractRealtimeSession,
  experimental_getRealtimeToolDefinitions as getRealtimeToolDefinitions,
  type Experimental_RealtimeClientEvent as RealtimeClientEvent,
  type Experimental_RealtimeServerEvent as RealtimeServerEvent,
  tool,
} from "ai";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { eventLog } from "./event-log.ts";
import { exchanged, key, type Service, service } from "./service.ts";
import { speech } from "./speech.ts";

// The Vercel AI SDK as it comes: the model of `@ai-sdk/openai`, by the connection that a server owns.

const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});

const providerOf = ({ baseUrl }: Service) => createOpenAI({ apiKey: key, baseURL: baseUrl });

/** A connection as the SDK's guide has it: its settings and its reading and writing, and a socket of one's own. */
async function connected(there: Service, intent: "conversation" | "transcription" = "conversation") {
  const model = providerOf(there).experimental_realtime("gpt-realtime", { api: "realtime" });
  const { url, headers, protocols } = await model.getServerWebSocketConfig({ intent });
  const socket = new WebSocket(url, protocols, { headers });
  sockets.push(socket);
  const log = eventLog<RealtimeServerEvent>();
  socket.on("message", (frame) => log.add(model.parseServerEvent(JSON.parse(String(frame)))));
  return {
    ...log,
    send: (event: RealtimeClientEvent) =>
      socket.send(JSON.stringify(model.serializeClientEvent(event, { intent }))),
  };
}

const userText = (text: string): RealtimeClientEvent => ({
  type: "conversation-item-create",
  item: { type: "text-message", role: "user", text },
});
const append = (samples: Int16Array<ArrayBuffer>): RealtimeClientEvent => ({
  type: "input-audio-append",
  audio: Buffer.from(samples.buffer).toString("base64"),
});

describe("the model of @ai-sdk/openai", () => {
  it("converses, calls a tool and is interrupted", async () => {
    const there = await service({
      pace: 1,
      scenario: {
        turns: [
          { tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }] },
          { say: "It is clear in Lisbon.", speech: new Int16Array(24 * 60_000) },
          { heard: "Wait, what about tomorrow?", say: "Tomorrow.", speech: new Int16Array(24 * 100) },
        ],
      },
    });
    const { send, seen, events } = await connected(there);
    await seen("session-created");
    const description = "The weather in a city.";
    const inputSchema = z.object({ city: z.string() });
    const tools = await getRealtimeToolDefinitions({
      tools: { get_weather: tool({ description, inputSchema }) },
    });
    send({
      type: "session-update",
      config: { tools, inputAudioTranscription: {}, turnDetection: { type: "server-vad" } },
    });
    await seen("session-updated");
    send(userText("What is the weather in Lisbon?"));
    send({ type: "response-create" });
    const call = await seen("function-call-arguments-done");
    expect(call).toMatchObject({ name: "get_weather", arguments: '{"city":"Lisbon"}' });
    await seen("response-done");
    send({
      type: "conversation-item-create",
      item: { type: "function-call-output", callId: call.callId, output: "clear" },
    });
    send({ type: "response-create" });

    const { itemId } = await seen("audio-delta", 2);
    send(append(await speech("barge-in")));
    await seen("speech-started");
    expect(await seen("response-done", 2)).toMatchObject({ status: "cancelled" });
    send({ type: "conversation-item-truncate", itemId, contentIndex: 0, audioEndMs: 200 });
    expect((await seen("input-transcription-completed")).transcript).toBe("Wait, what about tomorrow?");
    const last = await seen("response-done", 3);
    expect(last.usage?.inputAudioTokens).toBeGreaterThan(0);
    expect(events.filter(({ type }) => type === "error")).toEqual([]);
    expect((await there.recorded()).flatMap(exchanged)).toContain("< conversation.item.truncated");
  });

  it("transcribes with the intent to", async () => {
    const there = await service({ scenario: { turns: [{ heard: "What is the weather like?" }] } });
    const { send, seen, types } = await connected(there, "transcription");
    await seen("session-created");
    const inputAudioTranscription = { model: "gpt-4o-transcribe" };
    send({
      type: "session-update",
      config: { inputAudioTranscription, turnDetection: { type: "server-vad" } },
    });
    await seen("session-updated");
    send(append(await speech("ask-weather")));
    expect((await seen("input-transcription-completed")).transcript).toBe("What is the weather like?");
    expect(types).not.toContain("error");
  });

  it("dials with a client secret at a path of its own choosing", async () => {
    const there = await service();
    const provider = createOpenAI({ apiKey: key, baseURL: there.baseUrl.replace("/v1", "/openai/v1") });
    const { token, url } = await provider.experimental_realtime.getToken({
      model: "gpt-realtime",
      api: "realtime",
      expiresAfterSeconds: 60,
      sessionConfig: { instructions: "Be brief." },
    });
    expect(url).toBe(there.realtimeUrl);
    const model = provider.experimental_realtime("gpt-realtime", { api: "realtime" });
    const { protocols } = model.getWebSocketConfig({ token, url });
    const socket = new WebSocket(url, protocols);
    sockets.push(socket);
    const first = await new Promise((resolve) =>
      socket.once("message", (frame) => resolve(JSON.parse(String(frame)))),
    );
    expect(first).toMatchObject({ type: "session.created", session: { instructions: "Be brief." } });
  });
});

describe("the session of ai", () => {
  it("is for browsers: in Node it ends where it wants a loudspeaker", async () => {
    class Session extends AbstractRealtimeSession {
      protected setState(): void {}
    }
    const there = await service();
    const errors: Error[] = [];
    const session = new Session({
      model: providerOf(there).experimental_realtime("gpt-realtime", { api: "realtime" }),
      api: { websocket: there.realtimeUrl },
      onError: (error) => errors.push(error),
    });
    await session.connect();
    expect(errors).toMatchObject([{ message: "AudioContext is not defined" }]);
    console.info("The session of the package `ai` wants an AudioContext: it is tested in Chromium.");
    expect(await there.recorded()).toEqual([]);
  });
});
