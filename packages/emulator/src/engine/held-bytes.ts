import type { EngineState, StoredItem } from "./engine-state.ts";
import { remembered } from "./remembered.ts";
import type { Beat } from "./running-response.ts";
import { sampleCountOf } from "./sample-chain.ts";

const bytesPerSample = 2;
const bytesPerCharacter = 2;

/**
 * How many bytes of sound and words a session holds, estimated: the input audio buffer, the conversation, and what its
 * responses are going to say.
 */
export function heldBytes({ input, conversationBytes, responses }: EngineState): number {
  let bytes = bytesPerSample * sampleCountOf(input.buffer) + conversationBytes;
  for (const { beats } of responses) if (beats !== undefined) bytes += beatsBytes(beats);
  return bytes;
}

/** How many bytes one item holds; reckoned once for each. */
export const itemBytes = remembered(
  ({ item, audio }: StoredItem) =>
    bytesPerCharacter * JSON.stringify(item).length + bytesPerSample * sampleCountOf(audio?.samples),
);

const beatsBytes = remembered((beats: readonly Beat[]) => {
  let bytes = 0;
  for (const beat of beats) if (beat.type === "audio") bytes += bytesPerSample * (beat.to - beat.from);
  return bytes;
});
