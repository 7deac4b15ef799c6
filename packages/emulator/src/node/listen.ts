import { createServer, type IncomingMessage } from "node:http";
import { type Clock, systemClock } from "@duologue/core";
import { type WebSocket, WebSocketServer } from "ws";
import { type AdmissionOptions, admission, type Upgrade } from "../mouth/admission.ts";
import { type EmulatorOptions, sessions } from "../mouth/sessions.ts";

/** How the server listens, beside how it behaves. */
export interface ListenOptions extends EmulatorOptions, AdmissionOptions {
  /** Default: 0, a free port. */
  readonly port?: number;
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /** How often every client is sent a ping, in milliseconds; `null` never. Default: 20,000. */
  readonly pingMs?: number | null;
}

/** A server that listens. */
export interface Listening {
  /** Where a client dials, without the query that names its model: `ws://127.0.0.1:40123/v1/realtime`. */
  readonly url: string;
  readonly port: number;
  /** Frames of all clients since the start. With a client's own counts they tell whether any is under way. */
  readonly traffic: { readonly sent: number; readonly received: number };
  /** Ends every session and frees the port; nothing is left running when it resolves. Calling it again is harmless. */
  close(): Promise<void>;
}

/** A client may send 15 MiB of audio in one event. */
const maxPayloadBytes = 17 * 1024 * 1024;
const pingPayload = Buffer.from([0, 0, 0, 0]);

/**
 * A Realtime service on a WebSocket of this machine. It accepts every upgrade, on every path, and then turns away who
 * has no key or names no model, as the service does. Rejects when the port cannot be had.
 */
export async function listen(options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = "127.0.0.1", pingMs = 20_000, keys, models, ...behaviour } = options;
  const { clock = systemClock() } = behaviour;
  const openSession = sessions(behaviour);
  const server = createServer((_request, response) => {
    response.writeHead(426, { "content-type": "text/plain", upgrade: "websocket" });
    response.end("This is a Realtime service: connect with a WebSocket.\n");
  });
  const sockets = new WebSocketServer({
    server,
    maxPayload: maxPayloadBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has("realtime") ? "realtime" : false),
  });
  const traffic = { sent: 0, received: 0 };
  sockets.on("connection", (socket, request) => {
    const rules = { ...(keys && { keys }), ...(models && { models }) };
    const arrival = admission(upgradeOf(request), rules);
    const session = openSession(
      {
        send(frame) {
          socket.send(frame);
          traffic.sent++;
        },
        close: (code, reason) => socket.close(code, reason),
      },
      arrival,
    );
    socket.on("message", (data, isBinary) => {
      traffic.received++;
      if (isBinary) session.binary();
      else session.frame(data.toString());
    });
    socket.on("close", () => session.end());
    // A socket that errs closes as well, and that ends the session.
    socket.on("error", () => {});
  });

  await new Promise<void>((resolve, reject) => {
    sockets.once("error", reject);
    server.listen(port, host, resolve);
  });
  // From here on an error of the server concerns one client that was not let in.
  sockets.on("error", () => {});
  const stopPings = pingMs === null ? () => {} : every(clock, pingMs, () => pingAll(sockets.clients));

  const address = server.address();
  const boundPort = typeof address === "object" && address !== null ? address.port : port;
  let closing: Promise<void> | undefined;
  return {
    port: boundPort,
    traffic,
    url: `ws://${host.includes(":") ? `[${host}]` : host}:${boundPort}/v1/realtime`,
    close() {
      closing ??= new Promise((resolve) => {
        stopPings();
        for (const socket of sockets.clients) socket.terminate();
        // The sockets are closed, and their sessions ended, before this calls back.
        sockets.close(() => server.close(() => resolve()));
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

function upgradeOf({ url = "", headers }: IncomingMessage): Upgrade {
  const beta = headers["openai-beta"];
  const offered = headers["sec-websocket-protocol"] ?? "";
  return {
    target: url,
    authorization: headers.authorization,
    beta: Array.isArray(beta) ? beta.join() : beta,
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
