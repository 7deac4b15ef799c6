import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWav } from "@duologue/audio";
import { describe, expect, it, vi } from "vitest";
import { espeakVoice } from "../../src/node/espeak-voice.ts";
import type { Speech } from "../../src/voice/speech.ts";
import { hummed } from "../support/conversation.ts";

const isInstalled = (() => {
  try {
    espeakVoice();
    return true;
  } catch (error) {
    console.info(`espeakVoice is not tested: ${error}`);
    return false;
  }
})();

const whole = ({ sampleCount, samples }: Speech) => samples(0, sampleCount);

const loudest = (samples: Int16Array) =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe("espeakVoice", () => {
  it.runIf(isInstalled)("speaks: the same for the same words", async () => {
    const words = "Good morning, how are you today?";
    const samples = whole(await espeakVoice().speak(words));
    expect(samples.length / 24_000).toBeGreaterThan(1);
    expect(samples.length / 24_000).toBeLessThan(5);
    expect(loudest(samples)).toBeGreaterThan(3000);
    expect(whole(await espeakVoice().speak(words))).toEqual(samples);
  });

  it.runIf(isInstalled)("has nothing converted before it is asked for", async () => {
    const rounded = vi.spyOn(Math, "round");
    const speech = await espeakVoice().speak("It was a dark and stormy night. ".repeat(20));
    expect(speech.sampleCount / 24_000).toBeGreaterThan(20);
    expect(rounded.mock.calls.length).toBeLessThan(100);
    speech.samples(0, 4800);
    // As many as are made, and what a piece of 50 ms has more.
    expect(rounded.mock.calls.length).toBeGreaterThan(4800);
    expect(rounded.mock.calls.length).toBeLessThan(4800 + 2400);
    rounded.mockRestore();
  });

  it.runIf(isInstalled)("takes whatever a model may say, one after the other and all at once", async () => {
    const voice = espeakVoice({ language: "de" });
    const texts = ["", " ", "-v en --help", "<speak>", "😀", "ünï ☂", "\n\n", "Hallo", "Hallo"];
    const spoken = await Promise.all(texts.map((text) => voice.speak(text)));
    expect(spoken.at(-1)).toBe(spoken.at(-2));
    for (const speech of spoken) expect(whole(speech)).toHaveLength(speech.sampleCount);
  });

  it.runIf(isInstalled)("refuses a language that the program does not have", () => {
    expect(() => espeakVoice({ language: "zz" })).toThrow(RangeError);
    expect(() => espeakVoice({ language: "zz" })).toThrow("espeak-ng --voices");
  });

  it("refuses a language without a name, wherever it runs", () => {
    expect(() => espeakVoice({ language: "", program: "no-such-program" })).toThrow(RangeError);
  });

  it("says what to do where there is none", () => {
    expect(() => espeakVoice({ program: "no-such-program" })).toThrow("install the package espeak-ng");
  });

  it("hums where the program fails", async () => {
    // It has a version, and cannot speak.
    const voice = espeakVoice({ program: process.execPath });
    expect(whole(await voice.speak("Hello"))).toEqual(hummed("Hello", 24_000));
  });
});

/**
 * Stands for espeak-ng: a text is a second of sound, "long" a minute, and one that begins with "endless" never ends. `begun`
 * is what it has been given so far, with the process.
 */
async function stub() {
  const folder = await mkdtemp(join(tmpdir(), "espeak-"));
  const program = join(folder, "espeak-stub");
  const log = join(folder, "begun");
  const wav = (seconds: number) => {
    const bytes = writeWav({ sampleRateHz: 22_050, samples: new Int16Array(22_050 * seconds).fill(1000) });
    return Buffer.from(bytes).toString("base64");
  };
  const source = `#!${process.execPath}
    const { appendFileSync, readFileSync } = require("node:fs");
    if (process.argv.includes("--version")) process.exit();
    const text = readFileSync(0, "utf8");
    appendFileSync(${JSON.stringify(log)}, process.pid + " " + text.slice(0, 8) + "\\n");
    if (text.startsWith("endless")) setInterval(() => {}, 1000);
    else process.stdout.write(Buffer.from(text === "long" ? "${wav(60)}" : "${wav(1)}", "base64"));
  `;
  await writeFile(log, "");
  await writeFile(program, source, { mode: 0o755 });
  const begun = () =>
    readFileSync(log, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(" "));
  return { program, begun, remove: () => rm(folder, { recursive: true }) };
}

describe.skipIf(process.platform === "win32")("a voice of one program for all", () => {
  it("is held up by nobody who has given up", async () => {
    const { program, begun, remove } = await stub();
    const voice = espeakVoice({ program });
    const leaving = new AbortController();
    const { signal } = leaving;
    // So much may take far longer than this test.
    const long = " and on".repeat(7000);
    const given = Promise.allSettled([1, 2, 3, 4].map((n) => voice.speak(`endless${n}${long}`, { signal })));
    const hello = voice.speak("Hi.");
    await vi.waitUntil(() => begun().length > 0, { timeout: 30_000 });
    leaving.abort();
    expect((await hello).sampleCount).toBe(24_000);
    expect((await given).map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
    const [[pid] = [], ...others] = begun();
    expect(others.map(([, text]) => text)).toEqual(["Hi."]);
    expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
    await remove();
  });

  it("keeps what is short, and nothing that is long", async () => {
    const { program, begun, remove } = await stub();
    const voice = espeakVoice({ program });
    for (const text of ["short", "long", "short", "long"]) await voice.speak(text);
    expect(begun().map(([, text]) => text)).toEqual(["short", "long", "long"]);
    await remove();
  });
});
