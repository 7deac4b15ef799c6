import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base64ToBytes, bytesToPcm16 } from "@duologue/audio";
import { type Listening, listen } from "@duologue/emulator/node";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type VoicePage, voicePage } from "../../examples/voice/voice-page.ts";
import { startChromium } from "../../scripts/chromium.ts";
import { leastContrast } from "./voice/contrast.ts";
import { tapPage } from "./voice/page-tap.ts";
import { tone, writeSpokenFile, writeTone } from "./voice/spoken-file.ts";

// The voice page as a person has it, in Chromium whose microphone plays a file, over both transports. It is asked by what
// is on it, and listened to from outside: nothing of this is in the page.

const ways = ["WebRTC", "WebSocket"] as const;
const bargeIns = 3;
const apiKey = "sk-of-the-page-s-owner";
const patience = { timeout: 20_000 };

const folder = mkdtempSync(join(tmpdir(), "duologue-voice-"));
const files = { speech: join(folder, "speech.wav"), tone: join(folder, "tone.wav") };
const contexts: BrowserContext[] = [];
const failures: Error[] = [];
const browsers: Partial<Record<keyof typeof files, Browser>> = {};
let emulator: Listening;
let page: VoicePage;

beforeAll(async () => {
  writeSpokenFile(files.speech, bargeIns);
  writeTone(files.tone);
  const weather = { name: "get_weather", arguments: { city: "Lisbon" } };
  const say = `It is sunny in Lisbon, and it stays so ${"all day long, ".repeat(20)}and all evening.`;
  const long = { say, speech: tone(20) };
  emulator = await listen({
    keys: [apiKey],
    scenario: {
      turns: [
        { heard: "What is the weather like in Lisbon today?", tools: [weather] },
        long,
        ...Array.from({ length: bargeIns }, () => ({ heard: "Wait, what about tomorrow?", ...long })),
      ],
    },
  });
  const service = {
    base: emulator.baseUrl,
    apiKey,
    model: "gpt-realtime",
    isEmulated: true,
    close: async () => {},
  };
  page = await voicePage(service);
  for (const sound of ["speech", "tone"] as const) {
    const file = `${files[sound]}${sound === "speech" ? "%noloop" : ""}`;
    browsers[sound] = await startChromium([
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-audio-capture=${file}`,
    ]);
  }
}, 180_000);

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  await expect.poll(openSessions, patience).toBe(0);
  expect(failures.splice(0)).toEqual([]);
});

afterAll(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await page?.close();
  await emulator?.close();
  rmSync(folder, { recursive: true, force: true });
});

function openSessions(): number {
  return emulator.control.sessions().filter(({ ended }) => ended === undefined).length;
}

/** The page in a tab of its own, where the user has chosen a way to connect. */
async function visit(
  way: (typeof ways)[number],
  sound: keyof typeof files,
  { permissions = ["microphone"] }: { readonly permissions?: readonly string[] } = {},
): Promise<Page> {
  const context = await browsers[sound]?.newContext({ permissions: [...permissions] });
  if (context === undefined) throw new Error("There is no browser.");
  contexts.push(context);
  await context.addInitScript(tapPage);
  const tab = await context.newPage();
  tab.setDefaultTimeout(patience.timeout);
  tab.on("pageerror", (error) => void failures.push(error));
  await tab.goto(page.url);
  await tab.getByRole("radio", { name: way }).check();
  return tab;
}

async function start(tab: Page): Promise<void> {
  await tab.getByRole("button", { name: "Start talking" }).click();
  await connected(tab);
}

async function connected(tab: Page): Promise<void> {
  await tab.locator("body[data-stage=talking]").waitFor();
}

async function write(tab: Page, words: string): Promise<void> {
  await tab.getByRole("textbox", { name: "Message" }).fill(words);
  await tab.keyboard.press("Enter");
}

/** Milliseconds of sound that each speech of the user left of the answer, from the moment when the page was told. */
async function silences(tab: Page): Promise<readonly number[]> {
  const { sounds, events } = await tab.evaluate(() => tap);
  const loud = sounds.filter(({ peak }) => peak > 0.01);
  return events
    .filter(({ type }) => type === "input_audio_buffer.speech_started")
    .flatMap(({ atMs }) => {
      const last = loud.findLast((sound) => sound.atMs < atMs + 1_500);
      // Nothing was being said.
      if (last === undefined || last.atMs < atMs - 300) return [];
      return [Math.max(0, last.atMs - atMs)];
    });
}

describe.each(ways)("the voice page over %s", { timeout: 60_000 }, (way) => {
  it("hears, calls a tool, answers, and stops when the user speaks", async () => {
    const tab = await visit(way, "speech");
    const asked: string[] = [];
    tab.on("request", (request) => void asked.push(`${request.url()} ${JSON.stringify(request.headers())}`));
    await start(tab);
    const cuts = tab.locator(".assistant .note");
    await expect.poll(() => cuts.count(), { timeout: 60_000 }).toBe(bargeIns);
    await tab.locator("[data-mood=speaking]").waitFor();

    const call = tab.locator(".call");
    await expect
      .poll(() => call.locator("summary").textContent())
      .toMatch(/^get_weather\(city: "Lisbon"\).*sunny/);
    expect(await tab.locator(".user p").allInnerTexts()).toEqual([
      "What is the weather like in Lisbon today?",
      ...Array.from({ length: bargeIns }, () => "Wait, what about tomorrow?"),
    ]);
    for (const cut of await tab.locator(".assistant:has(.note)").all()) {
      expect(await cut.locator(".heard").textContent()).toMatch(/^It is sunny/);
      expect(await cut.locator("del").textContent()).toMatch(/all evening\.$/);
    }
    const types = (await tab.evaluate(() => tap)).events.map(({ type }) => type);
    expect(types.filter((type) => type === "conversation.item.truncated")).toHaveLength(bargeIns);
    const left = await silences(tab);
    console.info(
      `${way}: sound after speech_started, ms: ${left.map((ms) => ms.toFixed(0)).join(", ")} (of ${bargeIns})`,
    );
    expect(left).toHaveLength(bargeIns);
    expect(left.toSorted((a, b) => a - b)[Math.floor(bargeIns / 2)]).toBeLessThanOrEqual(300);

    // In the middle of a sentence; `afterEach` sees that nothing is left of it.
    await tab.close();
    // The page has a key that lives for a minute, and speaks to nobody but its server and the service.
    expect(asked.filter((text) => text.includes(apiKey))).toEqual([]);
    const known = [new URL(page.url).origin, new URL(emulator.baseUrl).origin, "null"];
    expect(asked.map((text) => new URL(text.split(" ")[0] ?? "").origin)).toSatisfy((hosts: string[]) =>
      hosts.every((host) => known.includes(host)),
    );
  }, 120_000);

  it("is silent while it is muted, but for as long as the user holds a key", async () => {
    const tab = await visit(way, "tone");
    const level = () =>
      tab.evaluate(() =>
        Number(document.querySelector<HTMLElement>("#input-meter")?.style.getPropertyValue("--level")),
      );
    const sent: number[] = [];
    tab.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => {
        const { type, audio } = JSON.parse(String(payload));
        if (type !== "input_audio_buffer.append") return;
        sent.push(
          bytesToPcm16(base64ToBytes(audio)).reduce((most, each) => Math.max(most, Math.abs(each)), 0),
        );
      });
    });
    await start(tab);
    await expect.poll(level, patience).toBeGreaterThan(0.3);
    await tab.getByRole("button", { name: "Mute" }).press("Enter");
    await expect.poll(level, patience).toBe(0);
    if (way === "WebSocket") {
      const from = sent.length;
      await expect.poll(() => sent.length - from, patience).toBeGreaterThan(50);
      expect(Math.max(...sent.slice(from + 5))).toBe(0);
    }
    const hold = tab.getByRole("button", { name: "Hold to talk" });
    await hold.focus();
    await tab.keyboard.down("Space");
    await expect.poll(level, patience).toBeGreaterThan(0.3);
    await tab.keyboard.up("Space");
    await expect.poll(level, patience).toBe(0);
  });

  it("changes devices while people talk", async () => {
    const tab = await visit(way, "tone");
    await start(tab);
    await tab.getByRole("button", { name: "Mute" }).click();
    await tab.getByRole("button", { name: "Settings" }).click();
    const sessions = emulator.control.sessions().length;
    for (const name of ["Microphone", "Loudspeaker"]) {
      const choice = tab.getByLabel(name);
      const ids = await choice
        .locator("option")
        .evaluateAll((all) => all.map((each) => each.getAttribute("value")));
      expect(ids.length).toBeGreaterThan(2);
      await choice.selectOption(ids.at(-1) ?? "");
    }
    await tab.getByLabel("Volume").fill("40");
    await tab.keyboard.press("Escape");
    await write(tab, "Hello.");
    await tab.locator(".user").getByText("Hello.").waitFor();
    await expect
      .poll(() => tab.evaluate(() => tap.sounds.slice(-50).some(({ peak }) => peak > 0.01)), patience)
      .toBe(true);
    expect(await tab.locator("#trouble").textContent()).toBe("");
    expect(emulator.control.sessions()).toHaveLength(sessions);
  });

  it("goes on in writing where the microphone is not allowed", async () => {
    const tab = await visit(way, "tone", { permissions: [] });
    await tab.getByRole("button", { name: "Start talking" }).click();
    const alert = tab.getByRole("alert");
    await alert.getByText("The microphone is not allowed", { exact: true }).waitFor();
    expect(await alert.textContent()).toMatch(/settings of/);
    await alert.getByRole("button", { name: "Go on in writing" }).click();
    await connected(tab);
    await write(tab, "What is the weather?");
    await tab.locator(".assistant").first().waitFor();
    await tab.getByRole("button", { name: "End the conversation" }).click();
    await tab.getByRole("button", { name: "Start again" }).waitFor();
    await expect.poll(openSessions, patience).toBe(0);
  });

  it("says that the service is not there, and tries again", async () => {
    const tab = await visit(way, "tone");
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
  });

  it("recovers from a connection that breaks, and keeps what was said", async () => {
    const tab = await visit(way, "tone");
    await start(tab);
    await tab.getByRole("button", { name: "Mute" }).click();
    await write(tab, "Remember me.");
    await tab.locator(".user").getByText("Remember me.").waitFor();
    const words = () => tab.locator("#words").textContent();
    emulator.control.cut("all");
    await expect.poll(words, { ...patience, interval: 10 }).toMatch(/^The connection was lost/);
    await expect.poll(words, patience).not.toMatch(/lost/);
    await write(tab, "Are you there?");
    await expect
      .poll(() => tab.locator(".user p").allInnerTexts(), patience)
      .toEqual(["Remember me.", "Are you there?"]);
    await tab
      .locator(".user:has-text('there?') ~ .call, .user:has-text('there?') ~ .assistant")
      .first()
      .waitFor();
  });
});

describe("the voice page", { timeout: 60_000 }, () => {
  it.each(["light", "dark"] as const)(
    "can be used by keyboard and read aloud, and be read in %s",
    async (colorScheme) => {
      const context = await browsers.tone?.newContext({ colorScheme, reducedMotion: "reduce" });
      if (context === undefined) throw new Error("There is no browser.");
      contexts.push(context);
      const tab = await context.newPage();
      await tab.goto(page.url);
      await tab.locator("#start:enabled").waitFor();
      const focused = () =>
        tab.evaluate(
          () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
        );
      expect((await tab.evaluate(leastContrast)).contrast).toBeGreaterThanOrEqual(4.5);

      for (const key of ["Tab", "Tab", "Tab"]) await tab.keyboard.press(key);
      expect(await focused()).toBe("Start talking");
      await tab.keyboard.press("Enter");
      // The microphone is not allowed here.
      await tab.getByRole("alert").getByRole("button").waitFor();
      expect((await tab.evaluate(leastContrast)).contrast).toBeGreaterThanOrEqual(4.5);
      while ((await focused()) !== "Go on in writing") await tab.keyboard.press("Tab");
      await tab.keyboard.press("Enter");
      await connected(tab);
      await tab.getByRole("status").getByText("Connected.").waitFor();
      while ((await focused()) !== "Message") await tab.keyboard.press("Tab");
      await tab.keyboard.type("What is the weather?");
      await tab.keyboard.press("Enter");
      await tab.locator(".assistant").waitFor();
      await tab.keyboard.type("Stop.");
      await tab.keyboard.press("Enter");
      await tab.getByRole("status").getByText("The assistant was interrupted.").waitFor();
      await tab.locator(".assistant .note").waitFor();
      expect((await tab.evaluate(leastContrast)).contrast).toBeGreaterThanOrEqual(4.5);
      expect(await tab.locator("#dock").ariaSnapshot()).toContain('- button "End the conversation"');
      expect(await tab.locator("#transcript").ariaSnapshot()).toMatch(/deletion: .*Not heard: /);
      const moving = await tab.evaluate(() => document.getAnimations().length);
      expect(moving).toBe(0);
      while ((await focused()) !== "End the conversation") await tab.keyboard.press("Shift+Tab");
      await tab.keyboard.press("Enter");
      await tab.getByRole("button", { name: "Start again" }).waitFor();
      expect(await focused()).toBe("Start again");
    },
  );
});
