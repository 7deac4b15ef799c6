import { type ResampleRates, resample, toDbfs } from "../src/index.ts";

/** What a resampler does to tones. */
export interface ResamplerResponse {
  /** The largest change of level, in dB, of a tone up to 0.84 of the lower rate's half. */
  readonly passBandDb: number;
  /** What is left, in dB, of the loudest tone that the lower rate can't carry; nothing of the kind when going up. */
  readonly stopBandDb: number | undefined;
  /** The largest level, in dB, of what goes up with a tone as its image; nothing of the kind when going down. */
  readonly imageDb: number | undefined;
}

const amplitude = 16384;
const tones = 60;

/** Measures with tones at half of full scale, half a second each, evenly over each band. */
export function resamplerResponse(rates: ResampleRates): ResamplerResponse {
  const { inputRateHz, outputRateHz } = rates;
  const half = Math.min(inputRateHz, outputRateHz) / 2;
  const sweep = (fromHz: number, toHz: number) =>
    Array.from({ length: tones }, (_, index) => fromHz + ((index + 0.5) * (toHz - fromHz)) / tones);
  const gains = sweep(0.01 * half, 0.84 * half).map((frequencyHz) => toneGain(frequencyHz, rates));
  const isDown = inputRateHz > outputRateHz;
  return {
    passBandDb: Math.max(...gains.map(({ tone }) => Math.abs(tone))),
    stopBandDb: isDown
      ? Math.max(...sweep(half, inputRateHz / 2).map((frequencyHz) => toneGain(frequencyHz, rates).all))
      : undefined,
    imageDb: isDown ? undefined : Math.max(...gains.map(({ rest }) => rest)),
  };
}

/** Levels of what comes out relative to a tone that goes in: of all, of the tone itself, and of all else. */
function toneGain(
  frequencyHz: number,
  rates: ResampleRates,
): { readonly all: number; readonly tone: number; readonly rest: number } {
  const { inputRateHz, outputRateHz } = rates;
  const step = (2 * Math.PI * frequencyHz) / inputRateHz;
  const input = Int16Array.from({ length: inputRateHz / 2 }, (_, n) =>
    Math.round(amplitude * Math.sin(step * n)),
  );
  const output = resample(input, rates);
  const middle = output.subarray(output.length >> 2, 3 * (output.length >> 2));
  // The tone is what fits a sine and a cosine of its frequency best.
  const turn = (2 * Math.PI * frequencyHz) / outputRateHz;
  let [sine, cosine, energy] = [0, 0, 0];
  middle.forEach((sample, n) => {
    sine += sample * Math.sin(turn * n);
    cosine += sample * Math.cos(turn * n);
    energy += sample * sample;
  });
  const scale = 2 / (middle.length * amplitude);
  const tone = Math.hypot(sine, cosine) * scale;
  const all = Math.sqrt((2 * energy) / middle.length) / amplitude;
  return {
    all: toDbfs(all),
    tone: toDbfs(tone),
    rest: toDbfs(Math.sqrt(Math.max(0, all * all - tone * tone))),
  };
}
