import { createServer as createTcpServer } from "node:net";
import { readWav, requireFormat, writeWav } from "@duologue/audio";
import { conversation } from "@duologue/conversation";
import {
  type Entry,
  type Problem,
  RealtimeError,
  readRecording,
  realtimeSession,
  recordingHeader,
  recordingLine,
} from "@duologue/core";
import { listen } from "@duologue/emulator/node";
import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { nodeWebSocket } from "@duologue/transport-websocket/node";
import { afterEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

// What a person meets first when something is wrong: each gives an error that names what to do, and nothing that was
// received before it is lost.

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A WebSocket server that does what the test says with each client. */
async function serverThat(greets: (socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  server.on("connection", greets);
  cleanups.push(() => {
    for (const socket of server.clients) socket.terminate();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `ws://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1/realtime?model=m`;
}

/** A session on such a server, with everything that it logs and reports. */
function sessionOn(url: string, options: { maxFrameBytes?: number } = {}) {
  const session = realtimeSession({
    transport: nodeWebSocket({ url, apiKey: "secret-key", ...options }),
    protocol: openaiRealtime,
  });
  const log: Entry[] = [];
  const problems: Problem[] = [];
  session.log$.subscribe((entry) => void log.push(entry));
  session.problems$.subscribe((problem) => void problems.push(problem));
  cleanups.push(() => session.close());
  return { session, log, problems };
}

async function failure(opening: Promise<unknown>): Promise<RealtimeError> {
  const error: unknown = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!RealtimeError.is(error)) throw new Error(`expected a RealtimeError, got ${error}`);
  return error;
}

const greeting = JSON.stringify({
  type: "session.created",
  event_id: "event_1",
  session: { type: "realtime", object: "realtime.session", id: "sess_1" },
});

/** Resolves when the log has an entry that `wanted` accepts. */
async function logged(log: readonly Entry[], wanted: (entry: Entry) => boolean): Promise<void> {
  while (!log.some(wanted)) await new Promise((resolve) => setImmediate(resolve));
}

const types = (log: readonly Entry[]) => log.map(({ event }) => event.type);

describe("a connection", () => {
  it("that is refused says so, and what to check", async () => {
    const probe = createTcpServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => probe.once("listening", resolve));
    const address = probe.address();
    const port = typeof address === "object" ? address?.port : 0;
    await new Promise((resolve) => probe.close(resolve));
    const { session } = sessionOn(`ws://127.0.0.1:${port}/v1/realtime`);
    const error = await failure(session.open());
    expect(error.code).toBe("connect_failed");
    expect(error.message).toMatch(/refused/i);
    expect(error.message).toContain(String(port));
    expect(session.status).toMatchObject({ state: "closed", retryable: true });
  });

  it("to a host that does not exist names the host", async () => {
    const { session } = sessionOn("ws://no-such-host.invalid/v1/realtime");
    const error = await failure(session.open());
    expect(error.code).toBe("connect_failed");
    expect(error.message).toContain("no-such-host.invalid");
  });

  it("with a wrong key is told from a lost one: code 3000, not to be retried", async () => {
    const server = await listen({ keys: ["right"] });
    cleanups.push(() => server.close());
    const { session, log } = sessionOn(`${server.url}?model=gpt-realtime`);
    const error = await failure(session.open());
    expect(error.code).toBe("fatal");
    expect(error.message).toMatch(/key/i);
    expect(error.message).not.toContain("secret-key");
    expect(session.status).toMatchObject({ state: "closed", code: 3000, retryable: false });
    expect(types(log)).toEqual(["link.opened", "error", "link.closed"]);
  });

  it("without a model is closed with 4000, not to be retried", async () => {
    const server = await listen();
    cleanups.push(() => server.close());
    const { session } = sessionOn(server.url);
    const error = await failure(session.open());
    expect(error.code).toBe("fatal");
    expect(error.message).toMatch(/model/i);
    expect(session.status).toMatchObject({ state: "closed", code: 4000, retryable: false });
  });
});

describe("a server that sends", () => {
  it("what is no JSON, binary frames and unknown events loses nothing, and the session goes on", async () => {
    const unknown = { type: "weather.changed", to: { sky: "clear" } };
    const url = await serverThat((socket) => {
      socket.send(greeting);
      socket.send("this is no JSON");
      socket.send(Buffer.from([0xff, 0xfe, 0x00]));
      socket.send(
        Buffer.from(JSON.stringify({ type: "conversation.created", event_id: "e", conversation: {} })),
      );
      socket.send(JSON.stringify(unknown));
      socket.send(JSON.stringify({ type: "rate_limits.updated", event_id: "e2", rate_limits: [] }));
    });
    const { session, log, problems } = sessionOn(url);
    await session.open();
    await logged(log, ({ event }) => event.type === "rate_limits.updated");
    expect(types(log).slice(1)).toEqual([
      "session.created",
      "frame.undecodable",
      "frame.undecodable",
      "conversation.created",
      "weather.changed",
      "rate_limits.updated",
    ]);
    expect(log[2]?.event).toMatchObject({ text: "this is no JSON" });
    expect(log[3]?.event).toMatchObject({
      text: expect.stringContaining(Buffer.from([0xff, 0xfe, 0]).toString("base64")),
    });
    expect(log[5]?.event).toEqual(unknown);
    expect(problems.map(({ kind }) => kind)).toEqual(["undecodable", "undecodable"]);
    expect(session.status.state).toBe("ready");
  });

  it("half a session and then vanishes leaves what it sent", async () => {
    const url = await serverThat((socket) => {
      socket.send(greeting);
      socket.send(JSON.stringify({ type: "rate_limits.updated", event_id: "e2", rate_limits: [] }), () =>
        socket.terminate(),
      );
    });
    const { session, log } = sessionOn(url);
    const talk = conversation(session, { live: false });
    await session.open().catch(() => {});
    await logged(log, ({ event }) => event.type === "link.closed");
    expect(types(log).slice(1)).toEqual(["session.created", "rate_limits.updated", "link.closed"]);
    expect(session.status).toMatchObject({ state: "closed", code: 1006, retryable: true });
    expect(talk.state).toMatchObject({ link: "closed", session: { id: "sess_1" } });
  });
});

describe("a frame that is too large", () => {
  it("is refused before it is sent; the session goes on", async () => {
    const received: string[] = [];
    const url = await serverThat((socket) => {
      socket.send(greeting);
      socket.on("message", (data) => void received.push(String(data)));
    });
    const { session, log } = sessionOn(url, { maxFrameBytes: 1000 });
    await session.open();
    const append = (length: number): ClientEvent => ({
      type: "input_audio_buffer.append",
      audio: "A".repeat(length),
    });
    expect(() => session.send(append(2000))).toThrow(expect.objectContaining({ code: "frame_too_large" }));
    expect(() => session.send(append(2000))).toThrow(/1,?000|2,?0\d\d/);
    session.send(append(400));
    while (received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(received).toEqual([JSON.stringify(append(400))]);
    expect(log.filter(({ from }) => from === "client")).toHaveLength(1);
  });
});

describe("a sound file", () => {
  it("of the wrong rate says what it is, what is wanted, and how to convert it", () => {
    const wav = readWav(writeWav({ sampleRateHz: 16000, samples: new Int16Array(160) }));
    expect(() => requireFormat(wav, { sampleRateHz: 24000, channels: 1 }, "question.wav")).toThrow(
      /question\.wav.*16,?000 Hz.*24,?000 Hz.*sox/,
    );
  });
});

describe("a recording that was cut in the middle of a line", () => {
  it("gives all the rest, and says which line is missing", () => {
    const entry: Entry = { at: 1, from: "server", event: { type: "ping" } };
    const whole = [recordingHeader("openai-realtime"), recordingLine(entry), recordingLine(entry)].join("\n");
    const { entries, problems } = readRecording(whole.slice(0, -9));
    expect(entries).toEqual([entry]);
    expect(problems).toMatchObject([{ line: 3, message: /ends in the middle of this line/ }]);
  });
});
