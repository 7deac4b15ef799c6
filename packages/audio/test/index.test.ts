import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as audio from "../src/index.ts";

describe("@duologue/audio", () => {
  it("exports what is documented", () => {
    expect(Object.keys(audio).sort()).toEqual([
      "audioFormats",
      "base64ByteLength",
      "base64ToBytes",
      "bytesPerMs",
      "bytesToBase64",
      "bytesToMs",
      "bytesToPcm16",
      "decodeALaw",
      "decodeAudio",
      "decodeMuLaw",
      "encodeALaw",
      "encodeAudio",
      "encodeMuLaw",
      "fadeIn",
      "fadeOut",
      "float32ToPcm16",
      "fromDbfs",
      "inputLevel",
      "msToBytes",
      "normalise",
      "pacedPlayer",
      "pacedSpeaker",
      "pcm16ToBytes",
      "pcm16ToFloat32",
      "peak",
      "playbackQueue",
      "readWav",
      "requireFormat",
      "resample",
      "resampler",
      "rms",
      "toDbfs",
      "voiceActivity",
      "writeWav",
    ]);
  });

  it("imports nothing but itself, and so runs wherever there are typed arrays", () => {
    const folder = new URL("../src/", import.meta.url);
    const modules = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.ts$/.test(name),
    );
    expect(modules).toEqual(expect.arrayContaining(["index.ts", "browser.ts"]));
    for (const module of modules) {
      for (const specifier of importsOf(new URL(module, folder))) {
        expect(`${module}: ${specifier}`).toMatch(/: \.\.?\/[a-z0-9/-]+\.ts$/);
      }
    }
  });

  it("reaches nothing of browsers from its root, and browsers nothing that runs on the audio thread", () => {
    const reached = (entry: string) => [...filesReached(new URL(`../src/${entry}`, import.meta.url))];
    expect(reached("index.ts").filter((file) => /\/src\/(browser|worklet|generated)\//.test(file))).toEqual(
      [],
    );
    expect(reached("browser.ts").filter((file) => /\/src\/worklet\/(?!messages\.ts$)/.test(file))).toEqual(
      [],
    );
  });

  it("can be imported in Node whole", async () => {
    expect(Object.keys(await import("../src/browser.ts")).sort()).toEqual([
      "AudioDeviceError",
      "microphone",
      "speaker",
    ]);
    expect(Object.keys(await import("../src/generated/worklets.ts"))).toEqual([]);
  });
});

function importsOf(file: URL): (string | undefined)[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]);
}

function filesReached(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  for (const specifier of importsOf(file)) filesReached(new URL(specifier ?? "", file), seen);
  return seen;
}
