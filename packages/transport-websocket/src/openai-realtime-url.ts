import { exactlyOne, realtimeAddress } from "./realtime-address.ts";

/** Which Realtime session the address leads to: exactly one of `model`, `callId` and `intent`. */
export type OpenaiRealtimeTarget =
  /** A new conversation with this model. */
  | { readonly model: string; readonly callId?: never; readonly intent?: never }
  /** The sideband of a running WebRTC or SIP call: its `rtc_…` id. */
  | { readonly callId: string; readonly model?: never; readonly intent?: never }
  /** A new session that only transcribes. */
  | { readonly intent: "transcription"; readonly model?: never; readonly callId?: never };

/**
 * The WebSocket address of an OpenAI Realtime session: `wss://api.openai.com/v1/realtime?model=…`, `?call_id=…` or
 * `?intent=transcription`.
 *
 * `base` is the address of the API itself, as `OPENAI_BASE_URL` has it; `https:` becomes `wss:`, and parameters in
 * it are kept. Default: `https://api.openai.com/v1`; `https://eu.api.openai.com/v1` keeps data in the EU. Throws
 * `invalid_argument` unless exactly one target is named.
 */
export function openaiRealtimeUrl(
  options: OpenaiRealtimeTarget & { readonly base?: string | URL | undefined },
): string {
  const { model, callId, intent, base = "https://api.openai.com/v1" } = options;
  const target = exactlyOne({ model, call_id: callId, intent }, "model, callId and intent");
  return realtimeAddress(base, "/realtime", target);
}
