/**
 * Speaks a text: mono samples at `sampleRateHz`. `speed` is 1 for the usual pace, 1.5 for one half faster. Must give
 * the same samples for the same arguments, for the engine that calls it is pure.
 */
export type Voice = (text: string, sampleRateHz: number, speed: number) => Int16Array;
