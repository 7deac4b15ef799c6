import { get } from "node:http";
import { writeWav } from "@duologue/audio";
import { describe, expect, it } from "vitest";
import { one, only, speech, typesOf } from "../support/conversation.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

/** Asks the control endpoint; the status and the body. */
async function ask(baseUrl: string, path: string, init: RequestInit = {}) {
  const response = await fetch(`${baseUrl.replace(/\/v1$/, "")}/_duologue/${path}`, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const post = (body?: unknown): RequestInit => ({
  method: "POST",
  ...(body !== undefined && { body: JSON.stringify(body) }),
});

/** A server with one client, and the id of its session. */
async function occupied() {
  const { url, baseUrl } = await listening();
  const joined = client(`${url}?model=m`, [], withKey);
  await joined.until("session.created");
  const { session } = one(joined.events, "session.created");
  return { baseUrl, url, id: session.id ?? "", ...joined };
}

describe("the control endpoint", () => {
  it("lists sessions with what happened in them", async () => {
    const { baseUrl, id, send, until, socket, closed } = await occupied();
    send({
      type: "conversation.item.create",
      item: { type: "message", role: "user", content: [{ type: "input_text", text: "Hi." }] },
    });
    send({ type: "response.create" });
    await until("rate_limits.updated");
    send({ type: "nope" });
    await until("error");
    const { body } = await ask(baseUrl, "sessions");
    expect(body.sessions).toMatchObject([
      {
        id,
        kind: "realtime",
        model: "m",
        carrier: "websocket",
        clients: 1,
        received: { frames: 3 },
        responses: { in_progress: 0, completed: 1, cancelled: 0, failed: 0, incomplete: 0 },
        errors: 1,
      },
    ]);
    const [{ marks }] = body.sessions;
    const told = (type: string) => marks.filter((mark: { type: string }) => mark.type === type);
    expect(told("conversation.item.create")).toMatchObject([{ from: "client", note: "Hi." }]);
    expect(told("response.output_audio_transcript.done")).toMatchObject([
      { from: "server", note: "You said: Hi." },
    ]);
    expect(told("response.output_audio.delta")).toHaveLength(1);
    expect(told("error")[0].note).toContain("nope");
    socket.close(1000, "bye");
    await closed;
    await expect
      .poll(async () => (await ask(baseUrl, "sessions")).body.sessions[0].ended)
      .toMatchObject({
        code: 1000,
        reason: "bye",
      });
  });

  it("lets things go wrong in one session or in all", async () => {
    const { baseUrl, url, id, events, until, closed } = await occupied();
    const other = client(`${url}?model=m`, [], withKey);
    await other.until("session.created");
    expect(await ask(baseUrl, `sessions/${id}/fault`, post({ type: "error" }))).toMatchObject({
      status: 200,
      body: { sessions: 1 },
    });
    await until("error");
    expect(one(events, "error").error.type).toBe("server_error");
    expect(typesOf(other.events)).toEqual(["session.created"]);
    expect((await ask(baseUrl, "sessions/all/fault", post({ type: "close", code: 1012 }))).body).toEqual({
      sessions: 2,
    });
    expect((await closed).code).toBe(1012);
    expect((await other.closed).code).toBe(1012);
    expect(await ask(baseUrl, "sessions/all/fault", post({ type: "cut" }))).toMatchObject({
      status: 200,
      body: { sessions: 0 },
    });
  });

  it("closes with no code that a WebSocket cannot be closed with, and leaves nothing half ended", async () => {
    const server = await listening({ maxSessions: 1 });
    const joined = client(`${server.url}?model=m`, [], withKey);
    await joined.until("session.created");
    for (const code of [1004, 1005, 1006, 1015, 2000]) {
      const { status } = await ask(server.baseUrl, "sessions/all/close", post({ code }));
      expect({ code, status }).toEqual({ code, status: 400 });
      expect(() => server.control.close("all", code)).toThrow(RangeError);
      expect(() => server.control.fault("all", { type: "close", code })).toThrow(TypeError);
    }
    const reason = "ü".repeat(62);
    expect((await ask(server.baseUrl, "sessions/all/close", post({ code: 1000, reason }))).status).toBe(400);
    expect(() => server.control.close("all", 1000, reason)).toThrow(RangeError);
    expect(server.control.sessions()).toMatchObject([{ clients: 1 }]);
    expect(server.control.close("all", 4999, "ü".repeat(61))).toBe(1);
    expect((await joined.closed).code).toBe(4999);
    const next = client(`${server.url}?model=m`, [], withKey);
    await next.until("session.created");
  });

  it("knows a session whose first event never came whole", async () => {
    for (const type of ["missing_event_id", "half_frame", "withhold"] as const) {
      const faults = [{ type, event: "session.created" }] as const;
      const server = await listening({ scenario: { turns: [], faults } });
      const { opened, socket } = client(`${server.url}?model=m`, [], withKey);
      socket.removeAllListeners("message");
      await opened;
      const sessions = server.control.sessions();
      expect(sessions).toMatchObject([{ id: expect.stringMatching(/^sess_/), model: "m" }]);
      expect(server.control.cut(sessions[0]?.id ?? "")).toBe(1);
    }
  });

  it("ends sessions: expired, closed, cut", async () => {
    const expired = await occupied();
    await ask(expired.baseUrl, `sessions/${expired.id}/expire`, post());
    expect(await expired.closed).toMatchObject({ code: 1001 });
    expect(one(expired.events, "error").error.code).toBe("session_expired");
    const shut = await occupied();
    await ask(shut.baseUrl, `sessions/${shut.id}/close`, post({ code: 4999, reason: "why not" }));
    expect(await shut.closed).toEqual({ code: 4999, reason: "why not" });
    const broken = await occupied();
    await ask(broken.baseUrl, `sessions/${broken.id}/cut`, post());
    expect((await broken.closed).code).toBe(1006);
  });

  it("rings, speaks and hangs up as a caller", async () => {
    const { baseUrl, url } = await listening();
    const { body } = await ask(
      baseUrl,
      "calls",
      post({ sip_headers: [{ name: "From", value: "<sip:a@b>" }] }),
    );
    expect(body).toMatchObject({ call_id: expect.stringMatching(/^rtc_/), webhook: null });
    await fetch(`${baseUrl}/realtime/calls/${body.call_id}/accept`, {
      method: "POST",
      ...withKey,
      body: '{"type":"realtime"}',
    });
    const { events, opened, until, closed } = client(`${url}?call_id=${body.call_id}`, [], withKey);
    await opened;
    // Any rate will do.
    const samples = speech("Good morning").filter((_, at) => at % 3 === 0);
    const wav = writeWav({ sampleRateHz: 8000, channels: 1, samples });
    const said = await ask(baseUrl, `calls/${body.call_id}/say`, {
      method: "POST",
      body: new Uint8Array(wav),
    });
    expect(said.body.ms).toBe(Math.round(samples.length / 8));
    await until("input_audio_buffer.speech_started");
    await ask(baseUrl, `sessions/${body.call_id}/dtmf`, post({ digits: "5#" }));
    await until("input_audio_buffer.dtmf_event_received", 2);
    expect(only(events, "input_audio_buffer.dtmf_event_received").map(({ event }) => event)).toEqual([
      "5",
      "#",
    ]);
    await ask(baseUrl, `calls/${body.call_id}/hangup`, post());
    expect((await closed).code).toBe(1000);
  });

  it("says what is wrong with a request", async () => {
    const { baseUrl, id } = await occupied();
    const cases: [string, RequestInit, number, string | null][] = [
      ["nothing", {}, 404, null],
      ["sessions/sess_none/expire", post(), 404, null],
      [`sessions/${id}/explode`, post(), 404, null],
      [`sessions/${id}/fault`, post({ type: "flood" }), 400, "type"],
      [`sessions/${id}/close`, post({ code: 99 }), 400, "code"],
      [`sessions/${id}/dtmf`, post({ digits: "1x" }), 400, "digits"],
      ["calls", post({ sip_headers: [{ name: "From" }] }), 400, "sip_headers[0].value"],
      ["calls/rtc_none/hangup", post(), 404, null],
      ["calls/rtc_none/say", { method: "POST", body: "no sound" }, 400, null],
    ];
    for (const [path, init, status, param] of cases) {
      expect(await ask(baseUrl, path, init), path).toMatchObject({ status, body: { error: { param } } });
    }
  });

  it("takes no sound that would be converted for ever", async () => {
    const { baseUrl } = await occupied();
    const { body } = await ask(baseUrl, "calls", post());
    const say = (sampleRateHz: number, samples: number) => {
      const wav = writeWav({ sampleRateHz, samples: new Int16Array(samples) });
      return ask(baseUrl, `calls/${body.call_id}/say`, { method: "POST", body: new Uint8Array(wav) });
    };
    const refused = (message: string) => ({
      status: 400,
      body: { error: { code: "invalid_audio", message: expect.stringContaining(message) } },
    });
    expect(await say(1, 20)).toMatchObject(refused("a sample rate of 1 Hz"));
    expect(await say(4_000_000_000, 20)).toMatchObject(refused("4000 to 384000"));
    expect(await say(4000, 4000 * 60 * 10 + 1)).toMatchObject(refused("10 at the most"));
    expect(await say(44_101, 44_101)).toMatchObject({ status: 200, body: { ms: 1000 } });
  });

  it("is not for web pages of other machines, nor for names that lead here", async () => {
    const { baseUrl } = await occupied();
    const { port } = new URL(baseUrl);
    const from = (headers: Record<string, string>) => ask(baseUrl, "sessions", { headers });
    expect((await from({ origin: "https://app.example" })).status).toBe(403);
    const rebound = await new Promise<number | undefined>((resolve) =>
      get({ port, path: "/_duologue/sessions", headers: { host: `rebound.example:${port}` } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }),
    );
    expect(rebound).toBe(403);
    const own = await from({ origin: "http://localhost:5173" });
    expect(own.status).toBe(200);
    expect(own.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
  });

  it("is there only where the server is of this machine, or where it is wanted", async () => {
    for (const [options, status] of [
      [{ control: false }, 404],
      [{ host: "0.0.0.0" }, 404],
      [{ host: "0.0.0.0", control: true }, 200],
      [{ host: "localhost" }, 200],
    ] as const) {
      const { baseUrl } = await listening(options);
      expect((await ask(baseUrl, "sessions")).status).toBe(status);
      expect((await fetch(baseUrl.replace(/v1$/, ""))).status).toBe(status);
      expect((await fetch(baseUrl.replace(/v1$/, "health"))).status).toBe(200);
    }
  });

  it("tells who watches of every change", async () => {
    const { baseUrl, send } = await occupied();
    const response = await fetch(`${baseUrl.replace(/\/v1$/, "")}/_duologue/watch`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let told = "";
    const until = async (text: string) => {
      while (!told.includes(text)) told += (await reader?.read())?.value;
    };
    await until("session.created");
    send({ type: "input_audio_buffer.clear" });
    await until("input_audio_buffer.cleared");
    expect(JSON.parse(told.split("\n\n")[0]?.slice("data: ".length) ?? "")).toMatchObject({ open: 1 });
    await reader?.cancel();
  });
});
