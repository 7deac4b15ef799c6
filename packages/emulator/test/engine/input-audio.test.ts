import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64, conversation, one, only, silence, speech, typesOf } from "../support/conversation.ts";

/** 200 ms of silence, 1000 ms of a loud tone, and silence: a speech whose place is known. */
function toneAt200(silenceMs = 600): Int16Array {
  const samples = new Int16Array((200 + 1000 + silenceMs) * 24);
  for (let at = 0; at < 24_000; at++) {
    samples[200 * 24 + at] = Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / 24_000));
  }
  return samples;
}

function manual() {
  const talk = conversation();
  talk.open();
  talk.send({
    type: "session.update",
    session: { type: "realtime", audio: { input: { turn_detection: null } } },
  });
  return talk;
}

describe("turn detection", () => {
  it("reports where speech is in all audio written, with prefix and silence", () => {
    const talk = conversation();
    talk.open();
    const events = talk.append(toneAt200());
    expect(one(events, "input_audio_buffer.speech_started").audio_start_ms).toBe(0);
    expect(one(events, "input_audio_buffer.speech_stopped").audio_end_ms).toBe(1200 + 200);
    // 1800 ms are written; the next tone begins at 2000.
    const next = talk.append(toneAt200());
    expect(one(next, "input_audio_buffer.speech_started").audio_start_ms).toBe(2000 - 300);
    expect(one(next, "input_audio_buffer.speech_stopped").audio_end_ms).toBe(3000 + 200);
  });

  it("goes by the session's padding and silence", () => {
    const talk = conversation();
    talk.open();
    const turn_detection = { type: "server_vad", prefix_padding_ms: 50, silence_duration_ms: 500 } as const;
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection } } },
    });
    const events = talk.append(toneAt200());
    expect(one(events, "input_audio_buffer.speech_started").audio_start_ms).toBe(150);
    expect(one(events, "input_audio_buffer.speech_stopped").audio_end_ms).toBe(1700);
  });

  it("hears with semantic_vad too, and waits as its eagerness says", () => {
    const ends = (["high", "medium", "low"] as const).map((eagerness) => {
      const talk = conversation();
      talk.open();
      const turn_detection = { type: "semantic_vad", eagerness } as const;
      talk.send({
        type: "session.update",
        session: { type: "realtime", audio: { input: { turn_detection } } },
      });
      return one(talk.append(toneAt200(2000)), "input_audio_buffer.speech_stopped").audio_end_ms;
    });
    expect(ends).toEqual([1500, 1800, 2400]);
  });

  it("makes the same events however the audio is cut", () => {
    const samples = toneAt200();
    const heard = (sizes: readonly number[]) => {
      const talk = conversation();
      talk.open();
      const events: unknown[] = [];
      for (let at = 0, turn = 0; at < samples.length; turn++) {
        const size = sizes[turn % sizes.length]!;
        const audio = base64(samples.subarray(at, at + size));
        events.push(...talk.send({ type: "input_audio_buffer.append", audio }));
        at += size;
      }
      return events;
    };
    const whole = heard([samples.length]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 9000 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        expect(heard(sizes)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it("keeps the sound of the speech, and only that", () => {
    const talk = conversation();
    talk.open();
    const events = talk.append(toneAt200());
    const { item_id } = one(events, "input_audio_buffer.committed");
    const { item } = one(
      talk.send({ type: "conversation.item.retrieve", item_id }),
      "conversation.item.retrieved",
    );
    const expected = base64(toneAt200().subarray(0, 1400 * 24));
    expect(item).toMatchObject({ content: [{ type: "input_audio", audio: expected, transcript: null }] });
  });

  it("leaves out of the item what was before the speech", () => {
    const talk = conversation();
    talk.open();
    talk.append(silence(2000));
    const { item_id } = one(talk.append(toneAt200()), "input_audio_buffer.committed");
    const { item } = one(
      talk.send({ type: "conversation.item.retrieve", item_id }),
      "conversation.item.retrieved",
    );
    const expected = new Int16Array(1500 * 24);
    expected.set(toneAt200().subarray(0, 1400 * 24), 100 * 24);
    expect(item).toMatchObject({ content: [{ audio: base64(expected) }] });
  });

  it("stops after the item where create_response is false", () => {
    const talk = conversation();
    talk.open();
    const turn_detection = { type: "server_vad", create_response: false } as const;
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection } } },
    });
    expect(typesOf(talk.append(toneAt200())).at(-1)).toBe("conversation.item.done");
    expect(talk.advance(10_000)).toEqual([]);
  });

  it("starts to listen where it is switched on", () => {
    const talk = manual();
    talk.append(silence(1000));
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection: { type: "server_vad" } } } },
    });
    const events = talk.append(toneAt200());
    expect(one(events, "input_audio_buffer.speech_started").audio_start_ms).toBe(1000);
    expect(one(events, "input_audio_buffer.speech_stopped").audio_end_ms).toBe(1000 + 1400);
  });

  it("forgets a speech that is cleared away", () => {
    const talk = conversation();
    talk.open();
    const tone = toneAt200().subarray(0, 800 * 24);
    expect(typesOf(talk.append(tone))).toEqual(["input_audio_buffer.speech_started"]);
    expect(typesOf(talk.send({ type: "input_audio_buffer.clear" }))).toEqual(["input_audio_buffer.cleared"]);
    expect(talk.append(silence(1000))).toEqual([]);
  });

  it("lets a commit take a speech before its end: no speech_stopped, and its own item id", () => {
    const talk = conversation();
    talk.open();
    const { item_id } = one(
      talk.append(toneAt200().subarray(0, 800 * 24)),
      "input_audio_buffer.speech_started",
    );
    const committed = talk.send({ type: "input_audio_buffer.commit" });
    expect(typesOf(committed)).toEqual([
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
    ]);
    expect(one(committed, "input_audio_buffer.committed").item_id).toBe(item_id);
    expect(talk.append(silence(1000))).toEqual([]);
  });

  it("keeps the buffer bounded while nobody speaks", () => {
    const talk = conversation();
    talk.open();
    for (let minute = 0; minute < 3; minute++) talk.append(silence(60_000));
    expect(talk.state.input.buffer?.sampleCount).toBeLessThanOrEqual(60 * 24_000);
    expect(one(talk.append(toneAt200()), "input_audio_buffer.speech_started").audio_start_ms).toBe(
      3 * 60_000 + 200 - 300,
    );
  });

  it("hears G.711 as well", () => {
    const talk = conversation();
    talk.open();
    const format = { type: "audio/pcmu" as const };
    talk.send({ type: "session.update", session: { type: "realtime", audio: { input: { format } } } });
    // 0x00 and 0x80 are the loudest samples of both signs, 0xff is silence.
    const bytes = new Uint8Array(8 * 1500).fill(0xff);
    for (let at = 8 * 400; at < 8 * 900; at++) bytes[at] = at % 8 < 4 ? 0x00 : 0x80;
    const audio = Buffer.from(bytes).toString("base64");
    const events = talk.send({ type: "input_audio_buffer.append", audio });
    expect(one(events, "input_audio_buffer.speech_started").audio_start_ms).toBe(100);
    expect(one(events, "input_audio_buffer.speech_stopped").audio_end_ms).toBe(1100);
  });
});

