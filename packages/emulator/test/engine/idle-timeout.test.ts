import type { ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { engine } from "../../src/engine/engine.ts";
import { conversation, one, only, silence, typesOf } from "../support/conversation.ts";

const timeoutMs = 6000;
const triggered = "input_audio_buffer.timeout_triggered";

/** A session that has answered in writing; its clock stands 300 ms behind the request. */
function answered(detection: object = {}, modality: "audio" | "text" = "text") {
  const talk = conversation({ scenario: { turns: [{ say: "Hello." }, { say: "Still there?" }] } });
  talk.open();
  const turn_detection = { type: "server_vad", idle_timeout_ms: timeoutMs, ...detection } as const;
  const input = { turn_detection };
  const session = { type: "realtime" as const, output_modalities: [modality], audio: { input } };
  talk.send({ type: "session.update", session });
  talk.send({ type: "response.create" });
  const events: ServerEvent[] = [];
  while (only(events, "response.done").length === 0) events.push(...talk.advance(1));
  return { talk, turn_detection };
}

describe("the idle timeout", () => {
  it("makes a turn of the silence, which is answered", () => {
    const { talk } = answered();
    talk.append(silence(1000));
    expect(typesOf(talk.advance(timeoutMs - 1))).toEqual(["rate_limits.updated"]);
    const events = talk.advance(1);
    expect(typesOf(events)).toEqual([
      triggered,
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
      "response.created",
    ]);
    const { item_id, audio_start_ms, audio_end_ms } = one(events, triggered);
    expect([audio_start_ms, audio_end_ms]).toEqual([0, 1000]);
    expect(one(events, "input_audio_buffer.committed").item_id).toBe(item_id);
    expect(one(events, "conversation.item.done").item).toEqual({
      id: item_id,
      type: "message",
      status: "completed",
      role: "user",
      content: [{ type: "input_audio", transcript: null }],
    });
    expect(one(talk.advance(1000), "response.output_text.done").text).toBe("Still there?");
  });

  it("counts from the end of the playback, and again after each answer", () => {
    const { talk } = answered({}, "audio");
    // "Hello." lasts 6 / 14 of a second, whatever it took to generate.
    const spokenMs = Math.round((6 / 14) * 24_000) / 24;
    talk.append(silence(2000));
    expect(typesOf(talk.advance(Math.floor(spokenMs + timeoutMs)))).toEqual(["rate_limits.updated"]);
    const events = talk.advance(1);
    expect(one(events, triggered)).toMatchObject({ audio_start_ms: Math.floor(spokenMs) });
    expect(only(talk.advance(10 * timeoutMs), triggered).length).toBeGreaterThan(3);
  });

  it("takes nothing where the client has sent nothing", () => {
    const { talk } = answered();
    const events = talk.advance(timeoutMs);
    expect(one(events, triggered)).toMatchObject({ audio_start_ms: 0, audio_end_ms: 0 });
    expect(typesOf(events)).toContain("response.created");
  });

  it("answers even where turns are not answered otherwise", () => {
    const { talk } = answered({ create_response: false });
    expect(typesOf(talk.advance(timeoutMs))).toContain("response.created");
  });

  it("does not begin before the first answer", () => {
    const talk = conversation();
    talk.open();
    const turn_detection = { type: "server_vad", idle_timeout_ms: timeoutMs } as const;
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection } } },
    });
    talk.append(silence(500));
    expect(talk.advance(10 * timeoutMs)).toEqual([]);
  });

  it("is over when the user speaks, commits or is answered", () => {
    const spoken = answered({ create_response: false });
    spoken.talk.advance(timeoutMs - 10);
    spoken.talk.speak("Hello there");
    expect(typesOf(spoken.talk.advance(10 * timeoutMs))).not.toContain(triggered);

    const committed = answered();
    committed.talk.append(silence(200));
    committed.talk.send({ type: "input_audio_buffer.commit" });
    expect(typesOf(committed.talk.advance(10 * timeoutMs))).not.toContain(triggered);

    const asked = answered();
    asked.talk.advance(timeoutMs - 10);
    asked.talk.send({ type: "response.create" });
    expect(typesOf(asked.talk.advance(20))).toEqual([]);
  });

  it("is not touched by a response out of band", () => {
    const { talk } = answered();
    talk.advance(timeoutMs - 1000);
    talk.send({ type: "response.create", response: { conversation: "none" } });
    expect(typesOf(talk.advance(1000))).toContain(triggered);
  });

  it("follows what the session is told in the middle of it", () => {
    const update = (talk: ReturnType<typeof answered>["talk"], turn_detection: object | null) =>
      talk.sendText(
        JSON.stringify({
          type: "session.update",
          session: { type: "realtime", audio: { input: { turn_detection } } },
        }),
      );
    const longer = answered();
    update(longer.talk, { type: "server_vad", idle_timeout_ms: 2 * timeoutMs });
    expect(typesOf(longer.talk.advance(2 * timeoutMs - 1))).toEqual(["rate_limits.updated"]);
    expect(typesOf(longer.talk.advance(1))).toContain(triggered);
    for (const detection of [null, { type: "server_vad", idle_timeout_ms: null }, { type: "semantic_vad" }]) {
      const { talk } = answered();
      update(talk, detection);
      expect(typesOf(talk.advance(10 * timeoutMs))).toEqual(["rate_limits.updated"]);
    }
  });
});

describe("a key of the telephone", () => {
  it("is told as it is, at the time of the wall clock, without an event id", () => {
    const talk = conversation();
    talk.open({ epochMs: 1_763_605_100_000 });
    talk.advance(9500);
    const before = talk.state;
    expect(talk.feed({ type: "dtmf", atMs: talk.nowMs, digit: "#" })).toEqual([
      { type: "input_audio_buffer.dtmf_event_received", event: "#", received_at: 1_763_605_109 },
    ]);
    expect(talk.state).toBe(before);
  });

  it("is unknown to a translation", () => {
    const { step, begin } = engine();
    const opening = { type: "opened", atMs: 0, epochMs: 0, model: "m", kind: "translation" } as const;
    const { state } = step(begin("x"), opening);
    expect(step(state, { type: "dtmf", atMs: 0, digit: "1" }).outputs).toEqual([]);
  });
});
