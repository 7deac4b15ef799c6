import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, it, type TestContext, vi } from "vitest";
import { consoleLines } from "./console-lines.ts";
import { leastContrast } from "./voice/contrast.ts";
import {
  apiKey,
  bargeIns,
  connected,
  patience,
  start,
  type VoiceScene,
  voiceScene,
  type Way,
  ways,
  write,
} from "./voice/voice-scene.ts";

// The voice page as a person has it, in Chromium. It is asked by what is on it, spoken to by what stands in for a microphone,
// and listened to from outside: nothing of this is in the page. Two pages are tried at a time.

// More pages at a time take longer, all of them.
vi.setConfig({ maxConcurrency: 2 });

let scene: VoiceScene;
beforeAll(async () => {
  scene = await voiceScene();
}, 180_000);
afterAll(() => scene?.close());

const speech = (name: string) =>
  readFileSync(new URL(`../../examples/speech/${name}.wav`, import.meta.url)).toString("base64");
const speeches = { question: speech("ask-weather"), bargeIn: speech("barge-in") };
const microphones = [{ deviceId: "quiet", label: "A quiet room", hz: 0, speeches }];

/** An answer that was cut by somebody's voice. */
interface Cut {
  /** Milliseconds for which it went on sounding, from the moment when the page was told that the user speaks. */
  readonly soundedMs: number;
  /** How much of it the browser held back then: on a busy machine, where sound comes unevenly, a lot. Over a track only. */
  readonly heldMs: number;
}

async function cutsOf(tab: Page): Promise<readonly Cut[]> {
  const { sounds, events, held } = await tab.evaluate(() => tap);
  const loud = sounds.filter(({ peak }) => peak > 0.01);
  return events
    .filter(({ type }) => type === "input_audio_buffer.speech_started")
    .flatMap(({ atMs }) => {
      // The next answer comes when the user has finished.
      const next = events.find((each) => each.type === "response.created" && each.atMs > atMs);
      const last = loud.findLast((sound) => sound.atMs < (next?.atMs ?? Number.POSITIVE_INFINITY));
      // Nothing was being said.
      if (last === undefined || last.atMs < atMs - 1_000) return [];
      const heldMs = held.findLast((each) => each.atMs <= atMs)?.ms ?? 0;
      return [{ soundedMs: Math.max(0, last.atMs - atMs), heldMs }];
    });
}

