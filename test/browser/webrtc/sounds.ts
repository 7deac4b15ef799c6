import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readWav, writeWav } from "@duologue/audio";

const speech = fileURLToPath(new URL("../../../examples/speech/ask-weather.wav", import.meta.url));
const sampleRateHz = 24_000;

/** Writes the sounds that the browsers' microphones hear into a folder; gives their paths. */
export function writeSounds(folder: string): { readonly speech: string; readonly tone: string } {
  const spoken = readWav(readFileSync(speech)).samples;
  // It plays from when a device is opened, over and over. A call that is not ready for the question hears the next one,
  // and an answer is over before that.
  const pause = 10 * sampleRateHz;
  const withSilence = new Int16Array(spoken.length + pause);
  withSilence.set(spoken, pause / 4);
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
