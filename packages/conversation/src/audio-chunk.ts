import type { AudioFormat, ServerEvent } from "@duologue/protocol";
import type { ContentPart } from "./content-part.ts";
import type { Step } from "./conversation-options.ts";
import { bytesOf, samplesOf } from "./pcm-samples.ts";
import { findItem } from "./reduce/items.ts";
import { bytesPerMs, outputFormat, receivedMs } from "./reduce/playback.ts";
import { findResponse } from "./reduce/responses.ts";
import type { ConversationState } from "./state.ts";

/** Sound of the assistant that came, decoded. */
export interface AudioChunk {
  readonly responseId: string;
  readonly itemId: string;
  readonly contentIndex: number;
  /** Where in the part it begins, in milliseconds of the part's sound. */
  readonly startMs: number;
  readonly durationMs: number;
  /** 24,000 for PCM16, unless the format says another, 8,000 for G.711. */
  readonly sampleRateHz: number;
  /** Mono, 16 bits. Half a sample at either end, which services do not send, is left out. */
  readonly samples: Int16Array;
}

/** The sound that a step brought; `undefined` where it brought none. */
export function audioChunk({ before, entry, after }: Step): AudioChunk | undefined {
  if (entry.from !== "server" || entry.event.type !== "response.output_audio.delta") return undefined;
  // What comes twice, or late of a response that is over, is nothing new.
  if (before === after) return undefined;
  // A frame may differ from its schema; then there is no part to hold sound, or no sound in it.
  const event = entry.event as Extract<ServerEvent, { type: "response.output_audio.delta" }>;
  const { response_id: responseId, item_id: itemId, content_index: contentIndex } = event;
  const part = partOf(after, itemId, contentIndex);
  if (part?.type !== "output_audio" || typeof event.delta !== "string") return undefined;
  if (findResponse(after, responseId)?.interrupted === true) return undefined;
  const then = partOf(before, itemId, contentIndex);
  const received = then?.type === "output_audio" ? then.audio : undefined;
  const format = outputFormat(after, responseId);
  const bytes = bytesOf(event.delta);
  const startMs = received === undefined ? 0 : receivedMs(received);
  // Where the piece before ended in half a sample, this one begins with the other half.
  const isSplit = format.type === "audio/pcm" && (received?.receivedBytes ?? 0) % 2 === 1;
  return {
    responseId,
    itemId,
    contentIndex,
    startMs,
    durationMs: bytes.length / bytesPerMs(format),
    sampleRateHz: sampleRateOf(format),
    samples: samplesOf(isSplit ? bytes.subarray(1) : bytes, format),
  };
}

function partOf(state: ConversationState, itemId: string, contentIndex: number): ContentPart | undefined {
  const item = findItem(state, itemId);
  return item?.type === "message" ? item.content[contentIndex] : undefined;
}

function sampleRateOf(format: AudioFormat): number {
  return format.type === "audio/pcm" ? (format.rate ?? 24_000) : 8_000;
}
