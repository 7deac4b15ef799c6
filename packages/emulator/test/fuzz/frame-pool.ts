import fc from "fast-check";
import { readFrame } from "../../src/wire/command.ts";
import { base64, speech } from "../support/conversation.ts";
import { frames, speechAudio } from "../support/frames.ts";

/** Frames to pick from, told apart by whether the service could take them at some moment. */
export interface FramePool {
  readonly legal: readonly string[];
  readonly illegal: readonly string[];
}

/** Enough to speak, and little to decode. */
const shortSpeech = base64(speech("Hello there", 0, 0).subarray(1200, 3600));
/** Where a command names an item, which is mostly to be one that there is. */
const namesItem = /"(item_id|previous_item_id)":"[a-d]"/;

/** A pool that the seed decides. */
export function framePool(seed: number): FramePool {
  const texts = fc
    .sample(frames, { numRuns: 8000, seed })
    .map((text) => text.replaceAll(speechAudio, shortSpeech))
    .map((text, index) => (index % 3 === 0 ? text : text.replace(namesItem, '"$1":"item_1"')));
  const isLegal = (text: string) => "command" in readFrame(text, "events");
  return { legal: texts.filter(isLegal), illegal: texts.filter((text) => !isLegal(text)) };
}
