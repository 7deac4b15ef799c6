import { readFileSync } from "node:fs";
import { textPlaces } from "./text-places.ts";

/** A text that is spoken, and when each of its words begins. */
export interface Speech {
  readonly text: string;
  /** How long it sounds. */
  readonly ms: number;
  /** Where a word begins in the text, and when in the sound; in order, from the first one on. */
  readonly words: readonly (readonly [index: number, ms: number])[];
}

/**
 * Texts as espeak-ng 1.51 speaks them in English, German, Spanish and French, with the beginnings of their words as its
 * library reports them while it speaks (`espeakEVENT_WORD`). Words that it speaks as one have one beginning.
 */
export const espeakSpeeches: readonly Speech[] = readFileSync(
  new URL("speeches.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  // The file is made of these.
  .map((line) => JSON.parse(line) as Speech);

/** The same texts as the emulator's own voice hums them: 14 characters a second, whatever they are. */
export const syllableSpeeches: readonly Speech[] = espeakSpeeches.map(({ text }) => ({
  text,
  ms: (Array.from(text).length * 1000) / 14,
  words: textPlaces(text).map(({ start }) => [start, (Array.from(text.slice(0, start)).length * 1000) / 14]),
}));

/** When a place in the text is spoken; between the beginnings of two words, in proportion. */
export function spokenAtMs({ text, ms, words }: Speech, place: number): number {
  const points = [...words, [text.length, ms] as const];
  const next = points.findIndex(([index]) => index > place);
  if (next < 0) return ms;
  const [[fromIndex, fromMs] = [0, 0], [toIndex, toMs] = [0, 0]] = points.slice(
    Math.max(0, next - 1),
    next + 1,
  );
  return fromMs + ((toMs - fromMs) * (place - fromIndex)) / Math.max(1, toIndex - fromIndex);
}

/** The beginning of a text that was spoken to the end of a word within the first `heardMs`. */
export function spokenBy(speech: Speech, heardMs: number): string {
  const last = textPlaces(speech.text).findLast(({ end }) => spokenAtMs(speech, end) <= heardMs);
  return speech.text.slice(0, last?.end ?? 0);
}
