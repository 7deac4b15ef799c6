import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { PartAudio } from "./content-part.ts";
import { receivedMs } from "./reduce/playback.ts";
import { endedBy } from "./reduce/responses.ts";
import { type SpokenPart, spokenPart, spokenParts } from "./reduce/spoken-part.ts";
import type { ConversationState } from "./state.ts";

/** A content part of which not all was heard, for good. */
export type Cut = SpokenPart;

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
  const { from, event } = entry;
  if (from === "local") {
    const cut =
      event.type === "playback.flushed" ? spokenPart(after, event.itemId, event.contentIndex) : undefined;
    return cut !== undefined && isFlushed(cut.part.audio) ? [cut] : [];
  }
  if (from === "client") return [];
  const sent = event as ServerEvent;
  if (sent.type === "conversation.item.truncated") {
    const known = spokenPart(before, sent.item_id, sent.content_index)?.part.audio;
    // Where we play, it only confirms what we have asked for.
    if (known?.truncatedAtMs !== undefined || known?.receivedBytes) return [];
    const cut = spokenPart(after, sent.item_id, sent.content_index);
    return cut === undefined ? [] : [cut];
  }
  const ended = endedBy(before, sent, after);
  return spokenParts(after, ended).filter(({ part }) => part.audio.playback === "skipped");
}

/** Whether the rest of a part was thrown away. What is less than a millisecond is nothing that a server could cut. */
function isFlushed(audio: PartAudio): boolean {
  const received = receivedMs(audio);
  if (audio.playback !== "flushed" || received === 0) return false;
  return !audio.complete || received - audio.heardMs >= 1;
}
