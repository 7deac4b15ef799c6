import { virtualClock } from "@duologue/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket as ServerSocket } from "ws";
import { webSocket } from "../src/index.ts";
import { nodeWebSocket } from "../src/node.ts";
import type { SocketSettings } from "../src/socket-settings.ts";
import { diary } from "./diary.ts";
import { deafUpgrade, type LocalServer, localServer } from "./local-server.ts";

let server: LocalServer;
beforeEach(async () => {
  server = await localServer();
});
afterEach(() => server.stop());

const kinds = { webSocket, nodeWebSocket } as const;

describe.each(Object.entries(kinds))("a connection of %s", (name, transport) => {
  /** An open connection, the server's socket, and what the sink was given. */
  async function link(settings: SocketSettings = {}) {
    const accepted = Promise.withResolvers<ServerSocket>();
    server.onSocket((socket) => accepted.resolve(socket));
    const own = diary();
    const connection = await transport({ url: server.url, ...settings }).open(own.sink);
    return { connection, own, peer: await accepted.promise };
  }

  it("delivers binary messages as text, in order among the others", async () => {
    const { own, peer, connection } = await link();
    peer.send("text");
    peer.send(Buffer.from('{"type":"binary JSON \u{1f600}"}'));
    peer.send(Uint8Array.of(0xff, 0x00, 0xfe));
    peer.send(Buffer.alloc(0));
    peer.send("\ufeffbyte order mark".slice(1));
    peer.send(Buffer.from("\ufeffkept"));
    await own.has(6);
    expect(own.frames).toEqual([
      "text",
      '{"type":"binary JSON \u{1f600}"}',
      "binary frame of 3 bytes, base64: /wD+",
      "",
      "byte order mark",
      "\ufeffkept",
    ]);
    await connection.close();
  });

  it("says how much it takes, and refuses more before anything is sent", async () => {
    expect((await link()).connection.maxFrameBytes).toBe(16 * 1024 * 1024);
    const { connection, peer } = await link({ maxFrameBytes: 10 });
    const received: string[] = [];
    peer.on("message", (data) => received.push(String(data)));
    for (const frame of ["12345678901", "€€€€", "\u{1f600}\u{1f600}\u{1f600}", "\ud800\ud800\ud800\ud800"]) {
      expect(() => connection.send(frame)).toThrow(expect.objectContaining({ code: "frame_too_large" }));
      expect(() => connection.send(frame)).toThrow(/1[12] bytes exceeds the WebSocket's limit of 10/);
    }
    for (const frame of ["1234567890", "€€€1", "\u{1f600}\u{1f600}12", "ab"]) connection.send(frame);
    await connection.close();
    expect(received).toEqual(["1234567890", "€€€1", "\u{1f600}\u{1f600}12", "ab"]);
  });

  it("closes with any code it is given, as far as applications may send it, and a reason cut to fit", async () => {
    const sent = [
      [{ code: 3000 }, 3000, ""],
      [{ code: 4999, reason: "bye" }, 4999, "bye"],
      [{ code: 1001, reason: "going away" }, 1000, "going away"],
      [{ code: 1006 }, 1000, ""],
      [{ code: 5000 }, 1000, ""],
      [{ code: Number.NaN }, 1000, ""],
      [{ code: 4000, reason: "x".repeat(200) }, 4000, "x".repeat(123)],
      [{ code: 4000, reason: `${"x".repeat(122)}€` }, 4000, "x".repeat(122)],
      [{ code: 4000, reason: `${"x".repeat(120)}€!` }, 4000, `${"x".repeat(120)}€`],
    ] as const;
    for (const [info, code, reason] of sent) {
      const { connection, peer } = await link();
      const closed = new Promise((resolve) => peer.on("close", (...args) => resolve(args.map(String))));
      await connection.close(info);
      expect(await closed).toEqual([String(code), reason]);
    }
  });

  it("passes on the codes by which the service refuses", async () => {
    for (const [code, reason] of [
      [3000, "invalid_request_error.invalid_api_key"],
      [4000, "invalid_request_error.invalid_model"],
    ] as const) {
      const { own, peer } = await link();
      peer.close(code, reason);
      expect(await own.ended).toEqual({ code, reason });
    }
    const { own, peer } = await link();
    peer.close();
    expect((await own.ended).code).toBe(1005);
  });

  it("drops a peer that does not answer the close, and reports 1006", async () => {
    const clock = virtualClock();
    server.onUpgrade(deafUpgrade);
    const { sink, ends } = diary();
    const settings = { url: server.url, clock, closeTimeoutMs: 700 };
    const connection = await transport(settings).open(sink);
    const closing = connection.close({ code: 4001, reason: "unanswered" });
    await clock.advance(699);
    expect(ends).toEqual([]);
    expect(connection.close()).toBe(closing);
    await clock.advance(1);
    await closing;
    expect(ends).toEqual([{ code: 1006, reason: "the peer did not answer the close within 700 ms" }]);
    expect(connection.bufferedAmount).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it("reports to the console what a sink throws where nobody asked to be told", async () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    const bad = new Error("on purpose");
    server.onSocket((socket) => socket.send("hello"));
    const { promise, resolve } = Promise.withResolvers<void>();
    const connection = await transport({ url: server.url }).open({
      frame() {
        resolve();
        throw bad;
      },
      closed() {},
    });
    await promise;
    await connection.close();
    expect(told.mock.calls.map(([, error]) => error)).toEqual([bad]);
    told.mockRestore();
  });

  it("reports a broken protocol as a loss, and nothing ends the process", async () => {
    const own = diary();
    server.onUpgrade((socket, request, head) => {
      deafUpgrade(socket, request, head);
      socket.write(Uint8Array.of(0x8b, 0x00));
      socket.end();
    });
    await transport({ url: server.url }).open(own.sink);
    expect([1002, 1006], name).toContain((await own.ended).code);
  });
});

describe("a connection of nodeWebSocket", () => {
  it("is lost where the peer is gone without a word", async () => {
    const clock = virtualClock();
    const gone = Promise.withResolvers<void>();
    server.onUpgrade((socket, request, head) => {
      deafUpgrade(socket, request, head);
      socket.on("end", () => gone.resolve());
    });
    const { sink, ends, frames } = diary();
    const settings = { url: server.url, clock, pingMs: 2_000, pongTimeoutMs: 500 };
    const connection = await nodeWebSocket(settings).open(sink);
    await clock.advance(2_499);
    expect(ends).toEqual([]);
    await clock.advance(1);
    expect(ends).toEqual([{ code: 1006, reason: "no sign of life within 500 ms of a ping" }]);
    expect(frames).toEqual([]);
    expect(() => connection.send("x")).toThrow(expect.objectContaining({ code: "closed" }));
    expect(clock.pending).toBe(0);
    await Promise.all([gone.promise, connection.close()]);
  });

  it("lives on where the peer answers, and is pinged as often as it says", async () => {
    const clock = virtualClock();
    const accepted = Promise.withResolvers<ServerSocket>();
    server.onSocket((socket) => accepted.resolve(socket));
    const own = diary();
    const connection = await nodeWebSocket({ url: server.url, clock }).open(own.sink);
    const peer = await accepted.promise;
    for (const round of [1, 2, 3]) {
      const pinged = new Promise<void>((resolve) => peer.once("ping", () => resolve()));
      await clock.advance(15_000);
      await pinged;
      // The pong went before this frame, so that it has come when the frame has.
      peer.send(`after the pong ${round}`);
      await own.has(round);
    }
    expect([own.ends, clock.pending]).toEqual([[], 1]);
    await connection.close();
    expect(clock.pending).toBe(0);
  });

  it("takes a server's own pings for a sign of life", async () => {
    const clock = virtualClock();
    const accepted = Promise.withResolvers<ServerSocket>();
    server.onSocket((socket) => {
      socket.pong = () => {};
      accepted.resolve(socket);
    });
    const own = diary();
    const settings = { url: server.url, clock, pingMs: 1_000, pongTimeoutMs: 1_000 };
    const connection = await nodeWebSocket(settings).open(own.sink);
    const peer = await accepted.promise;
    const pinged = new Promise<void>((resolve) => peer.once("ping", () => resolve()));
    await clock.advance(1_000);
    await pinged;
    const answered = new Promise<void>((resolve) => peer.once("pong", () => resolve()));
    peer.ping();
    await answered;
    await clock.advance(1_500);
    expect(own.ends).toEqual([]);
    await connection.close();
  });

  it("is refused where pings have no sensible time", () => {
    for (const times of [
      { pingMs: 0 },
      { pingMs: Number.NaN },
      { pongTimeoutMs: -1 },
      { pongTimeoutMs: 1 / 0 },
    ]) {
      expect(() => nodeWebSocket({ url: server.url, ...times })).toThrow(
        expect.objectContaining({ code: "invalid_argument" }),
      );
    }
  });

  it("is not pinged where that was switched off", async () => {
    const clock = virtualClock();
    server.onUpgrade(deafUpgrade);
    const own = diary();
    const settings = { url: server.url, clock, pingMs: Number.POSITIVE_INFINITY };
    const connection = await nodeWebSocket(settings).open(own.sink);
    expect(clock.pending).toBe(0);
    const closing = connection.close();
    await clock.advance(5_000);
    await closing;
  });

  it("ends when a frame is larger than it receives, and says so", async () => {
    server.onSocket((socket) => socket.send("x".repeat(1_001)));
    const own = diary();
    await nodeWebSocket({ url: server.url, maxReceivedBytes: 1_000 }).open(own.sink);
    expect(await own.ended).toEqual({ code: 1006, reason: "Max payload size exceeded" });
    expect(own.frames).toEqual([]);
  });

  it("tears the TCP connection down when the close is not answered", async () => {
    const clock = virtualClock();
    const gone = Promise.withResolvers<void>();
    server.onUpgrade((socket, request, head) => {
      deafUpgrade(socket, request, head);
      socket.on("end", () => gone.resolve());
    });
    const connection = await nodeWebSocket({ url: server.url, clock }).open(diary().sink);
    const closing = connection.close();
    await clock.advance(5_000);
    await Promise.all([closing, gone.promise]);
  });
});
