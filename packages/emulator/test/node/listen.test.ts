import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { ServerEvent } from "@duologue/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import { type Listening, type ListenOptions, listen } from "../../src/node/listen.ts";
import { one, typesOf } from "../support/conversation.ts";

const open: Listening[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function listening(options: ListenOptions = {}): Promise<Listening> {
  const server = await listen(options);
  open.push(server);
  return server;
}

/** A client that keeps what comes; `until` waits for an event of a type, `closed` for the end. */
function client(url: string, protocols: string[] = [], options: ClientOptions = {}) {
  const socket = new WebSocket(url, protocols, options);
  const events: ServerEvent[] = [];
  const watchers = new Set<() => void>();
  socket.on("message", (data) => {
    events.push(JSON.parse(data.toString()) as ServerEvent);
    for (const watch of watchers) watch();
  });
  const closed = once(socket, "close").then(([code, reason]) => ({ code, reason: String(reason) }));
  const until = (type: ServerEvent["type"]) =>
    new Promise<void>((resolve) => {
      const watch = () => {
        if (!events.some((event) => event.type === type)) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    });
  return { socket, events, closed, until };
}

const withKey = { headers: { authorization: "Bearer sk-test" } };

describe("listen", () => {
  it("serves a whole turn to a client with a bearer key", async () => {
    const { url, port, traffic } = await listening({
      pace: Number.POSITIVE_INFINITY,
      firstOutputMs: 0,
      scenario: { turns: [{ say: "Hello." }] },
    });
    expect(url).toBe(`ws://127.0.0.1:${port}/v1/realtime`);
    const { socket, events, until, closed } = client(`${url}?model=gpt-realtime`, [], withKey);
    await until("session.created");
    socket.send('{"type":"response.create"}');
    await until("rate_limits.updated");
    expect(one(events, "response.done").response.status).toBe("completed");
    expect(traffic).toEqual({ sent: events.length, received: 1 });
    socket.close();
    expect(await closed).toEqual({ code: 1005, reason: "" });
  });

  it("takes a browser's key and echoes its subprotocol", async () => {
    const { url } = await listening({ keys: ["ek_1"] });
    const { socket, until } = client(`${url}?model=m`, ["realtime", "openai-insecure-api-key.ek_1"]);
    await until("session.created");
    expect(socket.protocol).toBe("realtime");
  });

  it("accepts every upgrade and turns away afterwards", async () => {
    const { url } = await listening({ keys: ["right"], models: ["m"] });
    const cases = [
      [`${url}?model=m`, {}, 3000, "invalid_request_error"],
      [`${url}?model=m`, withKey, 3000, "invalid_request_error.invalid_api_key"],
      [
        `${url}?model=x`,
        { headers: { authorization: "Bearer right" } },
        4000,
        "invalid_request_error.invalid_model",
      ],
      [url, { headers: { authorization: "Bearer right" } }, 4000, "invalid_request_error.missing_model"],
      [
        `${url}?model=m`,
        { headers: { authorization: "Bearer right", "openai-beta": "realtime=v1" } },
        4000,
        "invalid_request_error.beta_api_shape_disabled",
      ],
    ] as const;
    for (const [target, options, code, reason] of cases) {
      const { events, closed } = client(target, [], options);
      expect(await closed).toEqual({ code, reason });
      expect(typesOf(events)).toEqual(["error"]);
    }
  });

  it("refuses binary frames and text that is no JSON, and goes on", async () => {
    const { url } = await listening();
    const { socket, events, until } = client(`${url}?model=m`, [], withKey);
    await until("session.created");
    socket.send(Buffer.from([1, 2, 3]));
    socket.send("{nope");
    socket.send('{"type":"input_audio_buffer.clear"}');
    await until("input_audio_buffer.cleared");
    expect(events.slice(1).map((event) => (event.type === "error" ? event.error.code : event.type))).toEqual([
      "invalid_event",
      "invalid_json",
      "input_audio_buffer.cleared",
    ]);
  });

  it("sends pings with four bytes", async () => {
    const { url } = await listening({ pingMs: 5 });
    const { socket } = client(`${url}?model=m`, [], withKey);
    const [payload] = await once(socket, "ping");
    expect(payload).toHaveLength(4);
  });

  it("holds several sessions apart", async () => {
    const { url } = await listening();
    const clients = [1, 2, 3].map(() => client(`${url}?model=m`, [], withKey));
    await Promise.all(clients.map(({ until }) => until("session.created")));
    const ids = clients.map(({ events }) => {
      const { session } = one(events, "session.created");
      return session.id;
    });
    expect(new Set(ids).size).toBe(3);
  });

  it("leaves nothing running once it is closed", async () => {
    let waiting = 0;
    const clock = {
      now: () => 0,
      after: () => {
        waiting += 1;
        let cancelled = false;
        return () => {
          if (!cancelled) waiting -= 1;
          cancelled = true;
        };
      },
    };
    const server = await listen({ clock });
    const { closed, until } = client(`${server.url}?model=m`, [], withKey);
    await until("session.created");
    expect(waiting).toBe(2);
    await server.close();
    await server.close();
    expect((await closed).code).toBe(1006);
    expect(waiting).toBe(0);
    // The port is free again.
    const other = createServer().listen(server.port, "127.0.0.1");
    await once(other, "listening");
    other.close();
  });

  it("tells a browser that comes by HTTP what it is", async () => {
    const { port } = await listening();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(response.status).toBe(426);
    expect(await response.text()).toContain("WebSocket");
  });

  it("rejects where the port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    // Listening on a port gives an address with that port.
    const { port } = taken.address() as AddressInfo;
    await expect(listen({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    taken.close();
  });
});
