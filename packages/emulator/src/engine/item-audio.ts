import { audioFormats, bytesToBase64, encodeAudio } from "@duologue/audio";
import type { ItemAudio } from "./engine-state.ts";
import { sampleCountOf, samplesOf, withSamples } from "./sample-chain.ts";

/** How long it sounds, in milliseconds, not rounded. */
export function durationMsOf({ format, samples }: ItemAudio): number {
  return (sampleCountOf(samples) * 1000) / audioFormats[format].sampleRateHz;
}

/** Its first milliseconds, in whole samples. */
export function cutAudio({ format, samples }: ItemAudio, endMs: number): ItemAudio {
  const end = Math.floor((endMs * audioFormats[format].sampleRateHz) / 1000);
  return { format, samples: withSamples(undefined, samplesOf(samples, 0, end)) };
}

/** It as base64 in its own format, or a part of it, in samples. */
export function base64Of({ format, samples }: ItemAudio, from = 0, to = sampleCountOf(samples)): string {
  return bytesToBase64(encodeAudio(audioFormats[format], samplesOf(samples, from, to)));
}
