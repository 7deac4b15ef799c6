import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readWav, writeWav } from "@duologue/audio";

const speech = fileURLToPath(new URL("../../../examples/speech/ask-weather.wav", import.meta.url));
const sampleRateHz = 24_000;

/** Writes the sounds that the browsers' microphones hear into a folder; gives their paths. */
export function writeSounds(folder: string): { readonly speech: string; readonly tone: string } {
  const spoken = readWav(readFileSync(speech)).samples;
  // A device begins to play when it is opened, and a call takes a while to be ready.
  const ahead = 4 * sampleRateHz;
  const withSilence = new Int16Array(ahead + spoken.length + 8 * sampleRateHz);
  withSilence.set(spoken, ahead);
  const tone = Int16Array.from({ length: sampleRateHz }, (_, index) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * 500 * index) / sampleRateHz)),
  );
  return {
    speech: written(join(folder, "speech.wav"), withSilence),
    tone: written(join(folder, "tone.wav"), tone),
  };
}

function written(path: string, samples: Int16Array): string {
  writeFileSync(path, writeWav({ samples, sampleRateHz, channels: 1 }));
  return path;
}
