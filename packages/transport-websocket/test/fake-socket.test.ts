import { runInNewContext } from "node:vm";
import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { WebSocket as WsWebSocket } from "ws";
import { type SocketEvent, type SocketLike, type WebSocketOptions, webSocket } from "../src/index.ts";
import { diary, failure } from "./diary.ts";
import { localServer } from "./local-server.ts";

/** A socket that does what a test says, and writes down what it is told. */
class FakeSocket implements SocketLike {
  static made = Promise.withResolvers<FakeSocket>();
  readyState = 0;
  bufferedAmount = 7;
  protocol = "";
  binaryType = "blob";
  readonly told: string[] = [];
  readonly listeners: { type: string; listener: (event: SocketEvent) => void }[] = [];

  constructor(url: string, protocols: string[] = []) {
    this.told.push(`dial ${url} ${protocols.join(" ")}`.trim());
    FakeSocket.made.resolve(this);
  }
  send(data: string) {
    this.told.push(`send ${data}`);
  }
  close(...args: unknown[]) {
    this.told.push(`close ${args.join(" ")}`.trim());
    this.readyState = 2;
  }
  addEventListener(type: string, listener: (event: SocketEvent) => void) {
    this.listeners.push({ type, listener });
  }
  emit(type: string, event: Omit<SocketEvent, "type"> = {}) {
    if (type === "open") this.readyState = 1;
    if (type === "close") this.readyState = 3;
    for (const { type: wanted, listener } of [...this.listeners]) {
      if (wanted === type) listener({ type, ...event });
    }
  }
}

const url = "wss://host.example/v1/realtime";

/** A dial that has reached its socket. */
async function dial(options: Partial<WebSocketOptions> = {}, signal?: AbortSignal) {
  FakeSocket.made = Promise.withResolvers();
  const own = diary();
  const transport = webSocket({ url, WebSocket: FakeSocket, ...options });
  const opening = transport.open(own.sink, signal === undefined ? {} : { signal });
  opening.catch(() => {});
  return { own, opening, socket: await FakeSocket.made.promise };
}

/** A connection whose socket has opened. */
async function opened(options: Partial<WebSocketOptions> = {}) {
  const { own, opening, socket } = await dial(options);
  socket.emit("open");
  return { own, socket, connection: await opening };
}

