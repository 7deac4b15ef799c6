import type * as official from "openai/resources/realtime/realtime";
import {
  openaiTranslation,
  type Protocol,
  type ServerErrorEvent,
  type SessionUpdateEvent,
  type TranslationAudio,
  type TranslationClientEvent,
  type TranslationErrorEvent,
  type TranslationServerEvent,
  type TranslationSessionUpdateEvent,
} from "../src/index.ts";
import type { Same } from "./same.ts";

/** The unions hold exactly the events that the official ones hold. */
export const clientTypes: Same<
  TranslationClientEvent["type"],
  official.RealtimeTranslationClientEvent["type"]
> = true;
export const serverTypes: Same<
  TranslationServerEvent["type"],
  official.RealtimeTranslationServerEvent["type"]
> = true;

export const protocol: Protocol<TranslationClientEvent, TranslationServerEvent> = openaiTranslation;

/** The `error` events of both protocols are one shape, so whoever reads one reads the other. */
export const errors: Same<TranslationErrorEvent, ServerErrorEvent> = true;

/** Narrowing by `type`. */
export function words(event: TranslationServerEvent): string | undefined {
  return event.type === "session.output_transcript.delta" ? event.delta : undefined;
}

export const spanish: TranslationSessionUpdateEvent = {
  type: "session.update",
  session: { audio: { output: { language: "es" } } },
};
// @ts-expect-error: the settings of a conversation say that they are
export const conversation: SessionUpdateEvent = spanish;
// @ts-expect-error: a language stands in the settings of the output
export const misplaced: TranslationAudio = { language: "es" };
