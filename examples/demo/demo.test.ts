import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readWav } from "@duologue/audio";
import { type Entry, readRecording } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const answer = (name: string) =>
  readWav(readFileSync(new URL(`../speech/${name}`, import.meta.url))).samples.length;

function demo(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { OPENAI_API_KEY: _, ...rest } = process.env;
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", env: { ...rest, ...env } });
}

const folders = ["one", "two"].map(() => mkdtempSync(join(tmpdir(), "duologue-demo-")));
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

let runs: ReturnType<typeof demo>[] = [];
beforeAll(() => {
  runs = folders.map((folder) => demo(["--fast", "--out", folder]));
});

const recorded = () => readRecording(readFileSync(join(folders[0] ?? "", "recording.jsonl"), "utf8"));

/** The events of one type in the recording. */
function events<T extends object>(type: string): T[] {
  return recorded()
    .entries.filter(({ event }) => event.type === type)
    .map(({ event }) => event as T);
}

describe("the demo in virtual time", () => {
  it("runs to its end and shows that the replay comes to the same state", () => {
    const [run] = runs;
    expect(run?.stderr).toBe("");
    expect(run?.status).toBe(0);
    expect(run?.stdout).toMatch(/replay +state [0-9a-f]{16}… {2}identical/);
    expect(recorded().problems).toEqual([]);
  });

  it("comes to the same conversation at each run", () => {
    const hashes = runs.map(({ stdout }) => /live +state ([0-9a-f]{16})/.exec(stdout)?.[1]);
    expect(hashes[0]).toMatch(/./);
    expect(hashes[1]).toBe(hashes[0]);
  });

  it("tells the story: both questions, the tool with its output, the cut, both answers, latency and usage", () => {
    const lines = runs[0]?.stdout ?? "";
    const story = [
      /you +speaking/,
      /tool +get_weather \{"city":"Lisbon"\}/,
      /→ \{"today"/,
      /you +“What is the weather like in Lisbon today\?”/,
      /you +barge in/,
      /assistant +“In Lisbon it is sunny right now.* …” ✂ cut at/,
      /never heard: /,
      /you +“Wait, what about tomorrow\?”/,
      /assistant +“Tomorrow brings some clouds, and twenty one degrees\.”/,
      /latency +first sound [\d.]+ s and [\d.]+ s/,
      /usage +\d+ tokens in, \d+ out, 3 responses/,
    ];
    const places = story.map((part) => lines.search(part));
    expect(places).not.toContain(-1);
    // Piped output has no colour codes and no line that changes.
    expect(lines).not.toContain("\u001b");
    expect(lines).not.toContain("\r");
  });

  it("truncates within one frame of 20 ms of what was played, and writes exactly what was heard", () => {
    const [flushed] = events<{ itemId: string; heardMs: number }>("playback.flushed");
    const [truncate, ...more] = events<{ item_id: string; audio_end_ms: number }>(
      "conversation.item.truncate",
    );
    const [truncated] = events<{ audio_end_ms: number }>("conversation.item.truncated");
    expect(more).toEqual([]);
    expect(truncate?.item_id).toBe(flushed?.itemId);
    const heardMs = flushed?.heardMs ?? 0;
    expect(Math.abs((truncate?.audio_end_ms ?? 0) - heardMs)).toBeLessThan(20);
    expect(truncated?.audio_end_ms).toBe(truncate?.audio_end_ms);
    expect(heardMs).toBeGreaterThan(2600);
    expect(heardMs).toBeLessThan((answer("answer-today.wav") * 1000) / 24000);
    const heard = readWav(readFileSync(join(folders[0] ?? "", "heard.wav")));
    expect(heard).toMatchObject({ sampleRateHz: 24000, channels: 1 });
    expect(heard.samples.length).toBe(Math.round(heardMs * 24) + answer("answer-tomorrow.wav"));
  });

  it("heard the speech of the files, to the sample, up to the cut", () => {
    const heard = readWav(readFileSync(join(folders[0] ?? "", "heard.wav"))).samples;
    const spoken = readWav(readFileSync(new URL("../speech/answer-today.wav", import.meta.url))).samples;
    const [flushed] = events<{ heardMs: number }>("playback.flushed");
    const samples = Math.round((flushed?.heardMs ?? 0) * 24);
    expect(heard.subarray(0, samples)).toEqual(spoken.subarray(0, samples));
  });

  it("sent and got nothing that differs from the schemas", () => {
    const decoded = recorded().entries.flatMap((entry: Entry) => {
      if (entry.from === "local") return [];
      const text = JSON.stringify(entry.event);
      return [entry.from === "server" ? openaiRealtime.decode(text) : openaiRealtime.decodeClient(text)];
    });
    expect(decoded.length).toBeGreaterThan(500);
    expect(decoded.filter((frame) => frame.kind !== "known" || frame.issues.length > 0)).toEqual([]);
  });
});

describe("the demo with a real service", () => {
  it("says in one sentence that it needs a key, and exits 2", () => {
    const { status, stdout, stderr } = demo(["--live"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^[^.]+needs a key[^.]+\.\n$/);
  });

  it("refuses to run it in virtual time, and options that nobody knows", () => {
    expect(demo(["--live", "--fast"], { OPENAI_API_KEY: "any" }).status).toBe(2);
    expect(demo(["--sideways"])).toMatchObject({ status: 2, stderr: expect.stringContaining("--sideways") });
  });
});
