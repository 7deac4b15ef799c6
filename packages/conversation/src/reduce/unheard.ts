import type { ContentPart } from "../content-part.ts";
import type { ConversationState, ResponseState } from "../state.ts";
import { findItem } from "./items.ts";

/**
 * Whether a response has made nothing that anybody heard, read, or may act on: no sound, no written words, no call. Words
 * of which no sound has come count for nothing, except on a media track, whose sound is not counted here.
 */
export function isUnheard(state: ConversationState, { itemIds }: ResponseState): boolean {
  const isNothing = (part: ContentPart): boolean => {
    if (part.type !== "output_audio") return !("text" in part) || part.text === "";
    const { receivedBytes = 0, playback = "waiting" } = part.audio ?? {};
    const isWorded = state.audio === "media" && part.transcript !== "";
    return receivedBytes === 0 && playback === "waiting" && !isWorded;
  };
  return itemIds.every((id) => {
    const item = findItem(state, id);
    return item?.type === "message" && item.content.every(isNothing);
  });
}
