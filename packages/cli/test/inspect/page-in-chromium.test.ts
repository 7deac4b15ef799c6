import { createServer } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChromium } from "../../../../scripts/chromium.ts";
import { page as pageOf } from "../../src/inspect/page.ts";
import { timeline } from "../../src/inspect/timeline.ts";
import { bargeIn } from "./conversation-entries.ts";

const html = pageOf(timeline(bargeIn), "talk.jsonl");
const requests: string[] = [];
const complaints: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? "");
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(html);
});
let browser: Browser;
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
  browser = await startChromium();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  server.close();
});

async function opened(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  page.on("console", (message) => void complaints.push(message.text()));
  page.on("pageerror", (error) => void complaints.push(error.message));
  page.on("request", (request) => void (request.url() === url || complaints.push(request.url())));
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  return page;
}

const widthOf = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => element.getBoundingClientRect().width);

describe("the page in a real browser", { timeout: 120_000 }, () => {
  it("asks for nothing but itself, and its own policy stops nothing of it", async () => {
    const page = await opened();
    await page.hover(".lane.you .bar >> nth=0");
    await page.keyboard.press("+");
    expect(requests.filter((path) => path !== "/")).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("tells of a bar when it is pointed at or focused, and shows the line that belongs to it", async () => {
    const page = await opened();
    await page.hover(".lane.assistant .bar");
    const card = page.locator(".card");
    expect(await card.textContent()).toContain("never heard: three four");
    expect(await page.locator("li.lit").getAttribute("id")).toBe("reply-0");
    await page.mouse.move(5, 5);
    expect(await card.isVisible()).toBe(false);
    await page.locator(".lane.tools .bar").focus();
    expect(await card.textContent()).toContain("look_up");
    await page.keyboard.press("Escape");
    expect(await card.isVisible()).toBe(false);
    await page.close();
  });

  it("goes from bar to bar by arrow keys, in the order of time", async () => {
    const page = await opened();
    await page.locator(".lane.you .bar").first().focus();
    const visited: string[] = [];
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press("ArrowRight");
      visited.push(await page.evaluate(() => document.activeElement?.getAttribute("href") ?? "—"));
    }
    expect(visited).toContain("#call-0");
    expect(visited).toContain("#reply-0");
    await page.close();
  });

  it("zooms by keys and by choice, also without its script, and leads to the story by links", async () => {
    const page = await opened();
    const fit = await widthOf(page, ".track");
    await page.keyboard.press("+");
    expect(await widthOf(page, ".track")).toBeCloseTo(fit * 2, 0);
    await page.keyboard.press("-");
    expect(await widthOf(page, ".track")).toBeCloseTo(fit, 0);
    await page.close();

    const plain = await opened({ javaScriptEnabled: false });
    await plain.getByText("4×").click();
    expect(await widthOf(plain, ".track")).toBeCloseTo(fit * 4, 0);
    await plain.getByText("fit").click();
    await plain.locator(".lane.tools .bar").click();
    expect(new URL(plain.url()).hash).toBe("#call-0");
    await plain.close();
  });
});
