import type { ClientEvent } from "@duologue/protocol";
import type { AudioFlavour } from "../engine/engine-input.ts";
import {
  audioShape,
  clientEventShape,
  type ReadFrame,
  readClientEvent,
  supportedTypes,
} from "./client-event.ts";
import { inputItemShape, itemShape } from "./item-shape.ts";
import { fieldRefusal } from "./refusal.ts";
import { responseShape, sessionShape } from "./session-shape.ts";
import { integer, nullable, type Shape, text, unsupported } from "./shape.ts";

/** A client event that the service takes. */
export type Command = ClientEvent;

/** A command of one type. */
export type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

const mediaType = "output_audio_buffer.clear";

const shapes = {
  "session.update": clientEventShape({ session: sessionShape }),
  "input_audio_buffer.append": clientEventShape({ audio: audioShape }),
  "input_audio_buffer.commit": clientEventShape({}),
  "input_audio_buffer.clear": clientEventShape({}),
  "conversation.item.create": clientEventShape({ item: itemShape }, { previous_item_id: nullable(text()) }),
  "conversation.item.truncate": clientEventShape({
    item_id: text(),
    content_index: integer(),
    audio_end_ms: integer({ min: 0 }),
  }),
  "conversation.item.delete": clientEventShape({ item_id: text() }),
  "conversation.item.retrieve": clientEventShape({ item_id: text() }),
  "response.create": clientEventShape({}, { response: responseShape(inputItemShape) }),
  "response.cancel": clientEventShape({}, { response_id: text() }),
  "output_audio_buffer.clear": clientEventShape({}),
} satisfies { readonly [T in Command["type"]]: Shape };

const shapeOf: ReadonlyMap<string, Shape> = new Map(Object.entries(shapes));
const translationTypes: ReadonlySet<string> = new Set(["session.close", "session.input_audio_buffer.append"]);

/** Reads one text frame of a session without translation, as strictly as the service does on this medium. */
export function readFrame(frame: string, audio: AudioFlavour = "events"): ReadFrame<Command> {
  return readClientEvent(frame, (type, event) => {
    if (translationTypes.has(type)) {
      return fieldRefusal("invalid_value", "type", `'${type}' is accepted in translation sessions only.`);
    }
    const onMedia = audio === "media";
    const shape = onMedia || type !== mediaType ? shapeOf.get(type) : undefined;
    if (shape !== undefined) return shape(event, "");
    const types = onMedia ? [...supportedTypes, mediaType] : supportedTypes;
    return fieldRefusal("invalid_value", "type", unsupported(type, types));
  });
}
