import { type Speech, speechInTheMaking } from "./speech.ts";

const charactersPerSecond = 14;
const peakLevel = 0.28 * 32767;
/** Below this share of a syllable the sound swells, above one minus it it fades: no clicks. */
const edge = 0.3;
const pitchHz = 118;
/** So many samples of one syllable are made in one go, however long it is: a word without vowels is a single one. */
const mostAtOnce = 2000;
/** How strong each overtone of the fundamental is, by how open the mouth is. */
const closedMouth = [0.62, 0.26, 0.08, 0.04];
const openMouth = [0.4, 0.3, 0.18, 0.12];

/**
 * The built-in voice: no words, but their rhythm. Each vowel group of a word is one hummed syllable, blanks and marks
 * are silence, and 14 characters take a second at speed 1, so that a text has a length that can be reckoned:
 * `round(characters / 14 / speed * sampleRateHz)` samples, where a character is a Unicode code point. They are made as they
 * are asked for. Loud enough for the voice-activity detection at its default threshold; deterministic.
 */
export function syllableVoice(text: string, sampleRateHz: number, speed: number): Speech {
  const samplesPerCharacter = sampleRateHz / charactersPerSecond / speed;
  const placeOf = (character: number) => Math.round(character * samplesPerCharacter);
  return speechInTheMaking(placeOf(lengthOf(text)), function* (samples) {
    let end = 0;
    for (const [word] of text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu)) {
      const start = end;
      end += lengthOf(word);
      if (!/^[\p{L}\p{M}\p{N}]/u.test(word)) continue;
      const [from, to] = [placeOf(start), placeOf(end)];
      const vowels = word.toLowerCase().match(/[aeiouyäöüáéíóúàèâêîôûãõ]+/g) ?? [word];
      const length = (to - from) / vowels.length;
      for (const [index, vowel] of vowels.entries()) {
        const syllableEnd = Math.min(to, Math.round(from + (index + 1) * length));
        yield* hum(samples, Math.round(from + index * length), syllableEnd, vowel, index, sampleRateHz);
      }
    }
  });
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

/**
 * Hums a syllable between two samples: one swell, lower than that of the syllable before it in its word. Yields how far it
 * has come.
 */
function* hum(
  samples: Int16Array,
  from: number,
  to: number,
  vowel: string,
  index: number,
  sampleRateHz: number,
): Generator<number> {
  const frequencyHz = pitchHz * (1 + ((vowel.codePointAt(0) ?? 0) % 7) / 30 - index * 0.02);
  const overtones = /[aoäâàáãôóõ]/.test(vowel) ? openMouth : closedMouth;
  const [first = 0, second = 0, third = 0, fourth = 0] = overtones;
  // One turn of a pointer a sample; its overtones follow from where it stands, which is far cheaper than their sines.
  const step = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const [stepSine, stepCosine] = [Math.sin(step), Math.cos(step)];
  let sine = 0;
  let cosine = 1;
  for (let at = from; at < to; at++) {
    const share = (at - from + 0.5) / (to - from);
    const square = cosine * cosine;
    const sound =
      sine * (first + 2 * second * cosine + third * (4 * square - 1) + fourth * cosine * (8 * square - 4));
    samples[at] = Math.round(peakLevel * envelope(share) * sound);
    const turned = sine * stepCosine + cosine * stepSine;
    cosine = cosine * stepCosine - sine * stepSine;
    sine = turned;
    if ((at + 1 - from) % mostAtOnce === 0) yield at + 1;
  }
  yield to;
}

/** 0 at both ends of a syllable, 1 in its middle, smooth between them. */
function envelope(share: number): number {
  const near = Math.min(share, 1 - share);
  return near >= edge ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * near) / edge);
}
