import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CallFailure, failedStep, realtimeCalls, sdpEndpoint } from "../src/index.ts";
import { failure } from "./diary.ts";
import { type OfferServer, offerServer, type ReceivedOffer } from "./offer-server.ts";

let server: OfferServer;
beforeEach(async () => {
  server = await offerServer();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.stop();
});

const offer = () => ({ sdp: "v=0\r\no=offer\r\n", signal: new AbortController().signal });

describe("realtimeCalls", () => {
  const calls = (options: object = {}) =>
    realtimeCalls({ apiKey: "ek_of_this_test", base: `${server.origin}/v1`, ...options });

  it("posts the offer alone where the session goes with the key", async () => {
    const location = "/v1/realtime/calls/rtc_u1_9c6574da8b8a41a18da9308f4ad974ce";
    server.answer = { status: 201, headers: { location }, body: "v=0\r\no=answer\r\n" };
    expect(await calls()(offer())).toEqual({
      sdp: "v=0\r\no=answer\r\n",
      callId: "rtc_u1_9c6574da8b8a41a18da9308f4ad974ce",
    });
    const [received] = server.offers;
    expect(received).toMatchObject({ url: "/v1/realtime/calls", body: "v=0\r\no=offer\r\n" });
    expect(received?.headers).toMatchObject({
      "content-type": "application/sdp",
      authorization: "Bearer ek_of_this_test",
    });
  });

  it("posts the offer and the session as plain fields of a form", async () => {
    const session = { type: "realtime", model: "gpt-realtime", instructions: "Sei höflich." };
    await calls({ session: async () => session, headers: { "OpenAI-Safety-Identifier": "user-1" } })(offer());
    const [{ headers, body } = { headers: {}, body: "" } as ReceivedOffer] = server.offers;
    expect(headers["openai-safety-identifier"]).toBe("user-1");
    const form = await new Response(body, {
      headers: { "content-type": headers["content-type"] ?? "" },
    }).formData();
    expect([...form.keys()]).toEqual(["sdp", "session"]);
    expect(form.get("sdp")).toBe("v=0\r\no=offer\r\n");
    expect(JSON.parse(String(form.get("session")))).toEqual(session);
    expect(body).not.toContain("filename");
  });

  it("asks for the key and the session anew each time", async () => {
    let asked = 0;
    const exchange = calls({
      apiKey: async () => `ek_${++asked}`,
      session: () => ({ type: "realtime", model: `model-${asked}` }),
    });
    await exchange(offer());
    await exchange(offer());
    expect(server.offers.map(({ headers }) => headers.authorization)).toEqual(["Bearer ek_1", "Bearer ek_2"]);
  });

  it.each(["", "ek key", "ek_key\n", "schlüssel"])(
    "refuses the key %j without repeating it",
    async (apiKey) => {
      const error = await failure(calls({ apiKey })(offer()));
      const { code, message } = error;
      // Trying again with such a key helps nobody.
      expect([code, failedStep(error)]).toEqual(["fatal", "exchange"]);
      expect(message).toMatch(/^The API key is empty, or/);
      if (apiKey !== "") expect(message).not.toContain(apiKey.trim());
      expect(server.offers).toEqual([]);
    },
  );

  it("lets no lasting key into a browser unless it is told to", async () => {
    vi.stubGlobal("document", {});
    const refusal = await failure(calls({ apiKey: "sk-proj-lasting" })(offer()));
    expect([refusal.code, failedStep(refusal)]).toEqual(["fatal", "exchange"]);
    expect(refusal.message).toMatch(/sdpEndpoint.*dangerouslyAllowStandardKeyInBrowser/);
    expect(server.offers).toEqual([]);
    await calls({ apiKey: "ek_short" })(offer());
    await calls({ apiKey: "sk-proj-lasting", dangerouslyAllowStandardKeyInBrowser: true })(offer());
    expect(server.offers).toHaveLength(2);
  });

  it("tells the status, the server's words and what to do, and never the key", async () => {
    const error = { message: "Incorrect API key provided: ek_of_this_test.", code: "invalid_api_key" };
    server.answer = { status: 401, headers: { "retry-after": "7" }, body: JSON.stringify({ error }) };
    const { code, message, cause } = await failure(calls()(offer()));
    expect(code).toBe("connect_failed");
    expect(message).toBe(
      `${server.origin}/v1/realtime/calls refused the offer with HTTP 401 (Incorrect API key provided: ***). Check that the key is complete, valid and not expired; an ephemeral one lives for minutes.`,
    );
    expect(cause).toMatchObject({ step: "exchange", status: 401, retryAfterMs: 7_000 } satisfies CallFailure);
    expect(JSON.stringify(cause)).not.toContain("ek_of_this_test");
  });

  it.each([
    [
      400,
      '{"error":{"message":"Missing required parameter: model"}}',
      "(Missing required parameter: model). Check the session",
    ],
    [404, "<!doctype html><title>Not found</title>", "HTTP 404. Check the address"],
    [418, "I am a teapot\nreally", "HTTP 418 (I am a teapot)."],
    [500, '{"message":"Oh no."}', "HTTP 500 (Oh no). The server has trouble"],
    [503, "", "HTTP 503. The server has trouble"],
  ])("explains HTTP %d", async (status, body, words) => {
    server.answer = { status, body };
    const { message } = await failure(calls()(offer()));
    expect(message).toContain(words);
  });

  it.each([
    ["7", 7_000],
    ["Fri, 21 Aug 2026 10:00:09 GMT", 9_000],
    ["Fri, 21 Aug 2026 09:00:00 GMT", 0],
    ["soon", undefined],
  ])("says how long to leave the server alone: %s", async (value, retryAfterMs) => {
    const today = vi.spyOn(Date, "now").mockReturnValue(Date.parse("2026-08-21T10:00:00Z"));
    try {
      server.answer = { status: 429, headers: { "retry-after": value }, body: "" };
      const { cause } = await failure(calls()(offer()));
      expect(cause).toEqual({
        step: "exchange",
        status: 429,
        body: "",
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    } finally {
      today.mockRestore();
    }
  });

  it("takes a header of one's own for its own, in whatever case", async () => {
    await calls({ headers: { authorization: "Bearer other" } })(offer());
    expect(server.offers[0]?.headers.authorization).toBe("Bearer other");
    await sdpEndpoint({ url: server.origin, headers: { "content-type": "text/plain" } })(offer());
    expect(server.offers[1]?.headers["content-type"]).toBe("text/plain");
  });

  it("refuses an answer that is no SDP", async () => {
    server.answer = { status: 200, body: "<html>welcome</html>" };
    const { message, cause } = await failure(calls()(offer()));
    expect(message).toContain('something that is no SDP: "<html>welcome</html>"');
    expect(message).toMatch(/the body of its answer is the SDP itself\.$/);
    expect(cause).toMatchObject({ step: "exchange", status: 200 });
  });

  it("says that nobody is there, without what stands in the address", async () => {
    const { origin } = server;
    await server.stop();
    const base = `${origin.replace("//", "//user:secret@")}/v1`;
    const { message, cause } = await failure(calls()(offer()));
    expect(message).toMatch(
      /\/v1\/realtime\/calls cannot be reached: connect ECONNREFUSED .*\. Check the address/,
    );
    expect(cause).toMatchObject({ step: "exchange" });
    const secret = await failure(calls({ base })(offer()));
    expect(secret.message).toMatch(/calls cannot be reached: /);
    expect(secret.message).not.toContain("user:secret@");
    server = await offerServer();
  });
});

describe("sdpEndpoint", () => {
  it.each([401, 403])("says of HTTP %d whose server refused", async (status) => {
    server.answer = { status, body: "Who are you?" };
    const { message } = await failure(sdpEndpoint({ url: server.origin })(offer()));
    expect(message).toContain(`HTTP ${status} (Who are you?). This is your own server: check what it wants`);
    expect(message).not.toContain("organization");
  });

  it("posts the offer to a server of one's own, with its headers", async () => {
    const headers = { location: `${server.origin}/calls/rtc_7?region=eu` };
    server.answer = { status: 200, headers, body: "v=0\r\n" };
    const exchange = sdpEndpoint({
      url: new URL("/calls?user=1", server.origin),
      headers: async () => ({ Authorization: "Bearer mine" }),
    });
    expect(await exchange(offer())).toEqual({ sdp: "v=0\r\n", callId: "rtc_7" });
    expect(server.offers[0]).toMatchObject({ url: "/calls?user=1", body: "v=0\r\no=offer\r\n" });
    expect(server.offers[0]?.headers).toMatchObject({
      authorization: "Bearer mine",
      "content-type": "application/sdp",
    });
  });

  it("knows no call where the server names none, and keeps the one that it is about", async () => {
    const exchange = sdpEndpoint({ url: server.origin });
    expect((await exchange(offer())).callId).toBeUndefined();
    expect((await exchange({ ...offer(), callId: "rtc_1" })).callId).toBe("rtc_1");
  });

  it("hands its cookies' mode and its signal to fetch", async () => {
    const inits: RequestInit[] = [];
    const request: typeof fetch = async (_, init = {}) => {
      inits.push(init);
      return new Response("v=0\r\n");
    };
    const { signal } = new AbortController();
    await sdpEndpoint({ url: "/calls", credentials: "include", fetch: request })({ ...offer(), signal });
    expect(inits).toMatchObject([{ credentials: "include", signal, method: "POST" }]);
  });
});
