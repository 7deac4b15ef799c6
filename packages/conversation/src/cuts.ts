import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { OutputAudioPart, PartAudio } from "./content-part.ts";
import type { MessageItem } from "./item.ts";
import { findItem } from "./reduce/items.ts";
import { receivedMs } from "./reduce/playback.ts";
import { findResponse } from "./reduce/responses.ts";
import type { ConversationState } from "./state.ts";

/** A content part of which not all was heard, for good. */
export interface Cut {
  readonly item: MessageItem;
  readonly contentIndex: number;
  readonly part: OutputAudioPart & { readonly audio: PartAudio };
}

/**
 * The parts that an entry has cut: those that a player dropped, and at the end of a response those of its parts that
 * were never given to one because it had been interrupted. Where the server plays, those that it says it has cut. Each
 * part is cut once; one that was heard in full is not.
 */
export function cutsOf(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
): readonly Cut[] {
  if (before === after) return [];
  if (entry.from === "local") {
    if (entry.event.type !== "playback.flushed") return [];
    const { itemId, contentIndex } = entry.event;
    return cutAt(after, itemId, contentIndex).filter(({ part }) => isFlushed(part.audio));
  }
  if (entry.from === "client") return [];
  const event = entry.event as ServerEvent;
  if (event.type === "response.done") return skippedParts(before, event.response.id, after);
  if (event.type !== "conversation.item.truncated") return [];
  const { item_id, content_index } = event;
  const [known] = cutAt(before, item_id, content_index);
  // Where we play, it only confirms what we have asked for.
  if (known?.part.audio.truncatedAtMs !== undefined || (known?.part.audio.receivedBytes ?? 0) > 0) return [];
  return cutAt(after, item_id, content_index);
}

/** Whether the rest of a part was thrown away. What is less than a millisecond is nothing that a server could cut. */
function isFlushed(audio: PartAudio): boolean {
  const received = receivedMs(audio);
  if (audio.playback !== "flushed" || received === 0) return false;
  return !audio.complete || received - audio.heardMs >= 1;
}

function skippedParts(
  before: ConversationState,
  responseId: string | undefined,
  after: ConversationState,
): readonly Cut[] {
  const response = responseId === undefined ? undefined : findResponse(after, responseId);
  const isNews = response !== undefined && findResponse(before, response.id)?.status !== response.status;
  if (!isNews) return [];
  return response.itemIds.flatMap((id) => {
    const item = findItem(after, id);
    const content = item?.type === "message" ? item.content : [];
    return content.flatMap((_, index) =>
      cutAt(after, id, index).filter(({ part }) => part.audio.playback === "skipped"),
    );
  });
}

function cutAt(state: ConversationState, itemId: string, contentIndex: number): readonly Cut[] {
  const item = findItem(state, itemId);
  const part = item?.type === "message" ? item.content[contentIndex] : undefined;
  if (item?.type !== "message" || part?.type !== "output_audio") return [];
  const { audio } = part;
  return audio === undefined ? [] : [{ item, contentIndex, part: { ...part, audio } }];
}