describe("a session without turn detection", () => {
  it("never speaks by itself: commit makes the item, response.create the answer", () => {
    const talk = manual();
    expect(talk.append(toneAt200())).toEqual([]);
    expect(typesOf(talk.send({ type: "input_audio_buffer.commit" }))).toEqual([
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
    ]);
    expect(talk.advance(5000)).toEqual([]);
    talk.send({ type: "response.create" });
    expect(only(talk.advance(5000), "response.done")).toHaveLength(1);
  });

  it("wants 100 ms for a commit", () => {
    const talk = manual();
    const refusal = (ms: number) =>
      one(talk.send({ type: "input_audio_buffer.commit", event_id: `at${ms}` }), "error").error;
    expect(refusal(0)).toEqual({
      type: "invalid_request_error",
      code: "input_audio_buffer_commit_empty",
      message:
        "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has 0.00ms of audio.",
      param: null,
      event_id: "at0",
    });
    talk.append(silence(99));
    expect(refusal(99).message).toContain("buffer only has 99.00ms of audio");
    talk.append(silence(1));
    expect(typesOf(talk.send({ type: "input_audio_buffer.commit" }))[0]).toBe("input_audio_buffer.committed");
    expect(refusal(0).message).toContain("buffer only has 0.00ms of audio");
  });

  it("clears what waits", () => {
    const talk = manual();
    talk.append(silence(500));
    talk.send({ type: "input_audio_buffer.clear" });
    expect(one(talk.send({ type: "input_audio_buffer.commit" }), "error").error.code).toBe(
      "input_audio_buffer_commit_empty",
    );
  });
});

describe("input_audio_buffer.append", () => {
  it("puts a sample together that was cut in two", () => {
    const talk = manual();
    const samples = speech("Hi");
    const bytes = Buffer.from(base64(samples), "base64");
    for (let at = 0; at < bytes.length; at += 1001) {
      const audio = bytes.subarray(at, at + 1001).toString("base64");
      expect(talk.send({ type: "input_audio_buffer.append", audio })).toEqual([]);
    }
    const { item_id } = one(talk.send({ type: "input_audio_buffer.commit" }), "input_audio_buffer.committed");
    expect(
      one(talk.send({ type: "conversation.item.retrieve", item_id }), "conversation.item.retrieved").item,
    ).toMatchObject({ content: [{ audio: base64(samples) }] });
  });

  it("refuses what is not base64", () => {
    const talk = manual();
    expect(one(talk.send({ type: "input_audio_buffer.append", audio: "%%%" }), "error").error).toMatchObject({
      code: "invalid_value",
      param: "audio",
    });
  });
});
