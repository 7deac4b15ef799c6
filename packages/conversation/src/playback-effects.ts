import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Effect } from "./effects.ts";
import { interrupts } from "./reduce/input-events.ts";
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
  if (entry.from !== "server") return [];
  const event = entry.event as ServerEvent;
  const isOldNews = before === after;
  switch (event.type) {
    case "input_audio_buffer.speech_started":
      // Always, since generation is usually long over while we still play. The server silences its own track.
      return after.audio === "events" && interrupts(after) ? [{ type: "flush" }] : [];
    case "response.output_audio.delta":
      return isOldNews || findResponse(after, event.response_id)?.interrupted === true
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
