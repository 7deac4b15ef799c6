import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Entry, readRecording, realtimeSession } from "@duologue/core";
import { listen } from "@duologue/emulator/node";
import { openaiRealtime } from "@duologue/protocol";
import { nodeWebSocket } from "@duologue/transport-websocket/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { main } from "../../src/main.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "duologue-record-"));
});
afterAll(() => rm(folder, { recursive: true }));

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** `duologue record` in this process: its address once it listens, and how to stop it. */
async function recorder(target: string, ...options: readonly string[]) {
  const file = join(folder, `talk${++files}.jsonl`);
  const stop = Promise.withResolvers<void>();
  const address = Promise.withResolvers<string>();
  const said: string[] = [];
  const running = main(
    ["record", target, file, ...options],
    { out: (text) => address.resolve(text.trim()), err: (text) => void said.push(text) },
    () => stop.promise,
  );
  let code: number | undefined;
  const end = async () => {
    stop.resolve();
    code ??= await running;
    return code;
  };
  cleanups.push(end);
  const url = await Promise.race([
    address.promise,
    running.then((failed) => Promise.reject(new Error(`exit ${failed}: ${said.join("")}`))),
  ]);
  return {
    url,
    file,
    said,
    end,
    read: async (path = file) => readRecording(await readFile(path, "utf8")),
  };
}

