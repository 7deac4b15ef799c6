import { readWav, type Wav } from "@duologue/audio";
import { atRate } from "./at-rate.ts";
import { gathered, readySpeech, type Speech, speechInTheMaking } from "./speech.ts";

const speechRateHz = 24_000;
/** Longer than anybody speaks at a stretch, and short enough to be kept. */
const longestMinutes = 10;

/**
 * The sound of a WAV file as a plan wants it, mono at 24 kHz: several channels are mixed, and another rate is converted,
 * in pieces between which all else goes on. Rejects with an `Error` for what is no WAV file of 16-bit PCM, with a command
 * that makes one, for a rate outside 4 to 384 kHz, and for more than ten minutes.
 */
export async function speechInWav(bytes: Uint8Array): Promise<Int16Array> {
  const wav = readWav(bytes);
  const { sampleRateHz } = wav;
  const frames = wav.samples.length / wav.channels;
  const speech = atRate(mixed(wav), { inputRateHz: sampleRateHz, outputRateHz: speechRateHz });
  if (frames > longestMinutes * 60 * sampleRateHz) {
    const minutes = (frames / sampleRateHz / 60).toFixed(1);
    throw new Error(`the WAV file lasts ${minutes} minutes; ${longestMinutes} at the most are taken`);
  }
  return sampleRateHz === speechRateHz && wav.channels === 1 ? wav.samples : gathered(speech);
}

/** So many frames are mixed in one go. */
const mixedFrames = 6000;

/** The mean of the channels, so that none of them can be too loud, made as it is asked for. */
function mixed({ samples, channels }: Wav): Speech {
  if (channels === 1) return readySpeech(samples);
  return speechInTheMaking(samples.length / channels, function* (mono) {
    for (let frame = 0; frame < mono.length; frame++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += samples[frame * channels + channel] ?? 0;
      mono[frame] = Math.round(sum / channels);
      if (frame % mixedFrames === 0) yield frame + 1;
    }
  });
}
