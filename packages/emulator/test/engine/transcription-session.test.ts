import type { ClientEvent, TranscriptionSessionConfig } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EngineSettings } from "../../src/engine/engine-settings.ts";
import type { Conversation } from "../support/conversation.ts";
import { conversation, one, only, silence, speech, typesOf } from "../support/conversation.ts";
import { frames } from "../support/frames.ts";

const prefix = "conversation.item.input_audio_transcription";
type Input = NonNullable<NonNullable<TranscriptionSessionConfig["audio"]>["input"]>;

function scribe(input: Input = {}, settings: Partial<EngineSettings> = {}, include?: string[]) {
  const talk = conversation({ scenario: { turns: [{ heard: "What is it? A cat." }] }, ...settings });
  const opened = talk.open({ kind: "transcription", model: "" });
  const updated = update(talk, input, include);
  return { talk, opened, updated };
}

function update(talk: Conversation, input: Input, include?: string[]) {
  const session = { type: "transcription" as const, audio: { input }, ...(include && { include }) };
  return talk.send({ type: "session.update", event_id: "u", session });
}

describe("a transcription session", () => {
  it("shows neither model nor voice nor tools, and no effect of its turn detection on responses", () => {
    const { opened, updated } = scribe({
      transcription: { model: "gpt-4o-transcribe" },
      noise_reduction: { type: "near_field" },
    });
    expect(one(opened, "session.created").session).toEqual({
      type: "transcription",
      object: "realtime.transcription_session",
      id: expect.stringMatching(/^sess_/),
      expires_at: 1_000_000_000 + 3600,
      audio: {
        input: {
          format: { type: "audio/pcm", rate: 24000 },
          transcription: null,
          noise_reduction: null,
          turn_detection: {
            type: "server_vad",
            threshold: 0.5,
            prefix_padding_ms: 300,
            silence_duration_ms: 200,
          },
        },
      },
      include: null,
    });
    expect(one(updated, "session.updated").session).toMatchObject({
      type: "transcription",
      audio: {
        input: {
          transcription: { model: "gpt-4o-transcribe", language: null, prompt: null },
          noise_reduction: { type: "near_field" },
        },
      },
    });
  });

  it("makes items and transcripts, and never a response or a rate limit", () => {
    const { talk } = scribe({ transcription: { model: "gpt-4o-transcribe" } });
    const spoken = talk.speak("What is it? A cat.");
    expect(typesOf(spoken)).toEqual([
      "input_audio_buffer.speech_started",
      "input_audio_buffer.speech_stopped",
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
    ]);
    const events = talk.advance(60_000);
    expect(new Set(typesOf(events))).toEqual(new Set([`${prefix}.delta`, `${prefix}.completed`]));
    expect(one(events, `${prefix}.completed`).transcript).toBe("What is it? A cat.");
  });

  it("stays silent about audio that no model writes down", () => {
    for (const transcription of [undefined, null, {}]) {
      const { talk } = scribe(transcription === undefined ? {} : { transcription });
      expect(typesOf(talk.speak("Hello there."))).toContain("conversation.item.done");
      expect(talk.advance(60_000)).toEqual([]);
    }
  });

  it("hears each speech as the next turn of the scenario, and then as its ear does", () => {
    const turns = [{ heard: "One." }, { heard: "Two." }];
    const ear: EngineSettings["ear"] = (samples, rateHz) => `${Math.round(samples.length / rateHz)} s`;
    const { talk } = scribe({ transcription: { model: "whisper-1" } }, { scenario: { turns }, ear });
    for (const text of ["Hello there.", "Hello there.", "Hello there, whoever you are."]) {
      talk.speak(text);
      talk.advance(1000);
    }
    const transcripts = only(talk.events, `${prefix}.completed`).map(({ transcript }) => transcript);
    expect(transcripts).toEqual(["One.", "Two.", "2 s"]);
  });

  it("refuses what belongs to conversations, and the other way round", () => {
    const { talk } = scribe();
    const messageOf = (command: ClientEvent) => {
      const { code, message, event_id } = one(talk.send(command), "error").error;
      return { code, message, event_id };
    };
    expect(messageOf({ type: "response.create", event_id: "r" })).toEqual({
      code: null,
      message: "Creating a response in a transcription session is not allowed.",
      event_id: "r",
    });
    expect(messageOf({ type: "session.update", session: { type: "realtime" } })).toMatchObject({
      code: null,
      message: "Passing a realtime session update event to a transcription session is not allowed.",
    });
    expect(messageOf({ type: "response.cancel" })).toMatchObject({ code: "response_cancel_not_active" });
    const other = conversation();
    other.open();
    expect(
      one(other.send({ type: "session.update", session: { type: "transcription" } }), "error").error,
    ).toEqual(
      expect.objectContaining({
        message: "Passing a transcription session update event to a realtime session is not allowed.",
      }),
    );
  });

  it("refuses what its settings do not have, and then changes nothing", () => {
    const { talk } = scribe();
    const session = {
      type: "transcription",
      audio: { input: { format: { type: "audio/pcm", rate: 16000 } } },
    };
    const low = one(talk.sendText(JSON.stringify({ type: "session.update", session })), "error").error;
    expect(low).toMatchObject({ code: "integer_below_min_value", param: "session.audio.input.format.rate" });
    const model = { type: "transcription", model: "gpt-realtime" };
    const unknown = one(
      talk.sendText(JSON.stringify({ type: "session.update", session: model })),
      "error",
    ).error;
    expect(unknown).toMatchObject({ code: "unknown_parameter", param: "session.model" });
    expect(talk.state.session.audio.input.transcription).toBeNull();
  });

  it("hears G.711 as well", () => {
    const { updated } = scribe({ format: { type: "audio/pcma" }, transcription: { model: "whisper-1" } });
    expect(one(updated, "session.updated").session.audio?.input?.format).toEqual({ type: "audio/pcma" });
  });

  it("hears a microphone on a media track", () => {
    const talk = conversation({ scenario: { turns: [{ heard: "Hi." }] } });
    talk.open({ kind: "transcription", model: "", audio: "media" });
    update(talk, { transcription: { model: "whisper-1" } });
    talk.microphone(speech("Hello there.", 1000));
    expect(one(talk.events, `${prefix}.completed`).transcript).toBe("Hi.");
  });
});

