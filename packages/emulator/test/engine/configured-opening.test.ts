import { describe, expect, it } from "vitest";
import { conversation, one, only, typesOf } from "../support/conversation.ts";

function opened(configuration: unknown, kind?: "transcription") {
  const talk = conversation();
  const events = talk.feed({
    type: "opened",
    atMs: 0,
    epochMs: 0,
    model: kind === undefined ? "gpt-realtime" : "",
    ...(kind && { kind }),
    configuration,
  });
  return { talk, events };
}

describe("a session that begins with settings", () => {
  it("shows them in its greeting, which comes alone", () => {
    const { talk, events } = opened({
      type: "realtime",
      model: "gpt-realtime-2",
      instructions: "Be brief.",
      audio: { input: { turn_detection: null } },
    });
    expect(typesOf(events)).toEqual(["session.created"]);
    expect(one(events, "session.created").session).toMatchObject({
      model: "gpt-realtime-2",
      instructions: "Be brief.",
      audio: { input: { turn_detection: null }, output: { voice: "alloy" } },
    });
    expect(talk.state.session.instructions).toBe("Be brief.");
  });

  it("begins what its settings begin, after the greeting", () => {
    const { talk, events } = opened({
      type: "realtime",
      tools: [{ type: "mcp", server_label: "m", server_url: "https://mcp.example" }],
    });
    expect(typesOf(events)[0]).toBe("session.created");
    talk.advance(2000);
    expect(only(talk.events, "mcp_list_tools.in_progress")).toHaveLength(1);
    expect(only(talk.events, "session.updated")).toEqual([]);
  });

  it("may be of another kind", () => {
    const configuration = {
      type: "transcription",
      audio: { input: { transcription: { model: "whisper-1" } } },
    };
    expect(one(opened(configuration, "transcription").events, "session.created").session).toMatchObject(
      configuration,
    );
  });

  it("is turned away for settings that session.update would refuse", () => {
    for (const [configuration, code] of [
      [{ type: "realtime", bogus: 1 }, "unknown_parameter"],
      [{}, "missing_required_parameter"],
      ["text", "invalid_type"],
    ] as const) {
      const { talk, events } = opened(configuration);
      expect(typesOf(events)).toEqual(["error"]);
      expect(one(events, "error").error).toMatchObject({ code });
      expect(talk.outputs.at(-1)).toEqual({
        type: "close",
        code: 4000,
        reason: `invalid_request_error.${code}`,
      });
      expect(talk.state.wakeAtMs).toBeUndefined();
    }
  });
});

describe("a session whose time is up on demand", () => {
  it("ends at once, after what was due", () => {
    const talk = conversation({ expireAfterMs: null });
    talk.open();
    talk.advance(1000);
    const events = talk.feed({ type: "expire", atMs: talk.nowMs });
    expect(one(events, "error").error).toMatchObject({ code: "session_expired" });
    expect(talk.outputs.at(-1)).toEqual({
      type: "close",
      code: 1001,
      reason: "Your session hit the maximum duration of 60 minutes.",
    });
  });
});
