import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Effect } from "./effects.ts";
import { interrupts, isPast } from "./reduce/input-events.ts";
import { findItem } from "./reduce/items.ts";
import { outputFormat } from "./reduce/playback.ts";
import { findResponse } from "./reduce/responses.ts";
import type { ConversationState } from "./state.ts";

/** What the player is to do: play what comes while its response is wanted, and fall silent at the user's voice. */
export function playbackEffects(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
): readonly Effect[] {
  const isOldNews = before === after;
  if (entry.from !== "server") return isOldNews ? [] : lostEnds(before, entry.event.type, after);
  const event = entry.event as ServerEvent;
  switch (event.type) {
    case "input_audio_buffer.speech_started":
      // Always, since generation is usually long over while we still play. The server silences its own track.
      if (isPast(before, event.item_id)) return [];
      return after.audio === "events" && interrupts(after) ? [{ type: "flush" }] : [];
    case "response.output_audio.delta":
      return isOldNews ||
        findResponse(after, event.response_id)?.interrupted === true ||
        isFlushed(after, event)
        ? []
        : [
            {
              type: "play",
              itemId: event.item_id,
              contentIndex: event.content_index,
              format: outputFormat(after, event.response_id),
              base64: event.delta,
            },
          ];
    case "response.output_audio.done":
      return after.audio === "events" && !isOldNews
        ? [{ type: "play-end", itemId: event.item_id, contentIndex: event.content_index }]
        : [];
    case "response.done":
      return isOldNews ? [] : openEnds(event.response.id, after);
    default:
      return [];
  }
}

/** Whether the player was silenced while it had a part: an answer out of band goes on being made, and is not played. */
function isFlushed(state: ConversationState, place: { item_id: string; content_index: number }): boolean {
  const item = findItem(state, place.item_id);
  const part = item?.type === "message" ? item.content[place.content_index] : undefined;
  return part?.type === "output_audio" && part.audio?.playback === "flushed";
}

/** The parts of a response that ended before their sound was complete: nothing more of them comes. */
function openEnds(responseId: string | undefined, after: ConversationState): Effect[] {
  const response = responseId === undefined ? undefined : findResponse(after, responseId);
  return (response?.itemIds ?? []).flatMap((itemId) => {
    const item = findItem(after, itemId);
    const content = item?.type === "message" ? item.content : [];
    return content.flatMap((part, contentIndex): Effect[] =>
      part.type === "output_audio" &&
      part.audio !== undefined &&
      part.audio.receivedBytes > 0 &&
      !part.audio.complete
        ? [{ type: "play-end", itemId, contentIndex }]
        : [],
    );
  });
}

/** The same of the responses that were being made on a link that is lost. What they have plays on. */
function lostEnds(before: ConversationState, type: string, after: ConversationState): Effect[] {
  if (type !== "link.closed" && type !== "link.switched") return [];
  return before.responses.flatMap(({ id, status }) => (status === "in_progress" ? openEnds(id, after) : []));
}
