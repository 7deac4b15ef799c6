import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { type ListenOptions, listen } from "../../src/node/listen.ts";
import { one, typesOf } from "../support/conversation.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

/** Says more at once than any socket takes, and is cut off behind it. */
const burst: ListenOptions = {
  pace: Number.POSITIVE_INFINITY,
  firstOutputMs: 0,
  audioLagMs: 0,
  scenario: {
    turns: [
      {
        say: "A long answer, which no socket takes at once. ".repeat(70),
        faults: [{ type: "cut", event: "response.output_audio.done" }],
      },
    ],
  },
};

describe("listen", () => {
  it.each([
    { maxSessions: 0 },
    { maxSessions: 1.5 },
    { maxSessions: Number.NaN },
    { pingMs: 0 },
    { pingMs: -1 },
    { maxFrameBytes: 0 },
    { maxFrameBytes: -5 },
    { maxBufferedBytes: 0 },
    { maxMissedPongs: 0 },
    { maxMissedPongs: 1.5 },
    { pace: Number.NaN },
    { host: "" },
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

  it("sends a burst before a cut behind it, however much that is", async () => {
    const { url, traffic } = await listening(burst);
    const { events, until, closed, send } = client(`${url}?model=m`, [], withKey);
    await until("session.created");
    send({ type: "response.create" });
    // What the client says meanwhile is passed over, and nothing is lost for it.
    send({ type: "input_audio_buffer.clear" });
    expect((await closed).code).toBe(1006);
    expect(typesOf(events).at(-1)).toBe("response.output_audio.done");
    expect(events).toHaveLength(traffic.sent);
  });

  it("waits some seconds, and no longer, for a client that does not read what came before a cut", async () => {
    const clock = fakeClock();
    const { url, traffic, control } = await listening({ ...burst, clock, pingMs: null });
    const { socket, events, until, closed, send } = client(`${url}?model=m`, [], withKey);
    await until("session.created");
    socket.pause();
    send({ type: "response.create" });
    while (control.sessions()[0]?.ended === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(1);
    }
    await clock.advance(10_000);
    socket.resume();
    expect((await closed).code).toBe(1006);
    expect(events.length).toBeLessThan(traffic.sent);
    expect(clock.waiting).toBe(0);
  });

  it("breaks with a client that lets more wait than it may, and with no other", async () => {
    for (const [maxBufferedBytes, isWhole] of [
      [1000, false],
      [1e9, true],
    ] as const) {
      const { url } = await listening({ ...burst, maxBufferedBytes });
      const { events, until, closed, send } = client(`${url}?model=m`, [], withKey);
      await until("session.created");
      send({ type: "response.create" });
      expect((await closed).code).toBe(1006);
      expect(typesOf(events).includes("response.output_audio.done")).toBe(isWhole);
    }
  });

  it("offers compression where it is told to, and all arrives", async () => {
    const faults = [{ type: "cut", event: "response.created" } as const];
    for (const compression of [true, false]) {
      const { url } = await listening({ compression, scenario: { turns: [{ say: "Hi.", faults }] } });
      const { socket, events, until, closed, send } = client(`${url}?model=m`, [], withKey);
      await until("session.created");
      expect(socket.extensions).toBe(compression ? "permessage-deflate" : "");
      send({ type: "response.create" });
      await closed;
      expect(typesOf(events)).toEqual(["session.created", "response.created"]);
    }
  });

  it("ends a connection whose client answers no ping, and no other", async () => {
    const clock = fakeClock();
    const { url, control } = await listening({ clock, pingMs: 1000, maxMissedPongs: 2 });
    const silent = client(`${url}?model=m`, [], { ...withKey, autoPong: false });
    const there = client(`${url}?model=m`, [], withKey);
    await Promise.all([silent.until("session.created"), there.until("session.created")]);
    for (let pings = 0; pings < 2; pings++) {
      const pinged = [silent, there].map(({ socket }) => once(socket, "ping"));
      await clock.advance(1000);
      await Promise.all(pinged);
      // The answer to the ping comes before the answer to this.
      there.send({ type: "input_audio_buffer.clear" });
      await there.until("input_audio_buffer.cleared", pings + 1);
    }
    await clock.advance(1000);
    expect((await silent.closed).code).toBe(1006);
    expect(there.socket.readyState).toBe(there.socket.OPEN);
    const open = control.sessions().filter(({ ended }) => ended === undefined);
    expect(open).toHaveLength(1);
  });

  it("takes a browser's key and echoes its subprotocol", async () => {
    const { url } = await listening({ keys: ["ek_1"] });
    const { socket, until } = client(`${url}?model=m`, ["realtime", "openai-insecure-api-key.ek_1"]);
    await until("session.created");
    expect(socket.protocol).toBe("realtime");
  });

  it("takes the key of an xAI client, and echoes that, for it offers nothing else", async () => {
    const { url } = await listening({ keys: ["t"] });
    const offered = "xai-client-secret.t";
    const { socket, until } = client(`${url}?model=grok-voice-latest`, [offered]);
    await until("session.created");
    expect(socket.protocol).toBe(offered);
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
    expect(await closed).toEqual({ code: 1001, reason: "The emulator is going away." });
    expect(waiting).toBe(0);
    // The port is free again.
    const other = createServer().listen(server.port, "127.0.0.1");
    await once(other, "listening");
    other.close();
  });

  it("waits for no client that does not answer its close", async () => {
    const server = await listen();
    const { socket, until, closed } = client(`${server.url}?model=m`, [], withKey);
    await until("session.created");
    socket.pause();
    await server.close();
    socket.resume();
    await closed;
  });

  it("tells who comes to a session by plain HTTP what to do", async () => {
    const { baseUrl } = await listening();
    const response = await fetch(`${baseUrl}/realtime?model=m`);
    expect(response.status).toBe(426);
    expect(await response.text()).toContain("WebSocket");
  });

  it("is at the paths of the service, and says so at every other", async () => {
    const { url, port } = await listening();
    const origin = url.replace("/v1/realtime", "");
    const paths = ["/v1/realtime?model=m", "/openai/v1/realtime?model=m"];
    for (const path of [...paths, "/v1/realtime/translations?model=m", "/v1/realtime?intent=transcription"]) {
      const { until, socket } = client(`${origin}${path}`, [], withKey);
      await until("session.created");
      socket.close();
    }
    for (const path of ["/nope/realtime", "/v1/foo", "/v1/realtime/realtime", "/v1/realtime/", "/realtime"]) {
      expect(await client(`${origin}${path}?model=m`, [], withKey).unexpected).toMatchObject({
        status: 404,
        body: {
          error: { message: expect.stringContaining(`(GET ${path}). A WebSocket dials /v1/realtime or`) },
        },
      });
      const response = await fetch(`http://127.0.0.1:${port}${path}?model=m`);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain(`Invalid URL (GET ${path})`);
    }
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
