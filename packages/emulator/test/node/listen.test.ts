import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { listen } from "../../src/node/listen.ts";
import { one, typesOf } from "../support/conversation.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

describe("listen", () => {
  it.each([
    { maxSessions: 0 },
    { maxSessions: 1.5 },
    { maxSessions: Number.NaN },
    { pingMs: 0 },
    { pingMs: -1 },
    { maxFrameBytes: 0 },
    { maxFrameBytes: -5 },
    { pace: Number.NaN },
  ])("refuses what makes no sense: %o", async (options) => {
    await expect(listen(options)).rejects.toThrow(RangeError);
  });

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

  it("sends what comes at the moment of a cut before it", async () => {
    const turn = { say: "Hello.", faults: [{ type: "cut", event: "response.done" } as const] };
    const { url } = await listening({
      pace: Number.POSITIVE_INFINITY,
      firstOutputMs: 0,
      textPieceMs: 0,
      scenario: { turns: [turn] },
    });
    const { socket, events, until, closed } = client(`${url}?model=m`, [], withKey);
    await until("session.created");
    socket.send('{"type":"session.update","session":{"type":"realtime","output_modalities":["text"]}}');
    await until("session.updated");
    socket.send('{"type":"response.create"}');
    expect((await closed).code).toBe(1006);
    expect(typesOf(events).at(-1)).toBe("response.done");
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
    // The session's end and the pings share it.
    expect(waiting).toBe(1);
    await server.close();
    await server.close();
    expect((await closed).code).toBe(1006);
    expect(waiting).toBe(0);
    // The port is free again.
    const other = createServer().listen(server.port, "127.0.0.1");
    await once(other, "listening");
    other.close();
  });

  it("tells who comes to a session by plain HTTP what to do", async () => {
    const { baseUrl } = await listening();
    const response = await fetch(`${baseUrl}/realtime?model=m`);
    expect(response.status).toBe(426);
    expect(await response.text()).toContain("WebSocket");
  });

  it("ends a connection whose frame is too large", async () => {
    const { url } = await listening({ maxFrameBytes: 100 });
    const { socket, until, closed } = client(`${url}?model=m`, [], withKey);
    await until("session.created");
    socket.send("x".repeat(101));
    expect((await closed).code).toBe(1009);
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
