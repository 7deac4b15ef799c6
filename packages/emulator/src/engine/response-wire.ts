import type { RealtimeResponse, Usage } from "@duologue/protocol";
import type { ResponseEnd, RunningResponse } from "./running-response.ts";
import { fullFormat } from "./session-defaults.ts";

/** A response as the wire shows it: running where it has no `end`, and then without output and usage. */
export function wireResponse(
  response: RunningResponse,
  conversationId: string,
  end?: ResponseEnd & { readonly usage: Usage },
): RealtimeResponse {
  return {
    object: "realtime.response",
    id: response.id,
    status: end?.status ?? "in_progress",
    status_details: end?.details ?? null,
    output: end === undefined ? [] : [...response.output],
    conversation_id: response.outOfBand ? null : conversationId,
    output_modalities: [response.modality],
    max_output_tokens: response.maxOutputTokens,
    audio: { output: { format: fullFormat({ type: response.format }), voice: response.voice } },
    usage: end?.usage ?? null,
    metadata: response.metadata,
  };
}
