import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { FromDriver, ToDriver } from "./control-messages.ts";

/** The drivers' way to this test: pages and scripts for browsers, a control channel, and peers to dial. */
export interface PeerServer {
  readonly origin: string;
  readonly controlUrl: string;
  readonly peersUrl: string;
  /** What is served from now on under `/driver.js`. */
  script: string;
  /** The driver that reports here, whether it has done so already or not. */
  readonly driver: Promise<Driver>;
  stop(): Promise<void>;
}

/** A runtime that does what it is told. */
export interface Driver {
  readonly userAgent: string;
  /** Resolves with what came of it; rejects with what it threw. */
  run(name: string): Promise<unknown>;
}

/** Nothing may be made from strings, and nothing loaded from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self' ws://127.0.0.1:*";

const pages: Readonly<Record<string, string>> = {
  "/page": '<!doctype html><title>page</title><script type="module" src="/driver.js"></script>',
  "/worker": '<!doctype html><title>worker</title><script type="module" src="/start-worker.js"></script>',
};

/** Starts the server on a free port of this machine. */
export async function peerServer(): Promise<PeerServer> {
  const sockets = new Set<Duplex>();
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  let control: WebSocket | undefined;
  const reported = Promise.withResolvers<Driver>();
  let links = 0;
  const open = new Map<number, WebSocket>();

  const server = createServer(({ url = "" }, response) => {
    const page = pages[url];
    const script = url === "/driver.js" ? self.script : url === "/start-worker.js" ? startWorker : undefined;
    const type = page === undefined ? "text/javascript" : "text/html";
    response.writeHead(page === undefined && script === undefined ? 404 : 200, {
      "content-type": `${type}; charset=utf-8`,
      "content-security-policy": policy,
    });
    response.end(page ?? script);
  });
  server.on("connection", (socket) => sockets.add(socket));
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => {});
    if (request.url === "/control") {
      webSockets.handleUpgrade(request, socket, head, (made) => {
        control = made;
        direct(made);
      });
    } else peer(request, socket, head);
  });

  const tell = (message: ToDriver) => control?.send(JSON.stringify(message));

  /** `/peers/<harness>/serve`, `/peers/<harness>/refuse`, `/peers/<harness>/stall/<number>` */
  function peer(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [, , harnessName, mode, stallName] = (request.url ?? "").split("/");
    const harness = Number(harnessName);
    if (mode === "refuse") {
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    } else if (mode === "stall") {
      const stall = Number(stallName);
      for (const event of ["end", "close"])
        socket.on(event, () => tell({ kind: "given up", harness, stall }));
      socket.resume();
      tell({ kind: "stalled", harness, stall });
    } else {
      webSockets.handleUpgrade(request, socket, head, (made) => serve(harness, made));
    }
  }

  function serve(harness: number, socket: WebSocket): void {
    links += 1;
    const link = links;
    open.set(link, socket);
    socket.on("error", () => {});
    socket.on("message", (data) => tell({ kind: "frame", harness, link, text: String(data) }));
    socket.on("close", (code, reason) => {
      open.delete(link);
      tell({ kind: "closed", harness, link, code, reason: String(reason) });
    });
    tell({ kind: "accepted", harness, link });
  }

  function direct(socket: WebSocket): void {
    const running = new Map<number, PromiseWithResolvers<unknown>>();
    let runs = 0;
    socket.on("error", () => {});
    socket.on("close", () => {
      for (const { reject } of running.values()) reject(new Error("The runtime went away."));
    });
    socket.on("message", (data) => {
      // Written by the driver, in this form.
      const message = JSON.parse(String(data)) as FromDriver;
      if (message.kind === "ready") {
        reported.resolve({ userAgent: message.userAgent, run });
      } else if (message.kind === "ran") {
        const { error } = message;
        if (error === undefined) running.get(message.run)?.resolve(message.result);
        else running.get(message.run)?.reject(new Error(error));
        running.delete(message.run);
      } else if (message.kind === "send") open.get(message.link)?.send(message.text);
      else if (message.kind === "break") open.get(message.link)?.terminate();
      else open.get(message.link)?.close(message.code, message.reason);
    });
    const run = (name: string): Promise<unknown> => {
      runs += 1;
      const outcome = Promise.withResolvers<unknown>();
      running.set(runs, outcome);
      tell({ kind: "run", run: runs, name });
      return outcome.promise;
    };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const self: PeerServer = {
    origin: `http://127.0.0.1:${port}`,
    controlUrl: `ws://127.0.0.1:${port}/control`,
    peersUrl: `ws://127.0.0.1:${port}/peers`,
    script: "",
    driver: reported.promise,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return self;
}

const startWorker = 'new Worker("/driver.js", { type: "module" });';
