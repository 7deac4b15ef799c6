import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readWav, writeWav } from "@duologue/audio";

const sampleRateHz = 24_000;
/** A device begins to play when it is opened, and a session takes a while to be ready. */
const aheadSeconds = 6;
/** From one speech to the next: long enough for an answer to begin. */
const pauseSeconds = 4;

/** Writes what a user says as a file for a browser's microphone: a question, then `bargeIns` times something into the answer. */
export function writeSpokenFile(path: string, bargeIns: number): void {
  const all = [
    silence(aheadSeconds),
    speech("ask-weather"),
    ...Array.from({ length: bargeIns }, () => [silence(pauseSeconds), speech("barge-in")]).flat(),
    // A browser goes on with the very end of a file that is over.
    silence(2),
  ];
  write(path, all);
}

/** A sound without a silent moment, so that its end is where it was cut. */
export function tone(seconds: number): Int16Array {
  return Int16Array.from({ length: seconds * sampleRateHz }, (_, index) =>
    Math.round(9_000 * Math.sin((2 * Math.PI * 500 * index) / sampleRateHz)),
  );
}

function silence(seconds: number): Int16Array {
  return new Int16Array(seconds * sampleRateHz);
}

function speech(name: string): Int16Array {
  const file = fileURLToPath(new URL(`../../../examples/speech/${name}.wav`, import.meta.url));
  return readWav(readFileSync(file)).samples;
}

function write(path: string, pieces: readonly Int16Array[]): void {
  const samples = Int16Array.from(pieces.flatMap((piece) => [...piece]));
  writeFileSync(path, writeWav({ sampleRateHz, samples, channels: 1 }));
}
