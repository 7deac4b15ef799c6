import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { connected, patience, start, type VoiceScene, voiceScene, ways, write } from "./voice/voice-scene.ts";

// What the voice page says and offers when something befalls a microphone, before, during and after a conversation. Whether
// one is heard is seen by what the page says of the user: its server hears a voice in the tone of the loud one.

const quiet = { deviceId: "quiet", label: "A quiet room", hz: 0 };
const loud = { deviceId: "loud", label: "A loud room", hz: 400 };
const microphones = [quiet, loud];

// More pages at a time take longer, all of them.
vi.setConfig({ maxConcurrency: 2 });

let scene: VoiceScene;
beforeAll(async () => {
  scene = await voiceScene();
}, 180_000);
afterAll(() => scene?.close());

const words = (tab: Page) => tab.locator("#words").textContent();
const focused = (tab: Page) => tab.evaluate(() => document.activeElement?.id);

/** Little room: a small telephone, and a window at 200 %. */
const smallWindows = {
  WebRTC: { width: 320, height: 568 },
  WebSocket: { width: 640, height: 400 },
};

/** Run in the page: what is not all in sight of it, or of its buttons. */
function outOfSight(): readonly string[] {
  const { scrollWidth, scrollHeight } = document.documentElement;
  const buttons = [...document.querySelectorAll("button")].filter((each) => {
    const { top, left, bottom, right } = each.getBoundingClientRect();
    return each.checkVisibility() && (top < 0 || left < 0 || bottom > innerHeight || right > innerWidth);
  });
  const page = scrollWidth > innerWidth || scrollHeight > innerHeight ? ["page"] : [];
  return [...page, ...buttons.map(({ id, textContent }) => id || (textContent ?? ""))];
}

/** Run in the page: by how many pixels the end of what was said is below what is in sight. */
function belowSight(): number {
  const list = document.querySelector("#transcript");
  return list === null ? Number.NaN : list.scrollHeight - list.clientHeight - list.scrollTop;
}

/** Run in the page: where a letter of an element's words begins. */
function leftOf({ firstChild }: Element, index: number): number {
  const letter = document.createRange();
  if (firstChild === null) return Number.NaN;
  letter.setStart(firstChild, index);
  letter.setEnd(firstChild, index + 1);
  return letter.getBoundingClientRect().left;
}

/** Lets a page without any gesture begin to talk, and tells the highest that its microphone's meter has been. */
function measuresByItself(way: string): void {
  let most = 0;
  const timer = setInterval(() => {
    const button = document.querySelector<HTMLButtonElement>("#start:enabled");
    if (button === null) return;
    clearInterval(timer);
    document.querySelector<HTMLInputElement>(`input[value=${way.toLowerCase()}]`)?.click();
    button.click();
    const look = () => {
      const meter = document.querySelector<HTMLElement>("#input-meter");
      const level = Number(meter?.style.getPropertyValue("--level"));
      if (level > most) console.log(`level ${level}`);
      most = Math.max(most, level);
      requestAnimationFrame(look);
    };
    look();
  }, 20);
}

