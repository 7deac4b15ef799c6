import { commitAudio } from "./commit.ts";
import { change, type Draft, freshId, send, sendError } from "./draft.ts";
import type { EngineState } from "./engine-state.ts";
import { bufferIndex, withoutSpeech, writtenMs } from "./input-audio.ts";
import { itemLimit } from "./limits.ts";
import { createResponse } from "./response-create.ts";
import { samplesOf } from "./sample-chain.ts";

/** When the user has been silent for `idle_timeout_ms`; `undefined` where the session does not wait for that. */
export function idleDueMs({ idle, kind, session }: EngineState): number | undefined {
  const detection = session.audio.input.turn_detection;
  if (idle === undefined || kind !== "realtime" || detection?.type !== "server_vad") return undefined;
  const { idle_timeout_ms: timeoutMs } = detection;
  return typeof timeoutMs === "number" ? idle.sinceMs + timeoutMs : undefined;
}

/** The silence becomes a turn of the user, and the model answers it, whether or not it answers by itself otherwise. */
export function runIdleTimeout(draft: Draft): void {
  const { idle, input } = draft.state;
  if (idle === undefined) return;
  change(draft, { idle: undefined });
  const limited = itemLimit(draft);
  if (limited !== undefined) {
    sendError(draft, limited);
    return;
  }
  const endMs = Math.floor(writtenMs(draft.state));
  const startMs = Math.min(endMs, Math.floor(idle.audioMs));
  const itemId = freshId(draft, "item");
  const at = { audio_start_ms: startMs, audio_end_ms: endMs, item_id: itemId };
  send(draft, { type: "input_audio_buffer.timeout_triggered", ...at });
  const samples = samplesOf(input.buffer, bufferIndex(draft.state, startMs));
  change(draft, { input: { ...withoutSpeech(draft.state), buffer: undefined } });
  commitAudio(draft, itemId, samples);
  const refused = createResponse(draft, {});
  if (refused !== undefined) sendError(draft, refused);
}
