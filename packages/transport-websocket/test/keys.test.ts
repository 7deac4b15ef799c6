import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { webSocket, xaiSubprotocolKey } from "../src/index.ts";
import { azureKey, bearerKey, nodeWebSocket, openaiSubprotocolKey } from "../src/node.ts";
import { diary, failure } from "./diary.ts";
import { type LocalServer, localServer } from "./local-server.ts";

let server: LocalServer;
beforeEach(async () => {
  server = await localServer();
  server.onSocket(() => {});
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.stop();
});

const offered = () => server.requests[0]?.headers["sec-websocket-protocol"]?.split(/, ?/);

describe("how a key travels", () => {
  const headers = [
    [bearerKey, "authorization", "Bearer the-key"],
    [azureKey, "api-key", "the-key"],
    [{ header: "X-Token", prefix: "Token " }, "x-token", "Token the-key"],
  ] as const;

  it.each(headers)("%j", async (keyScheme, name, value) => {
    const transport = nodeWebSocket({ url: server.url, apiKey: "the-key", keyScheme });
    await (await transport.open(diary().sink)).close();
    const sent = server.requests[0]?.headers ?? {};
    expect(sent[name]).toBe(value);
    expect(sent["sec-websocket-protocol"]).toBeUndefined();
    expect(Object.values(sent).filter((text) => String(text).includes("the-key"))).toHaveLength(1);
  });

  const subprotocols = [
    [openaiSubprotocolKey, ["realtime", "openai-insecure-api-key.ek_1"]],
    [xaiSubprotocolKey, ["xai-client-secret.ek_1"]],
    [{ subprotocol: "token-", alongside: ["v1", "v2"] }, ["v1", "v2", "token-ek_1"]],
  ] as const;

  it.each(subprotocols)("%j, of either kind of WebSocket", async (keyScheme, protocols) => {
    for (const transport of [webSocket, nodeWebSocket]) {
      const options = { url: server.url, apiKey: "ek_1", keyScheme };
      await (await transport(options).open(diary().sink)).close();
      const own = { ...options, protocols: ["mine"] };
      await (await transport(own).open(diary().sink)).close();
    }
    const lists = server.requests.map(({ headers }) => headers["sec-websocket-protocol"]?.split(/, ?/));
    const replaced = ["mine", protocols.at(-1)];
    expect(lists).toEqual([protocols, replaced, protocols, replaced]);
    expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it("offers the subprotocols that were asked for beside a header", async () => {
    const options = { url: server.url, apiKey: "k", protocols: ["mine"] };
    await (await nodeWebSocket(options).open(diary().sink)).close();
    expect(offered()).toEqual(["mine"]);
  });

  it("refuses a key that cannot travel as its scheme says", async () => {
    const options = { url: server.url, apiKey: "key/with/slashes" };
    await (await nodeWebSocket(options).open(diary().sink)).close();
    const error = await failure(
      nodeWebSocket({ ...options, keyScheme: xaiSubprotocolKey }).open(diary().sink),
    );
    expect(error.message).toMatch(/cannot travel/);
  });

  it("blanks out the key in messages, whatever the scheme", async () => {
    server.onUpgrade((socket) =>
      socket.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 17\r\n\r\nno key secret-key-1"),
    );
    for (const keyScheme of [azureKey, xaiSubprotocolKey]) {
      const transport = nodeWebSocket({ url: server.url, apiKey: "secret-key-1", keyScheme });
      const error = await failure(transport.open(diary().sink));
      expect(`${error.message} ${JSON.stringify(error.cause)}`).not.toContain("secret-key-1");
    }
  });
});

describe("which keys a browser may have", () => {
  const accountKey = `xai-${"a1B2".repeat(20)}`;
  const schemes = [
    ["OpenAI's", openaiSubprotocolKey, "ek_abc", "sk-proj-abc"],
    ["xAI's", xaiSubprotocolKey, "xai-client-secret-42", accountKey],
  ] as const;
  const places = [
    ["a page", () => vi.stubGlobal("document", { baseURI: "https://app.example/" })],
    ["a worker", () => vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64)" })],
  ] as const;
  const cases = places.flatMap(([place, enter]) =>
    schemes.map(([whose, ...scheme]) => [place, whose, enter, scheme] as const),
  );

  it.each(cases)("in %s: %s", async (_place, _whose, enter, [keyScheme, ephemeral, lasting]) => {
    enter();
    const open = (options: object) =>
      webSocket({ url: server.url, keyScheme, ...options }).open(diary().sink);
    const { code, message } = await failure(open({ apiKey: lasting }));
    expect(code).toBe("connect_failed");
    expect(message).toMatch(/dangerouslyAllowStandardKeyInBrowser/);
    expect(message).not.toContain(lasting);
    expect(server.requests).toEqual([]);
    await (await open({ apiKey: ephemeral })).close();
    await (await open({ apiKey: lasting, dangerouslyAllowStandardKeyInBrowser: true })).close();
    expect(server.requests).toHaveLength(2);
  });

  it("none of a scheme that does not say", async () => {
    vi.stubGlobal("document", { baseURI: "https://app.example/" });
    const transport = webSocket({ url: server.url, apiKey: "ek_1", keyScheme: { subprotocol: "t-" } });
    expect((await failure(transport.open(diary().sink))).message).toMatch(/dangerously/);
  });

  it("any where nobody but us can read it", async () => {
    for (const userAgent of ["Node.js/24", "Deno/2.9.6", "Bun/1.4.5", "Cloudflare-Workers", undefined]) {
      vi.stubGlobal("navigator", { userAgent });
      await (await webSocket({ url: server.url, apiKey: "sk-abc" }).open(diary().sink)).close();
    }
    expect(server.requests).toHaveLength(5);
  });
});
