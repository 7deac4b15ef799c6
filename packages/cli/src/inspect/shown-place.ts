import type { Place } from "./moment.ts";

/** A length of time for people: `12 ms`, `2.94 s`, `1:02 min`. */
export function shownMs(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
}

/** A place on the timeline for people: `2.94`, `1:02.9`, or `#12`, the entry's number counted from 1. */
export function shownPlace(at: Place, timed: boolean): string {
  if (!timed) return `#${at + 1}`;
  if (at < 60_000) return (at / 1000).toFixed(2);
  const tenths = Math.round(at / 100);
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")}`;
}

/** Distances between marks of an axis that people find natural, in milliseconds or entries. */
const steps = [1, 2, 5].flatMap((digit) => [1, 10, 100].map((power) => digit * power));
const niceSteps = [
  ...steps,
  1_000,
  2_000,
  5_000,
  10_000,
  15_000,
  30_000,
  60_000,
  120_000,
  300_000,
  600_000,
  1_800_000,
  3_600_000,
].sort((a, b) => a - b);

/** The places of an axis' marks: as many as fit, `most` at the most, at even distances. */
export function axisPlaces(endAt: Place, most: number): readonly Place[] {
  const step = niceSteps.find((candidate) => endAt / candidate <= most) ?? endAt / Math.max(1, most);
  return Array.from({ length: Math.floor(endAt / step) + 1 }, (_, index) => index * step);
}
