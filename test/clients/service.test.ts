import { readRecording } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { faultsIn, service } from "./service.ts";

/** A recording with these lines. */
const recorded = (protocol: string, ...lines: object[]) =>
  readRecording([{ duologue: 1, protocol }, ...lines].map((line) => JSON.stringify(line)).join("\n"));

const cleared = { type: "input_audio_buffer.cleared", event_id: "event_1" };
const fromServer = (event: object) => ({ t: 0, from: "server", event });

describe("what every test of this folder checks besides", () => {
  it("finds what a schema does not allow, what no schema knows, and what is no event", () => {
    expect(faultsIn(recorded("openai-realtime", fromServer(cleared)))).toEqual([]);
    const faults = faultsIn(
      recorded(
        "openai-realtime",
        fromServer({ type: "input_audio_buffer.cleared" }),
        fromServer({ type: "input_audio_buffer.vanished", event_id: "event_2" }),
        { t: 0, from: "server", text: '{"type":' },
      ),
    );
    expect(faults).toHaveLength(3);
    expect(faults[0]).toContain("event_id");
    expect(faults[1]).toContain("unknown type input_audio_buffer.vanished");
    // A translation has events of its own.
    expect(faultsIn(recorded("openai-translation", fromServer(cleared)))).toHaveLength(1);
  });

  it("has a recording of each session that was let in", async () => {
    const there = await service();
    const opened = Array.from({ length: 2 }, async () => {
      const socket = new WebSocket(there.realtimeUrl, [
        "realtime",
        `openai-insecure-api-key.sk-of-this-test`,
      ]);
      await new Promise((resolve) => socket.addEventListener("message", resolve));
      return socket;
    });
    await Promise.all(opened);
    const recordings = await there.recorded();
    expect(recordings).toHaveLength(2);
    for (const { entries } of recordings) {
      expect(entries.map(({ event }) => event.type)).toEqual([
        "link.opened",
        "session.created",
        "link.closed",
      ]);
    }
  });
});
