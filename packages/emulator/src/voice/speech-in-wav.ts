import { readWav, resample, type Wav } from "@duologue/audio";

const speechRateHz = 24_000;

/**
 * The sound of a WAV file as a plan wants it, mono at 24 kHz: several channels are mixed, and another rate is converted.
 * Throws an `Error` for what is no WAV file of 16-bit PCM, with a command that makes one.
 */
export function speechInWav(bytes: Uint8Array): Int16Array {
  const wav = readWav(bytes);
  const samples = mixed(wav);
  if (wav.sampleRateHz === speechRateHz) return samples;
  return resample(samples, { inputRateHz: wav.sampleRateHz, outputRateHz: speechRateHz });
}

/** The mean of the channels, so that none of them can be too loud. */
function mixed({ samples, channels }: Wav): Int16Array {
  if (channels === 1) return samples;
  const mono = new Int16Array(samples.length / channels);
  for (let frame = 0; frame < mono.length; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += samples[frame * channels + channel] ?? 0;
    mono[frame] = Math.round(sum / channels);
  }
  return mono;
}
