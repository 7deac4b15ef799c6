/**
 * The root mean square of 16-bit samples on the scale 0 … 1, where 1 is a square wave at full scale (a sine at full
 * scale has 0.707). No samples are silence: 0.
 */
export function rms(samples: Int16Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length) / 32768;
}

/** The largest magnitude among 16-bit samples on the scale 0 … 1; only -32768 reaches 1. No samples: 0. */
export function peak(samples: Int16Array): number {
  let largest = 0;
  for (const sample of samples) largest = Math.max(largest, Math.abs(sample));
  return largest / 32768;
}

/** Converts a level of the scale 0 … 1 to dBFS: 1 is 0 dBFS, 0.5 is about -6, and silence is `-Infinity`. */
export function toDbfs(level: number): number {
  return 20 * Math.log10(level);
}

/** Converts dBFS to a level of the scale 0 … 1; `-Infinity` is 0. Undoes `toDbfs`. */
export function fromDbfs(dbfs: number): number {
  return 10 ** (dbfs / 20);
}

/**
 * How far a meter goes up for these samples, 0 … 1: their `rms`, with as many dB to every part of the scale as the ear
 * has it. `floorDbfs` and all below it is 0, a square wave at full scale is 1; speech close to a microphone moves
 * between 0.4 and 0.8 with the floor at -60, where it is unless given.
 */
export function inputLevel(samples: Int16Array, floorDbfs = -60): number {
  return Math.max(0, 1 - toDbfs(rms(samples)) / floorDbfs);
}
