import { type Resampler, resampler } from "@duologue/audio";

/** Sound as the library gives it: interleaved samples. */
export interface HeardSound {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly channelCount?: number;
}

const outputRateHz = 24_000;

/** Turns the sound of a track, whose rate may change, into mono samples at 24 kHz, in order. */
export function webRtcEars(hear: (samples: Int16Array) => void): (sound: HeardSound) => void {
  let rateHz = 0;
  let converter: Resampler | undefined;
  return ({ samples, sampleRate, channelCount = 1 }) => {
    if (converter === undefined || sampleRate !== rateHz) {
      const rest = converter?.flush();
      if (rest !== undefined && rest.length > 0) hear(rest);
      rateHz = sampleRate;
      converter = resampler({ inputRateHz: rateHz, outputRateHz });
    }
    const converted = converter.push(mono(samples, channelCount));
    if (converted.length > 0) hear(converted);
  };
}

function mono(samples: Int16Array, channels: number): Int16Array {
  if (channels === 1) return samples;
  return Int16Array.from({ length: Math.floor(samples.length / channels) }, (_, index) => {
    const frame = samples.subarray(index * channels, (index + 1) * channels);
    return Math.round(frame.reduce((sum, sample) => sum + sample, 0) / channels);
  });
}
