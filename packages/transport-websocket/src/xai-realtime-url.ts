import { RealtimeError } from "@duologue/core";
import { realtimeAddress } from "./realtime-address.ts";

/** Which Realtime session an xAI address leads to. */
export interface XaiRealtimeTarget {
  /** The model of a new conversation, such as `grok-voice-latest`. */
  readonly model?: string;
  /** The sideband of a running call. */
  readonly callId?: string;
  /** Goes on with an earlier conversation, which the service repeats as events; where its session asked for that. */
  readonly conversationId?: string;
  /** Whether the model thinks before it speaks. Default: the service's. */
  readonly reasoningEffort?: "high" | "none";
  /** The address of the API itself. Default: `https://api.x.ai/v1`. */
  readonly base?: string | URL | undefined;
}

/**
 * The WebSocket address of a session of xAI's voice agent: `wss://api.x.ai/v1/realtime?model=…`. Throws
 * `invalid_argument` where it names neither `model` nor `callId` nor `conversationId`.
 *
 * ```ts
 * nodeWebSocket({ url: xaiRealtimeUrl({ model: "grok-voice-latest" }), apiKey });
 * webSocket({ url: xaiRealtimeUrl({ model: "grok-voice-latest" }), apiKey: clientSecret, keyScheme: xaiSubprotocolKey });
 * ```
 */
export function xaiRealtimeUrl(options: XaiRealtimeTarget): string {
  const { model, callId, conversationId, reasoningEffort, base = "https://api.x.ai/v1" } = options;
  if (!model && !callId && !conversationId) {
    const message = "An xAI address names a model, a callId or a conversationId; this one names none.";
    throw new RealtimeError("invalid_argument", message);
  }
  return realtimeAddress(base, "/realtime", {
    model,
    call_id: callId,
    conversation_id: conversationId,
    "reasoning.effort": reasoningEffort,
  });
}
