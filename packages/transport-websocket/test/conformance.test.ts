import { readdir, readFile } from "node:fs/promises";
import { type HarnessTransportOptions, type TransportHarness, transportConformance } from "@duologue/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import { webSocket } from "../src/index.ts";
import { nodeWebSocket } from "../src/node.ts";
import { answering, type LocalServer, localServer } from "./local-server.ts";

const source = new URL("../src/", import.meta.url);

const kinds = {
  "webSocket with the runtime's WebSocket": webSocket,
  nodeWebSocket,
} as const;

describe.each(Object.entries(kinds))("%s conforms", (_name, transport) => {
  let server: LocalServer;
  beforeAll(async () => {
    server = await localServer();
  });
  afterAll(() => server.stop());

  const harness = (): TransportHarness => ({
    patienceMs: 10_000,
    transport: (options: HarnessTransportOptions = {}) => transport({ url: server.url, ...options }),
    serve(accept) {
      server.onSocket((socket) => {
        const sink = accept({
          send: (frame) => socket.send(frame),
          close: ({ code, reason }) => socket.close(code, reason),
          break: () => socket.terminate(),
        });
        socket.on("message", (data) => sink.frame(String(data)));
        socket.on("close", (code, reason) => sink.closed({ code, reason: String(reason) }));
      });
    },
    refuse: () => server.onUpgrade(answering("403 Forbidden")),
    stall() {
      const arrived = Promise.withResolvers<void>();
      const gone = Promise.withResolvers<void>();
      server.onUpgrade((socket) => {
        // An HTTP server leaves its side of a socket open: the other side's end is what tells.
        socket.on("end", () => socket.destroy());
        socket.on("close", () => gone.resolve());
        socket.resume();
        arrived.resolve();
      });
      return { arrived: arrived.promise, gone: () => gone.promise };
    },
    resources: () => process.getActiveResourcesInfo(),
    async sources() {
      const files = (await readdir(source)).filter((file) => file.endsWith(".ts"));
      return Promise.all(files.map((file) => readFile(new URL(file, source), "utf8")));
    },
  });

  for (const { id, rule, run } of transportConformance) it(`${id}: ${rule}`, () => run(harness()));
});
