import { openaiRealtime } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Entry,
  readRecording,
  recordingHeader,
  recordingLine,
  redacted,
  replay,
  replaySession,
} from "../src/index.ts";
import { manualClock } from "./manual-clock.ts";

const entries: Entry[] = [
  { at: 0.5, from: "local", event: { type: "link.opened", transport: "websocket", audio: "events" } },
  {
    at: 1.25,
    from: "server",
    event: { type: "session.created", event_id: "event_1", session: { type: "realtime" } },
  },
  { at: 2, from: "client", event: { type: "response.create" } },
  { at: 3, from: "server", event: { type: "weather.changed", to: "clear" } },
  { at: 4, from: "local", event: { type: "frame.undecodable", from: "server", text: "{", reason: "cut" } },
  {
    at: 5,
    from: "local",
    event: { type: "playback.progress", itemId: "item_1", contentIndex: 0, heardMs: 20 },
  },
  { at: 6, from: "local", event: { type: "link.closed", code: 1006, reason: "" } },
  {
    at: 7,
    from: "local",
    event: { type: "playback.finished", itemId: "item_1", contentIndex: 0, heardMs: 40 },
  },
];

const text = [
  recordingHeader("openai-realtime", { provider: "test" }),
  ...entries.map(recordingLine),
  "",
].join("\n");

describe("a recording", () => {
  it("reads back as what was written, with the header's free fields", () => {
    const recording = readRecording(text);
    expect(recording.entries).toEqual(entries);
    expect(recording.header).toEqual({ duologue: 1, protocol: "openai-realtime", provider: "test" });
    expect(recording.problems).toEqual([]);
    expect(recording.lines[0]).toBe(2);
  });

  it("has the form that its schema describes", () => {
    expect(text.split("\n").slice(0, 2)).toEqual([
      '{"duologue":1,"protocol":"openai-realtime","provider":"test"}',
      '{"t":0.5,"from":"link","opened":{"transport":"websocket","audio":"events"}}',
    ]);
    expect(text.split("\n").at(-3)).toBe('{"t":6,"from":"link","closed":{"code":1006,"reason":""}}');
    expect(text.split("\n").at(5)).toBe('{"t":4,"from":"server","text":"{","reason":"cut"}');
  });

  it("keeps any JSON and any time to the bit", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.double({ noNaN: true, noDefaultInfinity: true }), (value, t) => {
        const entry: Entry = { at: Object.is(t, -0) ? 0 : t, from: "server", event: { type: "x", value } };
        const line = recordingLine(entry);
        const read = readRecording(`${recordingHeader("p")}\n${line}`);
        expect(read.entries.map(recordingLine)).toEqual([line]);
      }),
    );
  });

  it("that was cut in the middle of a line loses that line only, and says which", () => {
    const cut = text.slice(0, text.indexOf('"response.create"'));
    const recording = readRecording(cut);
    expect(recording.entries).toEqual(entries.slice(0, 2));
    expect(recording.problems).toMatchObject([{ line: 4, message: /ends in the middle of this line/ }]);
    expect(recording.problems[0]?.text).toBe('{"t":2,"from":"client","event":{"type":');
  });

  it("cut at any byte still gives every complete line", () => {
    for (let length = text.indexOf("\n") + 1; length < text.length; length++) {
      const part = text.slice(0, length);
      const whole = part.split("\n").length - 2;
      expect(readRecording(part).entries.length).toBeGreaterThanOrEqual(Math.max(0, whole));
    }
  });

  it.each([
    ["{}", /no Duologue recording/],
    ["", /no Duologue recording/],
    ["not json", /no Duologue recording/],
    ['{"duologue":2,"protocol":"x"}', /Update Duologue/],
    ['{"duologue":1}', /names no "protocol"/],
  ])("with the first line %j is refused", (header, message) => {
    expect(() => readRecording(header)).toThrow(message);
  });

  it.each([
    ['{"t":"soon","from":"server","event":{"type":"x"}}', /"t"/],
    ['{"t":1,"from":"mars","event":{"type":"x"}}', /"from"/],
    ['{"t":1,"from":"server","event":{}}', /"event"/],
    ['{"t":1,"from":"local","event":3}', /"event"/],
    ['{"t":1,"from":"link"}', /"opened" or "closed"/],
    ["[]", /JSON object/],
  ])("reports the line %s and reads on", (line, message) => {
    const good = recordingLine({ at: 9, from: "server", event: { type: "x" } });
    const read = readRecording(`${recordingHeader("p")}\n${line}\n${good}\n`);
    expect(read.entries).toHaveLength(1);
    expect(read.problems).toMatchObject([{ line: 2, message, text: line }]);
  });
});

describe("redacted", () => {
  it("comes to an end with what contains itself", () => {
    const own: Record<string, unknown> = { client_secret: "ek_1" };
    own.again = [own];
    expect(redacted(own)).toEqual({ client_secret: "[redacted]", again: [own] });
  });

  it("replaces the credentials of MCP tools and nothing else", () => {
    const tool = { type: "mcp", server_label: "a", authorization: "Bearer x", headers: { Cookie: "y" } };
    const event = { type: "session.update", session: { tools: [tool], instructions: "headers" } };
    expect(redacted(event)).toEqual({
      type: "session.update",
      session: {
        tools: [{ ...tool, authorization: "[redacted]", headers: "[redacted]" }],
        instructions: "headers",
      },
    });
    expect(event.session.tools[0]?.authorization).toBe("Bearer x");
    expect(recordingLine({ at: 0, from: "client", event })).not.toContain("Bearer");
  });

  it("returns what has none as it is", () => {
    const event = { type: "x", tools: [{ type: "function", headers: ["kept"] }], nested: { a: [1, null] } };
    expect(redacted(event)).toBe(event);
  });
});

