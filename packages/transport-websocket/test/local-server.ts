import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

/** What a server does with an upgrade. */
export type Upgrade = (socket: Duplex, request: IncomingMessage, head: Buffer) => void;

/** An HTTP server on a free port of this machine whose upgrades do as a test says. */
export interface LocalServer {
  readonly url: string;
  readonly port: number;
  /** Every upgrade that came. */
  readonly requests: readonly IncomingMessage[];
  /** What to do with upgrades from now on. */
  onUpgrade(upgrade: Upgrade): void;
  /** Accepts upgrades from now on, choosing the first subprotocol that is offered. */
  onSocket(accept: (socket: WebSocket, request: IncomingMessage) => void): void;
  stop(): Promise<void>;
}

/** Starts a local server; `server` is a TLS server where that is wanted. */
export async function localServer(server: Server = createServer(), scheme = "ws"): Promise<LocalServer> {
  const sockets = new Set<Duplex>();
  const requests: IncomingMessage[] = [];
  const webSockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  let upgraded: Upgrade = (socket) => socket.destroy();
  server.on("connection", (socket) => sockets.add(socket));
  server.on("upgrade", (request, socket, head) => {
    requests.push(request);
    socket.on("error", () => {});
    upgraded(socket, request, head);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}/v1/realtime`,
    port,
    requests,
    onUpgrade(upgrade) {
      upgraded = upgrade;
    },
    onSocket(accept) {
      upgraded = (socket, request, head) =>
        webSockets.handleUpgrade(request, socket, head, (webSocket) => {
          webSocket.on("error", () => {});
          accept(webSocket, request);
        });
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Answers an upgrade with 101 and from then on with nothing at all. */
export const deafUpgrade: Upgrade = (socket, request) => {
  const key = request.headers["sec-websocket-key"] ?? "";
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.resume();
};

/** Answers an upgrade with an HTTP status instead. */
export const answering =
  (status: string, body = "", headers: readonly string[] = []): Upgrade =>
  (socket) => {
    const lines = [`HTTP/1.1 ${status}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers];
    socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
  };

/**
 * A port of this machine where nothing listens, nor comes to do so: it is this end of a connection to `server`, and goes
 * with that.
 */
export async function deafPort(server: LocalServer): Promise<number> {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket.localPort ?? 0;
}
