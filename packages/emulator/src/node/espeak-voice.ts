import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { readWav } from "@duologue/audio";
import { atRate } from "../voice/at-rate.ts";
import { gathered, readySpeech } from "../voice/speech.ts";
import { syllableVoice } from "../voice/syllable-voice.ts";
import type { PatientVoice } from "../voice/voice.ts";

/** What `espeakVoice` can be told. */
export interface EspeakVoiceOptions {
  /** One of espeak-ng's voices, such as `en-gb` or `de`. Default: its own default. */
  readonly language?: string;
  /** Default: `espeak-ng`, as found on the path. */
  readonly program?: string;
}

const speechRateHz = 24_000;
const mostKept = 100;
const longestStartMs = 10_000;
const longestCharacterMs = 5;

/**
 * Real speech by an installed espeak-ng, in a process of its own: an answer begins some 50 ms later, more where it is long
 * or others speak as well, for one is spoken at a time. The last hundred texts are kept. A text on which the program fails
 * is hummed. Throws an `Error` that says what to do where it is not installed, and a `RangeError` for a language that it
 * does not have.
 */
export function espeakVoice({ language, program = "espeak-ng" }: EspeakVoiceOptions = {}): PatientVoice {
  if (language === "") throw new RangeError(`The language of ${program} is empty; one such as de is wanted.`);
  if (spawnSync(program, ["--version"]).error !== undefined) {
    throw new Error(
      `There is no ${program}: install the package espeak-ng of your system, or use the built-in voice.`,
    );
  }
  // The text goes in by a pipe, so that none of it can be taken for an option.
  const args = ["--stdin", "--stdout", "-b", "1", ...(language === undefined ? [] : ["-v", language])];
  if (language !== undefined && spawnSync(program, args, { input: "a" }).status !== 0) {
    throw new RangeError(
      `${program} has no voice "${language}"; \`${program} --voices\` lists those it has.`,
    );
  }
  const kept = new Map<string, Promise<Int16Array>>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    speak(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const speech = last.then(() => spokenBy(program, args, text)).catch(() => hummed(text));
      last = speech;
      kept.set(text, speech);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      return speech;
    },
  };
}

/** Rejects where the program fails, or takes too long. */
async function spokenBy(program: string, args: readonly string[], text: string): Promise<Int16Array> {
  const timeout = longestStartMs + longestCharacterMs * text.length;
  const speaker = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"], timeout });
  // One that does not listen to the end says by its code what is wrong.
  speaker.stdin.on("error", () => {});
  speaker.stdin.end(text);
  const [wav, [code]] = await Promise.all([buffer(speaker.stdout), once(speaker, "close")]);
  if (code !== 0) throw new Error(`${program} ended with code ${code}.`);
  // A text without a word has no sound and no file either.
  if (wav.length === 0) return new Int16Array(0);
  const { samples, sampleRateHz } = readWav(wav);
  const rates = { inputRateHz: sampleRateHz, outputRateHz: speechRateHz };
  return gathered(atRate(readySpeech(samples), rates));
}

function hummed(text: string): Promise<Int16Array> {
  return gathered(syllableVoice(text, speechRateHz, 1));
}
