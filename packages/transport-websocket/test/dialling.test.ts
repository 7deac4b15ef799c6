import { virtualClock } from "@duologue/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { webSocket } from "../src/index.ts";
import { nodeWebSocket } from "../src/node.ts";
import { diary, failure } from "./diary.ts";
import { answering, deafPort, deafUpgrade, type LocalServer, localServer } from "./local-server.ts";

let server: LocalServer;
beforeEach(async () => {
  server = await localServer();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.stop();
});

const kinds = { webSocket, nodeWebSocket } as const;

describe.each(Object.entries(kinds))("%s dials", (_name, transport) => {
  it("asks url and apiKey functions anew for each open", async () => {
    server.onSocket(() => {});
    const asked = { url: 0, apiKey: 0 };
    const dialler = transport({
      url: () => {
        asked.url += 1;
        return `${server.url}?model=m${asked.url}`;
      },
      apiKey: async () => {
        asked.apiKey += 1;
        return `ek_number_${asked.apiKey}`;
      },
    });
    for (const round of [1, 2]) {
      const connection = await dialler.open(diary().sink);
      await connection.close();
      const request = server.requests.at(-1);
      expect(request?.url).toBe(`/v1/realtime?model=m${round}`);
      expect(JSON.stringify(request?.headers)).toContain(`ek_number_${round}`);
    }
    expect(asked).toEqual({ url: 2, apiKey: 2 });
  });

  it("takes a URL object, and http: for ws:", async () => {
    server.onSocket(() => {});
    const url = new URL(`${server.url}?model=gpt-realtime#fragment`.replace("ws:", "http:"));
    const connection = await transport({ url }).open(diary().sink);
    expect(connection.subprotocol).toBe("");
    expect(server.requests[0]?.url).toBe("/v1/realtime?model=gpt-realtime");
    await connection.close();
  });

  it("says which function failed and why", async () => {
    const cause = new Error("the key server is down");
    const fail = () => Promise.reject(cause);
    const byUrl = await failure(transport({ url: fail }).open(diary().sink));
    expect(byUrl).toMatchObject({ code: "connect_failed", cause });
    expect(byUrl.message).toBe("The url function of the WebSocket transport failed: the key server is down");
    const byKey = await failure(transport({ url: server.url, apiKey: fail }).open(diary().sink));
    expect(byKey.message).toMatch(/^The apiKey function .* the key server is down$/);
    expect(server.requests).toEqual([]);
  });

  it.each(["", "no address", "/relative", "ftp://example.com/", "sk-a-key-in-the-wrong-place"])(
    "refuses the address %j without repeating it",
    async (url) => {
      const { code, message } = await failure(transport({ url }).open(diary().sink));
      expect(code).toBe("connect_failed");
      expect(message).toMatch(/url of the WebSocket transport/);
      if (url !== "") expect(message).not.toContain(url);
    },
  );

  it.each(["", "sk-key\n", "sk key", "schlüssel"])(
    "refuses the key %j without repeating it",
    async (apiKey) => {
      const { code, message } = await failure(transport({ url: server.url, apiKey }).open(diary().sink));
      expect(code).toBe("connect_failed");
      expect(message).toMatch(/API key/);
      if (apiKey !== "") expect(message).not.toContain(apiKey.trim());
      expect(server.requests).toEqual([]);
    },
  );

  it("gives up at once when aborted while a function is asked, and tells the function", async () => {
    const abort = new AbortController();
    let given: AbortSignal | undefined;
    const asked = Promise.withResolvers<void>();
    const opening = failure(
      transport({
        url: (signal) => {
          given = signal;
          asked.resolve();
          return new Promise<string>(() => {});
        },
      }).open(diary().sink, { signal: abort.signal }),
    );
    await asked.promise;
    expect(given?.aborted).toBe(false);
    abort.abort(new Error("changed my mind"));
    expect(await opening).toMatchObject({ code: "aborted", cause: new Error("changed my mind") });
    expect(given?.aborted).toBe(true);
  });

  it("gives up after connectTimeoutMs, on the server or on a function", async () => {
    const clock = virtualClock();
    const arrived = Promise.withResolvers<void>();
    server.onUpgrade((socket) => {
      socket.resume();
      arrived.resolve();
    });
    const url = `${server.url}?model=m&token=very-secret-token`;
    const opening = failure(transport({ url, clock, connectTimeoutMs: 400 }).open(diary().sink));
    await arrived.promise;
    expect(clock.pending).toBe(1);
    await clock.advance(400);
    const { code, message } = await opening;
    expect(code).toBe("connect_failed");
    expect(message).toContain(`${server.url}?model=m&token=***: no answer within 400 ms from the server.`);
    expect(clock.pending).toBe(0);

    const never = () => new Promise<string>(() => {});
    const waiting = failure(transport({ url: server.url, apiKey: never, clock }).open(diary().sink));
    await clock.advance(10_000);
    expect((await waiting).message).toMatch(/no answer within 10000 ms from its url, apiKey and headers/);
  });

  it("leaves no timer behind, and waits without end when told so", async () => {
    const clock = virtualClock();
    server.onSocket(() => {});
    const connection = await transport({ url: server.url, clock }).open(diary().sink);
    // A connection of Node keeps the timer of its next ping.
    expect(clock.pending).toBe(transport === nodeWebSocket ? 1 : 0);
    await connection.close();
    expect(clock.pending).toBe(0);
    server.onUpgrade(answering("500 Internal Server Error"));
    await failure(
      transport({ url: server.url, clock, connectTimeoutMs: Number.POSITIVE_INFINITY }).open(diary().sink),
    );
    expect(clock.pending).toBe(0);
  });

  it("lets go of the signal when it has opened or failed", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    server.onSocket(() => {});
    const connection = await transport({ url: server.url }).open(diary().sink, { signal });
    server.onUpgrade(answering("500 Internal Server Error"));
    await failure(transport({ url: server.url }).open(diary().sink, { signal }));
    expect(added).toHaveBeenCalledTimes(2);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
    await connection.close();
  });

  it("reports a refused connection without secrets", async () => {
    const url = `ws://user:very-secret-word@127.0.0.1:${await deafPort(server)}/?model=m&api-key=very-secret-key`;
    const error = await failure(transport({ url, apiKey: "ek_very_secret" }).open(diary().sink));
    expect(error.code).toBe("connect_failed");
    expect(error.message).toMatch(/^Could not open ws:\/\/127\.0\.0\.1:\d+\/\?model=m&api-key=\*\*\*: /);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/very.secret/);
  });

  it("fails where the server does not choose a subprotocol that was offered", async () => {
    server.onUpgrade(deafUpgrade);
    const error = await failure(transport({ url: server.url, protocols: ["realtime"] }).open(diary().sink));
    expect(error.code).toBe("connect_failed");
  });
});

