import { decoded, type Reading } from "./decoded.ts";
import { encode } from "./encode.ts";
import { expiryOf } from "./expiry-of.ts";
import { failureOf } from "./failure.ts";
import {
  translationClientEvents,
  translationClientEventTypes,
  translationServerEventTypes,
} from "./generated/translation/catalogue.ts";
import type { TranslationClientEvent, TranslationServerEvent } from "./generated/translation/types.ts";
import { translationClientChecks, translationServerChecks } from "./generated/translation/validators.ts";
import { judgeClose } from "./judge-close.ts";
import type { CommandRole, Protocol } from "./protocol.ts";
import { type ReadingOptions, readingOf } from "./reading-options.ts";
import { type Validation, validationBy } from "./validation.ts";

/** What `translationProtocol` is made of. */
export interface TranslationProtocolOptions extends ReadingOptions {
  /** Compares events with their schemas; without it every known event counts as conforming. */
  readonly validation?: Validation<TranslationClientEvent, TranslationServerEvent>;
}

/**
 * The protocol of OpenAI's translation endpoint: speech goes in without turns, speech in another language and both
 * transcripts come out. Its `session.update` and `session.created` have names that the Realtime protocol has too and
 * carry other settings; nothing else is shared but the `error` event.
 *
 * Throws as `realtimeProtocol` does.
 */
export function translationProtocol(
  options: TranslationProtocolOptions = {},
): Protocol<TranslationClientEvent, TranslationServerEvent> {
  const { validation } = options;
  const common = readingOf(options);
  const server: Reading<TranslationServerEvent> = { isKnown: isServer, check: validation?.server, ...common };
  const client: Reading<TranslationClientEvent> = { isKnown: isClient, check: validation?.client, ...common };
  return {
    name: "openai-translation",
    greeting: "session.created",
    decode: (text) => decoded(text, server),
    decodeClient: (text) => decoded(text, client),
    encode,
    issuesOf: (event) => validation?.client(event) ?? [],
    isServerEvent: (event) => isServer(event),
    prepare: (command, id) => (command.event_id ? command : { ...command, event_id: id }),
    isAcknowledged: (command) => answersTo(command).length > 0,
    acknowledges: (command, event) => answersTo(command).includes(event.type),
    roleOf: (command) => (isClient(command) ? roles[command.type] : "once"),
    expiryOf,
    failureOf,
    judgeClose,
  };
}

/** Validation of every event of a translation against every field of its schema. Unknown fields are in order. */
export const translationValidation: Validation<TranslationClientEvent, TranslationServerEvent> =
  /* @__PURE__ */ validationBy(translationClientChecks, translationServerChecks);

/** The translation protocol with every event checked against its schema. */
export const openaiTranslation: Protocol<TranslationClientEvent, TranslationServerEvent> =
  /* @__PURE__ */ translationProtocol({ validation: translationValidation });

function isClient(event: { readonly type: string }): event is TranslationClientEvent {
  return translationClientEventTypes.has(event.type);
}

function isServer(event: { readonly type: string }): event is TranslationServerEvent {
  return translationServerEventTypes.has(event.type);
}

const roles: { readonly [K in TranslationClientEvent["type"]]: CommandRole } = {
  "session.update": "configuration",
  "session.input_audio_buffer.append": "media",
  "session.close": "once",
};

/** Nothing in an answer names the command, so its type is the only sign. */
function answersTo(command: TranslationClientEvent): readonly TranslationServerEvent["type"][] {
  return isClient(command) ? translationClientEvents[command.type].acknowledgedBy : [];
}
