import { audioFormats } from "@duologue/audio";
import { change, type Draft, send } from "./draft.ts";
import { isSilenced, type PlayedResponse, withoutResponse, withSound, withStart } from "./playback.ts";

const trackRateHz = audioFormats["audio/pcm"].sampleRateHz;

/** Hands sound of a response to the media track; nothing where the response has been silenced. */
export function playSound(draft: Draft, responseId: string, itemId: string, samples: Int16Array): void {
  const { playback } = draft.state;
  if (isSilenced(playback, responseId)) return;
  const sound = { itemId, durationMs: (samples.length * 1000) / trackRateHz };
  change(draft, { playback: withSound(playback, responseId, sound, draft.atMs) });
  draft.outputs.push({ type: "play", samples });
}

/** A response becomes audible, or has been heard to its end. */
export function runPlayback(draft: Draft, { responseId, phase }: PlayedResponse): void {
  const { playback } = draft.state;
  if (phase === "waiting") {
    change(draft, { playback: withStart(playback, responseId) });
    send(draft, { type: "output_audio_buffer.started", response_id: responseId });
  } else {
    change(draft, { playback: withoutResponse(playback, responseId) });
    send(draft, { type: "output_audio_buffer.stopped", response_id: responseId });
  }
}
