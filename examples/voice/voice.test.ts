import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { initialState } from "@duologue/conversation";
import { RealtimeError } from "@duologue/core";
import type { BrainRequest } from "@duologue/emulator";
import { afterEach, describe, expect, it } from "vitest";
import { assistant } from "./assistant.ts";
import { clientSecret } from "./client-secret.ts";
import { meterHeight } from "./page/meters.ts";
import { presence } from "./page/presence.ts";
import { sendingQuality } from "./page/sending-quality.ts";
import { shortJson, spelledJson } from "./page/told-json.ts";
import { endTrouble, trouble } from "./page/trouble.ts";
import { type VoicePage, voicePage } from "./voice-page.ts";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const source = (name: string) => readFileSync(file(name), "utf8");

describe("the README", () => {
  it("shows how the line by WebRTC differs from the one by WebSocket, in three lines", () => {
    const [webRtc, webSocket] = [source("page/line-webrtc.ts"), source("page/line-websocket.ts")].map(
      (text) => text.trim().split("\n"),
    );
    const gone = webSocket?.filter((line) => !webRtc?.includes(line)) ?? [];
    const come = webRtc?.filter((line) => !webSocket?.includes(line)) ?? [];
    expect([gone.length, come.length]).toEqual([3, 3]);
    const diffs = [...source("../../README.md").matchAll(/```diff\n([\s\S]*?)```/g)].map((match) =>
      match[1]?.trim(),
    );
    const diff = [...gone.map((line) => `-${line}`), ...come.map((line) => `+${line}`)];
    expect(diffs.map((each) => each?.split("\n").sort())).toContainEqual(diff.sort());
  });
});

describe("the command", () => {
  it("serves a page, and ends with Ctrl-C", async () => {
    const { OPENAI_API_KEY: _, ...env } = process.env;
    const child = spawn(process.execPath, [file("main.ts"), "--port", "0"], { env });
    const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code)));
    let said = "";
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on("data", (chunk) => {
        said += chunk;
        const found = /http:\/\/\S+/.exec(said)?.[0];
        if (found !== undefined && said.includes("Ctrl-C")) resolve(found);
      });
      void ended.then((how) => reject(new Error(`It ended (${how}) before it told its address: ${said}`)));
    });
    expect(said).toContain("an emulator on this machine");
    expect(await (await fetch(url)).text()).toContain("<title>Duologue</title>");
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  }, 120_000);

  it("refuses a port that is none", async () => {
    const child = spawn(process.execPath, [file("main.ts"), "--port", "many"]);
    expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(2);
  });
});

const apiKey = "sk-lasting";
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