describe.concurrent("the voice page", { timeout: 180_000 }, () => {
  it.for(ways)(
    "says that the system has paused the microphone, and begins again with another one, over %s",
    async (way, { expect, onTestFinished }) => {
      const { tab } = await scene.visit({ way, onTestFinished, microphones });
      const note = tab.locator("#paused");
      const said = () => tab.getByRole("status").textContent();
      await start(tab);
      await expect.poll(() => words(tab), patience).toBe("Listening");
      expect(await note.isVisible()).toBe(false);
      await tab.evaluate(() => happenToMicrophone("mute"));
      await note.waitFor();
      expect(await note.textContent()).toContain("The system has paused your microphone");
      expect(await said()).toMatch(/^The system has paused your microphone/);
      await expect.poll(() => words(tab), patience).toBe("You are not heard");
      await tab.evaluate(() => happenToMicrophone("unmute"));
      await note.waitFor({ state: "hidden" });
      expect(await said()).toBe("Your microphone is back.");
      await expect.poll(() => words(tab), patience).toBe("Listening");

      // A talk that ends takes the note along.
      await write(tab, "Hello. ".repeat(300));
      await tab.locator(".assistant").waitFor();
      await tab.evaluate(() => happenToMicrophone("mute"));
      await note.waitFor();
      const message = tab.getByRole("textbox", { name: "Message" });
      await message.fill("Not sent yet");
      await tab.getByRole("button", { name: "End the conversation" }).click();
      await note.waitFor({ state: "hidden" });
      if (way === "WebRTC") {
        // What takes room, such as a keyboard or a note, takes it from what was said long ago.
        await tab.setViewportSize({ width: 1_280, height: 500 });
        await expect.poll(() => tab.evaluate(belowSight), patience).toBeLessThan(1);
      }

      const hint = tab.getByText("What you choose now is used when you start again.");
      await tab.getByRole("button", { name: "Settings" }).click();
      expect(await hint.isVisible()).toBe(true);
      await tab.getByRole("combobox", { name: "Microphone" }).selectOption(loud.deviceId);
      await tab.keyboard.press("Escape");
      await tab.getByRole("button", { name: "Start again" }).click();
      await connected(tab);
      await expect.poll(() => words(tab), patience).toBe("Hearing you");
      // No other one has been open in between.
      expect(await tab.evaluate(() => openedMicrophones)).toEqual(["", loud.deviceId]);
      expect(await message.inputValue()).toBe("Not sent yet");
      await tab.getByRole("button", { name: "Settings" }).click();
      expect(await hint.isVisible()).toBe(false);
    },
  );

  it.for(ways)(
    "offers another microphone where one has gone, and shows none as chosen that cannot be had, over %s",
    async (way, { expect, onTestFinished }) => {
      const look = { viewport: smallWindows[way] };
      const { tab } = await scene.visit({ way, onTestFinished, microphones, look });
      const alert = tab.getByRole("alert");
      const mute = tab.getByRole("button", { name: "Mute" });
      const bring = tab.getByRole("button", { name: "Use a microphone" });
      expect(await tab.evaluate(outOfSight)).toEqual([]);
      await start(tab);
      expect([await mute.isVisible(), await bring.isVisible()]).toEqual([true, false]);

      await tab.getByRole("button", { name: "Settings" }).click();
      const choice = tab.getByRole("combobox", { name: "Microphone" });
      // Unplugged, and the page has not been told yet.
      await choice.evaluate((each) => each.append(new Option("Unplugged", "unplugged")));
      await choice.selectOption("unplugged");
      await alert.getByText("That device cannot be used", { exact: true }).waitFor();
      expect(await choice.inputValue()).toBe("");
      await tab.keyboard.press("Escape");

      await tab.evaluate(() => happenToMicrophone("ended"));
      await alert.getByText("The microphone has gone", { exact: true }).waitFor();
      await expect.poll(() => words(tab), patience).toBe("Your microphone has gone");
      expect([await mute.isVisible(), await bring.isVisible()]).toEqual([false, true]);
      expect(await tab.evaluate(outOfSight)).toEqual([]);
      await bring.press("Enter");
      await expect.poll(() => words(tab), patience).toBe("Hearing you");
      expect(await alert.textContent()).toBe("");
      expect([await mute.isVisible(), await bring.isVisible()]).toEqual([true, false]);
      expect(await focused(tab)).toBe("mute");
    },
  );

  it.for(ways)(
    "writes in any direction, and comes to talking once the microphone is allowed, over %s",
    async (way, { expect, onTestFinished }) => {
      const { tab } = await scene.visit({ way, onTestFinished, permissions: [] });
      await tab.getByRole("button", { name: "Start talking" }).click();
      await tab.getByRole("button", { name: "Go on in writing" }).press("Enter");
      await connected(tab);
      await expect.poll(() => words(tab), patience).toBe("Ready for your message");
      expect(await focused(tab)).toBe("message");
      const message = tab.getByRole("textbox", { name: "Message" });
      await message.fill("שלום.");
      expect(await message.evaluate((each) => getComputedStyle(each).direction)).toBe("rtl");
      await message.press("Enter");
      const line = tab.locator(".user p");
      await line.waitFor();
      const [first, stop] = [await line.evaluate(leftOf, 0), await line.evaluate(leftOf, 4)];
      expect(stop).toBeLessThan(first);

      const bring = tab.getByRole("button", { name: "Use a microphone" });
      await bring.click();
      const alert = tab.getByRole("alert");
      await alert.getByText("That device cannot be used", { exact: true }).waitFor();
      expect(await alert.textContent()).toMatch(/settings of/);
      expect(await focused(tab)).toBe("bring");
      await tab.context().grantPermissions(["microphone"]);
      await bring.click();
      await expect.poll(() => words(tab), patience).toBe("Hearing you");
      expect(await alert.textContent()).toBe("");
    },
  );

  it.for(ways)(
    "measures a microphone also where it began without a gesture, over %s",
    async (way, { expect, onTestFinished }) => {
      const levels: number[] = [];
      const { tab } = await scene.visit({ way, onTestFinished, first: measuresByItself });
      tab.on("console", (message) => {
        const level = /^level (.*)/.exec(message.text())?.[1];
        if (level !== undefined) levels.push(Number(level));
      });
      await tab.goto(scene.page.url);
      await expect.poll(() => levels.at(-1) ?? 0, patience).toBeGreaterThan(0.3);
    },
  );
});
