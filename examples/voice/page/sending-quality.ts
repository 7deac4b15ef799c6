import type { Quality } from "./line.ts";

/** What a second of sound takes as events: 24,000 samples of two bytes, in base64. */
const bytesPerSecond = 24_000 * 2 * (4 / 3);

/**
 * How a connection fares that tells nothing but how many bytes wait to be sent. A reliable connection loses nothing:
 * on a bad network sound comes late.
 */
export function sendingQuality(waitingBytes: number): Quality {
  const seconds = waitingBytes / bytesPerSecond;
  const reason = `The microphone's sound leaves ${seconds.toFixed(1)} s late.`;
  if (seconds >= 1) return { verdict: "poor", reason };
  if (seconds >= 0.25) return { verdict: "fair", reason };
  return { verdict: "good", reason: "The microphone's sound leaves at once." };
}