/** A person asks something, hears the answer, and speaks into it again and again. */
async function talks(way: Way, { expect, onTestFinished }: TestContext): Promise<void> {
  const { tab, running } = await scene.visit({ way, onTestFinished, microphones });
  const asked: string[] = [];
  tab.on("request", (request) => void asked.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  await start(tab);
  await tab.evaluate(() => speak("question"));
  const cuts = tab.locator(".assistant .note");
  /** Whether the last second was an answer; on a busy machine it has gaps. */
  const isSounding = () =>
    tab.evaluate(() => tap.sounds.slice(-200).filter(({ peak }) => peak > 0.01).length > 150);
  for (let count = 1; count <= bargeIns; count++) {
    await expect.poll(isSounding, patience).toBe(true);
    await tab.evaluate(() => speak("bargeIn"));
    await expect.poll(() => cuts.count(), patience).toBe(count);
    // As long as somebody speaks.
    await expect.poll(isSounding, patience).toBe(false);
  }
  await tab.locator("[data-mood=speaking]").waitFor();

  const call = tab.locator(".call");
  await expect
    .poll(() => call.locator("summary").textContent(), patience)
    .toMatch(/^get_weather\(city: "Lisbon"\).*sunny/);
  expect(await tab.locator(".user p").allInnerTexts()).toEqual([
    "What is the weather like in Lisbon today?",
    ...Array.from({ length: bargeIns }, () => "Wait, what about tomorrow?"),
  ]);
  for (const cut of await tab.locator(".assistant:has(.note)").all()) {
    expect(await cut.locator(".heard").textContent()).toMatch(/^It is sunny/);
    expect(await cut.locator("del").textContent()).toMatch(/^Not heard: .*all day long/);
  }
  const types = (await tab.evaluate(() => tap)).events.map(({ type }) => type);
  expect(types.filter((type) => type === "conversation.item.truncated")).toHaveLength(bargeIns);
  const left = await cutsOf(tab);
  const listed = left.map(({ soundedMs, heldMs }) => `${soundedMs.toFixed(0)} (${heldMs.toFixed(0)} held)`);
  console.info(`${way}: sound after speech_started, ms: ${listed.join(", ")}`);
  expect(left).toHaveLength(bargeIns);
  // That is the promise, in the time of the sound. How evenly sound comes over the track depends on how busy a machine is.
  const median = left.map(({ soundedMs, heldMs }) => soundedMs - heldMs).toSorted((a, b) => a - b)[1];
  expect(median).toBeLessThanOrEqual(300);

  // In the middle of a sentence, and nothing is left of it.
  expect(running()).toHaveLength(1);
  await tab.close();
  await expect.poll(running, patience).toEqual([]);
  // The page has a key that lives for a minute, and speaks to nobody but its server and the service.
  expect(asked.filter((text) => text.includes(apiKey))).toEqual([]);
  const known = [new URL(scene.page.url).origin, new URL(scene.emulator.baseUrl).origin, "null"];
  expect(asked.map((text) => new URL(text.split(" ")[0] ?? "").origin)).toSatisfy((hosts: string[]) =>
    hosts.every((host) => known.includes(host)),
  );
}

/** Run in the page. Whether the line that is being heard is in sight, and words behind it are not. */
function isVoiceShown(): boolean {
  const bottomOf = (found: string) =>
    document.querySelector(found)?.getBoundingClientRect().bottom ?? Number.NaN;
  const bottom = bottomOf("#transcript");
  return (
    bottomOf(".assistant:last-child .heard") < bottom && bottomOf(".assistant:last-child .rest") > bottom
  );
}

/** Run in the page: from now on each change of an element's words is on the console, behind its id. */
function tellsChanges(id: string): void {
  const element = document.getElementById(id);
  const tell = () => console.log(`${id}: ${element?.textContent}`);
  if (element !== null) new MutationObserver(tell).observe(element, { childList: true });
}

describe.concurrent("the voice page", { timeout: 180_000 }, () => {
  it.for(ways)("is heard, calls a tool, is answered, and is interrupted, over %s", (way, context) =>
    talks(way, context),
  );

  it.for(ways)(
    "goes on in writing where the microphone is not allowed, over %s",
    async (way, { expect, onTestFinished }) => {
      const look = { viewport: { width: 320, height: 480 } };
      const { tab, running } = await scene.visit({ way, onTestFinished, permissions: [], look });
      await tab.getByRole("button", { name: "Start talking" }).click();
      const alert = tab.getByRole("alert");
      await alert.getByText("The microphone is not allowed", { exact: true }).waitFor();
      expect(await alert.textContent()).toMatch(/settings of/);
      await alert.getByRole("button", { name: "Go on in writing" }).click();
      await connected(tab);
      await write(tab, "What is the weather?");
      await tab.locator(".assistant").first().waitFor();
      if (way === "WebSocket") {
        // The words are there before the voice, more of them than fit; what is shown goes with the voice.
        await tab.locator(".assistant:last-child .heard:has(+ .rest):not(:empty)").waitFor();
        // What comes below it has its room from the next picture on.
        await expect.poll(() => tab.evaluate(isVoiceShown), patience).toBe(true);
      }
      await tab.getByRole("button", { name: "End the conversation" }).click();
      await tab.getByRole("button", { name: "Start again" }).waitFor();
      await expect.poll(running, patience).toEqual([]);
    },
  );

  it.for(ways)(
    "says that the service is not there, and tries again, over %s",
    async (way, { expect, onTestFinished }) => {
      const { tab } = await scene.visit({ way, onTestFinished, microphones });
      const address = way === "WebRTC" ? "**/realtime/calls" : "**/api/token";
      const error = way === "WebRTC" ? { message: "The line is busy." } : "The line is busy.";
      await tab.route(address, (route) => route.fulfill({ status: 503, json: { error } }));
      await tab.getByRole("button", { name: "Start talking" }).click();
      const alert = tab.getByRole("alert");
      await alert.getByText("The service cannot be reached", { exact: true }).waitFor();
      expect(await alert.textContent()).toContain("The line is busy");
      await tab.unroute(address);
      await alert.getByRole("button", { name: "Try again" }).click();
      await connected(tab);
      expect(await alert.textContent()).toBe("");
    },
  );

  it.for(ways)(
    "replaces a connection that breaks, and keeps what was said, over %s",
    async (way, { expect, onTestFinished }) => {
      const { tab, running } = await scene.visit({ way, onTestFinished, microphones });
      await start(tab);
      await tab.getByRole("button", { name: "Mute" }).click();
      await write(tab, "Remember me.");
      await tab.locator(".user").getByText("Remember me.").waitFor();
      const { line, said } = consoleLines();
      tab.on("console", (message) => said(message.text()));
      await tab.evaluate(tellsChanges, "words");
      for (const { id } of running()) scene.emulator.control.cut(id);
      await line("words: The connection was lost");
      await expect.poll(() => tab.locator("#words").textContent(), patience).not.toMatch(/lost/);
      await write(tab, "Are you there?");
      await expect
        .poll(() => tab.locator(".user p").allInnerTexts(), patience)
        .toEqual(["Remember me.", "Are you there?"]);
      await tab
        .locator(".user:has-text('there?') ~ .call, .user:has-text('there?') ~ .assistant")
        .first()
        .waitFor();
    },
  );

  it.for([
    ["light", { width: 1_280, height: 800 }],
    ["dark", { width: 320, height: 568 }],
  ] as const)(
    "is used by keyboard and read aloud, and can be read, in %s",
    async ([colorScheme, viewport], { expect, onTestFinished }) => {
      const { tab } = await scene.visit({
        way: "WebRTC",
        onTestFinished,
        permissions: [],
        look: { colorScheme, viewport, reducedMotion: "reduce" },
      });
      await tab.locator("#start:enabled").waitFor();
      const focused = () =>
        tab.evaluate(
          () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
        );
      const readable = async () => {
        expect((await tab.evaluate(leastContrast)).contrast).toBeGreaterThanOrEqual(4.5);
        expect(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      };
      await readable();
      const { lines, said } = consoleLines();
      tab.on("console", (message) => said(message.text()));
      await tab.evaluate(tellsChanges, "news");

      while ((await focused()) !== "Start talking") await tab.keyboard.press("Tab");
      await tab.keyboard.press("Enter");
      await tab.getByRole("alert").getByRole("button").waitFor();
      await readable();
      while ((await focused()) !== "Go on in writing") await tab.keyboard.press("Tab");
      await tab.keyboard.press("Enter");
      await connected(tab);
      await tab.getByRole("status").getByText("Connected.").waitFor();
      while ((await focused()) !== "Message") await tab.keyboard.press("Tab");
      await tab.keyboard.type("What is the weather?");
      await tab.keyboard.press("Enter");
      await tab.locator(".assistant").waitFor();
      await tab.locator("[data-mood=speaking]").waitFor();
      await tab.keyboard.type("Stop.");
      await tab.keyboard.press("Enter");
      await tab.getByRole("status").getByText("The assistant was interrupted.").waitFor();
      await tab.locator(".assistant .note").waitFor();
      await readable();
      expect(await tab.locator("#dock").ariaSnapshot()).toContain('- button "End the conversation"');
      expect(await tab.locator("#transcript").ariaSnapshot()).toMatch(/deletion: .*Not heard: /);
      const moving = await tab.evaluate(() => document.getAnimations().length);
      expect(moving).toBe(0);
      while ((await focused()) !== "End the conversation") await tab.keyboard.press("Shift+Tab");
      await tab.keyboard.press("Enter");
      await tab.getByRole("button", { name: "Start again" }).waitFor();
      expect(await focused()).toBe("Start again");
      // The words of the conversation are heard, and nothing is said about each of them.
      expect(lines.filter((each) => each.startsWith("news: "))).toEqual([
        "news: Connected.",
        "news: The assistant calls get_weather.",
        "news: The assistant was interrupted.",
        "news: The conversation has ended.",
      ]);
    },
  );
});
