import { describe, expect, it } from "vitest";
import { openaiRealtimeUrl } from "../src/index.ts";

describe("openaiRealtimeUrl", () => {
  it.each([
    [{ model: "gpt-realtime" }, "wss://api.openai.com/v1/realtime?model=gpt-realtime"],
    [{ callId: "rtc_abc" }, "wss://api.openai.com/v1/realtime?call_id=rtc_abc"],
    [{ intent: "transcription" }, "wss://api.openai.com/v1/realtime?intent=transcription"],
    [{ model: "a b&c" }, "wss://api.openai.com/v1/realtime?model=a+b%26c"],
    [{ model: "m", base: "https://eu.api.openai.com/v1/" }, "wss://eu.api.openai.com/v1/realtime?model=m"],
    [{ model: "m", base: new URL("http://localhost:8080") }, "ws://localhost:8080/realtime?model=m"],
    [{ model: "m", base: "ws://localhost:8080/v1?x=1" }, "ws://localhost:8080/v1/realtime?x=1&model=m"],
  ] as const)("%j", (options, url) => {
    expect(openaiRealtimeUrl(options)).toBe(url);
  });

  it.each([
    [{}, /names none/],
    [{ model: "" }, /names none/],
    [{ model: "m", callId: "rtc_1" }, /names model and call_id/],
    [{ model: "m", callId: "rtc_1", intent: "transcription" }, /names model and call_id and intent/],
    [{ model: "m", base: "localhost" }, /base of a Realtime address/],
  ])("refuses %j", (options, message) => {
    // What a caller without types may do.
    const call = () => openaiRealtimeUrl(options as { model: string });
    expect(call).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(call).toThrow(message);
  });
});