describe("webSocket", () => {
  it("authenticates by subprotocols", async () => {
    server.onSocket(() => {});
    const connection = await webSocket({
      url: server.url,
      apiKey: "ek_abc",
      organization: "org-1",
      project: "proj_2",
    }).open(diary().sink);
    expect(server.requests[0]?.headers["sec-websocket-protocol"]?.split(/, ?/)).toEqual([
      "realtime",
      "openai-insecure-api-key.ek_abc",
      "openai-organization.org-1",
      "openai-project.proj_2",
    ]);
    expect(connection.subprotocol).toBe("realtime");
    await connection.close();
  });

  it("offers no subprotocol without a key, and others when told", async () => {
    server.onSocket(() => {});
    const plain = await webSocket({ url: server.url, organization: "org-1" }).open(diary().sink);
    await plain.close();
    expect(server.requests[0]?.headers["sec-websocket-protocol"]).toBeUndefined();
    const protocols = ["mine", "yours"];
    const own = await webSocket({ url: server.url, protocols }).open(diary().sink);
    expect(own.subprotocol).toBe("mine");
    await own.close();
    expect(protocols).toEqual(["mine", "yours"]);
  });

  it("lets no lasting key into a browser unless it is told to", async () => {
    server.onSocket(() => {});
    vi.stubGlobal("document", { baseURI: "https://app.example/" });
    const open = (options: object) => webSocket({ url: server.url, ...options }).open(diary().sink);
    for (const apiKey of ["sk-proj-abcdefgh", () => "sk-proj-abcdefgh"]) {
      const { code, message } = await failure(open({ apiKey }));
      expect(code).toBe("connect_failed");
      expect(message).toMatch(/ek_.*dangerouslyAllowStandardKeyInBrowser/);
      expect(message).not.toContain("abcdefgh");
    }
    expect(server.requests).toEqual([]);
    const risky = { apiKey: "sk-proj-abcdefgh", dangerouslyAllowStandardKeyInBrowser: true };
    for (const options of [{ apiKey: "ek_abc" }, risky, {}]) await (await open(options)).close();
    expect(server.requests).toHaveLength(3);
  });

  it("resolves an address against the page's", async () => {
    server.onSocket(() => {});
    vi.stubGlobal("document", { baseURI: `http://127.0.0.1:${server.port}/app/index.html` });
    const connection = await webSocket({ url: "../proxy/realtime?model=m" }).open(diary().sink);
    expect(server.requests[0]?.url).toBe("/proxy/realtime?model=m");
    await connection.close();
  });

  it("says what to do in a runtime without WebSocket", async () => {
    vi.stubGlobal("WebSocket", undefined);
    const { code, message } = await failure(webSocket({ url: server.url }).open(diary().sink));
    expect(code).toBe("connect_failed");
    expect(message).toMatch(/transport-websocket\/node/);
  });
});

describe("nodeWebSocket", () => {
  it("authenticates by headers, which may be asked for, and compresses nothing", async () => {
    server.onSocket(() => {});
    const connection = await nodeWebSocket({
      url: server.url,
      apiKey: "sk-abc",
      organization: "org-1",
      project: "proj_2",
      headers: async () => ({ "OpenAI-Safety-Identifier": "user-7" }),
    }).open(diary().sink);
    await connection.close();
    const headers = server.requests[0]?.headers;
    expect(headers).toMatchObject({
      authorization: "Bearer sk-abc",
      "openai-organization": "org-1",
      "openai-project": "proj_2",
      "openai-safety-identifier": "user-7",
    });
    expect(headers?.["sec-websocket-extensions"]).toBeUndefined();
    expect(headers?.["sec-websocket-protocol"]).toBeUndefined();
  });

  it("lets headers win over the key, whatever their case", async () => {
    server.onSocket(() => {});
    const headers = { authorization: "Basic abc" };
    const connection = await nodeWebSocket({ url: server.url, apiKey: "sk-abc", headers }).open(diary().sink);
    await connection.close();
    expect(server.requests[0]?.headers.authorization).toBe("Basic abc");
  });

  it("lets a lasting key pass where there is a document: this is no browser", async () => {
    server.onSocket(() => {});
    vi.stubGlobal("document", { baseURI: "about:blank" });
    const connection = await nodeWebSocket({ url: server.url, apiKey: "sk-abc" }).open(diary().sink);
    await connection.close();
    expect(server.requests).toHaveLength(1);
  });
});
