import type { DecodeMode } from "./decode-mode.ts";
import { isNestedDeeper, mostLevels } from "./is-nested-deeper.ts";
import type { Decoded, Issue, UnknownEvent, WireEvent } from "./protocol.ts";

/** How frames of one side are read. */
export interface Reading<E extends WireEvent> {
  /** Tells the events of this side from unknown ones, by their type alone. */
  readonly isKnown: (event: { readonly type: string }) => event is E;
  /** Compares a known event with its schema; without it none is compared. */
  readonly check?: ((event: E) => readonly Issue[]) | undefined;
  /** What becomes of an event that differs; `warn` when left out. */
  readonly mode?: DecodeMode | undefined;
  /** Which known events are compared, by type; all when left out. */
  readonly isSampled?: ((type: string) => boolean) | undefined;
  /** Turns an event into the one to go on with, before anything else looks at it; an unknown one stays as it came. */
  readonly rewritten?: ((event: UnknownEvent) => UnknownEvent) | undefined;
}

/**
 * Reads a frame. Never throws and never loses: what is no event keeps its text, what is not known keeps its fields,
 * what differs from its schema comes with `issues` beside it or, in the mode `strict`, keeps its text.
 *
 * Of keys that occur twice the last one counts. A byte order mark before the JSON is passed over. Numbers are
 * 64-bit floating point, so whole numbers beyond 2^53 are rounded; nothing in the protocol is that large. An event
 * with more than 1,000 levels is undecodable, since whoever copies or prints it would run out of stack.
 */
export function decoded<E extends WireEvent>(text: string, reading: Reading<E>): Decoded<E> {
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text);
  } catch (error) {
    return undecodable(
      text,
      `${error instanceof SyntaxError ? "not JSON" : "cannot be read"}: ${sentenceOf(error)}`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undecodable(text, `JSON, but ${nounFor(value)} where an object is needed`);
  }
  if (!hasType(value)) {
    const reason =
      "type" in value ? `its "type" is ${nounFor(value.type)}, not a string` : 'it has no "type"';
    return undecodable(text, `a JSON object, but ${reason}`);
  }
  if (isNestedDeeper(value, text, mostLevels)) {
    return undecodable(text, `a JSON object, but nested more than ${mostLevels} levels deep`);
  }
  try {
    return judged(value, text, reading);
  } catch (error) {
    // Checks that are handed in may fail; a frame is not lost for that.
    return undecodable(text, `an event that could not be judged: ${sentenceOf(error)}`);
  }
}

const none: readonly Issue[] = Object.freeze([]);
const byteOrderMark = 0xfeff;

function judged<E extends WireEvent>(value: UnknownEvent, text: string, reading: Reading<E>): Decoded<E> {
  const { isKnown, check, mode, isSampled, rewritten } = reading;
  const event = rewritten === undefined ? value : rewritten(value);
  if (!isKnown(event)) return { kind: "unknown", event: value };
  const isCompared =
    check !== undefined && mode !== "off" && (isSampled === undefined || isSampled(event.type));
  const issues = isCompared ? check(event) : none;
  return mode === "strict" && issues.length > 0
    ? undecodable(text, differences(event.type, issues))
    : { kind: "known", event, issues };
}

const mostNamed = 10;

function differences(type: string, issues: readonly Issue[]): string {
  const named = issues
    .slice(0, mostNamed)
    .map(({ path, message }) => `${path === "" ? "the event" : path}: ${message}`);
  const more = issues.length > mostNamed ? `; and ${issues.length - mostNamed} more` : "";
  return `${type} differs from its schema: ${named.join("; ")}${more}`;
}

function undecodable(text: string, reason: string): { kind: "undecodable"; text: string; reason: string } {
  return { kind: "undecodable", text, reason };
}

function hasType(value: object): value is UnknownEvent {
  return "type" in value && typeof value.type === "string";
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nounFor(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
