import type { VoiceActivityEvent } from "@duologue/audio";
import type { TurnDetection } from "@duologue/protocol";
import { commitAudio } from "./commit.ts";
import { change, type Draft, freshId, send, sendError } from "./draft.ts";
import { bufferIndex, detectorOf, forgotten, inputRateHz } from "./input-audio.ts";
import { interruptMedia } from "./interruption.ts";
import { itemLimit } from "./limits.ts";
import { nextHeardTurn } from "./next-heard-turn.ts";
import { createResponse } from "./response-create.ts";
import { cutResponse } from "./response-end.ts";
import { samplesOf, withoutFirst } from "./sample-chain.ts";

/** While nobody speaks, the buffer keeps at least this much, and never twice as much. */
const quietBufferMs = 30_000;

/** Listens to samples that are in the buffer already, and does what a speech that begins or ends in them causes. */
export function detectSpeech(draft: Draft, samples: Int16Array): void {
  const turnDetection = draft.state.session.audio.input.turn_detection;
  if (turnDetection === null) return;
  for (const event of scriptedSpeech(draft) ?? heardSpeech(draft, turnDetection, samples)) {
    if (event.type === "started") speechStarted(draft, event.audioStartMs, turnDetection);
    else speechStopped(draft, event.audioEndMs, turnDetection);
  }
  if (draft.state.input.speech === null) change(draft, { input: forgotten(draft.state, quietBufferMs) });
}

function heardSpeech(
  draft: Draft,
  turnDetection: TurnDetection,
  samples: Int16Array,
): readonly VoiceActivityEvent[] {
  const { input } = draft.state;
  const detector = detectorOf(turnDetection, inputRateHz(draft.state));
  const { state: detection, events } = detector.step(input.detection, samples);
  change(draft, { input: { ...input, detection } });
  return events;
}

/** What the scenario wants to be heard in the newest sound; `undefined` where it leaves that to the ear. */
function scriptedSpeech({ state, settings }: Draft): readonly VoiceActivityEvent[] | undefined {
  const { turns } = settings.scenario;
  if (!turns.some(({ detection }) => detection !== undefined)) return undefined;
  const detection = turns[nextHeardTurn(state)]?.detection;
  if (detection === undefined) return [];
  const { startsAtAppend, stopsAtAppend, audioStartMs, audioEndMs } = detection;
  const { appends, speech } = state.input;
  const starts = speech === null && appends >= startsAtAppend && appends <= stopsAtAppend;
  return [
    ...(starts ? [{ type: "started" as const, audioStartMs }] : []),
    ...(appends === stopsAtAppend ? [{ type: "stopped" as const, audioEndMs }] : []),
  ];
}

function speechStarted(draft: Draft, startMs: number, turnDetection: TurnDetection): void {
  const itemId = freshId(draft, "item");
  change(draft, { input: { ...draft.state.input, speech: { itemId, startMs } }, idle: undefined });
  send(draft, { type: "input_audio_buffer.speech_started", audio_start_ms: startMs, item_id: itemId });
  const onMedia = draft.state.audio === "media";
  const mayGoOn = !onMedia || !draft.settings.unsettled.alwaysInterruptsMedia;
  if (turnDetection.interrupt_response === false && mayGoOn) return;
  const active = draft.state.responses.find(({ outOfBand }) => !outOfBand);
  if (onMedia) interruptMedia(draft, active);
  else if (active !== undefined) cutResponse(draft, active, "turn_detected");
}

function speechStopped(draft: Draft, endMs: number, turnDetection: TurnDetection): void {
  const { speech, buffer } = draft.state.input;
  if (speech === null) return;
  send(draft, { type: "input_audio_buffer.speech_stopped", audio_end_ms: endMs, item_id: speech.itemId });
  const end = bufferIndex(draft.state, endMs);
  const samples = samplesOf(buffer, bufferIndex(draft.state, speech.startMs), end);
  change(draft, { input: { ...draft.state.input, buffer: withoutFirst(buffer, end), speech: null } });
  const limited = itemLimit(draft);
  if (limited !== undefined) {
    sendError(draft, limited);
    return;
  }
  commitAudio(draft, speech.itemId, samples);
  if (turnDetection.create_response === false || draft.state.kind === "transcription") return;
  const refused = createResponse(draft, {});
  if (refused !== undefined) sendError(draft, refused);
}
