import type { TurnDetection } from "@duologue/protocol";
import { commitAudio } from "./commit.ts";
import { change, type Draft, freshId, send, sendError } from "./draft.ts";
import { bufferIndex, detectorOf, inputRateHz } from "./input-audio.ts";
import { createResponse } from "./response-create.ts";
import { cutResponse } from "./response-end.ts";
import { sampleCountOf, samplesOf, withoutFirst } from "./sample-chain.ts";

/** While nobody speaks, the buffer keeps at least this much, and never twice as much. */
const quietBufferMs = 30_000;

/** Listens to samples that are in the buffer already, and does what a speech that begins or ends in them causes. */
export function detectSpeech(draft: Draft, samples: Int16Array): void {
  const turnDetection = draft.state.session.audio.input.turn_detection;
  if (turnDetection === null) return;
  const { input } = draft.state;
  const detector = detectorOf(turnDetection, inputRateHz(draft.state));
  const { state: detection, events } = detector.step(input.detection, samples);
  change(draft, { input: { ...input, detection } });
  for (const event of events) {
    if (event.type === "started") speechStarted(draft, event.audioStartMs, turnDetection);
    else speechStopped(draft, event.audioEndMs, turnDetection);
  }
  forgetSilence(draft);
}

function speechStarted(draft: Draft, startMs: number, turnDetection: TurnDetection): void {
  const itemId = freshId(draft, "item");
  change(draft, { input: { ...draft.state.input, speech: { itemId, startMs } } });
  send(draft, { type: "input_audio_buffer.speech_started", audio_start_ms: startMs, item_id: itemId });
  if (turnDetection.interrupt_response === false) return;
  const active = draft.state.responses.find(({ outOfBand }) => !outOfBand);
  if (active !== undefined) cutResponse(draft, active, "turn_detected");
}

function speechStopped(draft: Draft, endMs: number, turnDetection: TurnDetection): void {
  const { speech, buffer } = draft.state.input;
  if (speech === null) return;
  send(draft, { type: "input_audio_buffer.speech_stopped", audio_end_ms: endMs, item_id: speech.itemId });
  const end = bufferIndex(draft.state, endMs);
  const samples = samplesOf(buffer, bufferIndex(draft.state, speech.startMs), end);
  change(draft, { input: { ...draft.state.input, buffer: withoutFirst(buffer, end), speech: null } });
  commitAudio(draft, speech.itemId, samples);
  if (turnDetection.create_response === false) return;
  const refused = createResponse(draft, {});
  if (refused !== undefined) sendError(draft, refused);
}

/** Keeps the buffer bounded while nobody speaks. */
function forgetSilence(draft: Draft): void {
  const { input } = draft.state;
  const quietSamples = (quietBufferMs * inputRateHz(draft.state)) / 1000;
  const surplus = sampleCountOf(input.buffer) - quietSamples;
  if (input.speech !== null || surplus < quietSamples) return;
  change(draft, { input: { ...input, buffer: withoutFirst(input.buffer, surplus) } });
}
