import { RealtimeError } from "@duologue/core";
import type { AudioFormat } from "@duologue/protocol";
import { base64Of, bytesOfSamples } from "./pcm-samples.ts";
import { byteCount } from "./reduce/playback.ts";

/**
 * Sound for the input buffer, in base64: text is taken as encoded, bytes as being in the session's format, samples as
 * 24 kHz mono. `format` is what the session hears, where that is known.
 *
 * Throws `invalid_argument` for what is none of these, is empty, or is no base64; for samples where the session hears
 * another format; and for half a sample of PCM16, behind which everything would be noise.
 */
export function encodedSound(sound: string | Uint8Array | Int16Array, format?: AudioFormat["type"]): string {
  const complaint = complaintOf(sound, format);
  if (complaint !== undefined) throw new RealtimeError("invalid_argument", complaint);
  if (typeof sound === "string") return sound;
  return base64Of(sound instanceof Uint8Array ? sound : bytesOfSamples(sound));
}

function complaintOf(sound: unknown, format: AudioFormat["type"] | undefined): string | undefined {
  if (!isSound(sound)) return "Sound is base64, bytes, or samples.";
  if (sound.length === 0) return "There is no sound to append: it is empty.";
  if (sound instanceof Int16Array) {
    return format === undefined || format === "audio/pcm"
      ? undefined
      : `The session hears ${format}: encode the samples, and append the bytes.`;
  }
  if (typeof sound === "string" && !isBase64(sound)) return "Sound that is a text is base64; this is not.";
  const bytes = typeof sound === "string" ? byteCount(sound) : sound.length;
  return format === "audio/pcm" && bytes % 2 === 1
    ? `A sample of PCM16 has two bytes; ${bytes} bytes end in the middle of one.`
    : undefined;
}

function isSound(sound: unknown): sound is string | Uint8Array | Int16Array {
  return typeof sound === "string" || sound instanceof Uint8Array || sound instanceof Int16Array;
}

/** Four characters for three bytes; source: RFC 4648, section 4. What is left over at the end is padded. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
