/** Seconds of sound at 24 kHz without a silent sample, so that its end in a recording is where it was cut. */
export function endlessSpeech(seconds: number): Int16Array {
  return Int16Array.from(
    { length: seconds * 24_000 },
    (_, index) => Math.round((index % 2 === 0 ? 1 : -1) * 3000 + 4000 * Math.sin(index / 9)) || 1,
  );
}
