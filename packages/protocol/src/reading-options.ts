import { type DecodeMode, type Sample, sampler } from "./decode-mode.ts";
import type { Reading } from "./decoded.ts";

/** How much of what is read a protocol compares with the schemas, and what follows from a difference. */
export interface ReadingOptions {
  /** What becomes of a known event that differs from its schema; `warn` when left out. */
  readonly mode?: DecodeMode;
  /** Which known events are compared; all when left out. `issuesOf` always compares. */
  readonly sample?: Sample;
}

/**
 * What the options say about reading, for both sides together. Throws a `TypeError` for the mode `strict` without a
 * `validation` to be strict by, and a `RangeError` for a `sample` that is no share.
 */
export function readingOf(
  options: ReadingOptions & { readonly validation?: unknown },
): Pick<Reading<never>, "mode" | "isSampled"> {
  const { mode, sample, validation } = options;
  if (mode === "strict" && validation === undefined) {
    throw new TypeError("The mode `strict` needs a `validation` to be strict by.");
  }
  return { mode, isSampled: sample === undefined ? undefined : sampler(sample) };
}