describe("replay", () => {
  it("passes for the recorded transport and plays its server", async () => {
    const transport = replay(readRecording(text));
    expect([transport.name, transport.audio]).toEqual(["websocket", "events"]);
    const seen: string[] = [];
    const connection = await transport.open({
      frame: (frame) => void seen.push(frame),
      closed: ({ code }) => void seen.push(`closed ${code}`),
    });
    await connection.finished;
    expect(seen).toEqual([
      JSON.stringify(entries[1]?.event),
      JSON.stringify(entries[3]?.event),
      "{",
      "closed 1006",
    ]);
    expect(() => connection.send("more")).toThrow("over");
  });

  it("keeps recorded times by a clock that is handed in", async () => {
    const pace = manualClock();
    const times: number[] = [];
    const transport = replay(readRecording(text), { pace });
    await transport.open({
      frame: () => void times.push(pace.now()),
      closed: () => void times.push(pace.now()),
    });
    for (let step = 0; step < 10; step++) pace.advance(0.5);
    for (let step = 0; step < 10; step++) pace.advance(0.5);
    // The link opened at 0.5 ms, when the replay's time begins.
    expect(times).toEqual([1, 2.5, 3.5, 5.5]);
    expect(pace.pending).toBe(0);
  });

  it("hands what is sent to it to the source's peer, and reports a source that is not there", async () => {
    const sent: string[] = [];
    const recording = readRecording(text);
    const peer = { frame: (frame: string) => void sent.push(frame), closed: () => void sent.push("closed") };
    const sink = { frame() {}, closed() {} };
    const connection = await replay(() => ({ ...recording, peer })).open(sink);
    connection.send("anything");
    await connection.close();
    expect(sent).toEqual(["anything", "closed"]);
    const nothing = replay(() => Promise.reject(new Error("no such file")));
    await expect(nothing.open(sink)).rejects.toMatchObject({
      code: "connect_failed",
      message: /no such file/,
    });
  });

  it("follows a recording that is still being written, and ends as lost when that breaks off", async () => {
    const seen: string[] = [];
    async function* more(): AsyncGenerator<Entry> {
      yield { at: 8, from: "server", event: { type: "later" } };
      throw new Error("disk full");
    }
    const transport = replay(() => ({ entries: entries.slice(0, 2), more: more() }));
    const connection = await transport.open({
      frame: (frame) => void seen.push(frame),
      closed: ({ code, reason }) => void seen.push(`${code} ${reason}`),
    });
    await connection.finished;
    expect(seen.slice(1)).toEqual(['{"type":"later"}', "1006 The recording broke off: disk full"]);
    expect(transport.clock.now()).toBe(8);
  });

  it("stops when it is closed, and tells the sink once", async () => {
    const pace = manualClock();
    const closes: number[] = [];
    const connection = await replay(readRecording(text), { pace }).open({
      frame: () => {},
      closed: ({ code }) => void closes.push(code),
    });
    await connection.close({ code: 4000 });
    await connection.close();
    await connection.finished;
    pace.advance(100);
    expect(closes).toEqual([4000]);
    expect(pace.pending).toBe(0);
  });

  const link = (at: number, open: boolean): Entry =>
    open
      ? { at, from: "local", event: { type: "link.opened", transport: "websocket", audio: "events" } }
      : { at, from: "local", event: { type: "link.closed", code: 1000 + at, reason: "" } };
  const ping = (at: number): Entry => ({ at, from: "server", event: { type: "ping", at } });
  const reconnected = [
    link(0, true),
    ping(1),
    link(2, false),
    link(3, true),
    ping(4),
    { at: 5, from: "client", event: { type: "response.create" } } satisfies Entry,
    link(6, false),
  ];

  it("of several links plays one of them for each open, and begins again after the last", async () => {
    const transport = replay({ entries: reconnected });
    const played: string[][] = [];
    for (let opens = 0; opens < 3; opens++) {
      const seen: string[] = [];
      const connection = await transport.open({
        frame: (frame) => void seen.push(frame),
        closed: ({ code }) => void seen.push(String(code)),
      });
      await connection.finished;
      played.push(seen);
    }
    const [first, second] = [JSON.stringify(ping(1).event), JSON.stringify(ping(4).event)];
    expect(played).toEqual([
      [first, "1002"],
      [second, "1006"],
      [first, "1002"],
    ]);
  });

  it("of several links is one session, with every entry of all of them", async () => {
    const header = recordingHeader(openaiRealtime.name);
    const recording = readRecording([header, ...reconnected.map(recordingLine)].join("\n"));
    const { session, run } = replaySession({ recording, protocol: openaiRealtime });
    const seen: Entry[] = [];
    session.log$.subscribe((entry) => void seen.push(entry));
    await run();
    expect(seen).toEqual(reconnected);
    expect(session.status.state).toBe("closed");
  });

  it("through a session logs the recording again, entry by entry and to the bit", async () => {
    const { session, run } = replaySession({ recording: readRecording(text), protocol: openaiRealtime });
    const lines: string[] = [];
    session.log$.subscribe((entry) => void lines.push(recordingLine(entry)));
    await run();
    // Why a frame could not be decoded is said by whoever decodes it.
    const same = (line: string) => line.replace(/"reason":"[^"]+"/, "");
    expect(lines.map(same)).toEqual(text.trim().split("\n").slice(1).map(same));
  });
});
