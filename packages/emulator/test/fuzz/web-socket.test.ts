import { once } from "node:events";
import { request } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { Listening } from "../../src/node/listen.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";
import { chance } from "./chance.ts";
import { framePool } from "./frame-pool.ts";

const maxFrameBytes = 200_000;

const service = () =>
  listening({
    maxFrameBytes,
    pace: 1000,
    firstOutputMs: 0,
    maxHeldBytes: 2_000_000,
    maxItems: 100,
    onProblem: (problem) => expect.fail(problem),
  });

/** Resolves when the server has taken all that was sent before, or has closed the connection. */
async function taken({ socket, closed }: ReturnType<typeof client>): Promise<void> {
  if (socket.readyState !== socket.OPEN) return;
  socket.ping();
  await Promise.race([once(socket, "pong"), closed]);
}

/** A new client gets an answer as if nothing had happened. */
async function expectServing({ url }: Listening): Promise<void> {
  const { socket, until, send } = client(`${url}?model=m`, [], withKey);
  await until("session.created");
  send({ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } });
  send({ type: "response.create" });
  await until("response.done");
  const closed = once(socket, "close");
  socket.close();
  await closed;
}

/** The bare socket of a client that has been let in. */
async function bareSocket({ port }: Listening): Promise<Socket> {
  const upgrade = request({
    port,
    path: "/v1/realtime?model=m",
    headers: {
      ...withKey.headers,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    },
  });
  upgrade.end();
  const [, socket] = (await once(upgrade, "upgrade")) as [unknown, Socket];
  // What becomes of it is the point.
  socket.on("error", () => {});
  return socket;
}

