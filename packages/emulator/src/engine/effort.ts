import type { Draft } from "./draft.ts";

/**
 * How much a step does of its own accord before others have their turn, in what it takes to send an event: some 20
 * microseconds. A step that has done so much ends, and wants to be called again at once.
 */
export const mostEffort = 500;

/** What it takes to make a second of sound, at the worst: to convert it to the 8 kHz of a telephone. */
const madeSecond = 200;
/** What it takes to listen to a second of sound. */
const heardSecond = 20;

/** Counts sound that has been made. */
export function countMade(draft: Draft, sampleCount: number, sampleRateHz: number): void {
  draft.effort += (madeSecond * sampleCount) / sampleRateHz;
}

/** Counts sound that has been listened to. */
export function countHeard(draft: Draft, sampleCount: number, sampleRateHz: number): void {
  draft.effort += (heardSecond * sampleCount) / sampleRateHz;
}