/** A server that does what the test says with each client; tells how each asked for it. */
async function serverThat(greets: (socket: WebSocket) => void) {
  const asked: { url: string; headers: Record<string, unknown> }[] = [];
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  server.on("connection", (socket, request) => {
    asked.push({ url: request.url ?? "", headers: request.headers });
    greets(socket);
  });
  cleanups.push(() => {
    for (const socket of server.clients) socket.terminate();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return {
    url: `ws://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1/realtime`,
    asked,
  };
}

const closed = (socket: WebSocket) =>
  new Promise<[number, string]>((resolve) =>
    socket.once("close", (code, reason) => resolve([code, reason.toString()])),
  );

/** The HTTP status with which a dial is refused, and its body. */
const refusal = (url: string, options = {}) =>
  new Promise<[number, string]>((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.once("open", () => reject(new Error("was let in")));
    socket.on("error", () => {});
    socket.once("unexpected-response", (_, response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => {
        resolve([response.statusCode ?? 0, body]);
        socket.terminate();
      });
    });
  });

describe("duologue record", () => {
  it("lets a session talk to the emulator through it, and writes down all of it", async () => {
    const emulator = await listen();
    cleanups.push(() => emulator.close());
    const proxy = await recorder(emulator.url);
    const session = realtimeSession({
      transport: nodeWebSocket({ url: `${proxy.url}?model=gpt-realtime`, apiKey: "sk-secret-key-123456" }),
      protocol: openaiRealtime,
      configure: [{ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } }],
    });
    const log: Entry[] = [];
    session.log$.subscribe((entry) => void log.push(entry));
    await session.open();
    await session.request({
      type: "conversation.item.create",
      item: { type: "message", role: "user", content: [{ type: "input_text", text: "größer 😀\u2028" }] },
    });
    await session.request({ type: "response.create" });
    while (!log.some(({ event }) => event.type === "response.done")) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await session.close();
    expect(await proxy.end()).toBe(0);
    const recording = await proxy.read();
    expect(recording.problems).toEqual([]);
    expect(recording.header).toMatchObject({
      protocol: "openai-realtime",
      model: "gpt-realtime",
      server: emulator.url,
    });
    const events = (entries: readonly Entry[]) =>
      entries.filter(({ from }) => from !== "local").map(({ from, event }) => ({ from, event }));
    const seen = events(recording.entries);
    expect(seen.filter(({ from }) => from === "server").slice(0, events(log).length)).toEqual(
      expect.arrayContaining(events(log).filter(({ from }) => from === "server")),
    );
    expect(seen.filter(({ from }) => from === "client")).toEqual(
      events(log).filter(({ from }) => from === "client"),
    );
    const times = recording.entries.map(({ at }) => at ?? -1);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(recording.entries.at(-1)?.event).toMatchObject({ type: "link.closed", code: 1000 });
    expect(await readFile(proxy.file, "utf8")).not.toContain("secret-key");
  });

  it("changes no byte of what passes, in either direction and of either kind, and keeps the order", async () => {
    const frames: [Buffer, boolean][] = [
      [Buffer.from('{ "type" :"odd",\t"n": 1.0 }'), false],
      [Buffer.from([0xff, 0xfe, 0x00]), true],
      [Buffer.from('{"type":"json.in.bytes"}'), true],
      [Buffer.from("no JSON at all \u2028 😀"), false],
      [Buffer.from("x".repeat(300_000)), false],
      [Buffer.alloc(0), false],
    ];
    const atServer: [Buffer, boolean][] = [];
    const server = await serverThat((socket) => {
      for (const [bytes, binary] of frames) socket.send(bytes, { binary });
      socket.on("message", (data, binary) => {
        atServer.push([Buffer.from(data as Buffer), binary]);
        if (atServer.length === frames.length) socket.close(4001, "enough");
      });
    });
    const proxy = await recorder(server.url);
    const atClient: [Buffer, boolean][] = [];
    const socket = new WebSocket(proxy.url);
    socket.on("message", (data, binary) => void atClient.push([Buffer.from(data as Buffer), binary]));
    socket.on("open", () => {
      for (const [bytes, binary] of frames) socket.send(bytes, { binary });
    });
    expect(await closed(socket)).toEqual([4001, "enough"]);
    expect(atServer).toEqual(frames);
    expect(atClient).toEqual(frames);
    await proxy.end();
    const { entries } = await proxy.read();
    const fromServer = entries.filter(
      ({ from, event }) =>
        from === "server" ||
        (event.type === "frame.undecodable" && "from" in event && event.from === "server"),
    );
    expect(fromServer.map(({ event }) => event.type)).toEqual([
      "odd",
      "frame.undecodable",
      "json.in.bytes",
      "frame.undecodable",
      "frame.undecodable",
      "frame.undecodable",
    ]);
    expect(fromServer[1]?.event).toMatchObject({ text: "binary frame of 3 bytes, base64: //4A" });
    expect(entries.at(-1)?.event).toMatchObject({ code: 4001, reason: "enough" });
  });

  it.each([
    [1000, "bye", [1000, "bye"]],
    [undefined, undefined, [1005, ""]],
    [4321, "größer", [4321, "größer"]],
  ] as const)("passes the client's close %s %s on", async (code, reason, arrives) => {
    const end = Promise.withResolvers<[number, string]>();
    const server = await serverThat((socket) => void closed(socket).then(end.resolve));
    const proxy = await recorder(server.url);
    const socket = new WebSocket(proxy.url);
    socket.on("open", () => socket.close(code, reason));
    expect(await end.promise).toEqual(arrives);
  });

  it("cuts the client off when the server is lost", async () => {
    const server = await serverThat((socket) => socket.terminate());
    const proxy = await recorder(server.url);
    const socket = new WebSocket(proxy.url);
    socket.on("error", () => {});
    expect((await closed(socket))[0]).toBe(1006);
    await proxy.end();
    expect((await proxy.read()).entries.at(-1)?.event).toMatchObject({ type: "link.closed", code: 1006 });
  });

  it("passes on model, key and subprotocols, but not the browser's other business", async () => {
    const server = await serverThat((socket) => socket.close());
    const proxy = await recorder(`${server.url}?model=default&api-version=1`);
    const socket = new WebSocket(`${proxy.url}?model=mine`, ["realtime", "openai-insecure-api-key.k"], {
      headers: {
        Authorization: "Bearer mine",
        "OpenAI-Project": "p",
        Cookie: "session=1",
        Origin: "http://localhost:5173",
      },
    });
    await closed(socket);
    const [{ url, headers } = { url: "", headers: {} }] = server.asked;
    expect(Object.fromEntries(new URL(url, "ws://x").searchParams)).toEqual({
      model: "mine",
      "api-version": "1",
    });
    expect(headers).toMatchObject({
      authorization: "Bearer mine",
      "openai-project": "p",
      "sec-websocket-protocol": "realtime,openai-insecure-api-key.k",
    });
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("origin");
    expect(socket.protocol).toBe("realtime");
  });

  it("uses the key of the environment in place of the client's, and lends it to no page from elsewhere", async () => {
    process.env.DUOLOGUE_TEST_KEY = "from-environment";
    cleanups.push(async () => delete process.env.DUOLOGUE_TEST_KEY);
    const server = await serverThat((socket) => socket.close());
    const proxy = await recorder(server.url, "--key-env", "DUOLOGUE_TEST_KEY");
    const socket = new WebSocket(proxy.url, ["realtime", "openai-insecure-api-key.k"], {
      headers: { Authorization: "Bearer mine", Origin: "http://localhost:5173" },
    });
    await closed(socket);
    expect(server.asked[0]?.headers).toMatchObject({
      authorization: "Bearer from-environment",
      "sec-websocket-protocol": "realtime",
    });
    expect((await refusal(proxy.url, { origin: "https://evil.example" }))[0]).toBe(403);
    expect(server.asked).toHaveLength(1);
    expect(proxy.said.join("")).toContain("a web page from elsewhere");
    await proxy.end();
    expect(await readFile(proxy.file, "utf8")).not.toContain("from-environment");
  });

  it("hands a server's HTTP refusal to the client, and says so; the next client is served", async () => {
    const server = createHttpServer();
    server.on("upgrade", (_, socket) => {
      const body = '{"error":{"message":"no"}}';
      socket.end(
        `HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanups.push(async () => server.close());
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const proxy = await recorder(`http://127.0.0.1:${port}/v1/realtime?key=sk-do-not-show-123`);
    for (let times = 0; times < 2; times++) {
      expect(await refusal(proxy.url)).toEqual([401, '{"error":{"message":"no"}}']);
    }
    expect(proxy.said).toHaveLength(2);
    expect(proxy.said[0]).toContain(`ws://127.0.0.1:${port}/v1/realtime answered 401`);
    expect(proxy.said.join("")).not.toContain("do-not-show");
    expect(await proxy.end()).toBe(0);
    expect((await readdir(folder)).map((name) => join(folder, name))).not.toContain(proxy.file);
  });

  it("answers 502 where nobody listens, and 426 to what is no WebSocket", async () => {
    const probe = createTcpServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => probe.once("listening", resolve));
    const address = probe.address();
    const port = typeof address === "object" ? address?.port : 0;
    await new Promise((resolve) => probe.close(resolve));
    const proxy = await recorder(`ws://127.0.0.1:${port}/`);
    expect((await refusal(proxy.url))[0]).toBe(502);
    expect((await fetch(proxy.url.replace("ws:", "http:"))).status).toBe(426);
  });

  it("gives each client a file of its own, and overwrites none", async () => {
    const server = await serverThat((socket) => socket.on("message", () => socket.close()));
    const proxy = await recorder(server.url);
    for (const name of ["one", "two", "three"]) {
      const socket = new WebSocket(proxy.url);
      socket.on("open", () => socket.send(JSON.stringify({ type: name })));
      await closed(socket);
    }
    await proxy.end();
    const types = async (path: string) =>
      (await proxy.read(path)).entries.flatMap(({ from, event }) => (from === "client" ? [event.type] : []));
    expect(await types(proxy.file)).toEqual(["one"]);
    expect(await types(proxy.file.replace(".jsonl", "-2.jsonl"))).toEqual(["two"]);
    expect(await types(proxy.file.replace(".jsonl", "-3.jsonl"))).toEqual(["three"]);
  });

  it("leaves out sound and words where that is asked for; the client gets them all the same", async () => {
    const spoken = '{"type":"response.output_audio_transcript.delta","delta":"swordfish"}';
    const server = await serverThat((socket) => socket.send(spoken));
    const proxy = await recorder(server.url, "--redact-audio", "--redact-text");
    const socket = new WebSocket(proxy.url);
    const heard = await new Promise((resolve) => socket.once("message", (data) => resolve(String(data))));
    expect(heard).toBe(spoken);
    socket.send('{"type":"input_audio_buffer.append","audio":"q80BAgMEBQY="}');
    socket.close();
    await closed(socket);
    await proxy.end();
    const text = await readFile(proxy.file, "utf8");
    expect(text).not.toMatch(/swordfish|q80B/);
    const { header, entries } = readRecording(text);
    expect(header.redacted).toEqual(["audio", "text"]);
    expect(entries.find(({ from }) => from === "client")?.event).toMatchObject({ audio: "AAAAAAAAAAA=" });
  });

  it("ends its clients' links and keeps their recordings when it is stopped", async () => {
    const server = await serverThat(() => {});
    const proxy = await recorder(server.url);
    const socket = new WebSocket(proxy.url);
    await new Promise((resolve) => socket.once("open", resolve));
    const [end, code] = await Promise.all([closed(socket), proxy.end()]);
    expect(end[0]).toBe(1001);
    expect(code).toBe(0);
    expect((await proxy.read()).entries.at(-1)?.event).toMatchObject({ type: "link.closed", code: 1001 });
    expect(proxy.said.join("")).toMatch(/client 1: 0 frames sent, 0 received, closed by this proxy \(1001\)/);
  });

  it.each([
    [["record"], /Name the server and a file/],
    [["record", "ws://x"], /Name the server and a file/],
    [["record", "nonsense", "f"], /no address/],
    [["record", "ftp://x/", "f"], /cannot be dialled/],
    [["record", "ws://x/", "/no/such/folder/f"], /no folder \/no\/such\/folder/],
    [["record", "ws://x/", "f", "--port", "soon"], /--port takes a number/],
    [["record", "ws://x/", "f", "--key-env", "NO_SUCH_VARIABLE"], /NO_SUCH_VARIABLE/],
  ])("%j is wrong usage", async (args, message) => {
    let err = "";
    const code = await main(args, {
      out() {},
      err: (text) => {
        err += text;
      },
    });
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
