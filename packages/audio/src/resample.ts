/** The two rates of a conversion, in whole Hz from 4,000 to 384,000. */
export interface ResampleRates {
  readonly inputRateHz: number;
  readonly outputRateHz: number;
}

/** Converts a stream piece by piece. */
export interface Resampler {
  /**
   * Takes the next samples and returns those that can be computed by now: about 35 samples of the lower rate, 2.2 ms
   * at 16 kHz, wait for what follows. How the stream is cut into pieces does not change the result.
   */
  push(samples: Int16Array): Int16Array<ArrayBuffer>;
  /** Ends the stream: returns what was waiting, as if silence followed. The next `push` begins a new stream. */
  flush(): Int16Array<ArrayBuffer>;
}

/** How far the filter reaches to each side, in zero crossings of its sinc. */
const zeroCrossings = 32;
/** What the filter leaves of a frequency that the lower rate cannot carry. */
const stopBandDb = 80;
/** Kaiser's formulas: the window's shape for this attenuation, and the width of the fall as a part of the band. */
const kaiserBeta = 0.1102 * (stopBandDb - 8.7);
const fall = (stopBandDb - 8) / (2.285 * 2 * zeroCrossings * Math.PI);
/**
 * So many filters are made for one conversion at the most, fewer on the way down, where each of them is longer. Rates
 * with a large common divisor need no more; between those of the others the filter changes so slowly that a straight
 * line is within 0.001 % of it, 100 dB down.
 */
const mostFilters = 512;
const lowestRateHz = 4_000;
const highestRateHz = 384_000;

/**
 * A sample rate converter for mono audio between any two whole rates from 4 to 384 kHz: a windowed sinc (Kaiser, 32
 * zero crossings to each side) without delay, output sample `n` standing at `n / outputRateHz` seconds of the input. The
 * pass band is flat within 0.001 dB up to 0.84 of the lower rate's half; all from that half on is at least 80 dB down.
 * `n` samples become `ceil(n * outputRateHz / inputRateHz)`. Results beyond 16 bit saturate. What a sample costs depends
 * on the ratio of the rates, not on their common divisor. Throws a `RangeError` on any other rate.
 */
export function resampler({ inputRateHz, outputRateHz }: ResampleRates): Resampler {
  for (const rate of [inputRateHz, outputRateHz]) {
    if (!(Number.isInteger(rate) && rate >= lowestRateHz && rate <= highestRateHz)) {
      const wanted = `a whole number from ${lowestRateHz} to ${highestRateHz}`;
      throw new RangeError(`a sample rate of ${rate} Hz cannot be converted; ${wanted} is wanted`);
    }
  }
  if (inputRateHz === outputRateHz)
    return { push: (samples) => samples.slice(), flush: () => new Int16Array(0) };

  const divisor = greatestCommonDivisor(inputRateHz, outputRateHz);
  /** Between two input samples lie this many positions at which an output sample can stand … */
  const phases = outputRateHz / divisor;
  /** … and from one output sample to the next it is this many. */
  const stride = inputRateHz / divisor;
  const ratio = Math.min(1, outputRateHz / inputRateHz);
  const bandwidth = ratio * (1 - fall / 2);
  const reach = Math.ceil(zeroCrossings / bandwidth);
  const filterAt = filterBank(reach, bandwidth, phases, Math.ceil(mostFilters * ratio));

  /** Input samples still needed, the first of which stands `reach - 1` before the next output sample. */
  let held = new Int16Array(reach - 1);
  let phase = 0;
  /** Input samples of this stream, and output samples computed from them. */
  let taken = 0;
  let given = 0;

  const convert = (samples: Int16Array, most: number): Int16Array<ArrayBuffer> => {
    const input = new Int16Array(held.length + samples.length);
    input.set(held);
    input.set(samples, held.length);

    const ready = Math.ceil(((input.length - 2 * reach + 1) * phases - phase) / stride);
    const output = new Int16Array(Math.max(0, Math.min(ready, most)));
    let at = 0;
    for (let index = 0; index < output.length; index++) {
      const filter = filterAt(phase);
      let sum = 0;
      for (let tap = 0; tap < filter.length; tap++) sum += (filter[tap] ?? 0) * (input[at + tap] ?? 0);
      output[index] = Math.max(-32768, Math.min(32767, Math.round(sum)));
      const next = phase + stride;
      at += Math.floor(next / phases);
      phase = next % phases;
    }
    held = input.slice(at);
    given += output.length;
    return output;
  };

  return {
    push(samples) {
      taken += samples.length;
      return convert(samples, Number.POSITIVE_INFINITY);
    },
    flush() {
      const total = Math.ceil((taken * phases) / stride);
      const rest = convert(new Int16Array(reach + 1), total - given);
      held = new Int16Array(reach - 1);
      phase = taken = given = 0;
      return rest;
    },
  };
}

/** Converts all samples at once; see `resampler`. */
export function resample(samples: Int16Array, rates: ResampleRates): Int16Array<ArrayBuffer> {
  const converter = resampler(rates);
  const head = converter.push(samples);
  const tail = converter.flush();
  const whole = new Int16Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

/**
 * Gives the filter for each phase: its own where all phases get one within `most`, otherwise the line between its two
 * neighbours among `most` filters, in an array that the next call writes over. Filters are made when first needed.
 */
function filterBank(
  reach: number,
  bandwidth: number,
  phases: number,
  most: number,
): (phase: number) => Float64Array {
  const steps = Math.min(phases, most);
  const filters: (Float64Array | undefined)[] = [];
  const filter = (step: number): Float64Array => {
    filters[step] ??= lowPass(reach, bandwidth, step / steps);
    return filters[step];
  };
  if (steps === phases) return filter;
  const between = new Float64Array(2 * reach);
  return (phase) => {
    const place = (phase * steps) / phases;
    const step = Math.floor(place);
    const share = place - step;
    const [below, above] = [filter(step), filter(step + 1)];
    for (let tap = 0; tap < between.length; tap++) {
      const weight = below[tap] ?? 0;
      between[tap] = weight + share * ((above[tap] ?? 0) - weight);
    }
    return between;
  };
}

/**
 * The weights of `2 * reach` input samples for an output sample that stands `fraction` of an input sample after the
 * one in the middle, index `reach - 1`. They add up to 1, so that a constant stays that constant.
 */
function lowPass(reach: number, bandwidth: number, fraction: number): Float64Array {
  const weights = new Float64Array(2 * reach);
  let sum = 0;
  for (let tap = 0; tap < weights.length; tap++) {
    const distance = (tap - (reach - 1) - fraction) * bandwidth;
    const inside = 1 - (distance / zeroCrossings) ** 2;
    const weight = inside <= 0 ? 0 : sinc(distance) * bessel(kaiserBeta * Math.sqrt(inside));
    weights[tap] = weight;
    sum += weight;
  }
  return weights.map((weight) => weight / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of the first kind and order 0, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
