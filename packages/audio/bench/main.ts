import { resamplerResponse } from "./resampler-response.ts";
import { captureCost, playbackCost } from "./worklet-cost.ts";

// Prints what the README states: the resampler's bands, and what a block of the audio thread costs.

const conversions = [
  [48000, 24000],
  [44100, 24000],
  [24000, 16000],
  [24000, 8000],
  [24000, 48000],
  [24000, 44100],
  [16000, 24000],
  [8000, 24000],
] as const;

console.log("resampler           pass band   stop band       image");
for (const [inputRateHz, outputRateHz] of conversions) {
  const { passBandDb, stopBandDb, imageDb } = resamplerResponse({ inputRateHz, outputRateHz });
  const levels = [stopBandDb, imageDb].map((db) =>
    (db === undefined ? "–" : `${db.toFixed(1)} dB`).padStart(12),
  );
  console.log(
    `${String(inputRateHz).padStart(5)} → ${String(outputRateHz).padStart(5)} Hz   ±${passBandDb.toFixed(4)} dB${levels.join("")}`,
  );
}

console.log(`\na block of 128 frames, Node ${process.version}      median        90 %   of its time`);
for (const sampleRateHz of [48000, 44100, 16000]) {
  for (const [name, { medianUs, mostUs, partOfBlock }] of [
    ["capture", captureCost(sampleRateHz, 20_000)],
    ["playback", playbackCost(sampleRateHz, 20_000)],
  ] as const) {
    console.log(
      `${name.padEnd(9)} ${sampleRateHz} Hz${" ".repeat(20)}${medianUs.toFixed(1).padStart(10)} µs` +
        `${mostUs.toFixed(1).padStart(9)} µs${(partOfBlock * 100).toFixed(2).padStart(11)} %`,
    );
  }
}
