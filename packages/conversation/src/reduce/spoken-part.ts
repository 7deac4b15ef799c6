import type { OutputAudioPart, PartAudio } from "../content-part.ts";
import type { ConversationItem, MessageItem } from "../item.ts";
import type { ConversationState, ResponseState } from "../state.ts";
import { findItem, latestItem } from "./items.ts";

/** A part that the assistant speaks, of whose sound something is known. */
export interface SpokenPart {
  readonly item: MessageItem;
  readonly contentIndex: number;
  readonly part: OutputAudioPart & { readonly audio: PartAudio };
}

/** The part at this place, if it is one. */
export function spokenPart(
  state: ConversationState,
  itemId: string,
  contentIndex: number,
): SpokenPart | undefined {
  return partsOf(findItem(state, itemId)).find((spoken) => spoken.contentIndex === contentIndex);
}

/** Those of a response, in their order. */
export function spokenParts(
  state: ConversationState,
  response: ResponseState | undefined,
): readonly SpokenPart[] {
  return (response?.itemIds ?? []).flatMap((id) => partsOf(findItem(state, id)));
}

/** The latest one whose sound is as `isMeant` wants it. */
export function findSpoken(
  state: ConversationState,
  isMeant: (audio: PartAudio) => boolean,
): SpokenPart | undefined {
  const find = (item: ConversationItem | undefined) => partsOf(item).find(({ part }) => isMeant(part.audio));
  return find(latestItem(state, (item) => find(item) !== undefined));
}

function partsOf(item: ConversationItem | undefined): readonly SpokenPart[] {
  if (item?.type !== "message") return [];
  return item.content.flatMap((part, contentIndex) =>
    part.type === "output_audio" && part.audio !== undefined
      ? [{ item, contentIndex, part: { ...part, audio: part.audio } }]
      : [],
  );
}
