/** The two rates of a conversion, in whole Hz. */
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
/** Rates with a large common divisor need few filters; for the others no more than this many are kept. */
const mostFiltersKept = 1024;

/**
 * A sample rate converter for mono audio between any two whole rates: a windowed sinc (Kaiser, 32 zero crossings to
 * each side) without delay, output sample `n` standing at `n / outputRateHz` seconds of the input. The pass band is
 * flat within 0.001 dB up to 0.84 of the lower rate's half; all from that half on is at least 80 dB down. `n` samples become
 * `ceil(n * outputRateHz / inputRateHz)`. Results beyond 16 bit saturate. Throws a `RangeError` on a rate that is no
 * positive whole number.
 */
export function resampler({ inputRateHz, outputRateHz }: ResampleRates): Resampler {
  for (const rate of [inputRateHz, outputRateHz]) {
    if (!Number.isInteger(rate) || rate <= 0) throw new RangeError(`a sample rate of ${rate} Hz is no rate`);
  }
  if (inputRateHz === outputRateHz)
    return { push: (samples) => samples.slice(), flush: () => new Int16Array(0) };

  const divisor = greatestCommonDivisor(inputRateHz, outputRateHz);
  /** Between two input samples lie this many positions at which an output sample can stand … */
  const phases = outputRateHz / divisor;
  /** … and from one output sample to the next it is this many. */
  const stride = inputRateHz / divisor;
  const bandwidth = Math.min(1, outputRateHz / inputRateHz) * (1 - fall / 2);
  const reach = Math.ceil(zeroCrossings / bandwidth);
  const filters = new Map<number, Float64Array>();

  const filterAt = (phase: number): Float64Array => {
    const kept = filters.get(phase);
    if (kept !== undefined) return kept;
    const made = lowPass(reach, bandwidth, phase / phases);
    if (filters.size < mostFiltersKept) filters.set(phase, made);
    return made;
  };

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
