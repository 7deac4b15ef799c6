import { isObject } from "../check.ts";
import type { UnknownEvent, WireEvent } from "../protocol.ts";
import type { CoreEventType } from "./dialect-facts.ts";
import { type Fields, withChanged, withEach } from "./fields.ts";
import { upcastItem } from "./upcast-item.ts";
import { upcastOutput, upcastSession } from "./upcast-session.ts";

/** The names that events had in the beta of the protocol, with the ones that they have now. */
export const betaNames = {
  "conversation.item.created": "conversation.item.added",
  "response.text.delta": "response.output_text.delta",
  "response.text.done": "response.output_text.done",
  "response.audio.delta": "response.output_audio.delta",
  "response.audio.done": "response.output_audio.done",
  "response.audio_transcript.delta": "response.output_audio_transcript.delta",
  "response.audio_transcript.done": "response.output_audio_transcript.done",
  "transcription_session.update": "session.update",
  "transcription_session.created": "session.created",
  "transcription_session.updated": "session.updated",
  // WebRTC in early 2025.
  "output_audio_buffer.audio_started": "output_audio_buffer.started",
  "output_audio_buffer.audio_stopped": "output_audio_buffer.stopped",
  "output_audio_buffer.audio_cleared": "output_audio_buffer.cleared",
} as const satisfies Readonly<Record<string, CoreEventType>>;

/**
 * Turns an event of the retired beta protocol into the one that took its place: events of either side, of recordings,
 * of Azure's preview, of Qwen and of others who still speak it. Names of events and of content parts change, and flat
 * settings of sessions and responses become nested ones.
 *
 * Total and pure: it never throws, leaves alone what is no object or has no known shape, and keeps every field that it
 * does not know. A setting without a place in today's protocol (`temperature`) stays where it is, and so does one whose
 * new place is taken. An event that is in today's form already comes back as the same reference.
 *
 * One event becomes one event. `conversation.item.created` becomes `conversation.item.added` alone: whether the item
 * is final stands in its `status`, and `response.output_item.done` says it of the model's items. It is the only event
 * of today's list that is changed, since no service sends it beside the two that replace it.
 */
export function upcast(event: WireEvent | UnknownEvent): UnknownEvent {
  // What was read from a frame is a JSON object; its fields are looked at one by one.
  const fields: unknown = event;
  if (!isObject(fields) || typeof fields.type !== "string") return event as UnknownEvent;
  const { type } = fields;
  const named = Object.hasOwn(betaNames, type)
    ? // `hasOwn` has looked; the compiler does not take that for a key.
      { ...fields, type: betaNames[type as keyof typeof betaNames] }
    : fields;
  const isTranscription = type.startsWith("transcription_session.");
  const withSession = isSessionEvent(named.type)
    ? withChanged(named, "session", (session) => upcastSession(session, isTranscription))
    : named;
  const withItem = withChanged(withSession, "item", upcastItem);
  // Only fields were changed: it has a type as before.
  return withChanged(withItem, "response", upcastResponse) as UnknownEvent;
}

function isSessionEvent(type: unknown): boolean {
  return type === "session.update" || type === "session.created" || type === "session.updated";
}

/** A response as a service reports it, or as a client asks for it. */
function upcastResponse(response: unknown): unknown {
  if (!isObject(response)) return response;
  const withItems = (fields: Fields, key: string) =>
    withChanged(fields, key, (items) => withEach(items, upcastItem));
  return upcastOutput(withItems(withItems(response, "output"), "input"));
}
