import type { Speech } from "../voice/speech.ts";

/** How much is kept. */
export interface KeptSpeechLimits {
  /** Of all that is kept together. */
  readonly maxBytes: number;
  /** Of the speech of one text; longer speech is not kept. */
  readonly maxSamples: number;
}

/** Speech that may be wanted again, by its text. */
export interface KeptSpeech {
  get(text: string): Speech | undefined;
  /** Keeps it, and forgets what was kept the longest ago where it does not find room otherwise. */
  keep(text: string, speech: Speech): void;
}

const bytesPerCharacter = 2;
/** Two as it was spoken, and two as it is made of that. */
const bytesPerSample = 4;

/** Keeps short speech within a number of bytes, estimated. */
export function keptSpeech({ maxBytes, maxSamples }: KeptSpeechLimits): KeptSpeech {
  const kept = new Map<string, Speech>();
  let bytes = 0;
  const forget = (text: string) => {
    const speech = kept.get(text);
    if (speech === undefined) return;
    kept.delete(text);
    bytes -= bytesOf(text, speech);
  };
  return {
    get: (text) => kept.get(text),
    keep(text, speech) {
      forget(text);
      if (speech.sampleCount > maxSamples) return;
      kept.set(text, speech);
      bytes += bytesOf(text, speech);
      for (const oldest of kept.keys()) {
        if (bytes <= maxBytes) break;
        forget(oldest);
      }
    },
  };
}

function bytesOf(text: string, { sampleCount }: Speech): number {
  return bytesPerCharacter * text.length + bytesPerSample * sampleCount;
}
