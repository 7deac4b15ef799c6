import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Effect } from "./effects.ts";
import { interrupts, isOldSpeech } from "./reduce/input-events.ts";
import { outputFormat } from "./reduce/playback.ts";
import { findResponse } from "./reduce/responses.ts";
import { spokenPart, spokenParts } from "./reduce/spoken-part.ts";
import type { ConversationState } from "./state.ts";

/**
 * What the player is to do: play what comes while its response is wanted, and fall silent at the user's voice and when
 * the session is closed.
 */
export function playbackEffects(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
): readonly Effect[] {
  const isOldNews = before === after;
  if (entry.from === "local" && entry.event.type === "session.closing")
    return after.audio === "events" ? [{ type: "flush" }] : [];
  if (entry.from !== "server") return isOldNews ? [] : lostEnds(before, entry.event.type, after);
  const event = entry.event as ServerEvent;
  switch (event.type) {
    case "input_audio_buffer.speech_started":
      // Always, since generation is usually long over while we still play. The server silences its own track.
      if (isOldSpeech(before, event.item_id)) return [];
      return after.audio === "events" && interrupts(after) ? [{ type: "flush" }] : [];
    case "response.output_audio.delta":
      return isOldNews ||
        // The session is being closed: nobody listens any more.
        after.link === "closed" ||
        findResponse(after, event.response_id)?.interrupted === true ||
        // The player was silenced while it had the part: an answer out of band goes on being made, and is not played.
        spokenPart(after, event.item_id, event.content_index)?.part.audio.playback === "flushed"
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
  const spoken = spokenParts(after, findResponse(after, responseId));
  return spoken.flatMap(({ item, contentIndex, part: { audio } }): Effect[] =>
    audio.receivedBytes > 0 && !audio.complete ? [{ type: "play-end", itemId: item.id, contentIndex }] : [],
  );
}

/** The same of the responses that were being made on a link that is lost. What they have plays on. */
function lostEnds(before: ConversationState, type: string, after: ConversationState): Effect[] {
  if (type !== "link.closed" && type !== "link.switched") return [];
  return before.responses.flatMap(({ id, status }) => (status === "in_progress" ? openEnds(id, after) : []));
}
