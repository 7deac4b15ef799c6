import type { TranscriptionState, TranscriptionUsage } from "@duologue/protocol";
import type { ScenarioTurn } from "../brain/scenario.ts";
import { findItem } from "./conversation.ts";
import { type Draft, obfuscation, schedule } from "./draft.ts";
import { durationMsOf } from "./item-audio.ts";
import { textPieces } from "./text-pieces.ts";
import { audioTokens, msPerUserToken } from "./usage.ts";

const contentIndex = 0;
/** The models that are billed by time, and not by token. */
const billedByDuration: ReadonlySet<string> = new Set(["whisper-1", "gpt-realtime-whisper"]);
const logprob = -0.01;

/**
 * Puts off the transcription of a message that has just been committed: deltas in the second half of the delay, then
 * the outcome. Nothing at all where the session transcribes nothing.
 */
export function scheduleTranscription(draft: Draft, itemId: string, turn: ScenarioTurn | undefined): void {
  const { session } = draft.state;
  const { transcription } = session.audio.input;
  const { delayMs = draft.settings.transcriptionMs, outcome = "completed" } = turn?.transcription ?? {};
  if (transcription === null || outcome === "none") return;
  const stored = findItem(draft.state, itemId);
  const transcript = stored?.heard ?? "";
  const at = { item_id: itemId, content_index: contentIndex };
  const endMs = draft.atMs + delayMs;
  if (outcome === "failed") {
    const error = {
      type: "transcription_error",
      code: "audio_unintelligible",
      message: "No words could be made out.",
      param: null,
    };
    const type = "conversation.item.input_audio_transcription.failed";
    schedule(draft, { atMs: endMs, itemId, event: { type, ...at, error } });
    return;
  }
  const whole = transcription.model === "whisper-1";
  const pieces = whole ? [transcript].filter((text) => text !== "") : textPieces(transcript);
  const withLogprobs = session.include?.includes("item.input_audio_transcription.logprobs") ?? false;
  const logprobs = (tokens: readonly string[]) => (withLogprobs ? { logprobs: tokens.map(asLogprob) } : {});
  for (const [index, delta] of pieces.entries()) {
    const atMs = draft.atMs + (delayMs * (pieces.length + index)) / (2 * pieces.length);
    const type = "conversation.item.input_audio_transcription.delta";
    const event = {
      type,
      ...at,
      delta,
      obfuscation: obfuscation(draft, delta),
      ...logprobs([delta]),
    } as const;
    schedule(draft, { atMs, itemId, event });
  }
  const durationMs = stored?.audio === undefined ? 0 : durationMsOf(stored.audio);
  const usage = usageOf(transcription, durationMs, pieces.length);
  const type = "conversation.item.input_audio_transcription.completed";
  const event = { type, ...at, transcript, usage, ...logprobs(pieces) } as const;
  schedule(draft, { atMs: endMs, itemId, transcript, event });
}

function usageOf(
  { model }: TranscriptionState,
  durationMs: number,
  outputTokens: number,
): TranscriptionUsage {
  if (billedByDuration.has(model ?? "whisper-1")) {
    return { type: "duration", seconds: Math.ceil(durationMs / 1000) };
  }
  const inputTokens = audioTokens(durationMs, msPerUserToken);
  return {
    type: "tokens",
    total_tokens: inputTokens + outputTokens,
    input_tokens: inputTokens,
    input_token_details: { text_tokens: 0, audio_tokens: inputTokens },
    output_tokens: outputTokens,
  };
}

function asLogprob(token: string) {
  return { token, bytes: [...new TextEncoder().encode(token)], logprob };
}
