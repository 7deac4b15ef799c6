import type { TranslationServerEvent } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/brain/plan.ts";
import { isAwaited } from "../../src/engine/answer-timeout.ts";
import type { PatientVoice } from "../../src/voice/voice.ts";
import { base64, silence, speech } from "../support/conversation.ts";
import { frames } from "../support/frames.ts";
import { interpreter } from "../support/interpreter.ts";

const turns = [
  { heard: "Where is the station?", say: "¿Dónde está la estación?" },
  { heard: "Thank you.", say: "Gracias." },
];

function only<T extends TranslationServerEvent["type"]>(events: readonly TranslationServerEvent[], type: T) {
  return events.filter((event): event is Extract<TranslationServerEvent, { type: T }> => event.type === type);
}

function joined(events: readonly { readonly delta: string }[]): string {
  return events.map(({ delta }) => delta).join("");
}

function translating(settings = {}) {
  const talk = interpreter({ scenario: { turns }, ...settings });
  talk.open();
  const transcription = { model: "gpt-realtime-whisper" };
  talk.send({
    type: "session.update",
    session: { audio: { input: { transcription }, output: { language: "es" } } },
  });
  return talk;
}

describe("a translation", () => {
  it("begins with its settings, and changes what it is told to change", () => {
    const talk = interpreter();
    const [created] = only(talk.open(), "session.created");
    expect(created?.session).toEqual({
      type: "translation",
      id: expect.stringMatching(/^sess_/),
      model: "gpt-realtime-translate",
      expires_at: 3600,
      audio: { input: { transcription: null, noise_reduction: null }, output: { language: "en" } },
    });
    const noise_reduction = { type: "far_field" } as const;
    const audio = { input: { noise_reduction }, output: { language: "fr" } };
    talk.send({ type: "session.update", session: { audio } });
    const transcription = { model: "gpt-realtime-whisper" };
    const [updated] = only(
      talk.send({ type: "session.update", session: { audio: { input: { transcription } } } }),
      "session.updated",
    );
    expect(updated?.session.audio).toEqual({
      input: { transcription, noise_reduction },
      output: { language: "fr" },
    });
  });

  it("can begin with other settings", () => {
    const configuration = { model: "gpt-realtime-translate", audio: { output: { language: "pt" } } };
    const [created] = only(interpreter().open({ configuration }), "session.created");
    expect(created?.session.audio.output).toEqual({ language: "pt" });
  });

  it("brings the source while it is spoken and the translation after it, without turns", () => {
    const talk = translating();
    const during = talk.hear(speech("Where is the station?", 0));
    expect(joined(only(during, "session.input_transcript.delta"))).toMatch(/^Where is the/);
    expect(only(during, "session.output_transcript.delta")).toEqual([]);
    talk.hear(silence(1000));
    talk.hear(speech("Thank you.", 1000));
    talk.advance(5000);
    expect(joined(only(talk.events, "session.input_transcript.delta"))).toBe(
      "Where is the station?Thank you.",
    );
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe(
      "¿Dónde está la estación?Gracias.",
    );
    const sound = only(talk.events, "session.output_audio.delta");
    const bytes = sound.reduce((sum, { delta }) => sum + Buffer.from(delta, "base64").length, 0);
    const characters = Array.from(turns.map(({ say }) => say).join("")).length;
    expect(bytes / 48).toBeCloseTo((characters / 14) * 1000, 0);
    expect(sound[0]).toMatchObject({ format: "pcm16", sample_rate: 24_000, channels: 1 });
  });

  it("tells how much of the source it had consumed, in steps of 200 ms, whatever pieces it comes in", () => {
    const told = (pieceMs: number) => {
      const talk = translating();
      talk.hear(speech("Where is the station?", 1100), pieceMs);
      talk.advance(5000);
      return talk.events.flatMap((event) => ("elapsed_ms" in event ? [[event.type, event.elapsed_ms]] : []));
    };
    const steps = told(100).map(([, elapsedMs]) => Number(elapsedMs));
    expect(steps.every((elapsedMs) => elapsedMs % 200 === 0)).toBe(true);
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
    expect(told(20)).toEqual(told(100));
    expect(told(900)).toEqual(told(100));
  });

  it("keeps the order of what was said, however slowly it is spoken", () => {
    const talk = translating({ pace: 0.3 });
    talk.hear(speech("Where is the station?", 500));
    talk.hear(speech("Thank you.", 500));
    talk.advance(30_000);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe(
      "¿Dónde está la estación?Gracias.",
    );
  });

  it("does not write down the source where nobody asked for it", () => {
    const talk = interpreter({ scenario: { turns } });
    talk.open();
    talk.hear(speech("Where is the station?", 1000));
    talk.advance(5000);
    expect(only(talk.events, "session.input_transcript.delta")).toEqual([]);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe(turns[0]?.say);
  });

  it("repeats what its ear hears where nobody translates", () => {
    const talk = interpreter({ ear: () => "Good morning." });
    talk.open();
    talk.hear(speech("Where is the station?", 1000));
    talk.advance(5000);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe("Good morning.");
  });

  it("asks a brain, and tells of its failure", () => {
    const talk = interpreter({ answers: "ask", ear: () => "Good morning." });
    talk.open();
    talk.send({ type: "session.update", session: { audio: { output: { language: "es" } } } });
    talk.hear(speech("Good morning.", 1000));
    talk.hear(speech("Good morning.", 1000));
    const requests = talk.outputs.flatMap((output) => (output.type === "ask" ? [output.request] : []));
    expect(requests).toMatchObject([
      {
        turn: 0,
        instructions: "Translate what is said into the language 'es'.",
        items: [{ content: [{ type: "input_audio", transcript: "Good morning." }] }],
        heard: { sampleRateHz: 24_000 },
      },
      { turn: 1 },
    ]);
    talk.answer(requests[0]!.responseId, { say: "Buenos días." });
    talk.answer(requests[0]!.responseId, { say: "Again." });
    const failed = talk.answer(requests[1]!.responseId, {
      status: "failed",
      error: { code: "brain_failed" },
    });
    expect(only(failed, "error")).toMatchObject([{ error: { type: "server_error", code: "brain_failed" } }]);
    talk.advance(5000);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe("Buenos días.");
  });
});

