/**
 * Writes down speech: mono samples at `sampleRateHz`, 24,000 or 8,000. Must give the same words for the same samples,
 * for the engine that calls it is pure; `""` where it makes out nothing.
 */
export type Ear = (samples: Int16Array, sampleRateHz: number) => string;