describe("models that transcribe while somebody speaks", () => {
  const live = ["gpt-realtime-whisper", "gpt-live-transcribe"] as const;
  const heard = "What is it? A cat.";
  const heardMs = (heard.length / 14) * 1000;

  it("do not go with turn detection", () => {
    for (const model of live) {
      const { talk, updated } = scribe({ transcription: { model } });
      expect(one(updated, "error").error).toMatchObject({
        code: null,
        message: "Turn detection is not supported for this transcription model",
        event_id: "u",
      });
      one(update(talk, { transcription: { model }, turn_detection: null }), "session.updated");
      one(update(talk, { turn_detection: { type: "server_vad" } }), "error");
    }
  });

  it("send their words as the buffer fills, for the item that the commit makes, which completes them", () => {
    for (const model of live) {
      const { talk } = scribe({ transcription: { model }, turn_detection: null });
      const early = talk.append(silence(Math.ceil(heardMs / 2)));
      const deltas = only(early, `${prefix}.delta`);
      expect(deltas.map(({ delta }) => delta).join("")).toBe("What is");
      const [{ item_id }] = deltas as [(typeof deltas)[0]];
      talk.append(silence(200));
      const { item_id: committed } = one(
        talk.send({ type: "input_audio_buffer.commit" }),
        "input_audio_buffer.committed",
      );
      expect(committed).toBe(item_id);
      talk.advance(5000);
      const all = only(talk.events, `${prefix}.delta`);
      expect(all.map(({ delta }) => delta).join("")).toBe(heard);
      expect(new Set(all.map((delta) => delta.item_id))).toEqual(new Set([item_id]));
      const { usage, transcript } = one(talk.events, `${prefix}.completed`);
      expect(transcript).toBe(heard);
      expect(usage?.type).toBe(model === "gpt-live-transcribe" ? "tokens" : "duration");
    }
  });

  it("wait as long as they are told to", () => {
    const waitOf = (delay: string) => {
      const transcription = { model: "gpt-realtime-whisper", delay };
      const { talk } = scribe({ transcription, turn_detection: null });
      let ms = 0;
      while (only(talk.append(silence(20)), `${prefix}.delta`).length === 0) ms += 20;
      return ms;
    };
    const waits = ["minimal", "low", "medium", "high", "xhigh"].map(waitOf);
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(new Set(waits).size).toBe(5);
  });

  it("are the only ones that do", () => {
    const { talk } = scribe({ transcription: { model: "gpt-4o-transcribe" }, turn_detection: null });
    expect(talk.append(silence(2000))).toEqual([]);
  });

  it("forget their words with the buffer that is cleared", () => {
    const { talk } = scribe({ transcription: { model: "gpt-live-transcribe" }, turn_detection: null });
    const [first] = only(talk.append(silence(2000)), `${prefix}.delta`);
    talk.send({ type: "input_audio_buffer.clear" });
    const [again] = only(talk.append(silence(2000)), `${prefix}.delta`);
    expect(again?.delta).toBe(first?.delta);
    expect(again?.item_id).not.toBe(first?.item_id);
  });

  it("say nothing early where the transcription is to fail", () => {
    const scenario = { turns: [{ heard, transcription: { outcome: "failed" as const } }] };
    const { talk } = scribe(
      { transcription: { model: "gpt-live-transcribe" }, turn_detection: null },
      { scenario },
    );
    expect(talk.append(silence(3000))).toEqual([]);
    talk.send({ type: "input_audio_buffer.commit" });
    expect(typesOf(talk.advance(5000))).toEqual([`${prefix}.failed`]);
  });
});

