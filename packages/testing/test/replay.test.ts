import {
  type CloseInfo,
  type Entry,
  type FrameSink,
  readRecording,
  recordingHeader,
  recordingLine,
  replay,
} from "@duologue/core";
import { describe, expect, it } from "vitest";
import { virtualClock } from "../src/index.ts";

const served = (at: number, type: string): Entry => ({ at, from: "server", event: { type } });
const opened: Entry = {
  at: 0,
  from: "local",
  event: { type: "link.opened", transport: "recorded", audio: "media" },
};
const closed: Entry = {
  at: 90,
  from: "local",
  event: { type: "link.closed", code: 1001, reason: "60 minutes" },
};

const recorded = (...entries: Entry[]) =>
  readRecording([recordingHeader("any"), ...entries.map(recordingLine)].join("\n"));

function diary() {
  const all: (string | CloseInfo)[] = [];
  const sink: FrameSink = { frame: (text) => all.push(text), closed: (info) => all.push(info) };
  return { all, sink };
}

describe("a replay in virtual time", () => {
  it("rejects an open whose signal has fired, and calls no sink", async () => {
    const { all, sink } = diary();
    const clock = virtualClock();
    const opening = replay(recorded(opened, served(1, "a")), { pace: clock }).open(sink, {
      signal: AbortSignal.abort(),
    });
    await expect(opening).rejects.toMatchObject({ code: "aborted" });
    await clock.advance(1_000);
    expect(all).toEqual([]);
  });

  it("delivers frames in order and the end last, once, none of it before open has resolved", async () => {
    const { all, sink } = diary();
    const clock = virtualClock();
    const entries = [
      opened,
      ...Array.from({ length: 50 }, (_, index) => served(index, `event ${index}`)),
      closed,
    ];
    const connection = await replay(recorded(...entries), { pace: clock }).open(sink);
    expect(all).toEqual([]);
    await clock.advance(89);
    expect(all).toHaveLength(50);
    await clock.advance(1);
    await connection.close();
    await connection.close();
    await clock.advance(1_000);
    expect(all).toEqual([
      ...Array.from({ length: 50 }, (_, index) => JSON.stringify({ type: `event ${index}` })),
      { code: 1001, reason: "60 minutes" },
    ]);
    expect(() => connection.send("late")).toThrow(expect.objectContaining({ code: "closed" }));
  });

  it("ends when we close: nothing comes after, and send throws", async () => {
    const { all, sink } = diary();
    const clock = virtualClock();
    const connection = await replay(recorded(opened, served(10, "a"), served(20, "b"), closed), {
      pace: clock,
    }).open(sink);
    await clock.advance(10);
    connection.send("taken");
    const closing = connection.close({ code: 4001, reason: "enough" });
    expect(() => connection.send("late")).toThrow(expect.objectContaining({ code: "closed" }));
    await Promise.all([closing, connection.close()]);
    await clock.advance(1_000);
    expect(all).toEqual(['{"type":"a"}', { code: 4001, reason: "enough" }]);
    expect(connection.bufferedAmount).toBe(0);
  });

  it("plays again from the beginning for each open, and connections share nothing", async () => {
    const clock = virtualClock();
    const transport = replay(recorded(opened, served(1, "a"), served(2, "b"), closed), { pace: clock });
    const one = diary();
    const first = await transport.open(one.sink);
    await clock.advance(1);
    await first.close();
    const two = diary();
    await transport.open(two.sink);
    await clock.advance(100);
    expect(one.all).toEqual(['{"type":"a"}', { code: 1000, reason: "" }]);
    expect(two.all).toEqual(['{"type":"a"}', '{"type":"b"}', { code: 1001, reason: "60 minutes" }]);
  });
});
