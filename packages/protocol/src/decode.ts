import type { ClientEvent, ServerEvent } from "./generated/types.ts";
import { isClientEvent, isServerEvent } from "./is-known.ts";
import type { Decoded, Issue, UnknownEvent, WireEvent } from "./protocol.ts";

const none: readonly Issue[] = Object.freeze([]);

/**
 * Reads a frame that a service sent. Never throws and never loses: what is no event keeps its text, what is not
 * known keeps its fields, what differs from its schema comes with `issues` beside it.
 *
 * `check` compares a known event with its schema; without it, `issues` is always empty.
 */
export function decodeServerFrame(
  text: string,
  check?: (event: ServerEvent) => readonly Issue[],
): Decoded<ServerEvent> {
  return decode(text, isServerEvent, check);
}

/** Reads a frame that a client sent; otherwise as `decodeServerFrame`. */
export function decodeClientFrame(
  text: string,
  check?: (event: ClientEvent) => readonly Issue[],
): Decoded<ClientEvent> {
  return decode(text, isClientEvent, check);
}

function decode<E extends WireEvent>(
  text: string,
  isKnown: (event: { readonly type: string }) => event is E,
  check: ((event: E) => readonly Issue[]) | undefined,
): Decoded<E> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      kind: "undecodable",
      text,
      reason: `not JSON: ${error instanceof Error ? error.message : error}`,
    };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { kind: "undecodable", text, reason: `JSON, but ${nounFor(value)} where an object is needed` };
  }
  if (!hasType(value)) {
    const reason =
      "type" in value ? `its "type" is ${nounFor(value.type)}, not a string` : 'it has no "type"';
    return { kind: "undecodable", text, reason: `a JSON object, but ${reason}` };
  }
  if (!isKnown(value)) return { kind: "unknown", event: value };
  return { kind: "known", event: value, issues: check === undefined ? none : check(value) };
}

function hasType(value: object): value is UnknownEvent {
  return "type" in value && typeof value.type === "string";
}

function nounFor(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
