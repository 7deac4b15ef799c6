import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { beginsByItself, type ToldOfItself } from "./voice/begins-by-itself.ts";
import { frequencyHz, loudest } from "./voice/heard-sound.ts";
import {
  patience,
  start,
  type Visited,
  type VoiceScene,
  voiceScene,
  ways,
  write,
} from "./voice/voice-scene.ts";

// What the voice page does with microphones and loudspeakers, by what the emulator hears of them, and by what the browser
// says of those that nobody can hear here. Both ways to connect are tried at the same time.

const low = { deviceId: "low", label: "Low microphone", hz: 400 };
const high = { deviceId: "high", label: "High microphone", hz: 1600 };
const microphones = [low, high];
/** The tone of the first one from when it is muted on. */
const mutedHz = 800;
/** Larger than what Opus makes of silence, or of a tone that has ended. */
const loud = 1_000;
/** What arrives of silence: over a track what Opus makes of it, as events nothing at all. */
const silence = { WebRTC: 50, WebSocket: 0 };
const sampleRateHz = 24_000;

// More pages at a time take longer, all of them.
vi.setConfig({ maxConcurrency: 2 });

let scene: VoiceScene;
beforeAll(async () => {
  scene = await voiceScene({ isHeard: true });
}, 180_000);
afterAll(() => scene?.close());

/** What the emulator hears in the session of a page that is running. */
function heardOf({ running }: Visited): readonly Int16Array[] {
  const [session] = running();
  return session === undefined ? [] : scene.heard(session);
}

/** The frequency of the last quarter of a second; of silence 0. */
function latestHz(pieces: readonly Int16Array[]): number {
  const latest: Int16Array[] = [];
  let count = 0;
  for (const piece of pieces.toReversed()) {
    if (count >= sampleRateHz / 4) break;
    latest.unshift(piece);
    count += piece.length;
  }
  return loudest(latest) > loud ? frequencyHz(latest) : 0;
}

/** The frequency of the last tenth of a second in which there was a tone; 0 where there was none. */
function lastHz(pieces: readonly Int16Array[]): number {
  const last: Int16Array[] = [];
  for (const piece of pieces.toReversed()) {
    if (seconds(last) >= 0.1) break;
    if (loudest([piece]) > loud) last.unshift(piece);
  }
  return last.length === 0 ? 0 : frequencyHz(last);
}

const seconds = (pieces: readonly Int16Array[]) =>
  pieces.reduce((sum, { length }) => sum + length, 0) / sampleRateHz;

/** A choice of the settings, by its name. */
async function choose(tab: Page, name: string, deviceId: string): Promise<void> {
  await tab.getByRole("button", { name: "Settings" }).click();
  await tab.getByRole("combobox", { name }).selectOption(deviceId);
  await tab.keyboard.press("Escape");
}

