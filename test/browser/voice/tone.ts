/** A sound at 24 kHz without a silent moment, so that its end is where it was cut. */
export function tone(seconds: number): Int16Array {
  return Int16Array.from({ length: seconds * 24_000 }, (_, index) =>
    Math.round(9_000 * Math.sin((2 * Math.PI * 500 * index) / 24_000)),
  );
}
