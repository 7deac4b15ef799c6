import { isNestedDeeper, mostLevels } from "@duologue/protocol";
import { hasMoreValues } from "./has-more-values.ts";
import { fieldRefusal, type Refusal, refusal } from "./refusal.ts";
import { anything, isObject, object, type Shape, text } from "./shape.ts";

/** What became of a client's frame. `commandId` is its `event_id`, which an answer that refuses it repeats. */
export type ReadFrame<Command> =
  | { readonly command: Command; readonly commandId: string | null }
  | { readonly refused: Refusal; readonly commandId: string | null };

/**
 * The event types that the service names when it meets another one on a WebSocket, in its order. Two of them belong to
 * translation sessions; `output_audio_buffer.clear` is not among them, because it exists for WebRTC and SIP only.
 */
export const supportedTypes: readonly string[] = [
  "session.update",
  "session.close",
  "input_audio_buffer.append",
  "session.input_audio_buffer.append",
  "input_audio_buffer.commit",
  "input_audio_buffer.clear",
  "conversation.item.create",
  "conversation.item.truncate",
  "conversation.item.delete",
  "conversation.item.retrieve",
  "response.create",
  "response.cancel",
];

/** JSON of more values is not read: it would hold up every session. */
const mostValues = 50_000;

const maxIdLength = 512;
const eventId = text({ maxLength: maxIdLength });

/** Takes client events with these fields beside their type and their id. */
export function clientEventShape(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  return object({ required: { type: anything, ...required }, optional: { event_id: eventId, ...optional } });
}

/** Takes base64 of as much audio as one event may carry. */
export const audioShape: Shape = text({ maxLength: 15 * 1024 * 1024 });

/**
 * Reads one text frame from a client. `faultOf` says what is wrong with an event of a type; what it finds no fault
 * with is a command. Never throws.
 */
export function readClientEvent<Command>(
  frame: string,
  faultOf: (type: string, event: Readonly<Record<string, unknown>>) => Refusal | undefined,
): ReadFrame<Command> {
  const tooMany = tooManyValues(frame, "The event");
  if (tooMany !== undefined) return { refused: tooMany, commandId: null };
  let event: unknown;
  try {
    event = JSON.parse(frame);
  } catch {
    const message = "Invalid JSON: the frame could not be parsed. Send each event as one JSON object.";
    return { refused: refusal("invalid_json", message), commandId: null };
  }
  if (!isObject(event)) {
    const message = "Expected a JSON object with a 'type'.";
    return { refused: refusal("invalid_event", message), commandId: null };
  }
  const { type, event_id: id } = event;
  if (isNestedDeeper(event, frame, mostLevels)) {
    return { refused: tooDeep("The event"), commandId: idIn(id) };
  }
  const commandId = idIn(id);
  const refused = typeof type === "string" ? faultOf(type, event) : withoutType(type);
  // `faultOf` has just found no fault.
  return refused === undefined ? { command: event as Command, commandId } : { refused, commandId };
}

/** Refuses JSON that is nested deeper than any client can read what the service answers with. */
export function tooDeep(what: string): Refusal {
  return refusal("nested_too_deep", `${what} is nested more than ${mostLevels} levels deep.`);
}

/** Refuses JSON of more values than can be read while others wait. */
export function tooManyValues(text: string, what: string): Refusal | undefined {
  if (!hasMoreValues(text, mostValues)) return undefined;
  return refusal(
    "too_many_values",
    `${what} has more than ${mostValues} values, as many as this emulator reads.`,
  );
}

function idIn(id: unknown): string | null {
  return typeof id === "string" && id.length <= maxIdLength ? id : null;
}

function withoutType(type: unknown): Refusal | undefined {
  if (type !== undefined) return text()(type, "type");
  return fieldRefusal("missing_required_parameter", "type", "Missing required parameter: 'type'.");
}
