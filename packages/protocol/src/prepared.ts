import type { ClientEvent, ConversationItemCreateEvent, ResponseCreateEvent } from "./generated/types.ts";
import { maxIdCharacters, shortId } from "./short-id.ts";

/** The metadata key by which a response is recognised as the answer to one `response.create`. */
export const responseMarker = "duologue_event_id";

const mostMetadataPairs = 16;

/**
 * The command with the ids by which its answer can be told from others. `event_id` is `id` where there is none; a
 * new item gets an id made from `id`; a `response.create` carries its `event_id` in its metadata, which the service
 * echoes, unless the metadata is full. Ids already there stay. The command itself is not changed.
 */
export function prepared(command: ClientEvent, id: string): ClientEvent {
  const named = command.event_id ? command : { ...command, event_id: id };
  switch (named.type) {
    case "conversation.item.create":
      return withItemId(named, id);
    case "response.create":
      return withMarker(named, named.event_id ?? id);
    default:
      return named;
  }
}

function withItemId(command: ConversationItemCreateEvent, id: string): ConversationItemCreateEvent {
  return command.item.id ? command : { ...command, item: { ...command.item, id: itemIdFrom(id) } };
}

function withMarker(command: ResponseCreateEvent, eventId: string): ResponseCreateEvent {
  const metadata = command.response?.metadata ?? {};
  const pairs = Object.keys(metadata);
  if (pairs.includes(responseMarker) || pairs.length >= mostMetadataPairs) return command;
  return {
    ...command,
    response: { ...command.response, metadata: { ...metadata, [responseMarker]: eventId } },
  };
}

/** An item id made from a command's id, always the same for the same one: with the whole in it where that can be. */
function itemIdFrom(id: string): string {
  const plain = `item_${id}`;
  return plain.length <= maxIdCharacters && /^[\w-]*$/.test(id) ? plain : shortId("item_", id);
}
