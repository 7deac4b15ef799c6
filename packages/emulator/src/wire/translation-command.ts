import type { TranslationClientEvent } from "@duologue/protocol";
import {
  audioShape,
  clientEventShape,
  type ReadFrame,
  readClientEvent,
  supportedTypes,
} from "./client-event.ts";
import { fieldRefusal, type Refusal } from "./refusal.ts";
import { noiseReductionShape } from "./session-shape.ts";
import { nullable, object, type Shape, text, unsupported } from "./shape.ts";

const session = object({
  optional: {
    audio: object({
      optional: {
        input: object({
          optional: {
            transcription: nullable(object({ required: { model: text() } })),
            noise_reduction: nullable(noiseReductionShape),
          },
        }),
        output: object({ optional: { language: text() } }),
      },
    }),
  },
});

const shapes = {
  "session.update": clientEventShape({ session }),
  "session.input_audio_buffer.append": clientEventShape({ audio: audioShape }),
  "session.close": clientEventShape({}),
} satisfies { readonly [T in TranslationClientEvent["type"]]: Shape };

const shapeOf: ReadonlyMap<string, Shape> = new Map(Object.entries(shapes));
/** Reads one text frame of a session that translates, as strictly as the service does. Never throws. */
export function readTranslationFrame(frame: string): ReadFrame<TranslationClientEvent> {
  return readClientEvent(frame, faultOf);
}

function faultOf(type: string, event: Readonly<Record<string, unknown>>): Refusal | undefined {
  const shape = shapeOf.get(type);
  if (shape !== undefined) return shape(event, "");
  const message = supportedTypes.includes(type)
    ? `'${type}' is not accepted in translation sessions.`
    : unsupported(type, supportedTypes);
  return fieldRefusal("invalid_value", "type", message);
}
