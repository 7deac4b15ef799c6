import type { Chooser } from "../chooser.ts";

const words = [
  "yes",
  "It is sunny in Lisbon,",
  "wait!",
  "zwölf Grad",
  "\u{1f600}",
  "and\u2028then",
  '"quoted"',
  "a",
];

/** Some words, at least one. */
export function someWords(choose: Chooser): string[] {
  return Array.from({ length: 1 + choose(4) }, (_, index) => {
    const word = words[choose(words.length)] ?? "";
    return index === 0 ? word : ` ${word}`;
  });
}

/** `durationMs` of silence as PCM16 at 24 kHz, in base64: 48 bytes a millisecond, of which every three make four characters. */
export function silence(durationMs: number): string {
  return "A".repeat(durationMs * 64);
}
