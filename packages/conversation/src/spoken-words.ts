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
  /** How long it is, to the end of its last word. */
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
    const end = index + piece.length;
    if (endsAt - beginsAt > longest)
      words.push(...partsOf(letters, end - spoken.length, beginsAt).slice(0, -1));
    const begun = words.at(-1);
    const isPart = begun !== undefined && begun.end > end - spoken.length;
    words.push({ end, beginsAt: isPart ? begun.endsAt : beginsAt, endsAt });
  }
  return { words, length: words.at(-1)?.endsAt ?? 0 };
}

/** How long a stretch without blanks is at most one word: a second and a half. */
const longest = 24;

/**
 * The words of a long stretch without blanks, which is a sentence of Thai or Khmer, an address, or a number; `from` is
 * where it begins in the text. Where there is no `Intl.Segmenter`, and in words that are too long still, each letter
 * with the marks upon it stands for itself.
 */
function partsOf(text: string, from: number, beginsAt: number): readonly SpokenWord[] {
  let length = beginsAt;
  let end = from;
  return segmentsOf(text).map((segment) => {
    const part = { beginsAt: length, endsAt: length + lettersIn(segment), end: end + segment.length };
    length = part.endsAt;
    end = part.end;
    return part;
  });
}

const letterWithMarks = /.[\p{M}\u200c\u200d]*/gsu;

function segmentsOf(text: string): readonly string[] {
  return wordsOf(text).flatMap((segment) =>
    lettersIn(segment) > longest ? (segment.match(letterWithMarks) ?? []) : [segment],
  );
}

function wordsOf(text: string): readonly string[] {
  if (!("Segmenter" in Intl)) return [text];
  const segmenter = new Intl.Segmenter("en", { granularity: "word" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
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