describe("translations that take their time", () => {
  const asked = (talk: ReturnType<typeof interpreter>) =>
    talk.outputs.flatMap((output): { id: string; plan: Plan | undefined }[] => {
      if (output.type === "ask") return [{ id: output.request.responseId, plan: undefined }];
      return output.type === "speak" ? [{ id: output.responseId, plan: output.plan }] : [];
    });
  const said = (talk: ReturnType<typeof interpreter>) =>
    joined(only(talk.events, "session.output_transcript.delta"));
  const voice: PatientVoice = { speak: () => Promise.reject(new Error("The engine asks whoever runs it.")) };

  it("come in the order in which it was said, whichever voice is ready first", () => {
    const talk = translating({ voice });
    talk.hear(speech("Where is the station?", 1000));
    talk.hear(speech("Thank you.", 1000));
    const [first, second] = asked(talk);
    talk.answer(second!.id, { ...second!.plan, speech: speech("Gracias.") });
    talk.advance(5000);
    expect(said(talk)).toBe("");
    talk.answer(first!.id, { ...first!.plan, speech: speech("¿Dónde está la estación?") });
    talk.advance(199);
    expect(said(talk)).toBe("");
    talk.send({ type: "session.close" });
    const events = talk.advance(20_000);
    expect(said(talk)).toBe("¿Dónde está la estación?Gracias.");
    expect(events.at(-1)?.type).toBe("session.closed");
  });

  it("keep the place of their brain when a voice is asked, or fails", () => {
    const talk = interpreter({ voice, answers: "ask", ear: () => "Um." });
    talk.open();
    for (let passage = 0; passage < 4; passage++) talk.hear(speech("Where is the station?", 1000));
    const brains = asked(talk).map(({ id }) => id);
    const words = ["One. ", "Two. ", "Three. ", "Four."];
    for (const index of [2, 1, 0]) talk.answer(brains[index]!, { say: words[index]! });
    talk.answer(brains[3]!, { deltas: [{ text: words[3]! }] });
    const voices = asked(talk).slice(4);
    expect(voices.map(({ plan }) => plan?.say)).toEqual(["Three. ", "Two. ", "One. "]);
    talk.answer(voices[1]!.id, { status: "failed", error: { code: "voice_failed" } });
    for (const { id, plan } of [voices[0]!, voices[2]!]) {
      talk.answer(id, { ...plan, speech: speech(plan?.say ?? "") });
    }
    talk.advance(20_000);
    expect(said(talk)).toBe("One. Three. Four.");
    expect(only(talk.events, "error")).toMatchObject([{ error: { code: "voice_failed" } }]);
  });

  it("are waited for until they are there", () => {
    const talk = translating({ voice });
    talk.hear(speech("Where is the station?", 1000));
    const [first] = asked(talk);
    expect(isAwaited(talk.state, first!.id)).toBe(true);
    talk.answer(first!.id, { ...first!.plan, speech: speech("Sí.") });
    expect(isAwaited(talk.state, first!.id)).toBe(false);
  });
});