describe("what else a model tells", () => {
  it("is who spoke when, sentence by sentence or as the scenario says", () => {
    const model = "gpt-4o-transcribe-diarize";
    const sentences = scribe({ transcription: { model } }).talk;
    sentences.speak("What is it? A cat.");
    const events = sentences.advance(5000);
    const segments = only(events, `${prefix}.segment`);
    expect(segments.map(({ speaker, text }) => [speaker, text])).toEqual([
      ["A", "What is it?"],
      ["A", "A cat."],
    ]);
    expect(segments[0]?.start).toBe(0);
    expect(segments[1]?.start).toBe(segments[0]?.end);
    expect(typesOf(events).indexOf(`${prefix}.completed`)).toBe(events.length - 1);

    const said = [
      { speaker: "Ann", text: "What is it?" },
      { speaker: "Bob", text: "A cat." },
    ];
    const turns = [{ heard: "What is it? A cat.", transcription: { segments: said } }];
    const two = scribe({ transcription: { model } }, { scenario: { turns } }).talk;
    two.speak("What is it? A cat.");
    expect(only(two.advance(5000), `${prefix}.segment`)).toMatchObject(said);
  });

  it("is the language", () => {
    const { talk } = scribe({ transcription: { model: "gpt-transcribe", languages: ["pt", "es"] } });
    talk.speak("What is it? A cat.");
    expect(one(talk.advance(5000), `${prefix}.completed`).languages).toEqual([{ code: "pt" }]);
  });

  it("is how sure it is, where that is asked for", () => {
    const include = ["item.input_audio_transcription.logprobs"];
    const { talk } = scribe({ transcription: { model: "gpt-4o-transcribe" } }, {}, include);
    talk.speak("What is it? A cat.");
    expect(one(talk.advance(5000), `${prefix}.completed`).logprobs).toHaveLength(7);
  });
});

describe("any transcription session", () => {
  it("answers whatever frames come, and never responds", () => {
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 40 }), (texts) => {
        const { talk } = scribe({ transcription: { model: "gpt-4o-transcribe" } });
        for (const text of texts) {
          talk.sendText(text);
          talk.advance(100);
        }
        talk.advance(10_000);
        expect(
          typesOf(talk.events).filter((type) => /^(response|rate_limits|output_audio)/.test(type)),
        ).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
