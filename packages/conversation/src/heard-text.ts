import type { OutputAudioPart } from "./content-part.ts";
import type { MessageItem } from "./item.ts";
import { mostCharacters } from "./reduce/marks.ts";
import { defaultPace } from "./reduce/pace.ts";
import { receivedMs } from "./reduce/playback.ts";
import { type SpokenWord, spokenText } from "./spoken-words.ts";
import type { ConversationState } from "./state.ts";

/** Where an estimate of heard words stops. */
export interface HeardTextOptions {
  /** After the last word that was heard to its end (`whole`, unless told), or at least to its beginning (`begun`). */
  readonly words?: "whole" | "begun" | undefined;
}

/**
 * The words of one spoken part that were heard: an estimate. All of them when all was heard; `undefined` when nobody
 * reported what was.
 *
 * Of an answer that is all there, the transcript is laid over the sound by what its letters, digits, blanks and marks
 * usually take to say. While one is being made, or where it broke off, its words are ahead of its sound: they are laid
 * out at the pace of the answers before, or at that of most voices. In either case no word is heard before it was there.
 * Measured with speech of espeak-ng, half of the estimates end at the right word, nine in ten within one word of it and
 * two thirds of a second, and the worst are three words off. See the package's README.
 */
export function heardTextOf(part: OutputAudioPart, options: HeardTextOptions = {}): string | undefined {
  const { audio, transcript } = part;
  if (audio === undefined || (audio.playback === "waiting" && audio.truncatedAtMs === undefined))
    return undefined;
  if (audio.playback === "skipped") return "";
  const received = receivedMs(audio);
  const isAhead = audio.brokenOff === true || (received > 0 && !audio.complete);
  const isAllHeard = audio.playback === "finished" || (received > 0 && received - audio.heardMs < 1);
  if (isAllHeard && !isAhead) return transcript;
  const { words, length } = spokenText(transcript);
  const isWhole = received > 0 && !isAhead && part.complete;
  const heard = isWhole
    ? (length * audio.heardMs) / received
    : ((audio.pace ?? defaultPace) * audio.heardMs) / 1000;
  const most = mostCharacters(audio.marks ?? [], audio.heardMs);
  const isHeard = ({ beginsAt, endsAt }: SpokenWord) =>
    endsAt <= heard || (options.words === "begun" && beginsAt < heard);
  const last = words.findLast((word) => isHeard(word) && word.end <= most);
  return transcript.slice(0, last?.end ?? 0);
}

/** The heard words of a message; `undefined` when nobody reported on it. */
export function heardTextOfItem(item: MessageItem, options: HeardTextOptions = {}): string | undefined {
  const heard = item.content.flatMap((part) =>
    part.type === "output_audio" ? [heardTextOf(part, options)] : [],
  );
  return heard.every((text) => text === undefined) ? undefined : heard.filter((text) => text).join("\n");
}

/** What is on the screen while the assistant speaks: the words that were spoken by now, and those ahead of the voice. */
export interface Caption {
  readonly itemId: string;
  readonly contentIndex: number;
  /** To the end of the word that is being spoken. Once the part is cut, to the end of the last one that was heard whole. */
  readonly spoken: string;
  /** The rest of the transcript as far as it is there, blanks before it included: of a part that was cut, never spoken. */
  readonly ahead: string;
  readonly isCut: boolean;
}

/** The caption of one spoken part; `undefined` while nobody has reported what was heard of it. */
export function captionOf(item: MessageItem, contentIndex = 0): Caption | undefined {
  const part = item.content[contentIndex];
  if (part?.type !== "output_audio") return undefined;
  const isCut = part.audio?.playback === "flushed" || part.audio?.playback === "skipped";
  const spoken = heardTextOf(part, { words: isCut ? "whole" : "begun" });
  if (spoken === undefined) return undefined;
  return { itemId: item.id, contentIndex, spoken, ahead: part.transcript.slice(spoken.length), isCut };
}

/** The caption of what the assistant is saying now; `undefined` while it is silent. */
export function currentCaption(state: ConversationState): Caption | undefined {
  for (const item of [state.items, state.detached].flatMap((list) => list.slice(-lookBack).reverse())) {
    if (item.type !== "message" || item.role !== "assistant") continue;
    const index = item.content.findIndex(
      (part) => part.type === "output_audio" && part.audio?.playback === "playing",
    );
    if (index >= 0) return captionOf(item, index);
  }
  return undefined;
}

/** How far from the end what plays now is looked for. */
const lookBack = 32;
