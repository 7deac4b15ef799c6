import { spawnSync } from "node:child_process";
import { readWav, resample } from "@duologue/audio";
import { atSpeed } from "../voice/at-speed.ts";
import { syllableVoice } from "../voice/syllable-voice.ts";
import type { Voice } from "../voice/voice.ts";

/** What `espeakVoice` can be told. */
export interface EspeakVoiceOptions {
  /** One of espeak-ng's voices, such as `en-gb` or `de`. Default: its own default. */
  readonly language?: string;
  /** Default: `espeak-ng`, as found on the path. */
  readonly program?: string;
}

const mostKept = 100;
const longestMs = 10_000;
const mostBytes = 64 * 1024 * 1024;

/**
 * Real speech by an installed espeak-ng. Each text takes some 50 ms in which nothing else happens in this program, for
 * a voice answers at once; the last hundred texts are kept. A text on which the program fails is hummed. Another speed than
 * 1 is made afterwards, as by the service: the program itself does not speak as slowly as a session may want. Throws an
 * `Error` that says what to do where it is not installed, and a `RangeError` for a language that it does not have.
 */
export function espeakVoice({ language, program = "espeak-ng" }: EspeakVoiceOptions = {}): Voice {
  if (language === "") throw new RangeError(`The language of ${program} is empty; one such as de is wanted.`);
  if (spawnSync(program, ["--version"]).error !== undefined) {
    throw new Error(
      `There is no ${program}: install the package espeak-ng of your system, or use the built-in voice.`,
    );
  }
  const args = ["--stdin", "--stdout", "-b", "1", ...(language === undefined ? [] : ["-v", language])];
  const spoken = (text: string) =>
    // The text goes in by a pipe, so that none of it can be taken for an option.
    spawnSync(program, args, { input: text, timeout: longestMs, maxBuffer: mostBytes });
  if (language !== undefined && spoken("a").status !== 0) {
    throw new RangeError(
      `${program} has no voice "${language}"; \`${program} --voices\` lists those it has.`,
    );
  }
  const kept = new Map<string, Int16Array>();
  return (text, sampleRateHz, speed) => {
    const key = `${sampleRateHz} ${text}`;
    const known = kept.get(key);
    if (known !== undefined) return atSpeed(known, speed, sampleRateHz);
    const { status, stdout } = spoken(text);
    const samples = status === 0 ? monoAt(stdout, sampleRateHz) : syllableVoice(text, sampleRateHz, 1);
    kept.set(key, samples);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return atSpeed(samples, speed, sampleRateHz);
  };
}

function monoAt(wav: Uint8Array, outputRateHz: number): Int16Array {
  // A text without a word has no sound and no file either.
  if (wav.length === 0) return new Int16Array(0);
  const { samples, sampleRateHz: inputRateHz } = readWav(wav);
  return resample(samples, { inputRateHz, outputRateHz });
}