describe("webSocket with a WebSocket that is handed in", () => {
  it("asks for binary messages as bytes, and closes with the code and the reason", async () => {
    const { socket, connection } = await opened();
    expect(socket.binaryType).toBe("arraybuffer");
    connection.send("x");
    void connection.close({ code: 4001, reason: "done" });
    expect(socket.told).toEqual([`dial ${url}`, "send x", "close 4001 done"]);
  });

  it("takes the class of ws", async () => {
    const server = await localServer();
    server.onSocket((socket) => socket.send(Buffer.from("as bytes")));
    const own = diary();
    const transport = webSocket({ url: server.url, apiKey: "ek_abc", WebSocket: WsWebSocket });
    const connection = await transport.open(own.sink);
    await own.has(1);
    expect(own.frames).toEqual(["as bytes"]);
    await connection.close();
    await server.stop();
  });

  it("drops a socket that opens after the abort", async () => {
    const abort = new AbortController();
    const { own, opening, socket } = await dial({}, abort.signal);
    abort.abort();
    expect((await failure(opening)).code).toBe("aborted");
    expect(socket.told.at(-1)).toBe("close");
    socket.emit("open");
    socket.emit("message", { data: "too late" });
    socket.emit("close", { code: 1000, reason: "" });
    expect(socket.told.filter((told) => told === "close")).toHaveLength(2);
    expect([own.frames, own.ends]).toEqual([[], []]);
  });

  it("rejects where the constructor throws, and repeats no secret of what it says", async () => {
    class Throwing extends FakeSocket {
      constructor(to: string, protocols: string[] = []) {
        super(to, protocols);
        throw new SyntaxError(`The subprotocol '${protocols[1]}' is invalid.`);
      }
    }
    const { opening } = await dial({ WebSocket: Throwing, apiKey: "ek_very_secret" });
    const error = await failure(opening);
    expect(error.code).toBe("connect_failed");
    expect(error.message).toContain("The subprotocol 'openai-insecure-api-key.***' is invalid");
    expect(error.cause).toBeUndefined();
  });

  it("rejects where the socket errs or closes before it opens, once", async () => {
    const cause = new Error("no route");
    const erring = await dial();
    erring.socket.emit("error", { error: cause, message: "no route" });
    erring.socket.emit("close", { code: 1006, reason: "" });
    expect(await failure(erring.opening)).toMatchObject({ code: "connect_failed", cause });
    expect((await failure(erring.opening)).message).toContain(`Could not open ${url}: no route. Check`);
    const closing = await dial();
    closing.socket.emit("close", { code: 1002, reason: "what?" });
    expect((await failure(closing.opening)).message).toContain("closed before it was open (1002 what?)");
    expect(closing.own.ends).toEqual([]);
  });

  it("says what to check where the runtime hides why", async () => {
    const { opening, socket } = await dial();
    socket.emit("error");
    expect((await failure(opening)).message).toMatch(/does not say why\. Check that the server runs/);
  });

  it("delivers nothing after the end, and ends once", async () => {
    const { own, socket } = await opened();
    socket.emit("message", { data: "one" });
    socket.emit("error", { message: "read ECONNRESET" });
    socket.emit("close", { code: 1006, reason: "" });
    socket.emit("message", { data: "two" });
    socket.emit("close", { code: 1000, reason: "" });
    expect(own.frames).toEqual(["one"]);
    expect(own.ends).toEqual([{ code: 1006, reason: "read ECONNRESET" }]);
  });

  it.each([{}, { code: 0 }, { code: 0, reason: "" }])(
    "takes a close event of %j for a loss",
    async (event) => {
      const { own, socket } = await opened();
      socket.emit("error", { message: "connection reset" });
      socket.emit("close", event);
      expect(own.ends).toEqual([{ code: 1006, reason: "connection reset" }]);
    },
  );

  it("does not send while the socket is closing of its own accord", async () => {
    const { socket, connection } = await opened();
    socket.readyState = 2;
    expect(() => connection.send("x")).toThrow(expect.objectContaining({ code: "closed" }));
    expect(socket.told).toEqual([`dial ${url}`]);
  });

  it("tells the socket's own bufferedAmount while there is a connection", async () => {
    const { socket, connection } = await opened();
    expect(connection.bufferedAmount).toBe(7);
    socket.emit("close", { code: 1000, reason: "" });
    expect(connection.bufferedAmount).toBe(0);
  });

  it("closes once, with one timer, however often it is told to", async () => {
    const clock = virtualClock();
    const { own, socket, connection } = await opened({ clock });
    const closing = [connection.close({ code: 4001 }), connection.close({ code: 4002 }), connection.close()];
    expect(socket.told.slice(1)).toEqual(["close 4001"]);
    expect(clock.pending).toBe(1);
    socket.emit("close", { code: 4001, reason: "" });
    await Promise.all(closing);
    expect(clock.pending).toBe(0);
    expect(own.ends).toEqual([{ code: 4001, reason: "" }]);
  });

  it("makes no socket when aborted between the answer of a function and the dial", async () => {
    let made = 0;
    class Counting extends FakeSocket {
      constructor(to: string) {
        super(to);
        made += 1;
      }
    }
    const abort = new AbortController();
    const asked = Promise.withResolvers<string>();
    const transport = webSocket({ url: () => asked.promise, WebSocket: Counting });
    const opening = failure(transport.open(diary().sink, { signal: abort.signal }));
    asked.resolve(url);
    abort.abort();
    expect((await opening).code).toBe("aborted");
    // A turn of the event loop lets all that the answer set in motion happen.
    await virtualClock().advance(0);
    expect(made).toBe(0);
  });

  it("ends all the same where the socket cannot even close", async () => {
    const clock = virtualClock();
    const { own, socket, connection } = await opened({ clock });
    socket.close = () => {
      throw new Error("out of order");
    };
    await connection.close();
    expect(own.ends).toEqual([{ code: 1006, reason: "Error: out of order" }]);
    expect(clock.pending).toBe(0);
  });

  it("reads Blobs in order where the socket gives them in spite of what it was told", async () => {
    const { own, socket } = await opened();
    socket.emit("message", { data: new Blob(["one"]) });
    socket.emit("message", { data: "two" });
    socket.emit("message", { data: new Blob([Uint8Array.of(0xff, 0x00)]) });
    socket.emit("close", { code: 1000, reason: "all said" });
    expect([own.frames, own.ends]).toEqual([[], []]);
    expect(await own.ended).toEqual({ code: 1000, reason: "all said" });
    expect(own.frames).toEqual(["one", "two", "binary frame of 2 bytes, base64: /wA="]);
  });

  it("resolves a close behind the Blobs that came before it", async () => {
    const { own, socket, connection } = await opened();
    socket.emit("message", { data: new Blob(["last words"]) });
    const closing = connection.close();
    socket.emit("close", { code: 1000, reason: "" });
    await closing;
    expect([own.frames, own.ends.length]).toEqual([["last words"], 1]);
  });

  it("takes bytes of another realm for bytes", async () => {
    const { own, socket } = await opened();
    const foreign: unknown = runInNewContext("Uint8Array.of(104, 105).buffer");
    expect(foreign instanceof ArrayBuffer).toBe(false);
    socket.emit("message", { data: foreign });
    expect(own.frames).toEqual(["hi"]);
  });

  it("reports what is neither text nor bytes", async () => {
    const { own, socket } = await opened();
    socket.emit("message", { data: new Date(0) });
    expect(own.frames).toEqual(["frame of an unknown kind: [object Date]"]);
  });
});
