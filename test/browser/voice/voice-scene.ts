import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Listening, listen, type SessionReport } from "@duologue/emulator/node";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, vi } from "vitest";
import { type VoicePage, voicePage } from "../../../examples/voice/voice-page.ts";
import { webRtcMedium } from "../../../packages/emulator/src/node/webrtc-medium.ts";
import { startChromium } from "../../../scripts/chromium.ts";
import { patienceMs } from "../waiting.ts";
import { tappedMedium } from "../webrtc/tapped-medium.ts";
import { type HeardSound, heardSound } from "./heard-sound.ts";
import { greetings, tapPage } from "./page-tap.ts";
import { type StandInMicrophone, standInDevices } from "./stand-in-devices.ts";
import { tone } from "./tone.ts";

/** The ways to connect that the page offers. */
export const ways = ["WebRTC", "WebSocket"] as const;
export type Way = (typeof ways)[number];

/** How long a test waits for what a busy machine is late with. */
export const patience = { timeout: patienceMs };

/** How often somebody may interrupt. */
export const bargeIns = 3;

/** The lasting key, which no page may see. */
export const apiKey = "sk-of-the-page-s-owner";

/** How a test wants its page. */
interface Visit {
  readonly way: Way;
  /** What is undone when the test is over, whatever became of it. */
  readonly onTestFinished: (undo: () => Promise<void>) => void;
  /** Default: the microphone. */
  readonly permissions?: readonly string[];
  /** Microphones instead of the browser's. */
  readonly microphones?: readonly StandInMicrophone[];
  /** What the person has asked the system for. */
  readonly look?: Pick<BrowserContextOptions, "colorScheme" | "reducedMotion" | "viewport">;
  /** Run in the page before its own scripts; the page is left to be opened then. */
  readonly first?: (way: string) => void;
}

/** The page in a tab, and what the emulator has of it. */
export interface Visited {
  readonly tab: Page;
  /** Its sessions that have not ended. */
  running(): readonly SessionReport[];
}

/**
 * The voice page as a person has it: a Chromium, the page's server, and an emulator. One for all tests of a file, at the
 * same time.
 */
export interface VoiceScene {
  readonly emulator: Listening;
  readonly page: VoicePage;
  readonly heard: HeardSound;
  /** Opens the page in a profile of its own. When the test is over, nothing of it is left on the emulator. */
  visit(visit: Visit): Promise<Visited>;
  close(): Promise<void>;
}

/** `isHeard`: whether the tests ask what the emulator hears; it has more to do then. */
export async function voiceScene({ isHeard = false } = {}): Promise<VoiceScene> {
  const folder = mkdtempSync(join(tmpdir(), "duologue-voice-"));
  // Nobody waits for its end: it lasts until it is interrupted, however late that comes.
  const say = `It is sunny in Lisbon, and it stays so ${"all day long, ".repeat(40)}and all evening.`;
  const long = { say, speech: tone(40) };
  const medium = tappedMedium(await webRtcMedium());
  const emulator = await listen({
    medium,
    ...(isHeard && { record: join(folder, "sessions") }),
    keys: [apiKey],
    scenario: {
      turns: [
        {
          heard: "What is the weather like in Lisbon today?",
          tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }],
        },
        long,
        ...Array.from({ length: bargeIns }, () => ({ heard: "Wait, what about tomorrow?", ...long })),
      ],
    },
  });
  const { baseUrl: base } = emulator;
  const service = { base, apiKey, model: "gpt-realtime", isEmulated: true, close: async () => {} };
  const [page, browser] = await Promise.all([
    voicePage(service),
    startChromium([
      "--use-fake-device-for-media-stream",
      // As browsers are for people, whatever a test's browser is like otherwise.
      "--autoplay-policy=document-user-activation-required",
    ]),
  ]);
  return {
    emulator,
    page,
    heard: heardSound(join(folder, "sessions"), medium),
    async visit({ way, onTestFinished, permissions = ["microphone"], microphones, look, first }) {
      const context = await browser.newContext({ permissions: [...permissions], ...look });
      await context.addInitScript(tapPage);
      if (microphones !== undefined) await context.addInitScript(standInDevices, microphones);
      if (first !== undefined) await context.addInitScript(first, way);
      const tab = await context.newPage();
      const greeted = greetings(tab);
      const failures: Error[] = [];
      const running = () =>
        emulator.control.sessions().filter(({ id, ended }) => greeted.includes(id) && ended === undefined);
      onTestFinished(async () => {
        await context.close();
        await vi.waitFor(() => expect(running()).toEqual([]), patience);
        expect(failures).toEqual([]);
      });
      tab.setDefaultTimeout(patience.timeout);
      tab.on("pageerror", (error) => void failures.push(error));
      if (first === undefined) {
        await tab.goto(page.url);
        await tab.getByRole("radio", { name: way }).check();
      }
      return { tab, running };
    },
    async close() {
      await browser.close();
      await page.close();
      await emulator.close();
      await medium.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Clicks the button, and waits until people can talk. */
export async function start(tab: Page): Promise<void> {
  await tab.getByRole("button", { name: "Start talking" }).click();
  await connected(tab);
}

export async function connected(tab: Page): Promise<void> {
  await tab.locator("body[data-stage=talking]").waitFor();
}

export async function write(tab: Page, words: string): Promise<void> {
  await tab.getByRole("textbox", { name: "Message" }).fill(words);
  await tab.keyboard.press("Enter");
}
