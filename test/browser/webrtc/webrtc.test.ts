import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Listening, listen } from "@duologue/emulator/node";
import { transportConformance } from "@duologue/testing";
import type { Browser, BrowserContext, Page as Tab } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { webRtcMedium } from "../../../packages/emulator/src/node/webrtc-medium.ts";
import { startChromium } from "../../../scripts/chromium.ts";
import { type CallPageServer, callPageServer } from "./call-page-server.ts";
import type { CallRequest, Page } from "./page.ts";
import { writeSounds } from "./sounds.ts";
import { type TappedMedium, tappedMedium } from "./tapped-medium.ts";

// The WebRTC transport, a session and a conversation in a page of Chromium, whose microphone plays a file. They call an
// emulator here, of which the test knows what it hears.

const answer = Int16Array.from({ length: 24_000 * 1.5 }, (_, index) =>
  Math.round(9_000 * Math.sin(index / 7)),
);

const folder = mkdtempSync(join(tmpdir(), "duologue-webrtc-"));
let server: CallPageServer;
let emulator: Listening;
let medium: TappedMedium;

beforeAll(async () => {
  medium = tappedMedium(await webRtcMedium());
  emulator = await listen({
    medium,
    keys: ["ek_of_this_test"],
    scenario: {
      turns: Array.from({ length: 20 }, () => ({ say: "It is clear in Lisbon.", speech: answer })),
    },
  });
  server = await callPageServer(relay);
}, 120_000);

