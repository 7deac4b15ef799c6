import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWav } from "@duologue/audio";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadScenario } from "../../src/node/load-scenario.ts";
import { speech } from "../support/conversation.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "scenario-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function written(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe("loadScenario", () => {
  it("reads the turns, and sounds by paths relative to the file", async () => {
    const samples = speech("Hello");
    await written("hello.wav", writeWav({ sampleRateHz: 24_000, samples }));
    const turns = [{ heard: "Hi", say: "Hello", speech: "hello.wav" }, { say: "Bye" }];
    const scenario = await loadScenario(await written("scenario.json", JSON.stringify({ turns })));
    expect(scenario).toEqual({ turns: [{ heard: "Hi", say: "Hello", speech: samples }, { say: "Bye" }] });
  });

  it.each([
    [48_000, 2],
    [44_100, 1],
    [16_000, 3],
    [8000, 1],
  ])("converts sound at %d Hz in %d channels", async (sampleRateHz, channels) => {
    const mono = Int16Array.from({ length: sampleRateHz }, (_, at) =>
      Math.round(6000 * Math.sin((2 * Math.PI * 300 * at) / sampleRateHz)),
    );
    // Each channel has its own loudness, and their mean is the sound.
    const samples = Int16Array.from({ length: mono.length * channels }, (_, at) => {
      const share = channels === 1 ? 1 : (2 * (at % channels)) / (channels - 1);
      return Math.round(share * (mono[Math.floor(at / channels)] ?? 0));
    });
    await written("odd.wav", writeWav({ sampleRateHz, channels, samples }));
    const file = await written("odd.json", '{"turns":[{"say":"Ooh","speech":"odd.wav"}]}');
    const [turn] = (await loadScenario(file)).turns;
    const heard = turn?.speech instanceof Int16Array ? turn.speech : new Int16Array();
    expect(heard).toHaveLength(24_000);
    const wanted = Int16Array.from({ length: 24_000 }, (_, at) =>
      Math.round(6000 * Math.sin((2 * Math.PI * 300 * at) / 24_000)),
    );
    const furthest = heard
      .subarray(200, -200)
      .reduce((most, sample, at) => Math.max(most, Math.abs(sample - (wanted[at + 200] ?? 0))), 0);
    expect(furthest).toBeLessThan(20);
  });

  it("passes over a byte order mark, and over what editors want", async () => {
    const text = '\uFEFF{"$schema":"scenario.schema.json","turns":[{"say":"Hi."}]}';
    expect(await loadScenario(await written("marked.json", text))).toEqual({ turns: [{ say: "Hi." }] });
  });

  it("names the file at fault", async () => {
    await expect(loadScenario(join(folder, "none.json"))).rejects.toThrow(/none\.json/);
    await expect(loadScenario(await written("bad.json", "{"))).rejects.toThrow(/bad\.json is not JSON/);
    await expect(loadScenario(await written("odd.json", '{"turns":1}'))).rejects.toThrow(
      /odd\.json: Not a scenario\. Invalid type for 'turns'/,
    );
    const turns = [{ say: "x", speech: "x.wav" }];
    const path = await written("sound.json", JSON.stringify({ turns }));
    const place = /sound\.json: .*'turns\[0\]\.speech': .*x\.wav/;
    await expect(loadScenario(path)).rejects.toThrow(place);
    await written("x.wav", "no sound");
    await expect(loadScenario(path)).rejects.toThrow(place);
    const float = writeWav({ sampleRateHz: 16_000, samples: new Int16Array(160) });
    float[20] = 3;
    await written("x.wav", float);
    await expect(loadScenario(path)).rejects.toThrow(/x\.wav: .*16 bit PCM is wanted, for example: sox/);
  });
});
