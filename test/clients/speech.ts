import { readFile } from "node:fs/promises";
import { readWav } from "@duologue/audio";

/** A sentence of the examples, mono at 24 kHz, with so much silence behind it that a voice detector sees its end. */
export async function speech(name: "ask-weather" | "barge-in"): Promise<Int16Array<ArrayBuffer>> {
  const file = new URL(`../../examples/speech/${name}.wav`, import.meta.url);
  const { samples } = readWav(new Uint8Array(await readFile(file)));
  const spoken = new Int16Array(samples.length + 24 * 1500);
  spoken.set(samples);
  return spoken;
}
