import type { PartAudio } from "../content-part.ts";
import { spokenText } from "../spoken-words.ts";
import type { ConversationState } from "../state.ts";
import { receivedMs } from "./playback.ts";

/** Letters a second, as most voices speak most of the time: see `SpokenText`. */
export const defaultPace = 16;

/** How many answers the pace is taken from, the latest ones, and how much of speech is enough to know it. */
const maxAnswers = 8;
const minMs = 2000;

/**
 * At which pace the assistant has spoken so far, in letters a second; `undefined` while that is not known. It takes
 * answers that are whole: of others the words do not fit the sound.
 */
export function paceSoFar({ items }: ConversationState): number | undefined {
  let letters = 0;
  let ms = 0;
  let answers = 0;
  for (let index = items.length - 1; index >= 0 && answers < maxAnswers; index--) {
    const item = items[index];
    if (item?.type !== "message" || item.role !== "assistant" || item.status !== "completed") continue;
    for (const part of item.content) {
      if (part.type !== "output_audio" || !part.complete || !isWhole(part.audio)) continue;
      letters += spokenText(part.transcript).length;
      ms += receivedMs(part.audio);
      answers += 1;
    }
  }
  return ms < minMs || letters === 0 ? undefined : Math.round((letters * 10_000) / ms) / 10;
}

function isWhole(audio: PartAudio | undefined): audio is PartAudio {
  return audio?.complete === true && audio.receivedBytes > 0 && audio.brokenOff !== true;
}
