import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Listening, listen } from "@duologue/emulator/node";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startChromium } from "../../scripts/chromium.ts";
import type { ClientsPage } from "./voice/clients-page.ts";
import { greetings, tapPage } from "./voice/page-tap.ts";
import { tone, writeSpokenFile } from "./voice/spoken-file.ts";

// The official clients of the Realtime API over WebRTC, in the browser that they are made for, with the emulator as the
// service. They know nothing of it, and it nothing of them.

declare const clients: ClientsPage;

const patience = { timeout: 30_000 };
const folder = mkdtempSync(join(tmpdir(), "duologue-clients-"));
let emulator: Listening;
let browser: Browser;
let script: string;

beforeAll(async () => {
  const file = join(folder, "speech.wav");
  writeSpokenFile(file, 1);
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
    `--use-file-for-fake-audio-capture=${file}%noloop`,
    "--autoplay-policy=no-user-gesture-required",
    // The page stands nowhere, and what it calls on this machine.
    "--disable-features=LocalNetworkAccessChecks",
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await emulator?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a client over WebRTC", () => {
  it.concurrent.for(["openai", "agents"] as const)(
    "of %s calls, is heard and answered, is interrupted, and hangs up",
    { timeout: 90_000 },
    async (client, { expect }) => {
      const context = await browser.newContext({ permissions: ["microphone"] });
      await context.addInitScript(tapPage);
      const tab = await context.newPage();
      const greeted = greetings(tab);
      const failures: Error[] = [];
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

      // The microphone's file asks, and speaks into the answer.
      const peak = () => tab.evaluate(() => Math.max(...tap.sounds.slice(-50).map((sound) => sound.peak)));
      await expect.poll(peak, patience).toBeGreaterThan(0.1);
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