describe("the end of a translation", () => {
  it("comes after everything has been translated and sent", () => {
    const talk = translating();
    talk.hear(speech("Where is the station?", 50));
    expect(only(talk.events, "session.output_transcript.delta")).toEqual([]);
    talk.send({ type: "session.close" });
    expect(only(talk.events, "session.closed")).toEqual([]);
    talk.send({ type: "session.close" });
    const events = talk.advance(20_000);
    expect(joined(only(talk.events, "session.input_transcript.delta"))).toBe("Where is the station?");
    expect(joined(only(events, "session.output_transcript.delta"))).toBe(turns[0]?.say);
    expect(events.at(-1)?.type).toBe("session.closed");
    expect(talk.outputs.at(-1)).toEqual({ type: "close", code: 1000, reason: "" });
    expect(talk.state.wakeAtMs).toBeUndefined();
  });

  it("comes after the last of the source, though it fills no frame", () => {
    const talk = translating();
    const audio = base64(speech("Hello there", 0, 0).subarray(0, 150 * 24));
    talk.send({ type: "session.input_audio_buffer.append", audio });
    talk.send({ type: "session.close" });
    talk.advance(20_000);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe(turns[0]?.say);
  });

  it("comes at once where nothing is left, and waits for a brain", () => {
    const idle = translating();
    expect(idle.send({ type: "session.close" }).map(({ type }) => type)).toEqual(["session.closed"]);
    const talk = interpreter({ answers: "ask" });
    talk.open();
    talk.hear(speech("Where is the station?", 50));
    talk.send({ type: "session.close" });
    talk.advance(59_000);
    expect(only(talk.events, "session.closed")).toEqual([]);
    const ask = talk.outputs.findLast((output) => output.type === "ask")!;
    talk.answer(ask.request.responseId, { say: "Sí." });
    talk.advance(5000);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe("Sí.");
    expect(only(talk.events, "session.closed")).toHaveLength(1);
  });

  it("takes no more audio", () => {
    const talk = translating();
    talk.hear(speech("Where is the station?", 50));
    talk.send({ type: "session.close" });
    const refused = talk.send({ type: "session.input_audio_buffer.append", event_id: "a", audio: "AAAA" });
    expect(only(refused, "error")).toMatchObject([{ error: { event_id: "a" } }]);
  });
});