afterAll(async () => {
  await emulator?.close();
  await medium?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The page's own server: takes offers to the emulator with the key that only it has. */
async function relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url !== "/calls") {
    response.writeHead(503, { "content-type": "application/json", "retry-after": "7" });
    response.end('{"error":{"message":"The line is busy."}}');
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const form = new FormData();
  form.set("sdp", Buffer.concat(chunks).toString());
  form.set("session", JSON.stringify({ type: "realtime", model: "gpt-realtime" }));
  const headers = { Authorization: "Bearer ek_of_this_test" };
  const given = await fetch(`${emulator.baseUrl}/realtime/calls`, { method: "POST", body: form, headers });
  response.writeHead(given.status, { location: given.headers.get("location") ?? "" });
  response.end(await given.text());
}

/** Calls a function of the page. */
type Run = <K extends keyof Page>(
  name: K,
  ...args: Parameters<Page[K]>
) => Promise<Awaited<ReturnType<Page[K]>>>;

function runIn(tab: Tab): Run {
  // What stands in `page` there is what `Page` says.
  return (name, ...args) => tab.evaluate(`page.${name}(...${JSON.stringify(args)})`) as never;
}

/** A browser whose microphone plays what `sound` names, and its tabs, which go with each test unless they are kept. */
function browserWith(
  switches: readonly string[],
  { sound, keep = false }: { readonly sound?: "speech" | "tone"; readonly keep?: boolean } = {},
) {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const failures: Error[] = [];

  beforeAll(async () => {
    const capture =
      sound === undefined
        ? []
        : [
            "--use-fake-device-for-media-stream",
            `--use-file-for-fake-audio-capture=${writeSounds(folder)[sound]}${sound === "speech" ? "%noloop" : ""}`,
          ];
    browser = await startChromium([...switches, ...capture]);
  }, 120_000);
  afterEach(async () => {
    if (!keep) for (const context of contexts.splice(0)) await context.close();
    expect(failures.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());

  return async (permissions: readonly string[] = ["microphone"]) => {
    const context = await browser.newContext({ permissions: [...permissions] });
    contexts.push(context);
    const tab = await context.newPage();
    tab.on("pageerror", (error) => void failures.push(error));
    await tab.goto(server.origin);
    return { tab, run: runIn(tab), call: () => newest(medium) };
  };
}

function newest({ calls }: TappedMedium) {
  const call = calls.at(-1);
  if (call === undefined) throw new Error("Nobody has called.");
  return call;
}

/** Resolves when `reached` holds; asked again as soon as it has answered. */
async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setImmediate(resolve));
}

const direct = (): CallRequest => ({ base: emulator.baseUrl });

describe("webRtc in Chromium conforms", () => {
  // Both sides are in the page, which may not know its own address while it has no microphone.
  const open = browserWith(["--disable-features=WebRtcHideLocalIpsWithMdns"], { keep: true });
  let run: Run;
  beforeAll(async () => {
    ({ run } = await open([]));
  });

  for (const { id, rule, needs } of transportConformance) {
    // What needs the sources is tested where they are.
    if (needs !== "sources") it(`${id}: ${rule}`, () => run("conformance", id));
  }
});

describe("a call from Chromium, with speech", () => {
  const open = browserWith([], { sound: "speech" });

  it("is heard, is answered, and the answer is heard", async () => {
    const { run, call } = await open();
    const { callId, maxFrameBytes, error } = await run("open", direct());
    expect(error).toBeUndefined();
    expect(callId).toMatch(/^rtc_/);
    expect(maxFrameBytes).toBe(262_144);
    await until(async () => (await run("report")).events.includes("output_audio_buffer.started"));
    expect(await run("loudness", 30)).toBeGreaterThan(0.1);
    await until(async () => (await run("report")).events.includes("output_audio_buffer.stopped"));
    const { events, items } = await run("report");
    const order = [
      "session.created",
      "session.updated",
      "input_audio_buffer.speech_started",
      "input_audio_buffer.speech_stopped",
      "input_audio_buffer.committed",
      "response.created",
      "output_audio_buffer.started",
      "output_audio_buffer.stopped",
    ];
    expect(events.filter((type) => order.includes(type))).toEqual(order);
    expect(events).not.toContain("response.output_audio.delta");
    expect(items.at(-1)).toBe("assistant: It is clear in Lisbon.");
    expect(Math.max(...call().heard)).toBeGreaterThan(1_000);
    await run("close");
    await call().ended;
  });
});

describe("a call from Chromium, with a tone", () => {
  const open = browserWith([], { sound: "tone" });
  const loud = 3_000;
  /** What Opus makes of silence. */
  const quiet = 50;
  /** A tone that goes on and on is noise to a browser. */
  const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const direct = (): CallRequest => ({ base: emulator.baseUrl, microphone: raw });

  it("mutes really, and lets be heard again", async () => {
    const { run, call } = await open();
    await run("open", direct());
    const { heard } = call();
    await until(() => heard.slice(-20).every((peak) => peak > loud) && heard.length > 50);
    await run("mute", true);
    await until(() => heard.slice(-100).every((peak) => peak < quiet));
    expect((await run("report")).isMuted).toBe(true);
    await run("mute", false);
    await until(() => (heard.at(-1) ?? 0) > loud);
    await run("close");
  });

  it("is muted from the start where that was wanted before there was a microphone", async () => {
    const { run, call } = await open();
    await run("open", { ...direct(), muted: true });
    const { heard } = call();
    await until(() => heard.length >= 200);
    expect(Math.max(...heard)).toBeLessThan(quiet);
    await run("mute", false);
    await until(() => (heard.at(-1) ?? 0) > loud);
  });

  it("changes the device without a new call", async () => {
    const { tab, run, call } = await open();
    await run("open", direct());
    const devices = await tab.evaluate(async () =>
      (await navigator.mediaDevices.enumerateDevices())
        .filter(({ kind, deviceId }) => kind === "audioinput" && deviceId !== "default")
        .map(({ deviceId }) => deviceId),
    );
    const before = medium.calls.length;
    const [, other = ""] = devices;
    expect(await run("use", other, raw)).toBe(other);
    const { heard } = call();
    const from = heard.length;
    await until(() => heard.slice(from).filter((peak) => peak > loud).length > 50);
    expect(medium.calls).toHaveLength(before);
  });

  it("measures how it fares", async () => {
    const { run } = await open();
    await run("open", direct());
    // The first round trip is measured while all begins at once.
    let stats = await run("stats");
    while (stats.verdict !== "good") stats = await run("stats");
    expect(stats.reason).toBe("Sound arrives whole and in time.");
    expect(stats.outgoing.bitsPerSecond).toBeGreaterThan(5_000);
    expect(stats.outgoing.audioLevel).toBeGreaterThan(0.1);
    expect(stats.roundTripMs).toBeLessThan(300);
    expect(stats.incoming.packetsLost).toBe(0);
  });

  it("goes by way of the page's own server", async () => {
    const { run } = await open();
    const { callId, error } = await run("open", { endpoint: "/calls" });
    expect(error).toBeUndefined();
    expect(callId).toMatch(/^rtc_/);
  });

  it("recovers from a peer that is killed, asks for no microphone again, and stays muted", async () => {
    const { run, call } = await open();
    const { callId } = await run("open", direct());
    await run("say", "What is the weather?");
    await until(async () => (await run("report")).events.includes("conversation.item.done"));
    await run("mute", true);
    call().link.cut?.();
    await until(async () => {
      const { status, callId: next } = await run("report");
      return status === "ready" && next !== callId;
    });
    const { statuses, questions, isMuted, items } = await run("report");
    expect(statuses).toContain("reconnecting");
    expect([questions, isMuted]).toEqual([1, true]);
    const { heard } = call();
    await until(() => heard.length > 100);
    expect(Math.max(...heard)).toBeLessThan(quiet);
    await run("mute", false);
    await until(() => (heard.at(-1) ?? 0) > loud);
    expect(items.slice(0, 1)).toEqual(["user: What is the weather?"]);
  });

  it("leaves nothing running on the emulator when the page is closed in mid-sentence", async () => {
    const { tab, run, call } = await open();
    await run("open", { ...direct(), muted: true });
    await run("say", "What is the weather?");
    await until(async () => (await run("report")).events.includes("output_audio_buffer.started"));
    const { ended } = call();
    await tab.close();
    await ended;
    await until(() => emulator.control.sessions().every(({ ended: end }) => end !== undefined));
  });
});

describe("a call from Chromium that does not come about", () => {
  const open = browserWith(["--use-fake-device-for-media-stream"]);

  it("says that the microphone was not allowed, and what to do", async () => {
    const { run } = await open([]);
    const { error } = await run("open", direct());
    expect(error).toMatchObject({ code: "connect_failed", step: "permission" });
    expect(error?.message).toBe(
      "The microphone was not allowed. Allow it in the settings of this site, and of the system, then try again.",
    );
  });

  it("says which device there is not", async () => {
    const { run } = await open();
    const { error } = await run("open", { ...direct(), microphone: { deviceId: { exact: "none" } } });
    expect(error).toMatchObject({ code: "connect_failed", step: "device" });
    expect(error?.message).toMatch(/^No microphone is as the constraints ask/);
  });

  it("says what a server answered", async () => {
    const { run } = await open();
    const { error } = await run("open", { endpoint: "/busy" });
    expect(error).toMatchObject({ code: "connect_failed", step: "exchange" });
    expect(error?.message).toBe(
      "/busy refused the offer with HTTP 503 (The line is busy). The server has trouble: try again later.",
    );
    const refused = await run("open", { ...direct(), apiKey: "ek_of_somebody_else" });
    expect(refused.error?.message).toMatch(/HTTP 401 \(Incorrect API key provided/);
  });

  it("says that nobody is there", async () => {
    const { run } = await open();
    const { error } = await run("open", { base: "http://127.0.0.1:9/v1" });
    expect(error).toMatchObject({ code: "connect_failed", step: "exchange" });
    expect(error?.message).toMatch(/127\.0\.0\.1:9\/v1\/realtime\/calls cannot be reached: .*CORS/);
  });

  it("keeps a lasting key in", async () => {
    const { run } = await open();
    const { error } = await run("open", { ...direct(), apiKey: "sk-proj-lasting" });
    expect(error?.message).toMatch(/dangerouslyAllowStandardKeyInBrowser/);
  });
});

describe("playback in Chromium", () => {
  const open = browserWith(["--autoplay-policy=document-user-activation-required"]);

  it("is blocked until a gesture, and says so", async () => {
    const { tab } = await open([]);
    const said: string[] = [];
    tab.on("console", (message) => void said.push(message.text()));
    await tab.goto(
      `${server.origin}/#${encodeURIComponent(JSON.stringify({ ...direct(), microphone: false }))}`,
    );
    await tab.reload();
    await until(() => said.some((text) => text.startsWith("RealtimeError")));
    expect(said).toContain("blocked");
    expect(said.at(-1)).toMatch(/^RealtimeError: The browser does not play the sound: .*from a click/);
    await tab.click("#gesture");
    await until(() => said.includes("heard"));
  });
});
