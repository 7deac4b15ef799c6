import { fileURLToPath } from "node:url";
import { createOpenAI } from "@ai-sdk/openai";
import { experimental_getRealtimeToolDefinitions as getRealtimeToolDefinitions, tool } from "ai";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startChromium } from "../../scripts/chromium.ts";
import type { AiSdkPage } from "./ai-sdk-page.ts";
import { exchanged, key, type Service, service } from "./service.ts";
import { speech } from "./speech.ts";

// The session of the Vercel AI SDK as it comes, in the browser that it is made for.

declare const aiSdk: AiSdkPage;

let browser: Browser;
let script: string;
beforeAll(async () => {
  browser = await startChromium([
    "--autoplay-policy=no-user-gesture-required",
    // The page stands nowhere, and what it dials on this machine.
    "--disable-features=LocalNetworkAccessChecks",
  ]);
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("ai-sdk-page.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    platform: "browser",
    write: false,
  });
  script = bundle.outputFiles[0]?.text ?? "";
}, 300_000);
afterAll(() => browser?.close());

/** A page with the session in it, whose server gives it client secrets of the emulator. */
async function opened({ baseUrl }: Service) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const inputSchema = z.object({ city: z.string() });
  const tools = await getRealtimeToolDefinitions({
    tools: { get_weather: tool({ description: "The weather in a city.", inputSchema }) },
  });
  const origin = "https://page.example.com";
  await page.route(`${origin}/**`, async (route) => {
    if (!route.request().url().endsWith("/token")) {
      return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>A page</title>" });
    }
    const provider = createOpenAI({ apiKey: key, baseURL: baseUrl });
    const given = await provider.experimental_realtime.getToken({ model: "gpt-realtime", api: "realtime" });
    return route.fulfill({ json: { ...given, tools } });
  });
  await page.goto(`${origin}/`);
  await page.addScriptTag({ content: script });
  return { page, close: () => context.close() };
}

describe("the session of ai, in Chromium", { timeout: 120_000 }, () => {
  it("converses, calls two tools at once, is interrupted and cuts what was not heard", async () => {
    const there = await service({
      // Faster than it is played, and far from over when it is interrupted.
      pace: 2,
      scenario: {
        turns: [
          {
            tools: [
              { name: "get_weather", arguments: { city: "Porto" } },
              { name: "get_weather", arguments: { city: "Faro" } },
            ],
          },
          { say: "Both are clear, and they will be for days.", speech: new Int16Array(24 * 60_000) },
          { heard: "Wait, what about tomorrow?", say: "Tomorrow.", speech: new Int16Array(24 * 100) },
        ],
      },
    });
    const { page, close } = await opened(there);
    await page.evaluate(() => aiSdk.connect());
    await page.waitForFunction(() => aiSdk.events.includes("session-updated"));
    await page.evaluate(() => aiSdk.write("What is the weather in Porto and Faro?"));
    await page.waitForFunction(() => aiSdk.state.isPlaying);
    const audio = Buffer.from((await speech("barge-in")).buffer).toString("base64");
    await page.evaluate((sound) => aiSdk.speak(sound), audio);
    await page.waitForFunction(() => aiSdk.events.filter((type) => type === "response-done").length === 3);
    await page.waitForFunction(() => aiSdk.events.includes("input-transcription-completed"));
    const { status, asked, errors, messages } = await page.evaluate(() => ({
      ...aiSdk.state,
      asked: aiSdk.asked,
      errors: aiSdk.errors,
    }));
    await page.evaluate(() => aiSdk.disconnect());
    await close();
    expect({ status, errors }).toEqual({ status: "connected", errors: [] });
    expect(asked).toEqual([
      ["get_weather", { city: "Porto" }],
      ["get_weather", { city: "Faro" }],
    ]);
    const words = messages?.map(({ role, parts }) => [
      role,
      parts.map((part) => "text" in part && part.text).join(),
    ]);
    expect(words?.[0]).toEqual(["user", "What is the weather in Porto and Faro?"]);
    expect(words?.slice(-2)).toEqual([
      ["user", "Wait, what about tomorrow?"],
      ["assistant", "Tomorrow."],
    ]);
    // One answer to two outputs, and the words of what was cut stay where they are.
    const [recording] = await there.recorded();
    const told = recording ? exchanged(recording) : [];
    expect(told.filter((type) => type === "> response.create")).toHaveLength(2);
    expect(told).toContain("< conversation.item.truncated");
    expect(words?.at(-3)).toEqual(["assistant", expect.stringMatching(/^Both/)]);
  });
});
