import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startChromium } from "../../../scripts/chromium.ts";
import { consoleLines } from "../console-lines.ts";
import { awaited, patienceMs } from "../waiting.ts";
import type { AudioPage } from "./page.ts";
import { type PageServer, pageScript, pageServer } from "./page-server.ts";

// The microphone and the speaker of @duologue/audio/browser in a real browser, whose microphone hears a file.

const speech = fileURLToPath(new URL("../../../examples/speech/ask-weather.wav", import.meta.url));
const fakeMicrophone = [
  "--use-fake-device-for-media-stream",
  `--use-file-for-fake-audio-capture=${speech}`,
  "--autoplay-policy=document-user-activation-required",
];
const allowed = "--use-fake-ui-for-media-stream";

// More pages at a time take longer, all of them.
vi.setConfig({ maxConcurrency: 3, testTimeout: 2 * patienceMs });

let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  server = await pageServer(await pageScript("./page.ts"));
  browser = await startChromium([...fakeMicrophone, allowed]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Arguments as JavaScript; JSON has no `undefined`. */
function listed(args: readonly unknown[]): string {
  return `[${args.map((arg) => JSON.stringify(arg) ?? "undefined").join()}]`;
}

/** Calls a function of the page. */
async function call<K extends keyof AudioPage>(
  name: K,
  args: Parameters<AudioPage[K]>,
  { path = "/", from = browser }: { readonly path?: string; readonly from?: Browser } = {},
): Promise<Awaited<ReturnType<AudioPage[K]>>> {
  const failures: Error[] = [];
  const page = await from.newPage();
  page.on("pageerror", (error) => void failures.push(error));
  try {
    await page.goto(server.origin + path, { timeout: patienceMs });
    const called = `audio.${name}(...${listed(args)})`;
    // What stands in `audio` there is what AudioPage says.
    const result = (await awaited(`a page to have done ${called}`, page.evaluate(called))) as Awaited<
      ReturnType<AudioPage[K]>
    >;
    expect(failures).toEqual([]);
    return result;
  } finally {
    await page.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** The device's own rate, whatever it is, and two that devices have. */
const speakerRates: readonly (readonly [string, number | undefined])[] = [
  ["the device's rate", undefined],
  ["48 kHz", 48000],
  ["16 kHz", 16000],
];
const microphoneRates = [44100, 48000, 16000];

describe("the speaker", () => {
  it.each(speakerRates)("plays parts without a gap, sample by sample, at %s", async (_, rate) => {
    const { sampleRateHz, wrong, expected, reports } = await call("playsToItsEnd", [rate]);
    expect({ expected, wrong }).toEqual({ expected: Math.ceil(0.9 * sampleRateHz), wrong: 0 });
    const finished = reports.filter(({ type }) => type === "finished");
    expect(finished.map(({ itemId, heardSamples }) => [itemId, heardSamples])).toEqual([
      ["item_0", 0.5 * sampleRateHz],
      ["item_1", 0.4 * sampleRateHz],
    ]);
    // What is reported is what the graph has played, less what the device still keeps. A page that the machine stops between
    // counting and reporting is behind by that: not most of the time.
    for (const { heardSamples, graphSamples } of reports)
      expect(heardSamples).toBeLessThanOrEqual(graphSamples);
    const behindMs = reports
      .filter(({ type }) => type === "progress")
      .map((each) => ((each.graphSamples - each.heardSamples) * 1000) / sampleRateHz - each.latencyMs);
    expect(median(behindMs)).toBeLessThanOrEqual(20);
    // Every 20 ms of 900, as far as the page has time to listen.
    expect(behindMs.length).toBeGreaterThan(10);
  });

  it.each(speakerRates)("falls silent at a flush, and says what was played, at %s", async (_, rate) => {
    const cuts = await call("flushes", [12, rate]);
    expect(cuts).toHaveLength(12);
    const inMs = (samples: number, index: number) => (samples * 1000) / (cuts[index]?.sampleRateHz ?? 0);
    const errors = cuts.map((cut, index) => inMs(Math.abs(cut.reportedSamples - cut.graphSamples), index));
    const after = cuts.map((cut, index) => inMs(cut.framesAfter, index));
    console.info(
      `${cuts[0]?.sampleRateHz} Hz, 12 flushes: report against graph at most ${Math.max(...errors).toFixed(2)} ms, ` +
        `sound after the call at most ${Math.max(...after).toFixed(2)} ms`,
    );
    const calls = cuts.map(({ callFrames }, index) => inMs(callFrames, index));
    expect(Math.max(...errors.map((error, index) => error - (calls[index] ?? 0)))).toBeLessThanOrEqual(20);
    expect(Math.max(...after)).toBeLessThanOrEqual(20);
  });

  it("has a volume, a level, a choice of devices, and an end", async () => {
    const { loud, quiet, level, refusal, stateAfterClose } = await call("setsVolumeAndDevice", []);
    expect(loud).toBeGreaterThan(0.2);
    expect(quiet / loud).toBeGreaterThan(0.15);
    expect(quiet / loud).toBeLessThan(0.25);
    expect(level).toBeGreaterThan(0.2);
    expect([refusal, stateAfterClose]).toEqual(["device_not_found", "closed"]);
  });

  it("is blocked until the user clicks, and then plays what has waited", async () => {
    const page = await browser.newPage();
    const { lines, line, said } = consoleLines();
    // The browser warns, too.
    page.on("console", (message) => message.type() === "log" && said(message.text()));
    await page.goto(`${server.origin}/#blocked`, { timeout: patienceMs });
    await line("opened");
    expect(lines).toEqual(["without a click: blocked", "opened blocked: true"]);
    await page.mouse.click(20, 20);
    await Promise.all([line("finished"), line("unlocked")]);
    await page.close();
    expect(lines.slice(2).sort()).toEqual(["blocked: false", "finished: true", "unlocked"]);
  });
});

describe.concurrent("the module of the audio thread", () => {
  it("comes from the package's own text, any number of times", async () => {
    expect(await call("loadsWorklets", [])).toBe("loaded, running");
  });

  it("comes from an address under a policy that forbids that", async () => {
    expect(await call("loadsWorklets", [], { path: "/strict" })).toMatch(
      /^worklet_failed: .*Content-Security-Policy.*workletUrl/,
    );
    expect(await call("loadsWorklets", ["/worklets.js"], { path: "/strict" })).toBe("loaded, running");
  });

  it("is missed where something else is served", async () => {
    expect(await call("loadsWorklets", ["/page.js"])).toMatch(/^worklet_failed: /);
  });
});

// What it gives is compared sample by sample: that does not depend on time, as the speaker does.
describe.concurrent("the microphone", () => {
  it.each(microphoneRates)("gives frames of 20 ms, no sample more or less, at %i Hz", async (rate) => {
    const captured = await call("captures", [1, rate]);
    expect(captured).toMatchObject({ frameLengths: [480], stepsMs: [20], wrong: 0, speaking: true });
    // All of a second but the moments before the recorder began.
    expect(captured.compared).toBeGreaterThan(16_000);
    expect(captured.rms).toBeGreaterThan(0.05);
  });

  it("is silent while it is muted, in frames or without", async () => {
    const [silent, nothing] = await Promise.all([
      call("mutes", [{}]),
      call("mutes", [{ whileMuted: "nothing" }]),
    ]);
    expect(silent).toMatchObject({ silence: 0, trackWasEnabled: false });
    expect(silent.framesWhileMuted).toBeGreaterThan(20);
    expect(Math.min(silent.before, silent.after)).toBeGreaterThan(0.02);
    expect(nothing).toMatchObject({ framesWhileMuted: 0 });
  });

  it("lets nothing through of a frame in which it was muted, however shortly", async () => {
    expect(await call("flutters", [])).toEqual({ mutes: 10, silentFrames: 10 });
  });

  it("hears another device without a gap, and keeps the old one where there is no other", async () => {
    const { devices, rms, ...rest } = await call("switches", []);
    expect(new Set(devices).size).toBe(2);
    expect(rms).toBeGreaterThan(0.05);
    expect(rest).toMatchObject({
      stepsMs: [20],
      oldTrack: "ended",
      newTrack: "live",
      trackAfterRefusal: "live",
      trackAtLast: "ended",
      contextAtLast: "closed",
    });
    expect(rest.refusal).toMatch(/^device_not_found: /);
  });

  it("leaves a stream alone that is not its own, muted from the first frame", async () => {
    expect(await call("leavesAStreamAlone", [])).toEqual([true, false, true, "live"]);
  });

  it("tells when its device goes away, and goes on with silence", async () => {
    expect(await call("losesItsDevice", [])).toEqual({
      code: "device_lost",
      statuses: ["on", "ended", "on", "ended"],
      stepsMs: [20],
    });
  });

  it("tells when the system pauses it, of the device that is heard, and goes on with silence", async () => {
    expect(await call("pauses", [])).toEqual({
      told: [true, false, true, false],
      states: [false, true, false, true, true],
      status: "on",
    });
  });

  it("can be given up while it is opened, and lets go of what comes later", async () => {
    expect(await call("givesUp", [])).toEqual({ code: "aborted: Opening was given up.", live: 0 });
  });

  it("refuses a frame that is no whole number of samples", async () => {
    expect(await call("refusal", [{ sampleRateHz: 11025 }])).toMatch(
      /^RangeError: 20 ms at 11025 Hz are 220.5/,
    );
  });

  it("says that it is not allowed", async () => {
    const strict = await startChromium(fakeMicrophone);
    try {
      expect(await call("refusal", [{}], { from: strict })).toMatch(/^permission_denied: .*click\.$/);
    } finally {
      await strict.close();
    }
  });

  it("says that there is none", async () => {
    const bare = await startChromium([allowed]);
    try {
      expect(await call("refusal", [{}], { from: bare })).toMatch(/^device_not_found: /);
    } finally {
      await bare.close();
    }
  });
});
