import type { EngineState, StoredItem } from "./engine-state.ts";
import { remembered } from "./remembered.ts";
import type { Beat } from "./running-response.ts";
import { sampleCountOf } from "./sample-chain.ts";
import { frameBytes } from "./waiting-frames.ts";

const bytesPerSample = 2;
const bytesPerCharacter = 2;
/** Of a value in JSON beside its own: quotes, commas and brackets. */
const charactersPerValue = 4;

/**
 * How many bytes of sound and words a session holds, estimated: the input audio buffer, the conversation, what its
 * responses are going to say, and what waits to be heard or read.
 */
export function heldBytes(state: EngineState): number {
  const { input, conversationBytes, responses, unheard, waitingFrames } = state;
  let bytes = bytesPerSample * sampleCountOf(input.buffer) + conversationBytes;
  if (unheard !== undefined) bytes += bytesPerSample * unheard.bytes.length;
  for (const frame of waitingFrames) bytes += frameBytes(frame);
  for (const { beats } of responses) if (beats !== undefined) bytes += beatsBytes(beats);
  return bytes;
}

/** How many bytes one item holds; reckoned once for each. */
export const itemBytes = remembered(
  ({ item, audio }: StoredItem) =>
    bytesPerCharacter * charactersIn(item) + bytesPerSample * sampleCountOf(audio?.samples),
);

/** How long a value is in JSON, estimated: writing a large one takes as long as sending it. */
function charactersIn(value: unknown): number {
  if (typeof value === "string") return charactersPerValue + value.length;
  if (typeof value !== "object" || value === null) return charactersPerValue;
  let count = charactersPerValue;
  for (const [name, field] of Object.entries(value)) count += name.length + charactersIn(field);
  return count;
}

const beatsBytes = remembered((beats: readonly Beat[]) => {
  let bytes = 0;
  for (const beat of beats) if (beat.type === "audio") bytes += bytesPerSample * (beat.to - beat.from);
  return bytes;
});
