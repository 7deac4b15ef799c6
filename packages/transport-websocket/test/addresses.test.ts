import { describe, expect, it } from "vitest";
import { azureRealtimeUrl, xaiRealtimeUrl } from "../src/index.ts";

describe("azureRealtimeUrl", () => {
  it.each([
    [
      { resource: "contoso", deployment: "my voice" },
      "wss://contoso.openai.azure.com/openai/v1/realtime?model=my+voice",
    ],
    [
      { resource: "contoso", callId: "rtc_1" },
      "wss://contoso.openai.azure.com/openai/v1/realtime?call_id=rtc_1",
    ],
    [
      { resource: "contoso", intent: "transcription" },
      "wss://contoso.openai.azure.com/openai/v1/realtime?intent=transcription",
    ],
    [
      { endpoint: "https://contoso.cognitiveservices.azure.com/", deployment: "d" },
      "wss://contoso.cognitiveservices.azure.com/openai/v1/realtime?model=d",
    ],
    [
      { endpoint: "https://contoso.openai.azure.com/openai/v1/", deployment: "d" },
      "wss://contoso.openai.azure.com/openai/v1/realtime?model=d",
    ],
    [
      { endpoint: new URL("https://gateway.example/voice?zone=eu"), deployment: "d" },
      "wss://gateway.example/voice/openai/v1/realtime?zone=eu&model=d",
    ],
  ] as const)("%j", (options, url) => {
    expect(azureRealtimeUrl(options)).toBe(url);
  });

  it.each([
    [{ resource: "contoso" }, /exactly one of deployment, callId and intent; this one names none/],
    [{ resource: "contoso", deployment: "d", callId: "rtc_1" }, /deployment and call_id/],
    [{ deployment: "d" }, /its resource, or its endpoint/],
    [{ deployment: "d", resource: "contoso", endpoint: "https://contoso.example" }, /not both/],
    [{ deployment: "d", endpoint: "contoso" }, /absolute URL/],
    [{ deployment: "d", resource: "https://contoso.openai.azure.com" }, /goes into endpoint/],
    [{ deployment: "d", resource: "contoso.example/x?" }, /plain name/],
    [
      {
        deployment: "d",
        endpoint:
          "https://x.cognitiveservices.azure.com/openai/realtime?api-version=2024-10-01-preview&deployment=d",
      },
      /: paste https:\/\/x\.cognitiveservices\.azure\.com, and name the deployment beside it/,
    ],
    [
      { deployment: "d", endpoint: "https://gateway.example/voice/openai/v1/realtime?model=d" },
      /: paste https:\/\/gateway\.example\/voice, /,
    ],
    [
      { deployment: "d", endpoint: "https://x.openai.azure.com/openai/deployments/d/chat/completions" },
      /: paste https:\/\/x\.openai\.azure\.com, /,
    ],
    [
      { deployment: "d", endpoint: "https://x.openai.azure.com/?api-version=2025-04-01-preview" },
      /: paste https:\/\/x\.openai\.azure\.com, /,
    ],
  ])("refuses %j", (options, message) => {
    // What a caller without types may do.
    const call = () => azureRealtimeUrl(options as { resource: string; deployment: string });
    expect(call).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(call).toThrow(message);
  });
});

describe("xaiRealtimeUrl", () => {
  it.each([
    [{ model: "grok-voice-latest" }, "wss://api.x.ai/v1/realtime?model=grok-voice-latest"],
    [
      { model: "m", conversationId: "conv 1", reasoningEffort: "none" },
      "wss://api.x.ai/v1/realtime?model=m&conversation_id=conv+1&reasoning.effort=none",
    ],
    [{ callId: "call_1" }, "wss://api.x.ai/v1/realtime?call_id=call_1"],
    [{ model: "m", base: "http://localhost:9/v1" }, "ws://localhost:9/v1/realtime?model=m"],
  ] as const)("%j", (options, url) => {
    expect(xaiRealtimeUrl(options)).toBe(url);
  });

  it.each([
    [{}, /names none/],
    [{ model: "" }, /names none/],
    [{ model: "m", base: "x.ai" }, /base of a Realtime address/],
  ])("refuses %j", (options, message) => {
    const call = () => xaiRealtimeUrl(options);
    expect(call).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(call).toThrow(message);
  });
});
