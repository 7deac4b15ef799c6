import type { ClientEventOf } from "./event-facts.ts";
import type { ClientEvent, ServerEvent } from "./generated/types.ts";
import { isClientEventType } from "./is-known.ts";
import { responseMarker } from "./prepared.ts";

/** Whether the protocol answers this command at all. `input_audio_buffer.append`, say, has no answer. */
export function isAcknowledged(command: ClientEvent): boolean {
  return isClientEventType(command.type) && rules[command.type] !== unanswered;
}

/**
 * Whether `event` answers the prepared `command`. Services do not echo a command's `event_id`, so each kind of
 * command has its own sign: an item id, a response's metadata, or the type alone where nothing better exists.
 */
export function acknowledges(command: ClientEvent, event: ServerEvent): boolean {
  if (!isClientEventType(command.type)) return false;
  // The entry for a type takes the command of that type; the compiler cannot follow this through the index.
  const rule = rules[command.type] as (command: ClientEvent, event: ServerEvent) => boolean;
  return rule(command, event);
}

/** The rule of a command that nothing answers. */
function unanswered(): boolean {
  return false;
}

// Events may differ from their schema and are delivered all the same, hence `?.` on fields that should be there.
const rules: {
  readonly [K in ClientEvent["type"]]: (command: ClientEventOf<K>, event: ServerEvent) => boolean;
} = {
  "session.update": (_, event) => event.type === "session.updated",

  "input_audio_buffer.append": unanswered,
  "input_audio_buffer.commit": (_, event) => event.type === "input_audio_buffer.committed",
  "input_audio_buffer.clear": (_, event) => event.type === "input_audio_buffer.cleared",
  "output_audio_buffer.clear": (_, event) => event.type === "output_audio_buffer.cleared",

  "conversation.item.create": ({ item }, event) =>
    (event.type === "conversation.item.added" || event.type === "conversation.item.created") &&
    event.item?.id === item.id,
  "conversation.item.retrieve": ({ item_id }, event) =>
    event.type === "conversation.item.retrieved" && event.item?.id === item_id,
  "conversation.item.truncate": ({ item_id, content_index }, event) =>
    event.type === "conversation.item.truncated" &&
    event.item_id === item_id &&
    event.content_index === content_index,
  "conversation.item.delete": ({ item_id }, event) =>
    event.type === "conversation.item.deleted" && event.item_id === item_id,

  "response.create": ({ response }, event) =>
    event.type === "response.created" &&
    echoes(response?.metadata?.[responseMarker], event.response?.metadata),
  "response.cancel": ({ response_id }, event) =>
    event.type === "response.done" &&
    (response_id === undefined ? event.response?.status === "cancelled" : event.response?.id === response_id),
};

/**
 * Whether a response's metadata carries the marker of a command. Any response will do where the command could not
 * be marked, and where the service echoes no metadata at all: OpenAI sends `null` for a response that nobody asked
 * for, some other services leave the field out of every response.
 */
function echoes(
  marker: string | undefined,
  metadata: Readonly<Record<string, string>> | null | undefined,
): boolean {
  return marker === undefined || metadata === undefined || metadata?.[responseMarker] === marker;
}