/** A service that answers every request for a key in this way. */
async function answering(status: number, body: object) {
  const asked: { readonly authorization: string | undefined; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    asked.push({ authorization: request.headers.authorization, body: Buffer.concat(chunks).toString() });
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ending.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/v1`;
  return {
    asked,
    service: { base, apiKey, model: "gpt-realtime", isEmulated: false, close: async () => {} },
  };
}

describe("the page's own key endpoint", () => {
  async function served(
    status: number,
    body: object,
  ): Promise<{
    readonly page: VoicePage;
    readonly origin: string;
    readonly asked: readonly { readonly authorization: string | undefined; readonly body: string }[];
  }> {
    const { service, asked } = await answering(status, body);
    const page = await voicePage(service);
    ending.push(() => page.close());
    return { page, asked, origin: new URL(page.url).origin };
  }

  it("gives its page an ephemeral key, and keeps the lasting one", async () => {
    const { origin, asked } = await served(200, {
      value: "ek_1",
      session: { secret: "no business of the page" },
    });
    const response = await fetch(`${origin}/api/token`, { method: "POST", headers: { origin } });
    expect(await response.json()).toEqual({ value: "ek_1" });
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(asked.map(({ authorization }) => authorization)).toEqual([`Bearer ${apiKey}`]);
    expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({
      session: { type: "realtime", model: "gpt-realtime" },
    });
    const told = await (await fetch(`${origin}/api/service`)).text();
    expect(told).not.toContain(apiKey);
  });

  it("gives none to other pages, nor to a link", async () => {
    const { origin, asked } = await served(200, { value: "ek_1" });
    const requests = [
      { method: "POST", headers: { origin: "https://elsewhere.example" } },
      { method: "POST" },
      { method: "GET", headers: { origin } },
    ];
    for (const request of requests) expect((await fetch(`${origin}/api/token`, request)).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it("says why there is none, without the key", async () => {
    const { origin } = await served(401, { error: { message: `Incorrect API key provided: ${apiKey}.` } });
    const response = await fetch(`${origin}/api/token`, { method: "POST", headers: { origin } });
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({
      error: "The service gave no key for this page (HTTP 401): Incorrect API key provided: ***.",
    });
  });

  it("says where nobody is", async () => {
    const nowhere = { base: "http://127.0.0.1:9/v1", apiKey, model: "gpt-realtime" };
    await expect(clientSecret(nowhere)).rejects.toThrow(/^http:\/\/127\.0\.0\.1:9\/v1 cannot be reached\./);
  });
});

describe("the emulated assistant", () => {
  const [today, tomorrow] = [new Int16Array(1), new Int16Array(2)];
  const brain = assistant({ today, tomorrow });
  const user = (text: string) => ({ type: "message", role: "user", content: [{ type: "input_text", text }] });
  const call = { type: "function_call", call_id: "c", name: "get_weather", arguments: "{}" };
  const output = { type: "function_call_output", call_id: "c", output: "{}" };
  const answer = { type: "message", role: "assistant", content: [{ type: "output_text", text: "Well." }] };
  // As far as the assistant reads it.
  const asked = (...items: readonly object[]) =>
    brain({ items } as BrainRequest, { signal: new AbortController().signal });

  it("looks the weather up when it hears somebody for the first time, or is asked for it", () => {
    const wish = { tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }] };
    expect(asked(user("(2.5 seconds of speech)"))).toEqual(wish);
    expect(asked(user("Hi"), call, output, answer, user("The weather, please"))).toEqual(wish);
    expect(asked(user("Hi"), call, output)).toMatchObject({ speech: today });
    expect(asked(user("And tomorrow?"))).toMatchObject({ speech: tomorrow });
  });

  it("says one thing after the other to what it hears, and repeats what it reads", () => {
    const spoken = user("(1.0 seconds of speech)");
    const first = asked(spoken, call, output, answer, spoken);
    expect(first).toMatchObject({ say: expect.stringMatching(/^I am an emulator/) });
    expect(asked(spoken, call, output, answer, spoken, answer, spoken)).not.toEqual(first);
    expect(asked(user("Good day"))).toMatchObject({ say: expect.stringMatching(/^You wrote: good day\./) });
  });
});

describe("what the page says", () => {
  it.each([
    ["connecting", { state: "connecting" }, {}, "Connecting …"],
    [
      "lost",
      { state: "reconnecting", attempt: 2, delayMs: 1, code: 1006, reason: "" },
      {},
      "The connection was lost. Trying again (2) …",
    ],
    ["listening", { state: "ready" }, {}, "Listening"],
    ["hearing", { state: "ready" }, { userSpeaking: true }, "Hearing you"],
    ["thinking", { state: "ready" }, { serverAnswers: true }, "Thinking"],
    ["over", { state: "closed", retryable: true, code: 1000, reason: "" }, {}, "The conversation has ended."],
  ] as const)("when it is %s", (_, status, turn, words) => {
    const state = { ...initialState, turn: { ...initialState.turn, ...turn } };
    expect(presence(status, state, { microphone: "on", isMuted: false }).words).toBe(words);
  });

  it.each([
    ["ready", "on", true, "You are muted"],
    ["ready", "paused", true, "You are not heard"],
    ["ready", "gone", false, "Your microphone has gone"],
    ["ready", "off", false, "Ready for your message"],
    ["ready", "asking", false, "Waiting for the microphone …"],
    ["idle", "asking", false, "Waiting for the microphone …"],
  ] as const)("of a microphone, when it is %s and %s, muted: %s", (state, microphone, isMuted, words) => {
    expect(presence({ state }, initialState, { microphone, isMuted }).words).toBe(words);
  });

  it("more of what is going on than of the microphone", () => {
    const state = { ...initialState, turn: { ...initialState.turn, serverAnswers: true } };
    expect(presence({ state: "ready" }, state, { microphone: "paused", isMuted: false }).words).toBe(
      "Thinking",
    );
  });

  it("of troubles, with what the page can do", () => {
    const denied = new RealtimeError("connect_failed", "Allow it.", { cause: { step: "permission" } });
    expect(trouble(denied)).toEqual({
      title: "The microphone is not allowed",
      advice: "Allow it.",
      remedy: "in writing",
    });
    const refused = new RealtimeError("connect_failed", "Look.", { cause: { step: "exchange" } });
    expect(trouble(refused)).toMatchObject({ title: "The service cannot be reached", remedy: "again" });
    expect(trouble(new RealtimeError("fatal", "No."))).toMatchObject({ remedy: "none" });
    expect(endTrouble({ state: "closed", retryable: true, code: 1000, reason: "" })).toBeUndefined();
    expect(endTrouble({ state: "closed", retryable: true, code: 1001, reason: "Time is up." })).toMatchObject(
      {
        advice: "Time is up.",
      },
    );
  });

  it("of a connection that tells but how much waits", () => {
    expect([0, 16_000, 64_000].map((bytes) => sendingQuality(bytes).verdict)).toEqual([
      "good",
      "fair",
      "poor",
    ]);
    expect(sendingQuality(64_000).reason).toBe("The microphone's sound leaves 1.0 s late.");
  });

  it("of JSON, on one line and on several", () => {
    expect(shortJson('{"city":"Porto, Portugal","days":[1,2]}')).toBe('city: "Porto, Portugal", days: [1,2]');
    expect(shortJson('{"city":"Po')).toBe('{"city":"Po');
    expect(spelledJson('{"a":1}')).toBe('{\n  "a": 1\n}');
  });

  it("on a meter, in decibels", () => {
    expect([0, 0.001, 0.0316, 1, 2].map((level) => Number(meterHeight(level).toFixed(2)))).toEqual([
      0, 0, 0.5, 1, 1,
    ]);
  });
});
