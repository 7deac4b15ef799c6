import type { CloseInfo, FrameSink } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { BrainRequest } from "../../src/brain/plan.ts";
import { emulator } from "../../src/mouth/emulator.ts";
import type { EmulatorOptions } from "../../src/mouth/sessions.ts";
import { base64, one, only, speech, typesOf } from "../support/conversation.ts";
import { fakeClock } from "../support/fake-clock.ts";

async function dialled(options: EmulatorOptions = {}) {
  const clock = fakeClock();
  const service = emulator({ clock, epochMs: () => 0, ...options });
  const dial = async () => {
    const events: ServerEvent[] = [];
    const closed: CloseInfo[] = [];
    const sink: FrameSink = {
      // The service sends server events.
      frame: (text) => events.push(JSON.parse(text) as ServerEvent),
      closed: (info) => closed.push(info),
    };
    const connection = await service.transport().open(sink);
    await clock.advance(0);
    return {
      connection,
      events,
      closed,
      send: (command: ClientEvent) => connection.send(JSON.stringify(command)),
    };
  };
  return { clock, dial, ...(await dial()) };
}

describe("the emulator in memory", () => {
  it("greets, listens, answers and bills, on one timer", async () => {
    const { clock, events, send } = await dialled({ scenario: { turns: [{ heard: "Hi", say: "Hello." }] } });
    expect(typesOf(events)).toEqual(["session.created"]);
    const samples = speech("What is it?");
    for (let at = 0; at < samples.length; at += 480) {
      send({ type: "input_audio_buffer.append", audio: base64(samples.subarray(at, at + 480)) });
    }
    await clock.advance(0);
    expect(typesOf(events)).toContain("response.created");
    expect(clock.waiting).toBe(1);
    await clock.advance(5000);
    expect(one(events, "response.done").response.status).toBe("completed");
    expect(typesOf(events).at(-1)).toBe("rate_limits.updated");
    expect(clock.waiting).toBe(1);
  });

  it("asks the brain, whether it answers at once or later, and survives its failure", async () => {
    const asked: BrainRequest[] = [];
    let release: () => void = () => {};
    const { clock, events, send } = await dialled({
      brain: (request) => {
        asked.push(request);
        if (request.turn === 0) return { say: "At once." };
        if (request.turn === 2) throw new Error("I am out.");
        return new Promise((resolve) => {
          release = () => resolve({ say: "Later." });
        });
      },
    });
    const response = { output_modalities: ["text" as const] };
    send({ type: "response.create", response });
    await clock.advance(2000);
    expect(one(events, "response.output_text.done").text).toBe("At once.");
    send({ type: "response.create", response });
    await clock.advance(50_000);
    expect(only(events, "response.done")).toHaveLength(1);
    release();
    await clock.advance(2000);
    expect(only(events, "response.output_text.done").at(-1)?.text).toBe("Later.");
    send({ type: "response.create", response });
    await clock.advance(2000);
    expect(only(events, "response.done").at(-1)?.response).toMatchObject({
      status: "failed",
      status_details: { error: { type: "server_error", code: "brain_failed", message: "I am out." } },
    });
    expect(asked.map(({ turn }) => turn)).toEqual([0, 1, 2]);
  });

  it("leaves no timer behind a closed connection, whoever closes it", async () => {
    const { clock, connection, closed, dial } = await dialled({ expireAfterMs: 60_000 });
    expect(clock.waiting).toBe(1);
    await connection.close();
    expect(clock.waiting).toBe(0);
    expect(closed).toEqual([{ code: 1000, reason: "" }]);

    const broken = await dial();
    broken.connection.break();
    await clock.advance(0);
    expect(clock.waiting).toBe(0);

    const expired = await dial();
    await clock.advance(60_000);
    expect(one(expired.events, "error").error.code).toBe("session_expired");
    expect(expired.closed).toEqual([
      { code: 1001, reason: "Your session hit the maximum duration of 1 minute." },
    ]);
    expect(clock.waiting).toBe(0);
  });

  it("gives each session its own ids, and the same ones again under the same seed", async () => {
    const idsOf = async (seed: string) => {
      const { dial, events } = await dialled({ seed });
      const second = await dial();
      return [...events, ...second.events].map(({ event_id }) => event_id);
    };
    const ids = await idsOf("a");
    expect(new Set([...ids, ...(await idsOf("b"))]).size).toBe(4);
    expect(await idsOf("a")).toEqual(ids);
  });

  it("reports the model that is asked for", async () => {
    const events: ServerEvent[] = [];
    const service = emulator({ clock: fakeClock() });
    const sink = { frame: (text: string) => events.push(JSON.parse(text) as ServerEvent), closed: () => {} };
    const connection = await service.transport({ model: "gpt-realtime-mini" }).open(sink);
    await connection.close();
    expect(one(events, "session.created").session).toMatchObject({ model: "gpt-realtime-mini" });
  });

  it("opens sessions of every kind", async () => {
    for (const kind of ["realtime", "transcription", "translation"] as const) {
      const events: ServerEvent[] = [];
      const service = emulator({ clock: fakeClock() });
      const sink = {
        frame: (text: string) => events.push(JSON.parse(text) as ServerEvent),
        closed: () => {},
      };
      const connection = await service.transport({ kind }).open(sink);
      await connection.close();
      expect(one(events, "session.created").session.type).toBe(kind);
    }
  });

  it("carries out faults: frames that are none, and a link that breaks", async () => {
    const faults = [
      { type: "unknown_event", frame: { type: "weather.changed" } },
      { type: "cut", event: "response.created" },
    ] as const;
    const { clock, closed, events, send } = await dialled({
      scenario: { turns: [{ faults: [faults[1]] }], faults: [faults[0]] },
    });
    expect(events.map(({ type }) => type as string)).toEqual(["session.created", "weather.changed"]);
    send({ type: "response.create" });
    await clock.advance(0);
    expect(closed).toEqual([{ code: 1006, reason: "" }]);
    expect(clock.waiting).toBe(0);
  });

  it("survives a brain that answers a session that is gone", async () => {
    let release: () => void = () => {};
    const { clock, connection, events, send } = await dialled({
      brain: () =>
        new Promise((resolve) => {
          release = () => resolve({ say: "Too late." });
        }),
    });
    send({ type: "response.create" });
    await clock.advance(0);
    await connection.close();
    const count = events.length;
    release();
    await clock.advance(5000);
    expect(events).toHaveLength(count);
  });
});
