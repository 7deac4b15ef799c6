import { spawn, spawnSync } from "node:child_process";
import { atRate } from "../voice/at-rate.ts";
import { readySpeech, type Speech } from "../voice/speech.ts";
import { syllableVoice } from "../voice/syllable-voice.ts";
import type { PatientVoice } from "../voice/voice.ts";
import { keptSpeech } from "./kept-speech.ts";
import { madeInTurn } from "./made-in-turn.ts";
import { wavInPieces } from "./wav-in-pieces.ts";

/** What `espeakVoice` can be told. */
export interface EspeakVoiceOptions {
  /** One of espeak-ng's voices, such as `en-gb` or `de`. Default: its own default. */
  readonly language?: string;
  /** Default: `espeak-ng`, as found on the path. */
  readonly program?: string;
}

/** A `PatientVoice` that can be asked without a signal as well. */
export interface EspeakVoice extends PatientVoice {
  /** Rejects only where the signal fires. */
  speak(text: string, options?: { readonly signal?: AbortSignal }): Promise<Speech>;
}

const speechRateHz = 24_000;
const maxKeptBytes = 32 * 1024 * 1024;
const maxKeptSeconds = 20;
const longestStartMs = 10_000;
const longestCharacterMs = 5;

/**
 * Real speech by an installed espeak-ng, in a process of its own for each text, one after the other: an answer begins when
 * all of it is spoken, some 50 ms later for a sentence and 1.5 s for 10,000 characters, and when all texts asked for before
 * it are. A text that nobody waits for any more loses its turn, and its process is killed. A text that is spoken takes
 * 2.6 KB of memory a character, and 2.9 KB more while it is sent. What lasts at most 20 seconds is kept, 32 MiB of it
 * together. A text on which the program fails is hummed. Throws an `Error` that says what to do where it is not installed,
 * and a `RangeError` for a language that it does not have.
 */
export function espeakVoice({ language, program = "espeak-ng" }: EspeakVoiceOptions = {}): EspeakVoice {
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
  const kept = keptSpeech({ maxBytes: maxKeptBytes, maxSamples: maxKeptSeconds * speechRateHz });
  const spoken = madeInTurn(async (text, signal) => {
    const speech = await spokenBy(program, args, text, signal);
    kept.keep(text, speech);
    return speech;
  });
  return {
    async speak(text, { signal } = {}) {
      try {
        return kept.get(text) ?? (await spoken(text, signal));
      } catch {
        signal?.throwIfAborted();
        return syllableVoice(text, speechRateHz, 1);
      }
    },
  };
}

/** Rejects where the program fails, takes too long or is given up, when its process has ended. */
async function spokenBy(
  program: string,
  args: readonly string[],
  text: string,
  signal: AbortSignal,
): Promise<Speech> {
  const timeout = longestStartMs + longestCharacterMs * text.length;
  const killSignal = "SIGKILL";
  const speaker = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"], timeout, signal, killSignal });
  const closed = new Promise<number | null>((resolve) => speaker.once("close", resolve));
  // One that is not there, is given up, or does not listen to the end says by its code what is wrong.
  speaker.on("error", () => {});
  speaker.stdin.on("error", () => {});
  speaker.stdin.end(text);
  const reading = wavInPieces(speaker.stdout);
  // Whether it failed is asked when the process has ended.
  reading.catch(() => {});
  const code = await closed;
  if (code !== 0) throw new Error(`${program} ended with code ${code}.`);
  const wav = await reading;
  // A text without a word has no sound and no file either.
  if (wav === undefined) return readySpeech(new Int16Array(0));
  return atRate(wav.speech, { inputRateHz: wav.sampleRateHz, outputRateHz: speechRateHz });
}
