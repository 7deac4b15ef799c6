import type { Refusal } from "../wire/refusal.ts";
import { findItem } from "./conversation.ts";
import { change, type Draft, send } from "./draft.ts";
import { durationMsOf } from "./item-audio.ts";
import { truncate } from "./item-truncate.ts";
import { heardMs, silenced } from "./playback.ts";
import { cutResponse } from "./response-end.ts";
import type { RunningResponse } from "./running-response.ts";

/**
 * The user speaks: the response of the conversation is cancelled where it still runs, the track falls silent, and
 * what was on it is cut down to what has been heard. A response out of band runs on, unheard.
 */
export function interruptMedia(draft: Draft, active: RunningResponse | undefined): void {
  const heard = heardMs(draft.state.playback, draft.atMs);
  for (const step of draft.settings.unsettled.interruptionOrder) {
    if (step === "output_audio_buffer.cleared") silence(draft);
    else if (step === "conversation.item.truncated") forgetUnheard(draft, heard);
    else if (active !== undefined) cutResponse(draft, active, "turn_detected");
  }
}

/** `output_audio_buffer.clear`: the track falls silent, and what was not heard is cut off. No answer where it was. */
export function clearPlayback(draft: Draft): Refusal | undefined {
  const heard = heardMs(draft.state.playback, draft.atMs);
  silence(draft);
  forgetUnheard(draft, heard);
  return undefined;
}

function silence(draft: Draft): void {
  const { playback } = draft.state;
  const audible = playback.responses.filter(({ phase }) => phase === "playing");
  if (playback.responses.some(({ sounds }) => sounds.length > 0)) draft.outputs.push({ type: "flush" });
  change(draft, { playback: silenced(playback, draft.atMs) });
  for (const { responseId } of audible) {
    send(draft, { type: "output_audio_buffer.cleared", response_id: responseId });
  }
}

function forgetUnheard(draft: Draft, heard: ReadonlyMap<string, number>): void {
  for (const [itemId, ms] of heard) {
    const stored = findItem(draft.state, itemId);
    if (stored?.audio === undefined || stored.truncated) continue;
    const generating = draft.state.responses.some(({ open }) => open?.item.id === itemId);
    if (generating || ms < durationMsOf(stored.audio)) truncate(draft, stored, Math.floor(ms));
  }
}
