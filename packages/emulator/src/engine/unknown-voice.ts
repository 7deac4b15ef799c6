import type { Voice } from "@duologue/protocol";
import { fieldRefusal, type Refusal } from "../wire/refusal.ts";
import { unsupported } from "../wire/shape.ts";
import type { EngineSettings } from "./engine-settings.ts";

/** The voices of the service, in the order in which it names them. */
export const serviceVoices: readonly string[] = [
  "alloy",
  "ash",
  "ballad",
  "coral",
  "echo",
  "sage",
  "shimmer",
  "verse",
  "marin",
  "cedar",
];

/**
 * Refuses a voice that the service does not know by its name. One of the client's own, `{ id }`, is always taken. `path`
 * is the place of its `audio` in the event.
 */
export function unknownVoice(
  { voices }: EngineSettings,
  voice: Voice | undefined,
  path: string,
): Refusal | undefined {
  if (typeof voice !== "string" || voices === null || voices.includes(voice)) return undefined;
  return fieldRefusal("invalid_value", `${path}.output.voice`, unsupported(voice, voices));
}
