import { acknowledges, isAcknowledged } from "./acknowledgement.ts";
import { roleOf } from "./command-role.ts";
import { decodeClientFrame, decodeServerFrame } from "./decode.ts";
import { encode } from "./encode.ts";
import { expiryOf } from "./expiry-of.ts";
import { failureOf } from "./failure.ts";
import type { ClientEvent, ServerEvent } from "./generated/types.ts";
import { isServerEvent } from "./is-known.ts";
import { judgeClose } from "./judge-close.ts";
import { prepared } from "./prepared.ts";
import type { Protocol } from "./protocol.ts";
import { fullValidation, type Validation } from "./validation.ts";

/** What `realtimeProtocol` is made of. */
export interface RealtimeProtocolOptions {
  /** Compares events with their schemas; without it every known event counts as conforming. */
  readonly validation?: Validation;
}

/**
 * The OpenAI Realtime protocol in its general-availability form, as spoken by OpenAI and Azure and, with
 * differences, by others. Without `validation` it is small: the validators stay out of the bundle.
 */
export function realtimeProtocol(options: RealtimeProtocolOptions = {}): Protocol<ClientEvent, ServerEvent> {
  const { validation } = options;
  return {
    name: "openai-realtime",
    greeting: "session.created",
    decode: (text) => decodeServerFrame(text, validation?.server),
    decodeClient: (text) => decodeClientFrame(text, validation?.client),
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
export const openaiRealtime: Protocol<ClientEvent, ServerEvent> = /* @__PURE__ */ realtimeProtocol({
  validation: fullValidation,
});
