import type { LogProb, TranscriptionState, TranscriptionUsage } from "@duologue/protocol";
import type { ScenarioTurn } from "../brain/scenario.ts";
import { findItem } from "./conversation.ts";
import { change, type Draft, freshId, obfuscation, schedule, sendError, type Unsent } from "./draft.ts";
import type { Later } from "./engine-state.ts";
import { durationMsOf } from "./item-audio.ts";
import { randomShare } from "./random.ts";
import { textPieces } from "./text-pieces.ts";
import { type TranscriptionModelFacts, transcriptionModelFacts } from "./transcription-model.ts";
import { audioTokens, msPerUserToken } from "./usage.ts";

const prefix = "conversation.item.input_audio_transcription";
const contentIndex = 0;
const logprob = -0.01;

const unintelligible = {
  type: "transcription_error",
  code: "audio_unintelligible",
  message: "No words could be made out.",
  param: null,
};

/** The error that tells that the ear failed. */
export function earFault(message: string) {
  return { type: "server_error", code: "ear_failed", message, param: null };
}

/** The pieces in which a model brings a transcript. */
export function transcriptPieces(transcript: string, { deltas }: TranscriptionModelFacts): readonly string[] {
  return deltas === "whole" ? [transcript].filter((text) => text !== "") : textPieces(transcript);
}

/** A piece of a transcript, as an event. */
export function transcriptDelta(draft: Draft, itemId: string, delta: string): Unsent {
  const at = { item_id: itemId, content_index: contentIndex };
  const filler = obfuscation(draft, delta);
  return { type: `${prefix}.delta`, ...at, delta, obfuscation: filler, ...logprobsOf(draft, [delta]) };
}

/**
 * Puts off the transcription of a message that has just been committed: deltas in the second half of the delay, then
 * the outcome. The first `written` pieces have been sent while it was still spoken. Nothing at all where the session
 * names no model to transcribe with. `fault` is why the ear failed, where it did: then the transcription does, or an
 * `error` tells where there is none.
 */
export function scheduleTranscription(
  draft: Draft,
  itemId: string,
  turn: ScenarioTurn | undefined,
  { written, fault }: { readonly written: number; readonly fault: string | undefined },
): void {
  const { transcription } = draft.state.session.audio.input;
  const { delayMs: scriptedMs, outcome = "completed" } = turn?.transcription ?? {};
  if (!transcription?.model) {
    if (fault !== undefined) sendError(draft, earFault(fault));
    return;
  }
  if (outcome === "none") return;
  const delayMs = scriptedMs ?? usualDelayMs(draft);
  const at = { item_id: itemId, content_index: contentIndex };
  const endMs = draft.atMs + delayMs;
  if (outcome === "failed" || fault !== undefined) {
    const error = fault === undefined ? unintelligible : earFault(fault);
    schedule(draft, [{ atMs: endMs, itemId, event: { type: `${prefix}.failed`, ...at, error } }]);
    return;
  }
  const facts = transcriptionModelFacts(transcription.model);
  const stored = findItem(draft.state, itemId);
  const transcript = stored?.heard ?? "";
  const durationMs = stored?.audio === undefined ? 0 : durationMsOf(stored.audio);
  const pieces = transcriptPieces(transcript, facts);
  const rest = pieces.slice(written);
  const later = rest.map((delta, index): Later => {
    const atMs = draft.atMs + (delayMs * (rest.length + index)) / (2 * rest.length);
    return { atMs, itemId, event: transcriptDelta(draft, itemId, delta) };
  });
  if (facts.segments) later.push(...segmentsOf(draft, itemId, turn, { transcript, durationMs, endMs }));
  const event = {
    type: `${prefix}.completed`,
    ...at,
    transcript,
    usage: usageOf(facts, durationMs, pieces.length),
    ...(facts.languages && { languages: [{ code: languageOf(transcription) }] }),
    ...logprobsOf(draft, pieces),
  } as const;
  schedule(draft, [...later, { atMs: endMs, itemId, transcript, event }]);
}

/** Who spoke when: as the scenario tells, or one speaker in sentences; each has time by the length of its words. */
function segmentsOf(
  draft: Draft,
  itemId: string,
  turn: ScenarioTurn | undefined,
  spoken: { readonly transcript: string; readonly durationMs: number; readonly endMs: number },
): readonly Later[] {
  const sentences = spoken.transcript.match(/[^.!?]+[.!?]*\s*/g) ?? [];
  const scripted = turn?.transcription?.segments;
  const segments = scripted ?? sentences.map((text) => ({ speaker: "A", text: text.trim() }));
  const characters = segments.reduce((sum, { text }) => sum + text.length, 0);
  let before = 0;
  const secondsAt = (count: number) =>
    Math.round((count / Math.max(1, characters)) * spoken.durationMs) / 1000;
  return segments.map(({ speaker, text }) => {
    const start = secondsAt(before);
    before += text.length;
    const event = {
      type: `${prefix}.segment`,
      item_id: itemId,
      content_index: contentIndex,
      id: freshId(draft, "seg"),
      speaker,
      text,
      start,
      end: secondsAt(before),
    } as const;
    return { atMs: spoken.endMs, itemId, event };
  });
}

function usualDelayMs(draft: Draft): number {
  const { transcriptionMs, transcriptionJitterMs } = draft.settings;
  if (transcriptionJitterMs === 0) return transcriptionMs;
  const { share, state } = randomShare(draft.state.random);
  change(draft, { random: state });
  return transcriptionMs + share * transcriptionJitterMs;
}

function usageOf(
  { billedBy }: TranscriptionModelFacts,
  durationMs: number,
  outputTokens: number,
): TranscriptionUsage {
  if (billedBy === "duration") return { type: "duration", seconds: Math.ceil(durationMs / 1000) };
  const inputTokens = audioTokens(durationMs, msPerUserToken);
  return {
    type: "tokens",
    total_tokens: inputTokens + outputTokens,
    input_tokens: inputTokens,
    input_token_details: { text_tokens: 0, audio_tokens: inputTokens },
    output_tokens: outputTokens,
  };
}

/** The language that the session expects; this ear cannot tell one from another. */
function languageOf({ language, languages }: TranscriptionState): string {
  return language ?? languages?.[0] ?? "en";
}

function logprobsOf({ state }: Draft, tokens: readonly string[]): { readonly logprobs?: LogProb[] } {
  const wanted = state.session.include?.includes("item.input_audio_transcription.logprobs") ?? false;
  const asLogprob = (token: string) => ({ token, bytes: [...new TextEncoder().encode(token)], logprob });
  return wanted ? { logprobs: tokens.map(asLogprob) } : {};
}
