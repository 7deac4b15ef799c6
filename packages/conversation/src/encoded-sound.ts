import { RealtimeError } from "@duologue/core";
import { base64Of, bytesOfSamples } from "./pcm-samples.ts";
import type { ConversationState } from "./state.ts";

/**
 * Sound for the input buffer, in base64: text is taken as encoded, bytes as being in the session's format, samples as
 * 24 kHz mono. Throws `invalid_argument` for samples where the session hears another format.
 */
export function encodedSound(
  { session }: ConversationState,
  sound: string | Uint8Array | Int16Array,
): string {
  if (typeof sound === "string") return sound;
  if (sound instanceof Uint8Array) return base64Of(sound);
  const format = session?.audio?.input?.format?.type ?? "audio/pcm";
  if (format === "audio/pcm") return base64Of(bytesOfSamples(sound));
  const message = `The session hears ${format}: encode the samples, and append the bytes.`;
  throw new RealtimeError("invalid_argument", message);
}
