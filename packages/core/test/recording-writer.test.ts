import { describe, expect, it, vi } from "vitest";
import {
  type Entry,
  type LineSink,
  memorySink,
  type RecordingStop,
  readRecording,
  recordingHeader,
  recordingLine,
  recordingWriter,
} from "../src/index.ts";

const entry = (at: number | null, type = "ping"): Entry => ({ at, from: "server", event: { type } });

function written(settings: Partial<Parameters<typeof recordingWriter>[1]>, entries: readonly Entry[]) {
  const sink = memorySink();
  const stops: RecordingStop[] = [];
  const writer = recordingWriter(sink, {
    protocol: "any",
    onStop: (stop) => void stops.push(stop),
    ...settings,
  });
  for (const each of entries) writer.write(each);
  return { sink, stops, writer, recording: readRecording(sink.text) };
}

describe("a recording writer", () => {
  it("writes a header and whole lines, and needs no more for a recording without entries", () => {
    expect(written({ header: { by: "a test" } }, []).sink.text).toBe(
      `${recordingHeader("any", { by: "a test" })}\n`,
    );
    const { recording, stops } = written({}, [entry(0), entry(null)]);
    expect(recording.entries).toEqual([entry(0), entry(null)]);
    expect(recording).not.toHaveProperty("stopped");
    expect(stops).toEqual([]);
  });

  it("stops before it has too many bytes, says so in its last line, and tells it once", () => {
    const header = recordingHeader("any").length + 1;
    const line = recordingLine(entry(0)).length + 1;
    const { recording, stops, writer } = written({ maxBytes: header + 2 * line }, [
      entry(0),
      entry(1),
      entry(2),
      entry(3),
    ]);
    expect(recording.entries).toEqual([entry(0), entry(1)]);
    expect(recording.stopped).toMatchObject({ reason: "max_bytes", at: 2 });
    expect(recording.problems).toEqual([]);
    expect(stops).toEqual([recording.stopped]);
    expect(writer.stopped).toEqual(recording.stopped);
  });

  it("stops at the first entry that is too late; entries without a time never are", () => {
    const { recording } = written({ maxDurationMs: 10 }, [entry(10), entry(null), entry(10.5), entry(11)]);
    expect(recording.entries).toEqual([entry(10), entry(null)]);
    expect(recording.stopped).toMatchObject({ reason: "max_duration", at: 10.5 });
  });

  it("stops when its sink cannot follow, instead of taking up memory or leaving something out", () => {
    const lines: string[] = [];
    let bufferedBytes = 0;
    const sink: LineSink = {
      write(line) {
        lines.push(line);
        bufferedBytes += line.length;
      },
      get bufferedBytes() {
        return bufferedBytes;
      },
    };
    const stops: RecordingStop[] = [];
    const writer = recordingWriter(sink, {
      protocol: "any",
      maxBufferedBytes: 200,
      onStop: (stop) => void stops.push(stop),
    });
    for (let at = 0; at < 1000; at++) writer.write(entry(at));
    expect(lines.length).toBeLessThan(12);
    const { entries, stopped } = readRecording(lines.join("\n"));
    expect(entries.map(({ at }) => at)).toEqual(entries.map((_, index) => index));
    expect(stopped).toMatchObject({ reason: "max_buffered", at: entries.length });
    expect(stops).toHaveLength(1);
  });

  it("warns on the console where nobody asked to be told, and survives a sink that throws", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const sink = {
      write() {
        throw new Error("no space");
      },
    };
    const writer = recordingWriter(sink, { protocol: "any" });
    writer.write(entry(1));
    expect(warn.mock.calls).toEqual([[expect.stringContaining("no space")]]);
    expect(writer.stopped?.reason).toBe("sink_failed");
    warn.mockRestore();
  });

  it("redacts by choice, tells it in the header, and keeps hashes beside the events", () => {
    const spoken: Entry = {
      at: 1,
      from: "server",
      event: { type: "response.output_audio.delta", delta: "q80BAgMEBQY=" },
    };
    const broken: Entry = {
      at: 2,
      from: "local",
      event: { type: "frame.undecodable", from: "server", text: "hello", reason: "hello is no JSON" },
    };
    const { sink, recording } = written({ redact: { audio: true, text: true } }, [spoken, broken]);
    expect(recording.header.redacted).toEqual(["audio", "text"]);
    expect(recording.entries[0]?.event).toEqual({ ...spoken.event, delta: "AAAAAAAAAAA=" });
    expect(JSON.parse(sink.lines[1] ?? "").redacted).toEqual({
      "/delta": expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(sink.text).not.toContain("hello");
    expect(recording.entries[1]?.event).toMatchObject({ text: "█████" });
  });

  it("writes of a link what it needs and nothing that somebody added to it", () => {
    const secret = "openai-insecure-api-key.sk-abcdefgh12345678";
    const opened = {
      at: 0,
      from: "local",
      event: {
        type: "link.opened",
        transport: "websocket",
        audio: "events",
        url: `wss://x/?key=${secret}`,
        protocols: [secret],
      },
    } as Entry;
    const closed: Entry = {
      at: 1,
      from: "local",
      event: { type: "link.closed", code: 3000, reason: `bad key sk-abcdefgh12345678` },
    };
    const retry: Entry = {
      at: 2,
      from: "local",
      event: { type: "link.retry", code: 3000, reason: `sk-abcdefgh12345678`, attempt: 1, delayMs: 0 },
    };
    expect(written({}, [opened, closed, retry]).sink.text).not.toContain("abcdefgh12345678");
  });
});