describe("what a translation refuses", () => {
  const errorOf = (frame: unknown) => {
    const talk = translating();
    const [error] = only(talk.sendText(JSON.stringify(frame)), "error");
    return error?.error;
  };

  it("is every other event, and every other setting", () => {
    expect(errorOf({ type: "response.create", event_id: "r" })).toMatchObject({
      code: "invalid_value",
      param: "type",
      message: "'response.create' is not accepted in translation sessions.",
      event_id: "r",
    });
    expect(errorOf({ type: "nope" })?.message).toMatch(
      /^Invalid value: 'nope'. Supported values are: 'session.up/,
    );
    expect(errorOf({ type: "session.update", session: { instructions: "Be rude." } })).toMatchObject({
      code: "unknown_parameter",
      param: "session.instructions",
    });
    expect(
      errorOf({ type: "session.update", session: { audio: { output: { voice: "marin" } } } }),
    ).toMatchObject({
      code: "unknown_parameter",
      param: "session.audio.output.voice",
    });
    expect(errorOf({ type: "session.input_audio_buffer.append", audio: "no base64" })).toMatchObject({
      code: "invalid_value",
      param: "audio",
    });
    expect(errorOf({ type: "session.input_audio_buffer.append", audio: "AAA=AA" })).toMatchObject({
      param: "audio",
    });
    expect(errorOf({ type: "session.input_audio_buffer.append", audio: "AA==" })).toMatchObject({
      param: "audio",
    });
  });
});

describe("a translation on a media track", () => {
  it("hears the microphone and plays its sound", () => {
    const talk = interpreter({ scenario: { turns } });
    talk.open({ audio: "media" });
    talk.microphone(speech("Where is the station?", 1000));
    talk.advance(5000);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe(turns[0]?.say);
    expect(only(talk.events, "session.output_audio.delta")).toEqual([]);
    const played = talk.outputs.reduce(
      (sum, output) => sum + (output.type === "play" ? output.samples.length : 0),
      0,
    );
    expect(played / 24).toBeCloseTo((Array.from(turns[0]!.say).length / 14) * 1000, 0);
  });

  it("ends when all of it has been heard", () => {
    const talk = interpreter({ scenario: { turns } });
    talk.open({ audio: "media" });
    talk.microphone(speech("Where is the station?", 50));
    talk.send({ type: "session.close" });
    const saidMs = (Array.from(turns[0]!.say).length / 14) * 1000;
    talk.advance(saidMs);
    expect(only(talk.events, "session.closed")).toEqual([]);
    talk.advance(500);
    expect(only(talk.events, "session.closed")).toHaveLength(1);
  });
});

describe("any translation", () => {
  it("goes on after 20 s without a pause", () => {
    const talk = translating({ scenario: { turns: [{ say: "One." }, { say: "Two." }] } });
    const tone = (seconds: number) =>
      Int16Array.from({ length: seconds * 24_000 }, (_, at) => (at % 100) * 100);
    talk.hear(tone(21));
    talk.advance(1000);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe("One.");
    talk.hear(silence(1000));
    talk.advance(1000);
    expect(joined(only(talk.events, "session.output_transcript.delta"))).toBe("One.Two.");
  });

  it("answers whatever frames come with events of its protocol", () => {
    const command = fc.oneof(
      frames,
      fc
        .record({
          type: fc.constantFrom(
            "session.input_audio_buffer.append",
            "session.update",
            "session.close",
            "nope",
          ),
          audio: fc.constantFrom(
            base64(speech("Hello").subarray(0, 12_000)),
            base64(silence(700)),
            "AAA=",
            "x",
            5,
          ),
          session: fc.constantFrom(
            {},
            { audio: {} },
            { audio: { input: { transcription: null } } },
            { model: "m" },
            1,
          ),
        })
        .map((event) => JSON.stringify(event)),
      fc.constantFrom(
        ...[base64(speech("Hello there", 100)), base64(silence(500))].map((audio) =>
          JSON.stringify({ type: "session.input_audio_buffer.append", audio }),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (texts) => {
        const talk = translating({ ear: () => "Hello." });
        for (const text of texts) {
          talk.sendText(text);
          talk.advance(300);
        }
        talk.send({ type: "session.close" });
        talk.advance(120_000);
        expect(only(talk.events, "session.closed")).toHaveLength(1);
        expect(talk.state.phase).toBe("closed");
      }),
      { numRuns: 80 },
    );
  });
});
