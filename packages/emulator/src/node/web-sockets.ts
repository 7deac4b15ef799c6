import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "@duologue/core";
import { type WebSocket, WebSocketServer } from "ws";
import { chosenSubprotocol, type Upgrade } from "../mouth/admission.ts";
import type { Link } from "../mouth/driver.ts";
import { HttpRefusal, refusalBody } from "../mouth/http-answer.ts";
import type { Seat } from "../mouth/live-session.ts";
import type { RealtimeService } from "../mouth/realtime-service.ts";
import { gatheredWrites } from "./gathered-writes.ts";

/** How the sockets behave. */
export interface WebSocketsOptions {
  /** How often every client is sent a ping, in milliseconds; `null` never. Default: 20,000. */
  readonly pingMs?: number | null | undefined;
  /**
   * A client that has sent nothing, not even a pong, since so many pings is gone, and its connection with it; `null`
   * never. Default: 3.
   */
  readonly maxMissedPongs?: number | null | undefined;
  /** A client's frame may have so many bytes; a larger one ends its connection with code 1009. Default: 17 MiB. */
  readonly maxFrameBytes?: number | undefined;
  /** A client that lets so many bytes wait does not read, and its connection is broken. Default: 256 MiB. */
  readonly maxBufferedBytes?: number | undefined;
  /**
   * Whether `permessage-deflate` is offered, as the service does. Official clients decline it, and it costs time and
   * memory for each connection. Default: `false`.
   */
  readonly compression?: boolean | undefined;
}

/** The WebSockets of a server. */
export interface WebSockets {
  /** Takes the server's `upgrade` events. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly traffic: { readonly sent: number; readonly received: number };
  /**
   * Ends every socket: with code 1001 those that still have none. They are gone when it resolves, also those whose
   * clients do not answer within half a second.
   */
  close(): Promise<void>;
}

/** A client may send 15 MiB of audio in one event. */
const usualMaxFrameBytes = 17 * 1024 * 1024;
const usualMaxBufferedBytes = 256 * 1024 * 1024;
const usualMaxMissedPongs = 3;
/** So long a client has to take what was sent before a cut. */
const longestCutMs = 5_000;
/** So long a client has to answer a close when the server ends. */
const closingMs = 500;
const pingPayload = Buffer.from([0, 0, 0, 0]);

/** Lets clients in by WebSocket. Throws a `RangeError` for options that make no sense. */
export function webSockets(service: RealtimeService, options: WebSocketsOptions): WebSockets {
  const { pingMs = 20_000, maxMissedPongs = usualMaxMissedPongs, compression = false } = options;
  const { maxFrameBytes = usualMaxFrameBytes, maxBufferedBytes = usualMaxBufferedBytes } = options;
  if (pingMs !== null && !(pingMs > 0 && Number.isFinite(pingMs))) {
    throw new RangeError(`pingMs is ${pingMs}; more than 0, or null for never, is wanted`);
  }
  if (maxMissedPongs !== null) atLeastOne("maxMissedPongs", maxMissedPongs);
  atLeastOne("maxFrameBytes", maxFrameBytes);
  atLeastOne("maxBufferedBytes", maxBufferedBytes);
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: compression,
    handleProtocols: (offered) => chosenSubprotocol([...offered]),
  });
  const traffic = { sent: 0, received: 0 };
  /** What is done to each client when a ping is due. */
  const pings = new Set<() => void>();
  const pingAll = () => {
    for (const ping of pings) ping();
  };
  const stopPings = pingMs === null ? () => {} : every(service.clock, pingMs, pingAll);

  function serve(socket: WebSocket, stream: Duplex, enter: (link: Link) => Seat): void {
    const { hold, release } = gatheredWrites(stream);
    /** Frames that the machine has not taken yet. */
    let unwritten = 0;
    let isCut = false;
    let missed = 0;
    const ping = () => {
      if (maxMissedPongs !== null && missed >= maxMissedPongs) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping(pingPayload);
      missed++;
    };
    pings.add(ping);
    const written = () => {
      unwritten--;
      if (isCut && unwritten === 0) stream.end();
    };
    const seat = enter({
      send(frame) {
        if (socket.bufferedAmount > maxBufferedBytes) socket.terminate();
        hold();
        unwritten++;
        socket.send(frame, written);
        traffic.sent++;
      },
      close: (code, reason) => socket.close(code, reason),
      cut() {
        // What was sent before arrives: the connection ends behind it, and no close frame says so.
        release();
        isCut = true;
        pings.delete(ping);
        if (unwritten === 0) stream.end();
        const stopWaiting = service.clock.after(longestCutMs, () => socket.terminate());
        socket.once("close", stopWaiting);
      },
    });
    stream.on("data", () => {
      missed = 0;
    });
    socket.on("message", (data, isBinary) => {
      traffic.received++;
      if (isBinary) seat.binary();
      else seat.frame(data.toString());
    });
    socket.on("close", (code, reason) => {
      pings.delete(ping);
      seat.end(code, reason.toString());
    });
    // A socket that errs closes as well, and that ends its place.
    socket.on("error", () => {});
  }

  return {
    traffic,
    upgrade(request, socket, head) {
      socket.on("error", () => {});
      const enter = service.admit(upgradeOf(request));
      if (enter instanceof HttpRefusal) {
        socket.end(refusalText(enter));
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => serve(client, socket, enter));
    },
    close() {
      stopPings();
      for (const socket of server.clients) socket.close(1001);
      // A clock that was handed in may stand still, and whoever closes the server is not to wait for it.
      const tooLate = setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, closingMs);
      return new Promise((resolve) =>
        server.close(() => {
          clearTimeout(tooLate);
          resolve();
        }),
      );
    },
  };
}

function upgradeOf({ url = "", headers }: IncomingMessage): Upgrade {
  const only = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join() : value);
  const offered = headers["sec-websocket-protocol"] ?? "";
  return {
    target: url,
    authorization: headers.authorization,
    apiKey: only(headers["api-key"]),
    beta: only(headers["openai-beta"]),
    subprotocols: offered
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  };
}

/** The answer to an upgrade that is refused, which ends its connection. */
function refusalText(refused: HttpRefusal): string {
  const body = `${JSON.stringify(refusalBody(refused))}\n`;
  const head = [
    `HTTP/1.1 ${refused.status} Refused`,
    "Connection: close",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

function atLeastOne(name: string, number: number): void {
  if (Number.isInteger(number) && number >= 1) return;
  throw new RangeError(`${name} is ${number}; a whole number from 1 on is wanted`);
}

function every(clock: Clock, periodMs: number, run: () => void): () => void {
  const again = (): (() => void) =>
    clock.after(periodMs, () => {
      cancel = again();
      run();
    });
  let cancel = again();
  return () => cancel();
}
