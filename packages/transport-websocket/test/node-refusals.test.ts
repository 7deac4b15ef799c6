import { Agent, createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { afterEach, describe, expect, it } from "vitest";
import { nodeWebSocket } from "../src/node.ts";
import { diary, failure } from "./diary.ts";
import { answering, deafPort, type LocalServer, localServer } from "./local-server.ts";
import { selfSignedCertificate } from "./self-signed-certificate.ts";

const servers: LocalServer[] = [];
const started = async (...args: Parameters<typeof localServer>) => {
  const server = await localServer(...args);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const refused = async (...args: Parameters<typeof answering>) => {
  const server = await started();
  server.onUpgrade(answering(...args));
  const url = `${server.url}?model=gpt-realtime`;
  const { sink, frames, ends } = diary();
  const error = await failure(nodeWebSocket({ url, apiKey: "sk-very-secret" }).open(sink));
  expect([error.code, frames, ends]).toEqual(["connect_failed", [], []]);
  expect(error.message).toContain(`Could not open ${url}: `);
  return error;
};

describe("nodeWebSocket tells why a dial failed", () => {
  it("nothing listens", async () => {
    const error = await failure(
      nodeWebSocket({ url: `ws://127.0.0.1:${await deafPort(await started())}` }).open(diary().sink),
    );
    expect(error.message).toMatch(/nothing listens there \(ECONNREFUSED\)\. Start the server/);
    expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
  });

  it("nothing listens, by a name with several addresses", async () => {
    const error = await failure(
      nodeWebSocket({ url: `ws://localhost:${await deafPort(await started())}` }).open(diary().sink),
    );
    expect(error.message).toMatch(/ECONNREFUSED/);
  });

  it("the host is unknown", async () => {
    const agent = new Agent({
      lookup: (_host, _options, found) =>
        found(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }), "", 4),
    });
    const error = await failure(nodeWebSocket({ url: "ws://nobody.invalid/", agent }).open(diary().sink));
    expect(error.message).toMatch(/ws:\/\/nobody\.invalid\/: the host is unknown \(ENOTFOUND\)/);
  });

  it("the server cuts the connection", async () => {
    const server = await started();
    server.onUpgrade((socket) => socket.destroy());
    const error = await failure(nodeWebSocket({ url: server.url }).open(diary().sink));
    expect(error.message).toMatch(/the connection was cut while it was opened/);
  });

  it("the server has no TLS", async () => {
    const server = await started(createServer());
    const url = server.url.replace("ws:", "wss:");
    const error = await failure(nodeWebSocket({ url }).open(diary().sink));
    expect(error.message).toMatch(/no TLS connection came about .*use ws: where the server has no TLS/s);
  });

  it("the server's certificate is signed by nobody known; with it as authority the dial succeeds", async () => {
    const { key, cert } = selfSignedCertificate();
    const server = await started(createTlsServer({ key, cert }), "wss");
    server.onSocket((socket) => socket.send("over TLS"));
    const error = await failure(nodeWebSocket({ url: server.url }).open(diary().sink));
    expect(error.message).toMatch(
      /no TLS connection came about \(DEPTH_ZERO_SELF_SIGNED_CERT: .*certificate/,
    );
    for (const tls of [{ ca: cert }, { rejectUnauthorized: false }]) {
      const own = diary();
      const connection = await nodeWebSocket({ url: server.url, tls }).open(own.sink);
      await own.has(1);
      expect(own.frames).toEqual(["over TLS"]);
      await connection.close();
    }
    const url = server.url.replace("127.0.0.1", "127.0.0.2");
    const otherName = await failure(nodeWebSocket({ url, tls: { ca: cert } }).open(diary().sink));
    expect(otherName.code).toBe("connect_failed");
  });

  it("an HTTP status with the service's own message, credentials blanked out", async () => {
    const body = JSON.stringify({ error: { message: "Incorrect API key provided: sk-very-secret." } });
    const error = await refused("401 Unauthorized", body, ["Content-Type: application/json"]);
    expect(error.message).toMatch(
      /the server answered 401 \(Incorrect API key provided: \*\*\*\.\) instead of opening a WebSocket\. Check that the API key/,
    );
    expect(error.cause).toEqual({ status: 401, body: body.replace("sk-very-secret", "***") });
  });

  it.each([
    ["403 Forbidden", '{"message":"not in your country"}', /403 \(not in your country\).*may use this model/],
    ["404 Not Found", "<!doctype html><h1>Not found</h1>", /answered 404 instead of.*path of the address/],
    ["426 Upgrade Required", "Upgrade Required\nmore", /426 \(Upgrade Required\) instead.*another protocol/],
    ["502 Bad Gateway", '"a text"', /answered 502 instead.*try again later/],
    ["200 OK", '{"object":"list"}', /answered 200 instead.*leads to a WebSocket endpoint/],
    ["400 Bad Request", '{"error":"no model"}', /400 \(no model\).*its parameters/],
  ])("%s", async (status, body, message) => {
    const error = await refused(status, body);
    expect(error.message).toMatch(message);
    expect(error.cause).toEqual({ status: Number.parseInt(status, 10), body });
  });

  it("too many requests, and for how long", async () => {
    const error = await refused("429 Too Many Requests", "", ["Retry-After: 7"]);
    expect(error.message).toMatch(/answered 429 instead.*quota/);
    expect(error.cause).toEqual({ status: 429, body: "", retryAfterMs: 7_000 });
    const past = await refused("429 Too Many Requests", "", ["Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"]);
    expect(past.cause).toEqual({ status: 429, body: "", retryAfterMs: 0 });
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    const { cause } = await refused("429 Too Many Requests", "", [`Retry-After: ${inAnHour}`]);
    expect(cause).toMatchObject({
      retryAfterMs: expect.toSatisfy((ms) => ms > 3_000_000 && ms <= 3_600_000),
    });
    const odd = await refused("429 Too Many Requests", "", ["Retry-After: soon"]);
    expect(odd.cause).toEqual({ status: 429, body: "" });
  });

  it("a redirect, which is not followed", async () => {
    const elsewhere = await started();
    const location = `Location: ${elsewhere.url.replace("ws:", "http:")}?sig=very-secret-signature&model=m`;
    const error = await refused("302 Found", "", [location]);
    expect(error.message).toMatch(/Redirects are not followed.*\?sig=\*\*\*&model=m\)/);
    expect(elsewhere.requests).toEqual([]);
    expect((await refused("307 Temporary Redirect", "", ["Location: /elsewhere"])).message).toMatch(
      /leads to\.$/,
    );
  });

  it("keeps 4 KiB of a long body and does not wait for the rest", async () => {
    const server = await started();
    server.onUpgrade((socket) => {
      socket.write(
        `HTTP/1.1 503 Service Unavailable\r\nContent-Length: 1000000\r\n\r\n${"x".repeat(10_000)}`,
      );
    });
    const error = await failure(nodeWebSocket({ url: server.url }).open(diary().sink));
    expect(error.cause).toEqual({ status: 503, body: "x".repeat(4_096) });
    expect(error.message.length).toBeLessThan(500);
  });

  it("a body that breaks off", async () => {
    const server = await started();
    server.onUpgrade((socket) => {
      socket.end("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 100\r\n\r\nhalf a");
    });
    const error = await failure(nodeWebSocket({ url: server.url }).open(diary().sink));
    expect(error.cause).toEqual({ status: 500, body: "half a" });
  });

  it("an answer that is no WebSocket handshake", async () => {
    const server = await started();
    server.onUpgrade((socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    });
    const error = await failure(nodeWebSocket({ url: server.url }).open(diary().sink));
    expect(error.message).toMatch(/Sec-WebSocket-Accept/);
  });

  it("a header that cannot be sent, without repeating it", async () => {
    const headers = { "X-Secret": "very-secret\nvalue" };
    const error = await failure(nodeWebSocket({ url: "ws://127.0.0.1/", headers }).open(diary().sink));
    expect(error.code).toBe("connect_failed");
    expect(`${error.message} ${String(error.cause)}`).not.toContain("very-secret");
  });
});
