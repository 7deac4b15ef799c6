import { createServer, type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { type BridgeObserver, bridge } from "./bridge.ts";
import { forwardedHeaders, isForeignPage } from "./forwarded-headers.ts";
import { addressFor, shownAddress } from "./target-address.ts";

/** What a proxy needs to know. */
export interface ProxyOptions {
  readonly target: URL;
  readonly port: number;
  readonly host: string;
  /** Takes the place of the client's own key. */
  readonly apiKey?: string | undefined;
  /** Called for each client whose server has answered; gets all that passes. */
  readonly onLink: (dialled: URL) => BridgeObserver;
  /** Told why a client could not be connected, in one sentence without secrets. */
  readonly onRefused: (why: string) => void;
}

/** A proxy that listens. */
export interface RecordingProxy {
  /** Where clients dial. */
  readonly url: string;
  /** Ends every link and frees the port. */
  close(): Promise<void>;
}

const maxPayloadBytes = 256 * 1024 * 1024;
const farewellMs = 1_000;

/**
 * A WebSocket server that stands between clients and a server. It dials for each client before it lets it in, so that
 * a refusal reaches the client as the HTTP answer that it is. Rejects when the port cannot be had.
 */
export async function proxy(options: ProxyOptions): Promise<RecordingProxy> {
  const { target, port, host, apiKey, onLink, onRefused } = options;
  const sockets = new Set<WebSocket>();
  const chosen = new WeakMap<IncomingMessage, string>();
  const server = createServer((_request, response) => {
    response.writeHead(426, { "content-type": "text/plain", upgrade: "websocket" });
    response.end("This is a recording proxy: connect with a WebSocket.\n");
  });
  const clients = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    perMessageDeflate: false,
    handleProtocols: (_offered, request) => chosen.get(request) || false,
  });

  function kept(socket: WebSocket): WebSocket {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    return socket;
  }

  /** Dials for one client, and lets it in once the server has answered. */
  function connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { headers, subprotocols } = forwardedHeaders(request.headers, apiKey);
    const dialled = addressFor(target, request.url ?? "");
    const where = shownAddress(dialled);
    let settled = false;
    const turnAway = (why: string, status: number, body: string | IncomingMessage) => {
      if (settled) return;
      settled = true;
      onRefused(why);
      refuse(socket, status, body);
    };
    const upstream = kept(
      new WebSocket(dialled, [...subprotocols], {
        headers: { ...headers },
        maxPayload: maxPayloadBytes,
        perMessageDeflate: false,
        followRedirects: false,
        handshakeTimeout: 30_000,
      }),
    );
    socket.on("close", () => {
      if (!settled) upstream.terminate();
    });
    upstream.on("unexpected-response", (_request, response) => {
      const status = response.statusCode ?? 502;
      turnAway(`${where} answered ${status}`, status, response);
      response.on("close", () => upstream.terminate());
    });
    upstream.on("error", ({ message }) =>
      turnAway(`${where} cannot be reached: ${message}`, 502, `${where} cannot be reached.\n`),
    );
    upstream.on("open", () => {
      try {
        const observer = onLink(dialled);
        settled = true;
        chosen.set(request, upstream.protocol);
        let joined = false;
        clients.handleUpgrade(request, socket, head, (client) => {
          joined = true;
          bridge(kept(client), upstream, observer);
        });
        if (joined) return;
        upstream.close();
        observer.closed("client", {
          code: 1006,
          reason: "The client left, or asked for no proper WebSocket.",
        });
      } catch (error) {
        upstream.close();
        turnAway(messageOf(error), 500, "The recording cannot be made.\n");
      }
    });
  }

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => {});
    if (apiKey !== undefined && isForeignPage(request.headers)) {
      onRefused("a web page from elsewhere wanted to use the key");
      refuse(socket, 403, "This proxy lends its key to this machine's own programs only.\n");
      return;
    }
    try {
      connect(request, socket, head);
    } catch (error) {
      // Subprotocols that are none, for one: nothing that a client sends may end the proxy.
      onRefused(messageOf(error));
      refuse(socket, 400, "This upgrade cannot be passed on.\n");
    }
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const boundPort = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `ws://${host.includes(":") ? `[${host}]` : host}:${boundPort}${target.pathname}`,
    async close() {
      const gone = Promise.all(
        [...sockets].map((socket) => new Promise<void>((resolve) => socket.once("close", () => resolve()))),
      );
      for (const socket of clients.clients) socket.close(1001, "The recording proxy ends.");
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.terminate();
      }, farewellMs);
      await gone;
      clearTimeout(timer);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Answers an upgrade with an HTTP status and a body, of text or of another answer. */
function refuse(socket: Duplex, status: number, body: string | IncomingMessage): void {
  if (socket.writableEnded || socket.destroyed) return;
  const type = typeof body === "string" ? "text/plain" : (body.headers["content-type"] ?? "text/plain");
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Type: ${type}\r\n\r\n`,
  );
  if (typeof body === "string") socket.end(body);
  else body.pipe(socket);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
