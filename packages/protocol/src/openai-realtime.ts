import { acknowledges, isAcknowledged } from "./acknowledgement.ts";
import { roleOf } from "./command-role.ts";
import { decoded, type Reading } from "./decoded.ts";
import { encode } from "./encode.ts";
import { expiryOf } from "./expiry-of.ts";
import { failureOf } from "./failure.ts";
import type { ClientEvent, ServerEvent } from "./generated/types.ts";
import { isClientEvent, isServerEvent } from "./is-known.ts";
import { judgeClose } from "./judge-close.ts";
import { prepared } from "./prepared.ts";
import type { Protocol } from "./protocol.ts";
import { type ReadingOptions, readingOf } from "./reading-options.ts";
import { fullValidation, type Validation } from "./validation.ts";

/** What `realtimeProtocol` is made of. */
export interface RealtimeProtocolOptions extends ReadingOptions {
  /** Compares events with their schemas; without it every known event counts as conforming. */
  readonly validation?: Validation;
}

/** The OpenAI Realtime protocol as a value that remembers what it was made of, so that a dialect can be made of it. */
export interface RealtimeProtocol extends Protocol<ClientEvent, ServerEvent> {
  readonly options: RealtimeProtocolOptions;
}

/**
 * The OpenAI Realtime protocol in its general-availability form, as spoken by OpenAI and Azure and, with
 * differences, by others. Without `validation` it is small: the validators stay out of the bundle.
 *
 * Throws a `TypeError` for the mode `strict` without a `validation` to be strict by, and a `RangeError` for a
 * `sample` that is no share.
 */
export function realtimeProtocol(options: RealtimeProtocolOptions = {}): RealtimeProtocol {
  const { validation } = options;
  const common = readingOf(options);
  const server: Reading<ServerEvent> = { isKnown: isServerEvent, check: validation?.server, ...common };
  const client: Reading<ClientEvent> = { isKnown: isClientEvent, check: validation?.client, ...common };
  return {
    name: "openai-realtime",
    greeting: "session.created",
    options,
    decode: (text) => decoded(text, server),
    decodeClient: (text) => decoded(text, client),
    encode,
    issuesOf: (event) => validation?.client(event) ?? [],
    isServerEvent: (event) => isServerEvent(event),
    prepare: prepared,
    isAcknowledged,
    acknowledges,
    roleOf,
    expiryOf,
    failureOf,
    judgeClose,
  };
}

/** The OpenAI Realtime protocol with every event checked against its schema. */
export const openaiRealtime: RealtimeProtocol = /* @__PURE__ */ realtimeProtocol({
  validation: fullValidation,
});
