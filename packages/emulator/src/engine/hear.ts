import { change, type Draft } from "./draft.ts";
import { forgotten } from "./input-audio.ts";
import { transcribeLive } from "./live-transcription.ts";
import { withSamples } from "./sample-chain.ts";
import { detectSpeech } from "./speech-detection.ts";

/**
 * While nobody commits what an open microphone brings, or it hears speech without end, the buffer keeps at least this
 * much, and never twice as much.
 */
const microphoneMs = 5 * 60_000;

/**
 * Sound of the user at the ear's rate: it waits in the buffer, and turn detection hears it where it is on. `isLast` says
 * whether it is all that one command brought, or the end of that.
 */
export function hear(draft: Draft, samples: Int16Array, isLast = true): void {
  const { input, session, audio } = draft.state;
  const sampleCount = input.sampleCount + samples.length;
  const buffer = withSamples(input.buffer, samples);
  const appends = input.appends + (isLast ? 1 : 0);
  change(draft, { input: { ...input, sampleCount, appends, buffer } });
  if (session.audio.input.turn_detection !== null) detectSpeech(draft, samples);
  else transcribeLive(draft);
  if (audio === "media") change(draft, { input: forgotten(draft.state, microphoneMs) });
}
