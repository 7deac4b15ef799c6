import type { DecodeMode } from "./decode-mode.ts";
import { decoded } from "./decoded.ts";
import type { ClientEvent, ServerEvent } from "./generated/types.ts";
import { isClientEvent, isServerEvent } from "./is-known.ts";
import type { Decoded, Issue } from "./protocol.ts";

/**
 * Reads a frame that a service sent. Never throws and never loses: what is no event keeps its text, what is not
 * known keeps its fields, what differs from its schema comes with `issues` beside it.
 *
 * `check` compares a known event with its schema; without it, `issues` is always empty. `mode` says what becomes of
 * an event that differs.
 *
 * Of keys that occur twice the last one counts. A byte order mark is passed over. Numbers are 64-bit floating point:
 * whole numbers beyond 2^53 are rounded, which concerns no field of the protocol, since arguments and outputs of
 * tools are text. More than 1,000 levels of nesting make a frame undecodable.
 */
export function decodeServerFrame(
  text: string,
  check?: (event: ServerEvent) => readonly Issue[],
  mode?: DecodeMode,
): Decoded<ServerEvent> {
  return decoded(text, { isKnown: isServerEvent, check, mode });
}

/** Reads a frame that a client sent; otherwise as `decodeServerFrame`. */
export function decodeClientFrame(
  text: string,
  check?: (event: ClientEvent) => readonly Issue[],
  mode?: DecodeMode,
): Decoded<ClientEvent> {
  return decoded(text, { isKnown: isClientEvent, check, mode });
}
