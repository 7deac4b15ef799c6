import type { ClientEvent } from "./generated/types.ts";
import type { CommandRole } from "./protocol.ts";

const roles = {
  "session.update": "configuration",
  "input_audio_buffer.append": "media",
  // The buffer, the running response and the server's playback end with their session.
  "input_audio_buffer.commit": "once",
  "input_audio_buffer.clear": "once",
  "output_audio_buffer.clear": "once",
  "response.cancel": "once",
  // Speech comes into a new session as text, which nobody can cut by milliseconds.
  "conversation.item.truncate": "once",
  "conversation.item.create": "repeatable",
  "conversation.item.delete": "repeatable",
  "conversation.item.retrieve": "repeatable",
  "response.create": "repeatable",
} as const satisfies { readonly [K in ClientEvent["type"]]: CommandRole };

/** How a command stands to the session that it is sent to; one of an unknown type counts as `once`. */
export function roleOf(command: ClientEvent): CommandRole {
  return Object.hasOwn(roles, command.type) ? roles[command.type] : "once";
}
