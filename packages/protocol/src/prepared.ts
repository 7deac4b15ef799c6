import type { ClientEvent, ConversationItemCreateEvent, ResponseCreateEvent } from "./generated/types.ts";

/** The metadata key by which a response is recognised as the answer to one `response.create`. */
export const responseMarker = "duologue_event_id";

const mostMetadataPairs = 16;
const mostItemIdCharacters = 32;

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

/**
 * An item id made from a command's id, always the same for the same one, and at most 32 characters long, which is
 * all that OpenAI takes. A long or unusual id keeps its end, with a hash of the whole before it.
 */
function itemIdFrom(id: string): string {
  const plain = `item_${id.replace(/[^A-Za-z0-9_-]/g, "_")}`;
  if (plain.length <= mostItemIdCharacters && plain === `item_${id}`) return plain;
  const hash = hashOf(id);
  return `item_${hash}_${plain.slice("item_".length).slice(hash.length + 6 - mostItemIdCharacters)}`;
}

/** FNV-1a of the characters, as 7 characters of base 36. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36).padStart(7, "0");
}
