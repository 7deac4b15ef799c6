import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { realtimeSession } from "@duologue/core";
import { type Listening, type ListenOptions, listen } from "@duologue/emulator/node";
import { openaiRealtime } from "@duologue/protocol";
import { sdpEndpoint, webRtc } from "@duologue/transport-webrtc";
import { openaiRealtimeUrl, webSocket } from "@duologue/transport-websocket";
import wrtc from "@roamhq/wrtc";
import { afterEach, describe, expect, it } from "vitest";

// The servers of two READMEs, each with a page's program on this side and the emulator on the other.

const keys = new URL("./ephemeral-key.ts", import.meta.url);
const calls = new URL("./calls.ts", import.meta.url);
const readme = (name: string) =>
  readFileSync(new URL(`../../packages/${name}/README.md`, import.meta.url), "utf8");

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Starts the service that the server asks. */
async function service(options: ListenOptions = {}): Promise<Listening> {
  const server = await listen(options);
  stops.push(() => server.close());
  return server;
}

/** Starts a server; its address. */
async function started(program: URL, base: string): Promise<string> {
  const server: ChildProcess = spawn(process.execPath, [fileURLToPath(program)], {
    env: { ...process.env, OPENAI_API_KEY: "sk-of-the-server", OPENAI_BASE_URL: base, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "exit");
  stops.push(() => {
    server.kill();
    return ended;
  });
  const [said] = await once(server.stdout ?? server, "data");
  return `http://127.0.0.1:${/port: (\d+)/.exec(String(said))?.[1]}`;
}

describe("the server that makes ephemeral keys", () => {
  it("is what the README shows", () => {
    expect(readme("transport-websocket")).toContain(readFileSync(keys, "utf8"));
  });

  it("gives a page a key that opens a session, and the server's own stays with it", async () => {
    const { baseUrl: base } = await service({ keys: ["sk-of-the-server"] });
    const address = await started(keys, base);
    const given: string[] = [];
    const transport = webSocket({
      url: openaiRealtimeUrl({ model: "gpt-realtime", base }),
      apiKey: async (signal) => {
        const answer = await fetch(`${address}/ephemeral-key`, { method: "POST", signal });
        given.push(await answer.text());
        return given[0] ?? "";
      },
    });
    const session = realtimeSession({ protocol: openaiRealtime, transport });
    await session.open();
    expect(session.status).toEqual({ state: "ready" });
    expect(given).toEqual([expect.stringMatching(/^ek_/)]);
    await session.close();
    expect((await fetch(`${address}/ephemeral-key`)).status).toBe(404);
  });

  it("says why there is none", async () => {
    const { baseUrl } = await service({ keys: ["sk-other"] });
    const refused = await started(keys, baseUrl);
    const answer = await fetch(`${refused}/ephemeral-key`, { method: "POST" });
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining("API key")]);
    const alone = await started(keys, "http://127.0.0.1:9/v1");
    const nothing = await fetch(`${alone}/ephemeral-key`, { method: "POST" });
    expect([nothing.status, await nothing.text()]).toEqual([502, "The service cannot be reached."]);
  });
});

describe("the server that passes offers on", () => {
  it("is what the README shows", () => {
    expect(readme("transport-webrtc")).toContain(readFileSync(calls, "utf8"));
  });

  it("has a page's call answered, and tells it the call's id", async () => {
    const { baseUrl } = await service({ keys: ["sk-of-the-server"] });
    const address = await started(calls, baseUrl);
    const transport = webRtc({
      exchange: sdpEndpoint({ url: `${address}/calls` }),
      RTCPeerConnection: wrtc.RTCPeerConnection,
      microphone: false,
    });
    const session = realtimeSession({ protocol: openaiRealtime, transport });
    await session.open();
    expect(session.connection?.callId).toMatch(/^rtc_/);
    await session.close();
    expect((await fetch(`${address}/calls`)).status).toBe(404);
  });

  it("passes on why there is no call", async () => {
    const { baseUrl } = await service({ keys: ["sk-other"] });
    const address = await started(calls, baseUrl);
    const answer = await fetch(`${address}/calls`, { method: "POST", body: "v=0" });
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining("API key")]);
  });
});
