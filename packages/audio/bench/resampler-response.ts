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

/** Measures with tones at half of full scale, half a second each, evenly over each band, its ends included. */
export function resamplerResponse(rates: ResampleRates): ResamplerResponse {
  const { inputRateHz, outputRateHz } = rates;
  const half = Math.min(inputRateHz, outputRateHz) / 2;
  const sweep = (fromHz: number, toHz: number) =>
    Array.from({ length: tones }, (_, index) => fromHz + (index * (toHz - fromHz)) / (tones - 1));
  const gains = sweep(0.01 * half, 0.84 * half).map((frequencyHz) => toneGain(frequencyHz, rates));
  const isDown = inputRateHz > outputRateHz;
  return {
    passBandDb: Math.max(...gains.map(({ tone }) => Math.abs(tone))),
    stopBandDb: isDown
      ? Math.max(...sweep(half, inputRateHz / 2 - 1).map((frequencyHz) => toneGain(frequencyHz, rates).all))
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
  // The tone is the sum of a sine and a cosine of its frequency that leaves the least of the rest.
  const turn = (2 * Math.PI * frequencyHz) / outputRateHz;
  let [ss, sc, cc, sy, cy, yy] = [0, 0, 0, 0, 0, 0];
  middle.forEach((sample, n) => {
    const [sine, cosine, y] = [Math.sin(turn * n), Math.cos(turn * n), sample / amplitude];
    ss += sine * sine;
    sc += sine * cosine;
    cc += cosine * cosine;
    sy += sine * y;
    cy += cosine * y;
    yy += y * y;
  });
  const determinant = ss * cc - sc * sc;
  const [a, b] = [(sy * cc - cy * sc) / determinant, (cy * ss - sy * sc) / determinant];
  const power = (squares: number) => Math.sqrt((2 * Math.max(0, squares)) / middle.length);
  return {
    all: toDbfs(power(yy)),
    tone: toDbfs(Math.hypot(a, b)),
    rest: toDbfs(power(yy - a * sy - b * cy)),
  };
}
