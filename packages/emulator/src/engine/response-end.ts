import { change, type Draft, schedule, send } from "./draft.ts";
import { writtenMs } from "./input-audio.ts";
import { endItem } from "./item-end.ts";
import { detachCalls } from "./mcp-call.ts";
import { withCompletion } from "./playback.ts";
import { wireResponse } from "./response-wire.ts";
import { type ResponseEnd, type RunningResponse, withResponse } from "./running-response.ts";
import { audioTokens, msPerAssistantToken, noUsage, usageOf } from "./usage.ts";

/** Cuts a response: its open item ends as it is, and nothing more of it is sent. What was generated counts. */
export function cutResponse(
  draft: Draft,
  response: RunningResponse,
  reason: "turn_detected" | "client_cancelled",
): void {
  endItem(draft, response, "incomplete");
  const details = { type: "cancelled", reason } as const;
  endResponse(draft, response.id, { status: "cancelled", details });
}

/** Ends a response of which no item is open: `response.done` with its bill, and the rate limits a little later. */
export function endResponse(draft: Draft, id: string, end: ResponseEnd): void {
  const response = draft.state.responses.find((running) => running.id === id);
  if (response === undefined) return;
  const { inputTokens: input } = response;
  const output = {
    text: response.textTokens,
    audio: audioTokens(response.audioMs, msPerAssistantToken),
  };
  const { billsCancelled, reportsRateLimits, limitsAfterCancelled } = draft.settings.unsettled;
  const cancelled = end.status === "cancelled";
  const free = cancelled && !billsCancelled;
  const usage = free ? noUsage : usageOf(input, draft.state.cachedTokens, output);
  draft.state = withResponse(draft.state, id, undefined);
  change(draft, { cachedTokens: { text: input.text, audio: input.audio } });
  const wire = wireResponse(response, draft.state.conversationId, { ...end, usage });
  send(draft, { type: "response.done", response: wire });
  change(draft, { playback: withCompletion(draft.state.playback, id, draft.atMs) });
  const isLimited = reportsRateLimits && (!cancelled || limitsAfterCancelled);
  if (isLimited) scheduleRateLimits(draft, usage.total_tokens ?? 0);
  detachCalls(draft, id, end.status === "completed");
  if (!response.outOfBand) waitForUser(draft, response.audioMs);
}

/** The silence of the user begins when all of the answer has been played. */
function waitForUser(draft: Draft, answerMs: number): void {
  const { audio, playback } = draft.state;
  const sinceMs = audio === "media" ? Math.max(draft.atMs, playback.endsAtMs) : draft.atMs + answerMs;
  const audioMs = writtenMs(draft.state) + (sinceMs - draft.atMs);
  change(draft, { idle: { sinceMs, audioMs } });
}

function scheduleRateLimits(draft: Draft, tokens: number): void {
  const { tokensPerMinute, rateLimitsMs } = draft.settings;
  const limit = Math.floor(tokensPerMinute);
  const used = Math.min(tokens, limit);
  const reset_seconds = limit === 0 ? 0 : Math.round((used / limit) * 60_000) / 1000;
  const rate_limits = [{ name: "tokens" as const, limit, remaining: limit - used, reset_seconds }];
  const event = { type: "rate_limits.updated", rate_limits } as const;
  schedule(draft, [{ atMs: draft.atMs + rateLimitsMs, event }]);
}
