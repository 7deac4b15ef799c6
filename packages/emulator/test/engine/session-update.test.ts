import type { ClientEvent, SessionConfig, SessionState } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { conversation, one, silence, typesOf } from "../support/conversation.ts";

function opened(settings = {}) {
  const talk = conversation(settings);
  talk.open();
  const update = (session: Omit<SessionConfig, "type">): SessionState => {
    const events = talk.send({ type: "session.update", session: { type: "realtime", ...session } });
    const { session: updated } = one(events, "session.updated");
    if (updated.type !== "realtime") throw new Error("a realtime session is expected");
    return updated;
  };
  /** The error that an update gets; nothing of the update may take effect. */
  const refused = (session: unknown) => {
    const before = talk.state.session;
    // Not a legal update on purpose.
    const events = talk.send({ type: "session.update", event_id: "up", session } as ClientEvent);
    expect(typesOf(events)).toEqual(["error"]);
    expect(talk.state.session).toBe(before);
    const { error } = one(events, "error");
    expect(error.event_id).toBe("up");
    return { code: error.code, message: error.message, param: error.param };
  };
  return { talk, update, refused };
}

describe("session.update", () => {
  it("changes what is present and nothing else", () => {
    const { update } = opened();
    expect(update({ instructions: "Be brief.", audio: { output: { voice: "marin" } } })).toMatchObject({
      instructions: "Be brief.",
      output_modalities: ["audio"],
      audio: {
        input: { turn_detection: { type: "server_vad", silence_duration_ms: 200 } },
        output: { voice: "marin", speed: 1, format: { type: "audio/pcm", rate: 24000 } },
      },
    });
    expect(update({ audio: { output: { speed: 1.25 } } })).toMatchObject({
      instructions: "Be brief.",
      audio: { output: { voice: "marin", speed: 1.25 } },
    });
  });

  it("fills in what the service reports of a transcription, a turn detection and a format", () => {
    const { update } = opened();
    const { audio } = update({
      audio: {
        input: {
          format: { type: "audio/pcm" },
          transcription: { model: "gpt-realtime-whisper" },
          turn_detection: { type: "server_vad", threshold: 0.7 },
        },
        output: { format: { type: "audio/pcma" } },
      },
    });
    expect(audio?.input).toEqual({
      format: { type: "audio/pcm", rate: 24000 },
      transcription: { model: "gpt-realtime-whisper", language: null, prompt: null },
      noise_reduction: null,
      turn_detection: {
        type: "server_vad",
        threshold: 0.7,
        prefix_padding_ms: 300,
        silence_duration_ms: 200,
        idle_timeout_ms: null,
        create_response: true,
        interrupt_response: true,
      },
    });
    expect(audio?.output?.format).toEqual({ type: "audio/pcma" });
    expect(
      update({ audio: { input: { turn_detection: { type: "semantic_vad" } } } }).audio?.input,
    ).toMatchObject({
      turn_detection: {
        type: "semantic_vad",
        eagerness: "auto",
        create_response: true,
        interrupt_response: true,
      },
    });
  });

  it("clears with null, an empty list or an empty text", () => {
    const { update } = opened({ instructions: "Default." });
    update({
      instructions: "Mine.",
      tools: [{ type: "function", name: "look" }],
      audio: { input: { transcription: { model: "whisper-1" }, noise_reduction: { type: "near_field" } } },
    });
    const cleared = update({
      instructions: "",
      tools: [],
      audio: { input: { transcription: null, noise_reduction: null, turn_detection: null } },
    });
    expect(cleared).toMatchObject({
      instructions: "Default.",
      tools: [],
      audio: { input: { transcription: null, noise_reduction: null, turn_detection: null } },
    });
  });

  it("keeps the strength of the noise reduction when it is left out", () => {
    const { update } = opened();
    update({ audio: { input: { noise_reduction: { type: "near_field", strength: 0.4 } } } });
    const { audio } = update({ audio: { input: { noise_reduction: { type: "far_field" } } } });
    expect(audio?.input?.noise_reduction).toEqual({ type: "far_field", strength: 0.4 });
  });

  it("refuses the whole update for one bad field, and names it", () => {
    const { refused } = opened();
    expect(refused({ instructions: "x" })).toEqual({
      code: "missing_required_parameter",
      message: "Missing required parameter: 'session.type'.",
      param: "session.type",
    });
    expect(refused({ type: "realtime", instructions: "x", bogus_field: 1 })).toEqual({
      code: "unknown_parameter",
      message: "Unknown parameter: 'session.bogus_field'.",
      param: "session.bogus_field",
    });
    expect(
      refused({ type: "realtime", audio: { input: { format: { type: "audio/pcm", rate: 16000 } } } }),
    ).toEqual({
      code: "integer_below_min_value",
      message:
        "Invalid 'session.audio.input.format.rate': integer below minimum value. Expected a value >= 24000, but got 16000 instead.",
      param: "session.audio.input.format.rate",
    });
    expect(refused({ type: "realtime", output_modalities: ["video"] })).toEqual({
      code: "invalid_value",
      message: "Invalid value: 'video'. Supported values are: 'text' and 'audio'.",
      param: "session.output_modalities[0]",
    });
    expect(refused({ type: "realtime", tools: [{ type: "function" }] })).toEqual({
      code: "missing_required_parameter",
      message: "Missing required parameter: 'session.tools[0].name'.",
      param: "session.tools[0].name",
    });
    expect(refused({ type: "realtime", output_modalities: ["text", "audio"] })).toMatchObject({
      code: "array_above_max_length",
      param: "session.output_modalities",
    });
  });

  it("refuses a transcription session's update", () => {
    const { refused } = opened();
    expect(refused({ type: "transcription" })).toMatchObject({ code: null });
  });

  it("takes the model that is there already, and no other", () => {
    const { update, refused } = opened();
    expect(update({ model: "gpt-realtime" }).model).toBe("gpt-realtime");
    expect(refused({ type: "realtime", model: "gpt-realtime-mini" })).toMatchObject({
      code: "invalid_value",
      param: "session.model",
    });
  });

  it("takes a new voice until the assistant has been heard, and then drops the update", () => {
    const { talk, update, refused } = opened();
    expect(update({ audio: { output: { voice: "marin" } } }).audio?.output?.voice).toBe("marin");
    talk.send({ type: "response.create" });
    talk.advance(5000);
    expect(
      refused({ type: "realtime", instructions: "New.", audio: { output: { voice: "cedar" } } }),
    ).toEqual({
      code: "cannot_update_voice",
      message: "Cannot update a conversation's voice if assistant audio is present.",
      param: null,
    });
    expect(update({ instructions: "New.", audio: { output: { voice: "marin" } } }).instructions).toBe("New.");
  });

  it("takes the voices of the service and the client's own, and drops an update that names another", () => {
    const { talk, update, refused } = opened();
    expect(update({ audio: { output: { voice: { id: "voice_1" } } } }).audio?.output?.voice).toEqual({
      id: "voice_1",
    });
    const message =
      "Invalid value: 'nobody'. Supported values are: 'alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse', 'marin', and 'cedar'.";
    const fault = { code: "invalid_value", message };
    expect(
      refused({ type: "realtime", instructions: "New.", audio: { output: { voice: "nobody" } } }),
    ).toEqual({ ...fault, param: "session.audio.output.voice" });
    const audio = { output: { voice: "nobody" } };
    const [event] = talk.send({ type: "response.create", response: { audio } });
    expect(event).toMatchObject({
      type: "error",
      error: { ...fault, param: "response.audio.output.voice" },
    });
    expect(talk.state.responses).toEqual([]);
  });

  it("takes the voices that it is told of, or all", () => {
    const named = opened({ voices: ["ara", "rex"] });
    expect(named.update({ audio: { output: { voice: "rex" } } }).audio?.output?.voice).toBe("rex");
    expect(named.refused({ type: "realtime", audio: { output: { voice: "alloy" } } })).toMatchObject({
      message: "Invalid value: 'alloy'. Supported values are: 'ara' and 'rex'.",
    });
    const any = opened({ voices: null });
    expect(any.update({ audio: { output: { voice: "nobody" } } }).audio?.output?.voice).toBe("nobody");
    expect(() => opened({ voices: [] })).toThrow("voices is empty");
  });

  it("takes another speed between responses only, and speaks at it", () => {
    const { talk, update, refused } = opened({
      scenario: { turns: [{ say: "Twenty eight characters long" }] },
    });
    update({ audio: { output: { speed: 0.5 } } });
    talk.send({ type: "response.create" });
    expect(refused({ type: "realtime", audio: { output: { speed: 1 } } })).toMatchObject({
      param: "session.audio.output.speed",
    });
    const { response } = one(talk.advance(5000), "response.done");
    expect(response.usage?.output_token_details?.audio_tokens).toBe(4000 / 50);
    expect(update({ audio: { output: { speed: 1 } } }).audio?.output?.speed).toBe(1);
  });

  it("fixes tracing once it is on", () => {
    const { update, refused } = opened();
    expect(update({ tracing: "auto" }).tracing).toBe("auto");
    expect(update({ tracing: "auto" }).tracing).toBe("auto");
    expect(refused({ type: "realtime", tracing: null })).toMatchObject({ param: "session.tracing" });
  });

  it("takes another input format while the buffer is empty", () => {
    const { talk, update, refused } = opened();
    const format = { type: "audio/pcmu" as const };
    talk.append(silence(100));
    expect(refused({ type: "realtime", audio: { input: { format } } })).toMatchObject({
      param: "session.audio.input.format",
    });
    talk.send({ type: "input_audio_buffer.clear" });
    expect(update({ audio: { input: { format } } }).audio?.input?.format).toEqual(format);
  });
});