/** Text of every kind that is no command, and commands with something wrong. */
const texts: Readonly<Record<string, string>> = {
  nothing: "",
  "half an object": '{"type":"session.update","session":{"type":"real',
  "half a string": '"response.create',
  "deep lists": `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  "deep objects": `${'{"type":'.repeat(20_000)}1${"}".repeat(20_000)}`,
  "a deep session": `{"type":"session.update","session":${'{"audio":'.repeat(15_000)}1${"}".repeat(15_000)}}`,
  "a lone surrogate": '{"type":"\\ud800","event_id":"\\udfff"}',
  "zero bytes": "\0\0\0{}",
  "a long type": JSON.stringify({ type: "x".repeat(150_000) }),
  "a prototype": '{"__proto__":{"type":"response.create"},"type":"constructor"}',
  "many keys": JSON.stringify(
    Object.fromEntries(Array.from({ length: 10_000 }, (_, key) => [`k${key}`, key])),
  ),
  "sound that is none": '{"type":"input_audio_buffer.append","audio":"====AAA\u0000"}',
  "numbers beyond all":
    '{"type":"conversation.item.truncate","item_id":"a","content_index":1e999,"audio_end_ms":-1e999}',
};

describe("a server that is sent anything", () => {
  it.each(Object.entries(texts))(
    "answers %s with an error, and goes on in the same session",
    async (_, text) => {
      const server = await service();
      const { socket, events, until, send } = client(`${server.url}?model=m`, [], withKey);
      await until("session.created");
      socket.send(text);
      await until("error");
      send({ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } });
      send({ type: "response.create" });
      await until("response.done");
      expect(events.filter(({ type }) => type === "error")).toHaveLength(1);
    },
  );

  it("stays up under random frames, text and binary, and answers with what the protocol allows", async () => {
    const server = await service();
    const { legal, illegal } = framePool(20_261_121);
    const random = chance(7);
    let sessions = 0;
    let sent = 0;
    while (sent < 3000) {
      const one = client(`${server.url}?model=m`, [], withKey);
      const { socket } = one;
      await one.until("session.created");
      sessions++;
      for (let count = 0; count < 300 && socket.readyState === socket.OPEN; count++) {
        const pool = random.below(4) === 0 ? illegal : legal;
        const text = pool[random.below(pool.length)] ?? "";
        const isBinary = random.below(20) === 0;
        if (isBinary) socket.send(Buffer.from(text, random.below(2) === 0 ? "latin1" : "utf16le"));
        else socket.send(random.below(30) === 0 ? text.slice(0, random.below(text.length + 1)) : text);
        sent++;
        if (random.below(50) === 0) await taken(one);
      }
      await taken(one);
      // Some go without a word, in the middle of an answer.
      if (random.below(2) === 0) socket.terminate();
      else socket.close();
    }
    expect(sessions).toBeGreaterThanOrEqual(10);
    await expectServing(server);
  }, 60_000);

  it("answers every frame that is nested without end, to the one who sent it", async () => {
    const server = await service();
    const bystander = client(`${server.url}?model=m`, [], withKey);
    await bystander.until("session.created");
    const { socket, events, until } = client(`${server.url}?model=m`, [], withKey);
    await until("session.created");
    const bottomless = "[".repeat(20_000) + "]".repeat(20_000);
    const tools = `[{"type":"function","name":"look","parameters":{"a":${bottomless}}}]`;
    const frames = [
      `{"type":"session.update","session":{"type":"realtime","tools":${tools}}}`,
      `{"type":"response.create","response":{"tools":${tools}}}`,
      `{"type":"conversation.item.create","item":${bottomless}}`,
    ];
    for (const frame of frames) socket.send(frame);
    await until("error", frames.length);
    expect(events.slice(1)).toMatchObject(frames.map(() => ({ error: { code: "nested_too_deep" } })));
    const paths = ["/realtime/client_secrets", "/realtime/translations/client_secrets"];
    for (const path of paths) {
      const body = `{"session":{"type":"realtime","tools":${tools}}}`;
      const { status } = await fetch(`${server.baseUrl}${path}`, { method: "POST", body, ...withKey });
      expect({ path, status }).toEqual({ path, status: 400 });
    }
    await taken(bystander);
    expect(bystander.events).toHaveLength(1);
  });

  it("closes a session whose frames are too large, or no text, and no other", async () => {
    const server = await service();
    const bystander = client(`${server.url}?model=m`, [], withKey);
    await bystander.until("session.created");
    const wrong = [
      { code: 1009, frame: "x".repeat(maxFrameBytes + 1) },
      { code: 1009, frame: Buffer.alloc(maxFrameBytes * 4) },
      { code: 1007, frame: Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x7d]) },
    ];
    for (const { code, frame } of wrong) {
      const { socket, until, closed } = client(`${server.url}?model=m`, [], withKey);
      await until("session.created");
      socket.send(frame, { binary: false });
      expect((await closed).code).toBe(code);
    }
    await taken(bystander);
    expect(bystander.socket.readyState).toBe(bystander.socket.OPEN);
    await expectServing(server);
  });

  it("outlives connections that break every rule of WebSockets, or end within a frame", async () => {
    const server = await service();
    const bytes = {
      "no mask": [0x81, 0x02, 0x7b, 0x7d],
      "reserved bits": [0xf1, 0x82, 1, 2, 3, 4, 0x7b, 0x7d],
      "an unknown opcode": [0x83, 0x80, 1, 2, 3, 4],
      "a long ping": [0x89, 0xfe, 0x01, 0x00, 1, 2, 3, 4],
      "a continuation of nothing": [0x80, 0x80, 1, 2, 3, 4],
      "more than there can be": [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      "half a frame": [0x81, 0xfe, 0x10, 0x00, 1, 2, 3, 4, 0x7b],
      "a close with half a code": [0x88, 0x81, 1, 2, 3, 4, 9],
      "another protocol": [...Buffer.from("GET / HTTP/1.1\r\n\r\n")],
    };
    for (const [name, given] of Object.entries(bytes)) {
      const socket = await bareSocket(server);
      const gone = once(socket, "close");
      socket.resume();
      socket.write(Buffer.from(given));
      if (name === "half a frame") socket.destroy();
      await gone;
    }
    await expectServing(server);
    expect(server.control.sessions().filter(({ ended }) => ended === undefined)).toEqual([]);
  });
});
