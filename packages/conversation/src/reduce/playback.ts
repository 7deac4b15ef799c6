import type { AudioFormat } from "@duologue/protocol";
import type { PartAudio } from "../content-part.ts";
import type { ConversationState } from "../state.ts";
import { isAmount } from "./readable.ts";
import { findResponse } from "./responses.ts";

/** What the protocol's default is, and what a service speaks that says nothing. */
const defaultFormat: AudioFormat = { type: "audio/pcm", rate: 24000 };

/** Bytes a millisecond where nothing is said of a format. */
export const defaultRate = 48;

/** How the sound of a response is encoded: as the response says, else as the session does. */
export function outputFormat(state: ConversationState, responseId: string | undefined): AudioFormat {
  const own = findResponse(state, responseId)?.audioFormat;
  if (own !== undefined) return own;
  const output = state.session?.type === "realtime" ? state.session.audio?.output : undefined;
  return output?.format ?? defaultFormat;
}

/** How many bytes a millisecond of a format takes: two a sample of PCM16, one of G.711, which is always 8 kHz. */
export function bytesPerMs(format: AudioFormat): number {
  if (format.type !== "audio/pcm") return 8;
  const rateHz: unknown = format.rate;
  return ((isAmount(rateHz) && rateHz > 0 ? rateHz : 24000) * 2) / 1000;
}

/** How many bytes a base64 text stands for. */
export function byteCount(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return Math.floor((base64.length * 3) / 4) - padding;
}

/** Milliseconds that the server sent of a part; 0 where the sound travels on a media track. */
export function receivedMs(audio: PartAudio): number {
  return audio.receivedBytes / audio.bytesPerMs;
}