describe.concurrent("the voice page", { timeout: 180_000 }, () => {
  it.for(ways)(
    "sends silence while it is muted, from another device and over another connection too, over %s",
    async (way, { expect, onTestFinished }) => {
      const visited = await scene.visit({ way, onTestFinished, microphones });
      const { tab, running } = visited;
      const hearing = () => heardOf(visited);
      const level = () =>
        tab.evaluate(() =>
          Number(document.querySelector<HTMLElement>("#input-meter")?.style.getPropertyValue("--level")),
        );
      const hears = (hz: number) => expect.poll(() => latestHz(hearing()), patience).toBeCloseTo(hz, -2);
      await start(tab);
      await hears(low.hz);
      await expect.poll(level, patience).toBeGreaterThan(0.3);

      const from = hearing().length;
      await tab.getByRole("button", { name: "Mute" }).press("Enter");
      await tab.getByRole("button", { name: "Mute", pressed: true }).waitFor();
      await tab.evaluate((hz) => tuneMicrophone(hz), mutedHz);
      const sinceMuted = () => hearing().slice(from);
      /** Waits for two seconds more: what was under way when it was muted may come late, behind a gap. */
      const goesOn = async () => {
        const before = seconds(sinceMuted());
        await expect.poll(() => seconds(sinceMuted()), patience).toBeGreaterThan(before + 2);
        await hears(0);
      };
      await goesOn();
      await expect.poll(level, patience).toBe(0);
      await choose(tab, "Microphone", high.deviceId);
      await goesOn();
      // All of it, if any, was said before.
      expect([0, low.hz]).toContain(Math.round(lastHz(sinceMuted()) / 200) * 200);

      const [{ id } = { id: "" }] = running();
      scene.emulator.control.cut(id);
      await expect.poll(() => running().map((session) => session.id !== id), patience).toEqual([true]);
      await expect.poll(() => seconds(hearing()), patience).toBeGreaterThan(1);
      expect(loudest(hearing())).toBeLessThanOrEqual(silence[way]);

      const hold = tab.getByRole("button", { name: "Hold to talk" });
      await hold.focus();
      await tab.keyboard.down("Space");
      await hears(high.hz);
      await tab.keyboard.up("Space");
      await hears(0);
      await tab.getByRole("button", { name: "Mute" }).click();
      await hears(high.hz);
    },
  );

  it.for(ways)(
    "changes microphone and loudspeaker in the same session, over %s",
    async (way, { expect, onTestFinished }) => {
      const visited = await scene.visit({ way, onTestFinished, microphones });
      const { tab, running } = visited;
      const hearing = () => heardOf(visited);
      await start(tab);
      const [session] = running();
      const hears = (hz: number) => expect.poll(() => latestHz(hearing()), patience).toBeCloseTo(hz, -2);
      await hears(low.hz);
      await choose(tab, "Microphone", high.deviceId);
      await hears(high.hz);
      await choose(tab, "Microphone", low.deviceId);
      await hears(low.hz);

      await tab.getByRole("button", { name: "Mute" }).click();
      const loudspeakers = await tab
        .getByRole("combobox", { name: "Loudspeaker", includeHidden: true })
        .locator("option")
        .evaluateAll((all) => all.map((each) => each.getAttribute("value") ?? ""));
      const deviceId = loudspeakers.at(-1) ?? "";
      expect(deviceId).not.toBe("");
      await choose(tab, "Loudspeaker", deviceId);
      const by = way === "WebRTC" ? "media element" : "audio graph";
      await expect.poll(() => tab.evaluate(() => loudspeakers), patience).toEqual([{ by, deviceId }]);
      await write(tab, "Hello.");
      await tab.locator(".user").getByText("Hello.").waitFor();
      await expect
        .poll(() => tab.evaluate(() => tap.sounds.slice(-50).some(({ peak }) => peak > 0.01)), patience)
        .toBe(true);
      expect(await tab.locator("#trouble").textContent()).toBe("");
      expect(running().map(({ id }) => id)).toEqual([session?.id]);
    },
  );

  it.for(ways)(
    "asks for a click where the browser holds the sound back, and sounds then, over %s",
    async (way, { expect, onTestFinished }) => {
      const blocked = Promise.withResolvers<ToldOfItself>();
      // Whatever a test asks of a page counts as a gesture there: until the click the page has to tell by itself.
      const { tab } = await scene.visit({ way, onTestFinished, permissions: [], first: beginsByItself });
      tab.on("console", (message) => {
        if (message.text().startsWith("blocked ")) blocked.resolve(JSON.parse(message.text().slice(8)));
      });
      await tab.goto(scene.page.url);
      const { button, answer, peak, isPlaying } = await blocked.promise;
      expect(button.words).toBe("Play the sound");
      expect(answer).toMatch(/^Assistant/);
      expect({ peak, isPlaying }).toEqual({ peak: 0, isPlaying: false });

      await tab.mouse.click(button.x, button.y);
      await expect
        .poll(() => tab.evaluate(() => tap.sounds.slice(-50).some(({ peak: each }) => each > 0.01)), patience)
        .toBe(true);
      const { clicks, isPlaying: playsNow } = await tab.evaluate(() => toldOfItself());
      expect({ clicks, playsNow }).toEqual({ clicks: ["unlock"], playsNow: true });
      expect(await tab.getByRole("button", { name: "Play the sound" }).count()).toBe(0);
      expect(await tab.getByRole("alert").textContent()).toBe("");
    },
  );
});
