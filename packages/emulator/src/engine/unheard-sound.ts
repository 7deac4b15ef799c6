import { type AudioFormatType, audioFormats, decodeAudio, resample } from "@duologue/audio";
import { change, type Draft } from "./draft.ts";
import { countHeard } from "./effort.ts";
import { hear } from "./hear.ts";
import { inputRateHz } from "./input-audio.ts";
import { translationRateHz } from "./translation.ts";
import { hearSource } from "./translation-input.ts";

/** Sound that came in one frame, of which the rest is still to be listened to. */
export interface UnheardSound {
  /** Whole samples of this format. */
  readonly bytes: Uint8Array;
  readonly format: AudioFormatType;
  /** When it came. */
  readonly atMs: number;
}

/** So much is listened to in one go, in bytes: a whole number of samples. */
const pieceBytes = 96_000;

/**
 * Listens to sound of a client: to a piece of it at once, and to the rest piece by piece, so that no other session waits
 * for all of it. The client's next frames do.
 */
export function listenTo(draft: Draft, bytes: Uint8Array, format: AudioFormatType): void {
  hearUnheard(draft, { bytes, format, atMs: draft.atMs });
}

/** Listens to the next piece. */
export function hearUnheard(draft: Draft, { bytes, format, atMs }: UnheardSound): void {
  const rest = bytes.subarray(pieceBytes);
  const isLast = rest.length === 0;
  change(draft, { unheard: isLast ? undefined : { bytes: rest, format, atMs } });
  hearPiece(draft, decodeAudio(audioFormats[format], bytes.subarray(0, pieceBytes)), format, isLast);
}

function hearPiece(draft: Draft, decoded: Int16Array, format: AudioFormatType, isLast: boolean): void {
  const isTranslation = draft.state.kind === "translation";
  const { sampleRateHz: inputRate } = audioFormats[format];
  const outputRate = isTranslation ? translationRateHz : inputRateHz(draft.state);
  countHeard(draft, decoded.length, inputRate);
  const samples =
    inputRate === outputRate
      ? decoded
      : resample(decoded, { inputRateHz: inputRate, outputRateHz: outputRate });
  if (isTranslation) hearSource(draft, samples);
  else hear(draft, samples, isLast);
}
