/** How fast words are taken to be said while nobody knows: as fast as the built-in voice speaks. */
const charactersPerSecond = 14;

/** How many pieces of a text have been said after so much speech, `written` of them at least. */
export function saidBy(pieces: readonly string[], written: number, speechMs: number): number {
  let characters = pieces.slice(0, written).join("").length;
  let said = written;
  for (const piece of pieces.slice(written)) {
    characters += piece.length;
    if ((characters / charactersPerSecond) * 1000 > speechMs) break;
    said++;
  }
  return said;
}
