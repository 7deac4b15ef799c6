import { fromDbfs, peak } from "./level.ts";

/**
 * Makes a copy in which the loudest sample is at `peakDbfs` (default: -1), up to rounding. Silence stays silence. Each
 * sample is multiplied by the same factor and rounded to the nearest whole number, a half upwards. Throws a `RangeError`
 * on a peak above 0.
 */
export function normalise(
  samples: Int16Array,
  { peakDbfs = -1 }: { readonly peakDbfs?: number } = {},
): Int16Array<ArrayBuffer> {
  if (!(peakDbfs <= 0)) throw new RangeError(`peakDbfs is ${peakDbfs}; 0 or less is wanted`);
  const wanted = fromDbfs(peakDbfs);
  const found = peak(samples);
  return scaled(samples, () => (found === 0 ? 1 : wanted / found));
}

/**
 * Makes a copy whose first `fadeSamples` samples rise from silence: sample `n` is multiplied by `n / fadeSamples`, and
 * rounded as `normalise` does. A fade longer than the samples ends within them.
 */
export function fadeIn(samples: Int16Array, fadeSamples: number): Int16Array<ArrayBuffer> {
  return scaled(samples, (index) => fadeFactor(index, fadeSamples));
}

/** Makes a copy whose last `fadeSamples` samples fall to silence, the last one being 0: `fadeIn` from the other end. */
export function fadeOut(samples: Int16Array, fadeSamples: number): Int16Array<ArrayBuffer> {
  return scaled(samples, (index) => fadeFactor(samples.length - 1 - index, fadeSamples));
}

function fadeFactor(index: number, fadeSamples: number): number {
  return index >= fadeSamples ? 1 : index / fadeSamples;
}

function scaled(samples: Int16Array, factor: (index: number) => number): Int16Array<ArrayBuffer> {
  return Int16Array.from(samples, (sample, index) =>
    Math.max(-32768, Math.min(32767, Math.round(sample * factor(index)))),
  );
}
