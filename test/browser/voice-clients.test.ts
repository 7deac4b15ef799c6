import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Listening, listen } from "@duologue/emulator/node";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startChromium } from "../../scripts/chromium.ts";
import type { ClientsPage } from "./voice/clients-page.ts";
import { greetings, tapPage } from "./voice/page-tap.ts";
import { standInDevices } from "./voice/stand-in-devices.ts";
import { tone } from "./voice/tone.ts";
import { patienceMs } from "./waiting.ts";

// The official clients of the Realtime API over WebRTC, in the browser that they are made for, with the emulator as the
// service. They know nothing of it, and it nothing of them.

declare const clients: ClientsPage;

const patience = { timeout: patienceMs };
const speech = (name: string) =>
  readFileSync(new URL(`../../examples/speech/${name}.wav`, import.meta.url)).toString("base64");
const speeches = { question: speech("ask-weather"), bargeIn: speech("barge-in") };
const microphones = [{ deviceId: "quiet", label: "A quiet room", hz: 0, speeches }];
let emulator: Listening;
let browser: Browser;
let script: string;

beforeAll(async () => {
  emulator = await listen({
    scenario: {
      turns: [
        { say: "Good day.", speech: tone(1) },
        { say: "It is sunny.", speech: tone(20) },
      ],
    },
  });
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("./voice/clients-page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
  });
  script = bundle.outputFiles[0]?.text ?? "";
  browser = await startChromium([
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    // The page stands nowhere, and what it calls on this machine.
    "--disable-features=LocalNetworkAccessChecks",
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await emulator?.close();
});

describe("a client over WebRTC", () => {
  it.concurrent.for(["openai", "agents"] as const)(
    "of %s calls, is heard and answered, is interrupted, and hangs up",
    { timeout: 180_000 },
    async (client, { expect }) => {
      const context = await browser.newContext({ permissions: ["microphone"] });
      await context.addInitScript(tapPage);
      await context.addInitScript(standInDevices, microphones);
      const tab = await context.newPage();
      const greeted = greetings(tab);
      const failures: Error[] = [];
      tab.setDefaultTimeout(patience.timeout);
      tab.on("pageerror", (error) => void failures.push(error));
      await tab.route("https://page.example.com/", (route) =>
        route.fulfill({ contentType: "text/html", body: "<!doctype html><title>A page</title>" }),
      );
      await tab.goto("https://page.example.com/");
      await tab.addScriptTag({ content: script });
      const types = async () => (await tab.evaluate(() => tap)).events.map(({ type }) => type);

      await tab.evaluate(([name, base]) => clients[name](base, "ek_of_this_test"), [
        client,
        emulator.baseUrl,
      ] as const);
      await tab.evaluate(() => clients.say("Good day."));
      await expect.poll(types, patience).toContain("output_audio_buffer.stopped");

      await tab.evaluate(() => speak("question"));
      const count = async (type: string) => (await types()).filter((each) => each === type).length;
      await expect.poll(() => count("output_audio_buffer.started"), patience).toBe(2);
      const peak = () => tab.evaluate(() => Math.max(...tap.sounds.slice(-50).map((sound) => sound.peak)));
      await expect.poll(peak, patience).toBeGreaterThan(0.1);
      await tab.evaluate(() => speak("bargeIn"));
      await expect.poll(types, patience).toContain("conversation.item.truncated");
      const order = [
        "session.created",
        "output_audio_buffer.started",
        "output_audio_buffer.stopped",
        "input_audio_buffer.speech_started",
        "input_audio_buffer.speech_stopped",
        "output_audio_buffer.cleared",
      ];
      expect([...new Set((await types()).filter((type) => order.includes(type)))]).toEqual(order);
      const isRunning = () =>
        emulator.control.sessions().some(({ id, ended }) => greeted.includes(id) && ended === undefined);
      expect(isRunning()).toBe(true);
      await tab.evaluate(() => clients.close());
      await expect.poll(isRunning, patience).toBe(false);
      await context.close();
      expect(failures).toEqual([]);
    },
  );
});
