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
      "float32ToPcm16",
      "fromDbfs",
      "msToBytes",
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
    const modules = readdirSync(folder);
    expect(modules).toContain("index.ts");
    for (const module of modules) {
      const source = readFileSync(new URL(module, folder), "utf8");
      const specifiers = [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]);
      for (const specifier of specifiers) expect(`${module}: ${specifier}`).toMatch(/: \.\/[a-z0-9-]+\.ts$/);
    }
  });
});
