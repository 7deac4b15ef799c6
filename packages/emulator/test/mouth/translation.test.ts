import { type Problem, realtimeSession } from "@duologue/core";
import { openaiTranslation } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { emulator } from "../../src/mouth/emulator.ts";
import { base64, speech } from "../support/conversation.ts";
import { fakeClock } from "../support/fake-clock.ts";

describe("a session of the translation protocol", () => {
  it("is configured, translated and closed in good order", async () => {
    const clock = fakeClock();
    const scenario = { turns: [{ heard: "Where is the station?", say: "¿Dónde está la estación?" }] };
    const service = emulator({ clock, epochMs: () => 0, scenario });
    const transcription = { model: "gpt-realtime-whisper" };
    const talk = realtimeSession({
      transport: service.transport({ kind: "translation", model: "gpt-realtime-translate" }),
      protocol: openaiTranslation,
      configure: [
        {
          type: "session.update",
          session: { audio: { input: { transcription }, output: { language: "es" } } },
        },
      ],
      clock,
      epochMs: () => 0,
    });
    const problems: Problem[] = [];
    talk.problems$.subscribe((problem) => problems.push(problem));
    const text = { source: "", translation: "" };
    talk.events$.subscribe((event) => {
      if (event.type === "session.input_transcript.delta") text.source += event.delta;
      if (event.type === "session.output_transcript.delta") text.translation += event.delta;
    });
    const opened = talk.open();
    await clock.advance(100);
    await opened;

    const samples = speech("Where is the station?", 100);
    for (let at = 0; at < samples.length; at += 4800) {
      const audio = base64(samples.subarray(at, at + 4800));
      talk.send({ type: "session.input_audio_buffer.append", audio });
    }
    const closed = talk.request({ type: "session.close" });
    await clock.advance(10_000);
    expect((await closed).type).toBe("session.closed");
    expect(text).toEqual({ source: "Where is the station?", translation: "¿Dónde está la estación?" });
    expect(problems).toEqual([]);
    await talk.close();
    expect(clock.waiting).toBe(0);
  });
});
