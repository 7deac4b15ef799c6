import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import { type Entry, memorySink, readRecording, recordLog } from "../src/index.ts";

const entry = (at: number): Entry => ({ at, from: "server", event: { type: "ping" } });
const heard: Entry = {
  at: 2,
  from: "local",
  event: { type: "playback.progress", itemId: "item_1", contentIndex: 0, heardMs: 20 },
};

describe("recordLog", () => {
  it("writes all entries, local ones too, and closes the sink when the log ends", async () => {
    const log = new Subject<Entry>();
    const sink = { ...memorySink(), closes: 0 };
    const writing = recordLog(
      log,
      { write: sink.write, close: async () => void sink.closes++ },
      { protocol: "any" },
    );
    for (const each of [entry(1), heard]) log.next(each);
    log.complete();
    expect(await writing.finished).toBeUndefined();
    expect(await writing.stop()).toBeUndefined();
    expect(sink.closes).toBe(1);
    expect(readRecording(sink.lines.join("\n")).entries).toEqual([entry(1), heard]);
  });

  it("stops when it is told to", async () => {
    const log = new Subject<Entry>();
    const sink = memorySink();
    const writing = recordLog(log, sink, { protocol: "any" });
    log.next(entry(1));
    expect(await writing.stop()).toBeUndefined();
    log.next(entry(2));
    expect(readRecording(sink.text).entries).toEqual([entry(1)]);
    expect(log.observed).toBe(false);
  });

  it("tells why a recording is not whole, also when only the end of it failed; it never rejects", async () => {
    const log = new Subject<Entry>();
    const stops: string[] = [];
    const sink = { write() {}, close: () => Promise.reject(new Error("disk full")) };
    const writing = recordLog(log, sink, {
      protocol: "any",
      onStop: ({ message }) => void stops.push(message),
    });
    log.complete();
    expect(await writing.finished).toMatchObject({ reason: "sink_failed", message: /disk full/ });
    expect(stops).toHaveLength(1);

    const limited = recordLog(log, memorySink(), { protocol: "any", maxBytes: 1, onStop() {} });
    expect(await limited.finished).toMatchObject({ reason: "max_bytes" });
  });
});
