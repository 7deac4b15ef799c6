import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChromium } from "../../../../scripts/chromium.ts";
import { userText } from "../support/conversation.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
}, 300_000);
afterAll(() => browser?.close());

describe("the status page", { timeout: 120_000 }, () => {
  it("shows live sessions, and takes their words for words", async () => {
    const { url, baseUrl } = await listening({ firstOutputMs: 0 });
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    const troubles: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") troubles.push(message.text());
    });
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("dialog", (dialog) => troubles.push(dialog.message()));
    await page.goto(baseUrl.replace(/v1$/, ""));
    await page.getByText("No session yet").waitFor();

    const { events, send, until, socket } = client(`${url}?model=%3Cb%3Em`, [], withKey);
    const attack = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
    await until("session.created");
    send({ type: "conversation.item.create", item: userText(attack) });
    send({ type: "response.create" });
    send({ type: "nope" });
    await until("response.done");
    await page.locator(".lane.assistant .bar.completed").waitFor();
    expect(await page.locator(".lane.you .bar").textContent()).toBe(attack);
    expect(await page.locator(".lane.errors .bar").count()).toBe(1);
    expect(await page.locator(".session h2").textContent()).toMatch(/^sess_/);
    await page.locator("summary").click();
    expect(await page.locator(".events li.client code").allTextContents()).toContain("response.create");
    expect(await page.locator("img, .session script, b:text('m')").count()).toBe(0);
    expect(events.length).toBeGreaterThan(3);

    socket.close(4321);
    await page.getByText("closed 4321").waitFor();
    expect(troubles).toEqual([]);
    await page.close();
  });
});
