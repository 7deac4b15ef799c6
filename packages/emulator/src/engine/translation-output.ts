import { audioFormats, bytesToBase64, encodeAudio } from "@duologue/audio";
import { failedPlan } from "../brain/failed-plan.ts";
import type { Plan } from "../brain/plan.ts";
import { answerDue } from "./answer-due.ts";
import { change, changeTranslation, type Draft, freshId, send, sendError } from "./draft.ts";
import { countMade } from "./effort.ts";
import { plannedEnd, spokenBeats } from "./response-plan.ts";
import { type Rendering, type Translation, translationRateHz } from "./translation.ts";
import { speakable, unspoken } from "./voiced-plan.ts";

const sound = { modality: "audio", soundFormat: "audio/pcm", speed: 1 } as const;

/** Puts a translation behind those before it. */
export function addTranslation(draft: Draft, plan: Plan): void {
  putTranslation(draft, draft.state.translation.pending.length, plan);
}

/** Keeps a place behind those before it for a translation that a brain has been asked for. */
export function awaitTranslation(draft: Draft, responseId: string): void {
  const passage = { asked: responseId, answerDue: answerDue(draft, "brain") };
  changeTranslation(draft, { pending: [...draft.state.translation.pending, passage] });
}

/** The answer of a brain or a voice that was asked about a translation. One that nobody waits for changes nothing. */
export function answerTranslation(draft: Draft, responseId: string, plan: Plan): void {
  const { pending } = draft.state.translation;
  const place = pending.findIndex((passage) => "asked" in passage && passage.asked === responseId);
  if (place === -1) return;
  putTranslation(draft, place, plan);
  postponeClose(draft);
}

/** Puts a translation in its place, or has it spoken first, in the same place. */
function putTranslation(draft: Draft, place: number, given: Plan): void {
  const { pending } = draft.state.translation;
  const plan = speakable(draft.settings, sound.modality, given);
  const toSpeak = unspoken(draft.settings, sound.modality, plan);
  if (toSpeak === undefined) {
    changeTranslation(draft, { pending: pending.toSpliced(place, 1, { plan, sinceMs: draft.atMs }) });
    renderKnown(draft);
    return;
  }
  const asked = freshId(draft, "resp");
  const passage = { asked, answerDue: answerDue(draft, "voice") };
  changeTranslation(draft, { pending: pending.toSpliced(place, 1, passage) });
  draft.outputs.push({ type: "speak", responseId: asked, plan: toSpeak });
}

/** Puts on schedule what waits for no other passage any more. */
function renderKnown(draft: Draft): void {
  for (;;) {
    const [first, ...pending] = draft.state.translation.pending;
    if (first === undefined || !("plan" in first)) return;
    changeTranslation(draft, { pending });
    render(draft, first.plan, first.sinceMs);
  }
}

/** Puts a translation on schedule: its words lead its sound. One that failed is an `error` instead. */
function render(draft: Draft, plan: Plan, sinceMs: number): void {
  tellFailure(draft, plan);
  const { translation } = draft.state;
  const { elapsedMs } = translation;
  const earliestMs = Math.max(draft.atMs, sinceMs + (plan.delayMs ?? draft.settings.firstOutputMs));
  const startMs = Math.max(earliestMs, translation.renderings.at(-1)?.atMs ?? earliestMs);
  const renderings = [...translation.renderings];
  try {
    for (const beat of spokenBeats(draft.settings, sound, plan, startMs)) {
      if (beat.type === "text" || beat.type === "audio") renderings.push({ ...beat, elapsedMs });
    }
  } catch (error) {
    tellFailure(draft, failedPlan("voice_failed", error));
  }
  changeTranslation(draft, { renderings });
}

function tellFailure(draft: Draft, plan: Plan): void {
  const { details } = plannedEnd(plan);
  if (details?.type !== "failed") return;
  const { type, code = null, message = "" } = details.error ?? {};
  sendError(draft, { ...(type !== undefined && { type }), code, message, param: null });
}

/** Sends the next piece of the translation, or plays it. */
export function runRendering(draft: Draft, rendering: Rendering): void {
  const { translation, audio } = draft.state;
  changeTranslation(draft, { renderings: translation.renderings.slice(1) });
  const elapsed_ms = rendering.elapsedMs;
  if (rendering.type === "text") {
    send(draft, { type: "session.output_transcript.delta", delta: rendering.delta, elapsed_ms });
  } else {
    const samples = rendering.speech.samples(rendering.from, rendering.to);
    countMade(draft, samples.length, translationRateHz);
    if (audio === "media") play(draft, samples);
    else sendSound(draft, samples, elapsed_ms);
  }
  postponeClose(draft);
}

/** When a session that is closing ends: as soon as all of its translation has been sent, and heard on a media track. */
export function closeDueMs({
  closingMs,
  pending,
  renderings,
  soundEndsAtMs,
}: Translation): number | undefined {
  if (closingMs === undefined || pending.length > 0 || renderings.length > 0) return undefined;
  return Math.max(closingMs, soundEndsAtMs);
}

/** Ends a session of which nothing is left to be translated. */
export function closeTranslation(draft: Draft): void {
  send(draft, { type: "session.closed" });
  change(draft, { phase: "closed" });
  draft.outputs.push({ type: "close", code: 1000, reason: "" });
}

function sendSound(draft: Draft, samples: Int16Array, elapsed_ms: number): void {
  const delta = bytesToBase64(encodeAudio(audioFormats["audio/pcm"], samples));
  const encoding = { format: "pcm16", sample_rate: translationRateHz, channels: 1 } as const;
  send(draft, { type: "session.output_audio.delta", delta, ...encoding, elapsed_ms });
}

function play(draft: Draft, samples: Int16Array): void {
  const startMs = Math.max(draft.atMs, draft.state.translation.soundEndsAtMs);
  changeTranslation(draft, { soundEndsAtMs: startMs + (samples.length * 1000) / translationRateHz });
  draft.outputs.push({ type: "play", samples });
}

function postponeClose(draft: Draft): void {
  if (draft.state.translation.closingMs !== undefined) changeTranslation(draft, { closingMs: draft.atMs });
}
