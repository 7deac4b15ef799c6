import type { SessionState } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { sessionChange } from "../src/index.ts";

const reported: SessionState = {
  type: "realtime",
  id: "sess_1",
  model: "gpt-realtime",
  instructions: "Be kind.",
  output_modalities: ["audio"],
  tools: [{ type: "function", name: "f", parameters: { type: "object" } }],
  tracing: null,
  audio: {
    input: {
      format: { type: "audio/pcm", rate: 24000 },
      transcription: null,
      turn_detection: { type: "server_vad", threshold: 0.5, silence_duration_ms: 200 },
    },
    output: { voice: "alloy", speed: 1 },
  },
};

describe("sessionChange", () => {
  it("is nothing where all that is given is so already", () => {
    expect(sessionChange(reported, { type: "realtime" })).toBeUndefined();
    expect(
      sessionChange(reported, {
        type: "realtime",
        instructions: "Be kind.",
        tracing: null,
        prompt: null,
        tools: [{ type: "function", name: "f" }],
        audio: {
          input: {
            turn_detection: { type: "server_vad", threshold: 0.5 },
            transcription: null,
            noise_reduction: null,
          },
          output: { voice: "alloy" },
        },
      }),
    ).toBeUndefined();
  });

  it("has only the settings that differ, each of them whole", () => {
    expect(
      sessionChange(reported, {
        type: "realtime",
        instructions: "Be brief.",
        output_modalities: ["audio"],
        audio: {
          input: {
            format: { type: "audio/pcm", rate: 24000 },
            turn_detection: { type: "server_vad", threshold: 0.7, silence_duration_ms: 200 },
          },
          output: { voice: "alloy", speed: 1.2 },
        },
      }),
    ).toEqual({
      type: "realtime",
      instructions: "Be brief.",
      audio: {
        input: { turn_detection: { type: "server_vad", threshold: 0.7, silence_duration_ms: 200 } },
        output: { speed: 1.2 },
      },
    });
    expect(sessionChange(reported, { type: "realtime", audio: { input: { turn_detection: null } } })).toEqual(
      {
        type: "realtime",
        audio: { input: { turn_detection: null } },
      },
    );
  });

  it("takes lists as they are, and tools with credentials as changed", () => {
    const label = { type: "mcp", server_label: "docs", server_url: "https://docs.example" } as const;
    const withDocs = { ...reported, tools: [{ ...label, authorization: "[redacted]" }] };
    expect(sessionChange(withDocs, { type: "realtime", tools: [label] })).toBeUndefined();
    const tools = [{ ...label, authorization: "token" }];
    expect(sessionChange(withDocs, { type: "realtime", tools })).toEqual({ type: "realtime", tools });
    expect(sessionChange(withDocs, { type: "realtime", tools: [] })).toEqual({ type: "realtime", tools: [] });
  });

  it("of another kind of session is everything, for the server to refuse", () => {
    const wanted = { type: "transcription", audio: { input: { transcription: null } } } as const;
    expect(sessionChange(reported, wanted)).toBe(wanted);
    expect(sessionChange({ type: "transcription", audio: {} }, wanted)).toBeUndefined();
  });
});
