import type { ClientEvent } from "@duologue/protocol";
import { inputItemShape, itemShape } from "./item-shape.ts";
import { fieldRefusal, type Refusal, refusal } from "./refusal.ts";
import { responseShape, sessionShape } from "./session-shape.ts";
import { anything, integer, isObject, nullable, object, type Shape, text, unsupported } from "./shape.ts";

/** A client event that the service takes on a WebSocket. */
export type Command = Exclude<ClientEvent, { type: "output_audio_buffer.clear" }>;

/** A command of one type. */
export type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

/** What became of a client's frame. `commandId` is its `event_id`, which an answer that refuses it repeats. */
export type ReadFrame =
  | { readonly command: Command; readonly commandId: string | null }
  | { readonly refused: Refusal; readonly commandId: string | null };

/**
 * The event types that the service names when it meets another one, in its order. Two of them belong to translation
 * sessions; `output_audio_buffer.clear` is not among them, because it exists for WebRTC and SIP only.
 */
const supportedTypes = [
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
] as const;

const eventId = text({ maxLength: 512 });

function command(required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}) {
  return object({ required: { type: anything, ...required }, optional: { event_id: eventId, ...optional } });
}

const shapes = {
  "session.update": command({ session: sessionShape }),
  "input_audio_buffer.append": command({ audio: text({ maxLength: 15 * 1024 * 1024 }) }),
  "input_audio_buffer.commit": command({}),
  "input_audio_buffer.clear": command({}),
  "conversation.item.create": command({ item: itemShape }, { previous_item_id: nullable(text()) }),
  "conversation.item.truncate": command({
    item_id: text(),
    content_index: integer(),
    audio_end_ms: integer({ min: 0 }),
  }),
  "conversation.item.delete": command({ item_id: text() }),
  "conversation.item.retrieve": command({ item_id: text() }),
  "response.create": command({}, { response: responseShape(inputItemShape) }),
  "response.cancel": command({}, { response_id: text() }),
} satisfies { readonly [T in Command["type"]]: Shape };

const shapeOf: ReadonlyMap<string, Shape> = new Map(Object.entries(shapes));
const translationTypes: ReadonlySet<string> = new Set(["session.close", "session.input_audio_buffer.append"]);

/** Reads one text frame from a client as strictly as the service does. Never throws. */
export function readFrame(frame: string): ReadFrame {
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
  const commandId =
    typeof event.event_id === "string" && event.event_id.length <= 512 ? event.event_id : null;
  const refused = faultOf(event);
  // The shape of this very type has just found no fault.
  return refused === undefined ? { command: event as unknown as Command, commandId } : { refused, commandId };
}

function faultOf(event: Readonly<Record<string, unknown>>): Refusal | undefined {
  const { type } = event;
  if (type === undefined) {
    return fieldRefusal("missing_required_parameter", "type", "Missing required parameter: 'type'.");
  }
  if (typeof type !== "string") return text()(type, "type");
  if (translationTypes.has(type)) {
    return fieldRefusal("invalid_value", "type", `'${type}' is accepted in translation sessions only.`);
  }
  const shape = shapeOf.get(type);
  if (shape === undefined) return fieldRefusal("invalid_value", "type", unsupported(type, supportedTypes));
  return shape(event, "");
}
