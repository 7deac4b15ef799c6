import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readWav, writeWav } from "@duologue/audio";
import { type Listening, listen } from "@duologue/emulator/node";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startChromium } from "../../../scripts/chromium.ts";
import { awaited, patienceMs } from "../waiting.ts";
import { endlessSpeech } from "./endless-speech.ts";
import { type PageServer, pageScript, pageServer } from "./page-server.ts";
import type { Talked } from "./talking.ts";

// A spoken conversation over a WebSocket: a page's microphone and speaker on one side, the emulator on the other. What
// is cut is compared with what the page's audio graph played, which is recorded on the audio thread.

const sampleRateHz = 24000;

function speech(name: string): Int16Array {
  const file = fileURLToPath(new URL(`../../../examples/speech/${name}.wav`, import.meta.url));
  return readWav(readFileSync(file)).samples;
}

/** Somebody who speaks without a pause: the silence at both ends of a question is left out, and a browser repeats it. */
function incessantSpeech(): Int16Array {
  const question = speech("ask-weather");
  const isLoud = (sample: number) => Math.abs(sample) > 1_000;
  return question.slice(question.findIndex(isLoud), question.findLastIndex(isLoud));
}

const folder = mkdtempSync(join(tmpdir(), "duologue-talk-"));
const second = speech("answer-tomorrow");
let emulator: Listening;
let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  const file = join(folder, "user.wav");
  writeFileSync(file, writeWav({ sampleRateHz, samples: incessantSpeech() }));
  emulator = await listen({
    scenario: {
      turns: [
        {
          heard: "What is the weather like in Lisbon today?",
          say: "It is sunny.",
          speech: endlessSpeech(30),
        },
        { heard: "Wait, what about tomorrow?", say: "Tomorrow brings some clouds.", speech: second },
      ],
    },
  });
  server = await pageServer(await pageScript("./page.ts"));
  browser = await startChromium([
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-audio-capture=${file}`,
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.stop(), emulator?.close()]);
  rmSync(folder, { recursive: true });
});

it(
  "cuts an answer where the page's graph stopped playing it, when the user speaks into it",
  async () => {
    const page = await browser.newPage();
    const failures: Error[] = [];
    page.on("pageerror", (error) => void failures.push(error));
    await page.goto(server.origin, { timeout: patienceMs });
    const url = `${emulator.url}?model=gpt-realtime`;
    // What stands in `audio` there is what the page's functions say.
    const talking = page.evaluate(`audio.talks(${JSON.stringify(url)})`) as Promise<Talked>;
    const talked = await awaited("a page to talk to the end", talking);

    expect(failures).toEqual([]);
    expect(talked.problems).toEqual([]);
    expect(talked.interruptions).toHaveLength(1);
    const [cut] = talked.interruptions;
    const cutMs = cut?.truncatedAtMs ?? Number.NaN;
    console.info(
      `cut at ${cutMs} ms, the graph played ${talked.graphMs.toFixed(2)} ms; ` +
        `silent ${talked.silentAfterMs.toFixed(1)} ms after speech_started`,
    );
    expect(cut?.by).toBe("user");
    expect(talked.wrong).toBe(0);
    expect(talked.graphMs).toBeGreaterThan(1000);
    expect(Math.abs(cutMs - talked.graphMs)).toBeLessThanOrEqual(20 + talked.cutTookMs);
    expect(talked.silentAfterMs).toBeLessThanOrEqual(300);
    expect(talked.secondHeardMs).toBeCloseTo((second.length * 1000) / sampleRateHz, 3);
    expect(talked.items.map((item) => item.split(":")[0])).toEqual([
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
  },
  2 * patienceMs,
);
