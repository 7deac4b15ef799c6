import type { ConversationState } from "@duologue/conversation";
import { inner, isServer, type Moment, type Place, text } from "./moment.ts";

/** One turn of generation. */
export interface ResponseSpan {
  readonly id: string;
  readonly from: Place;
  readonly to: Place;
  readonly status: "in_progress" | "completed" | "cancelled" | "failed" | "incomplete";
  /** Why it ended so. */
  readonly reason?: string;
  readonly outOfBand: boolean;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/** When the model was at work, and how that ended. */
export function responseSpans(
  moments: readonly Moment[],
  { responses }: ConversationState,
): readonly ResponseSpan[] {
  const from = new Map<string, Place>();
  const to = new Map<string, Place>();
  for (const moment of moments) {
    const id = text(inner(moment.event, "response"), "id") || text(moment.event, "response_id");
    if (moment.from !== "server" || id === "") continue;
    if (!from.has(id)) from.set(id, moment.at);
    if (isServer(moment, "response.done")) to.set(id, moment.at);
  }
  const lastAt = moments.at(-1)?.at ?? 0;
  return responses.map(({ id, status, reason, message, outOfBand, usage }) => ({
    id,
    from: from.get(id) ?? 0,
    to: to.get(id) ?? lastAt,
    status,
    ...(reason === undefined ? {} : { reason: message === undefined ? reason : `${reason}: ${message}` }),
    outOfBand,
    ...(usage?.input_tokens === undefined ? {} : { inputTokens: usage.input_tokens }),
    ...(usage?.output_tokens === undefined ? {} : { outputTokens: usage.output_tokens }),
  }));
}
