import { type Speech, speechInTheMaking } from "./speech.ts";

/** How much of the sound is moved as one piece: long enough for the deepest voice to swing twice in it. */
const pieceMs = 30;
/** How far a piece may be taken from where it belongs, so that it swings as the one before it goes on. */
const searchMs = 6;
/** Every so many samples are looked at to find that place. */
const searchStride = 4;

/**
 * The same sound faster or slower, at its own pitch: `round(length / speed)` samples, made as they are asked for, by
 * overlapping pieces of it where they are most alike. At speed 1 it is the sound itself. Deterministic.
 */
export function atSpeed(speech: Speech, speed: number, sampleRateHz: number): Speech {
  if (speed === 1) return speech;
  const { sampleCount } = speech;
  const length = Math.round(sampleCount / speed);
  const half = Math.max(1, Math.round((pieceMs * sampleRateHz) / 2000));
  const reach = Math.round((searchMs * sampleRateHz) / 1000);
  const shares = Float64Array.from(
    { length: 2 * half },
    (_, index) => Math.sin((Math.PI * (index + 0.5)) / (2 * half)) ** 2,
  );
  return speechInTheMaking(length, function* (stretched) {
    /** What the second half of the last piece adds to the first half of the next one. */
    const fading = new Float64Array(half);
    /** Where the last piece would go on in the sound. */
    let next = 0;
    for (let at = 0; at < length; at += half) {
      const belongs = Math.round(at * speed);
      const begin = Math.max(0, Math.min(next, belongs - reach));
      const end = Math.min(Math.max(next, belongs + reach) + 2 * half, sampleCount);
      const heard = speech.samples(begin, end);
      const last = Math.max(0, sampleCount - half) - begin;
      const from =
        at === 0 ? 0 : mostAlike(heard, { next: next - begin, belongs: belongs - begin, last }, reach, half);
      for (let index = 0; index < half; index++) {
        // The first half of the first piece has nothing to overlap with.
        const share = at === 0 ? 1 : (shares[index] ?? 0);
        const mixed = (fading[index] ?? 0) + share * (heard[from + index] ?? 0);
        // What lies beyond the end is dropped.
        stretched[at + index] = Math.max(-32768, Math.min(32767, Math.round(mixed)));
        fading[index] = (shares[half + index] ?? 0) * (heard[from + half + index] ?? 0);
      }
      next = begin + from + half;
      yield Math.min(at + half, length);
    }
  });
}

/** The place near `belongs`, and not beyond `last`, from which on the sound is most like it is from `next` on. */
function mostAlike(
  samples: Int16Array,
  { next, belongs, last }: { readonly next: number; readonly belongs: number; readonly last: number },
  reach: number,
  length: number,
): number {
  let best = Math.max(0, belongs);
  let bestLikeness = Number.NEGATIVE_INFINITY;
  for (let place = Math.max(0, belongs - reach); place <= Math.min(last, belongs + reach); place += 2) {
    let likeness = 0;
    for (let index = 0; index < length; index += searchStride) {
      likeness += (samples[place + index] ?? 0) * (samples[next + index] ?? 0);
    }
    if (likeness <= bestLikeness) continue;
    bestLikeness = likeness;
    best = place;
  }
  return best;
}
