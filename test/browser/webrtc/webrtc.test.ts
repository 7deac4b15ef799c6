import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transportConformance } from "@duologue/testing";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startChromium } from "../../../scripts/chromium.ts";
import { consoleLines } from "../console-lines.ts";
import { awaited, patienceMs } from "../waiting.ts";
import { type CallScene, callScene, newest, type Run, runIn } from "./call-scene.ts";
import { callsWithATone, loud, raw } from "./calls-with-a-tone.ts";
import type { CallRequest } from "./page.ts";
import { writeSounds } from "./sounds.ts";

// The WebRTC transport, a session and a conversation in a page of Chromium, whose microphone plays a file. They call an
// emulator here, of which the test knows what it hears.

vi.setConfig({ testTimeout: 2 * patienceMs });

const folder = mkdtempSync(join(tmpdir(), "duologue-webrtc-"));
let scene: CallScene;

beforeAll(async () => {
  scene = await callScene();
}, 120_000);

afterAll(async () => {
  await scene?.close();
  rmSync(folder, { recursive: true, force: true });
});

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
            `--use-file-for-fake-audio-capture=${writeSounds(folder)[sound]}`,
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
    tab.setDefaultTimeout(patienceMs);
    tab.on("pageerror", (error) => void failures.push(error));
    await tab.goto(scene.origin);
    return { tab, run: runIn(tab), call: () => newest(scene.medium), close: () => tab.close() };
  };
}

const direct = (): CallRequest => ({ base: scene.emulator.baseUrl });

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
    await run("hears", "sound");
    await run("came", "output_audio_buffer.stopped");
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
    // The question comes again later on.
    const first = events.slice(0, events.indexOf("output_audio_buffer.stopped") + 1);
    expect(first.filter((type) => order.includes(type))).toEqual(order);
    expect(events).not.toContain("response.output_audio.delta");
    expect(items).toContain("assistant: It is clear in Lisbon.");
    expect(Math.max(...call().heard)).toBeGreaterThan(1_000);
    await run("close");
    await awaited("the call to end", call().ended);
  });
});

describe("a call from Chromium, with a tone", () => {
  const open = browserWith([], { sound: "tone" });
  callsWithATone({ scene: () => scene, open, tellsLevel: true });

  it("changes the device without a new call", async () => {
    const { tab, run, call } = await open();
    await run("open", { ...direct(), microphone: raw });
    const devices = await tab.evaluate(async () =>
      (await navigator.mediaDevices.enumerateDevices())
        .filter(({ kind, deviceId }) => kind === "audioinput" && deviceId !== "default")
        .map(({ deviceId }) => deviceId),
    );
    const before = scene.medium.calls.length;
    const [, other = ""] = devices;
    expect(await run("use", other, raw)).toBe(other);
    const { heard, hears } = call();
    const from = heard.length;
    await hears("the other device", () => heard.slice(from).filter((peak) => peak > loud).length > 50);
    expect(scene.medium.calls).toHaveLength(before);
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
    const { lines, line, said } = consoleLines();
    tab.on("console", (message) => said(message.text()));
    await tab.goto(
      `${scene.origin}/#${encodeURIComponent(JSON.stringify({ ...direct(), microphone: false }))}`,
    );
    await tab.reload();
    expect(await line("RealtimeError")).toMatch(/^RealtimeError: The browser does not play .*from a click/);
    // Until the browser has said no, nobody knows.
    expect(lines.filter((each) => each === "blocked" || each === "heard").at(-1)).toBe("blocked");
    const before = lines.length;
    await tab.click("#gesture");
    await line("heard", before);
  });
});
