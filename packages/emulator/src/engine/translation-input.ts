import { echo } from "../brain/echo.ts";
import type { BrainRequest } from "../brain/plan.ts";
import { heardBy } from "../ear/heard-by.ts";
import { changeTranslation, type Draft, freshId, send, sendError } from "./draft.ts";
import { saidBy } from "./said-by.ts";
import { sampleCountOf, samplesOf, withSamples } from "./sample-chain.ts";
import { textPieces } from "./text-pieces.ts";
import { earFault } from "./transcription.ts";
import { type Passage, passageDetector, translationFrameMs, translationRateHz } from "./translation.ts";
import { addTranslation, awaitTranslation } from "./translation-output.ts";

/** Who speaks longer without a pause is translated all the same. */
const longestPassageMs = 20_000;
const frameSamples = (translationFrameMs * translationRateHz) / 1000;

/** More of the source: it is consumed frame by frame, and a pause in it ends a passage. */
export function hearSource(draft: Draft, samples: Int16Array): void {
  if (draft.state.translation.closingMs !== undefined) return;
  const waiting = samplesOf(withSamples(draft.state.translation.waiting, samples));
  const whole = waiting.length - (waiting.length % frameSamples);
  for (let at = 0; at < whole; at += frameSamples) {
    consumeFrame(draft, waiting.subarray(at, at + frameSamples));
  }
  changeTranslation(draft, { waiting: withSamples(undefined, waiting.slice(whole)) });
}

/** The source has ended: what is left of it is consumed, its last passage ends, and nothing more is taken. */
export function endSource(draft: Draft): void {
  const left = sampleCountOf(draft.state.translation.waiting);
  if (left > 0) hearSource(draft, new Int16Array(frameSamples - left));
  endPassage(draft);
  changeTranslation(draft, { closingMs: draft.atMs });
}

function consumeFrame(draft: Draft, frame: Int16Array): void {
  const { translation } = draft.state;
  const { state: detection, events } = passageDetector.step(translation.detection, frame);
  changeTranslation(draft, { detection, elapsedMs: translation.elapsedMs + translationFrameMs });
  const spoken = detection.speaking || events.length > 0;
  if (!spoken) return;
  const passage = translation.passage ?? { samples: undefined, written: 0 };
  const samples = withSamples(passage.samples, frame);
  writeSource(draft, { ...passage, samples });
  const isLong = sampleCountOf(samples) >= (longestPassageMs * translationRateHz) / 1000;
  if (!detection.speaking || isLong) endPassage(draft);
}

/** Goes on with a passage, and with its words as far as they have been said. */
function writeSource(draft: Draft, passage: Passage): void {
  const { turn } = draft.state.translation;
  const passageMs = (sampleCountOf(passage.samples) * 1000) / translationRateHz;
  const pieces = textPieces(draft.settings.scenario.turns[turn]?.heard ?? "");
  const said = saidBy(pieces, passage.written, passageMs);
  for (const piece of pieces.slice(passage.written, said)) sendSource(draft, piece);
  changeTranslation(draft, { passage: { ...passage, written: said } });
}

/** The rest of a passage's words, and then its translation. */
function endPassage(draft: Draft): void {
  const { passage, turn, session } = draft.state.translation;
  if (passage === null) return;
  changeTranslation(draft, { passage: null, turn: turn + 1 });
  const { scenario, ear, answers } = draft.settings;
  const scripted = scenario.turns[turn];
  const samples = samplesOf(passage.samples);
  const { heard, fault } = heardBy(ear, scripted, samples, translationRateHz);
  if (fault !== undefined) sendError(draft, earFault(fault));
  for (const piece of textPieces(heard).slice(passage.written)) sendSource(draft, piece);
  if (scripted !== undefined) {
    addTranslation(draft, scripted);
    return;
  }
  const responseId = freshId(draft, "resp");
  const request: BrainRequest = {
    responseId,
    turn,
    modality: "audio",
    instructions: `Translate what is said into the language '${session.audio.output.language}'.`,
    tools: [],
    mcpTools: [],
    toolChoice: "none",
    metadata: null,
    items: [{ type: "message", role: "user", content: [{ type: "input_audio", transcript: heard }] }],
    heard: { samples, sampleRateHz: translationRateHz },
  };
  if (answers === "echo") {
    addTranslation(draft, heard === "" ? echo(request) : { say: heard });
    return;
  }
  awaitTranslation(draft, responseId);
  draft.outputs.push({ type: "ask", request });
}

function sendSource(draft: Draft, delta: string): void {
  const { session, elapsedMs } = draft.state.translation;
  if (session.audio.input.transcription === null) return;
  send(draft, { type: "session.input_transcript.delta", delta, elapsed_ms: elapsedMs });
}
