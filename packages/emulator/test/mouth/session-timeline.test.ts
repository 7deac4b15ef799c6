import type { ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { sessionTimeline } from "../../src/mouth/session-timeline.ts";
import { fakeClock } from "../support/fake-clock.ts";

function watching() {
  const clock = fakeClock();
  let changes = 0;
  const { observer, timeline } = sessionTimeline(clock, () => changes++);
  const server = (event: Partial<ServerEvent>) =>
    observer.server(JSON.stringify(event), event as ServerEvent);
  return { clock, observer, timeline, server, changes: () => changes };
}

describe("a session's timeline", () => {
  it("tells runs of deltas as one mark each, until something else comes or they pause", async () => {
    const { clock, timeline, server } = watching();
    for (let count = 0; count < 5; count++) {
      server({ type: "response.output_audio_transcript.delta" });
      server({ type: "response.output_audio.delta" });
      await clock.advance(10);
    }
    server({ type: "response.output_audio.done" });
    server({ type: "response.output_audio.delta" });
    await clock.advance(1000);
    server({ type: "response.output_audio.delta" });
    expect(timeline.marks.map(({ type, count, atMs, untilMs }) => [type, count, atMs, untilMs])).toEqual([
      ["response.output_audio_transcript.delta", 5, 0, 40],
      ["response.output_audio.delta", 5, 0, 40],
      ["response.output_audio.done", 1, 50, 50],
      ["response.output_audio.delta", 1, 50, 50],
      ["response.output_audio.delta", 1, 1050, 1050],
    ]);
  });

  it("stays within bounds", () => {
    const { timeline, observer, changes } = watching();
    for (let count = 0; count < 10_000; count++)
      observer.client(`{"type":"x${count}","item":{"output":"${"y".repeat(999)}"}}`);
    expect(timeline.marks.length).toBeLessThanOrEqual(400);
    expect(timeline.marks.length + timeline.forgotten).toBe(10_000);
    expect(timeline.marks.at(-1)?.type).toBe("x9999");
    expect(timeline.marks.at(-1)?.note).toHaveLength(240);
    expect(changes()).toBe(10_000);
  });

  it("names every frame of a client, whatever it is", () => {
    const { timeline, observer } = watching();
    const long = "A".repeat(20_000);
    for (const frame of [
      "{",
      "[]",
      "7",
      '{"type":7}',
      `{"type":"input_audio_buffer.append","audio":"${long}"}`,
      `{"audio":"${long}","type":"input_audio_buffer.append"}`,
    ]) {
      observer.client(frame);
    }
    expect(timeline.marks.map(({ type }) => type)).toEqual([
      "not JSON",
      "not an event",
      "not an event",
      "not an event",
      "input_audio_buffer.append",
      "a long frame",
    ]);
  });
});
