/**
 * A word of a text with its place in time. Time is counted in letters: 1 is what a letter of an alphabet takes, on
 * average, and a second has about 16 of them.
 */
export interface SpokenWord {
  /** Where the word ends in the text, marks behind it included. */
  readonly end: number;
  readonly beginsAt: number;
  /** Without the pause that the marks behind it make. */
  readonly endsAt: number;
}

/** A text as it is spoken. */
export interface SpokenText {
  readonly words: readonly SpokenWord[];
  /** How long it is. */
  readonly length: number;
}

// In these scripts there are no blanks between words: each character stands for itself.
const word =
  /\s*(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]\p{P}*|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+)/gu;
const blanks = /^\s*/;
const marksBehind = /\p{P}*$/u;

/** What blanks and marks take: the voice goes on, takes a breath, or comes to its end. */
const blank = 0.6;
const comma = 3;
const stop = 5;
const otherMark = 0.3;

/** Cuts a text into words and says how long each is. */
export function spokenText(text: string): SpokenText {
  let length = 0;
  const words: SpokenWord[] = [];
  for (const { 0: piece, index } of text.matchAll(word)) {
    const spoken = piece.replace(blanks, "");
    const [marks = ""] = marksBehind.exec(spoken) ?? [];
    const letters = marks.length < spoken.length ? spoken.slice(0, spoken.length - marks.length) : spoken;
    const beginsAt = length + (spoken.length < piece.length ? blank : 0);
    const endsAt = beginsAt + lettersIn(letters);
    length = endsAt + (letters === spoken ? 0 : pauseAfter(marks));
    words.push({ end: index + piece.length, beginsAt, endsAt });
  }
  return { words, length };
}

function lettersIn(text: string): number {
  let length = 0;
  for (const character of text) length += lengthOf(character);
  return length;
}

/** How much longer than a letter a character takes to say, by what it usually stands for. */
function lengthOf(character: string): number {
  if (/\p{sc=Han}/u.test(character)) return 3.2;
  if (/[\p{sc=Hiragana}\p{sc=Katakana}ー]/u.test(character)) return 1.9;
  if (/\p{sc=Hangul}/u.test(character)) return 2.4;
  // 24 is twenty four.
  if (/\p{N}/u.test(character)) return 5;
  return /\p{L}/u.test(character) ? 1 : otherMark;
}

function pauseAfter(marks: string): number {
  if (/[.!?…。！？]/u.test(marks)) return stop;
  return /[,;:、，；：–—]/u.test(marks) ? comma : otherMark;
}
