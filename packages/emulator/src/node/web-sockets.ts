import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "@duologue/core";
import { type WebSocket, WebSocketServer } from "ws";
import type { Upgrade } from "../mouth/admission.ts";
import type { Link } from "../mouth/driver.ts";
import type { Seat } from "../mouth/live-session.ts";
import type { RealtimeService } from "../mouth/realtime-service.ts";
import { gatheredWrites } from "./gathered-writes.ts";

/** How the sockets behave. */
export interface WebSocketsOptions {
  readonly pingMs?: number | null;
  readonly maxFrameBytes?: number;
}

/** The WebSockets of a server. */
export interface WebSockets {
  /** Takes the server's `upgrade` events. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly traffic: { readonly sent: number; readonly received: number };
  /** Ends every socket; they are gone when it resolves. */
  close(): Promise<void>;
}

/** A client may send 15 MiB of audio in one event. */
const usualMaxFrameBytes = 17 * 1024 * 1024;
/** A client that lets so much wait does not read any more. */
const mostBufferedBytes = 256 * 1024 * 1024;
const pingPayload = Buffer.from([0, 0, 0, 0]);

/** Lets clients in by WebSocket. Throws a `RangeError` for options that make no sense. */
export function webSockets(service: RealtimeService, options: WebSocketsOptions): WebSockets {
  const { pingMs = 20_000, maxFrameBytes = usualMaxFrameBytes } = options;
  if (pingMs !== null && !(pingMs > 0 && Number.isFinite(pingMs))) {
    throw new RangeError(`pingMs is ${pingMs}; more than 0, or null for never, is wanted`);
  }
  if (!(Number.isInteger(maxFrameBytes) && maxFrameBytes >= 1)) {
    throw new RangeError(`maxFrameBytes is ${maxFrameBytes}; a whole number from 1 on is wanted`);
  }
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has("realtime") ? "realtime" : false),
  });
  const traffic = { sent: 0, received: 0 };
  const stopPings = pingMs === null ? () => {} : every(service.clock, pingMs, () => pingAll(server.clients));

  function serve(socket: WebSocket, stream: Duplex, enter: (link: Link) => Seat): void {
    const { hold, release } = gatheredWrites(stream);
    const seat = enter({
      send(frame) {
        if (socket.bufferedAmount > mostBufferedBytes) socket.terminate();
        hold();
        socket.send(frame);
        traffic.sent++;
      },
      close: (code, reason) => socket.close(code, reason),
      cut() {
        // What was sent before is on its way.
        release();
        socket.terminate();
      },
    });
    socket.on("message", (data, isBinary) => {
      traffic.received++;
      if (isBinary) seat.binary();
      else seat.frame(data.toString());
    });
    socket.on("close", (code, reason) => seat.end(code, reason.toString()));
    // A socket that errs closes as well, and that ends its place.
    socket.on("error", () => {});
  }

  return {
    traffic,
    upgrade(request, socket, head) {
      socket.on("error", () => {});
      const enter = service.admit(upgradeOf(request));
      if (enter === undefined) {
        // As the service answers where the call is over or was never there.
        socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => serve(client, socket, enter));
    },
    close() {
      stopPings();
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
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

function pingAll(clients: ReadonlySet<WebSocket>): void {
  for (const socket of clients) if (socket.readyState === socket.OPEN) socket.ping(pingPayload);
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
