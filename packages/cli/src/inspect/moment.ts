import type { Entry, LocalEvent } from "@duologue/core";
import type { ServerEvent, UnknownEvent } from "@duologue/protocol";

/**
 * A place on the timeline: milliseconds, or the number of the entry where the recording has no clock. Which of the two
 * is said once, by `Timeline.timed`.
 */
export type Place = number;

/** An entry at its place, its fields open to be looked at. */
export interface Moment {
  readonly at: Place;
  readonly from: "server" | "client" | "local";
  readonly type: string;
  readonly event: UnknownEvent;
}

/** Whether a recording has a clock: then most of its entries have a time. */
export function isTimed(entries: readonly Entry[]): boolean {
  return entries.some(({ at }) => at !== null && at > 0);
}

/** The entries in order. One without a time stands where the one before it does. */
export function momentsOf(entries: readonly Entry[]): readonly Moment[] {
  const timed = isTimed(entries);
  let last = 0;
  return entries.map(({ at, from, event }, index) => {
    last = timed ? Math.max(last, at ?? last) : index;
    return { at: last, from, type: event.type, event: { ...event } };
  });
}

/** Whether a moment is an event that the server sent, of this type. */
export function isServer(moment: Moment, type: ServerEvent["type"]): boolean {
  return moment.from === "server" && moment.type === type;
}

/** Whether a moment is something that only this machine knew, of this type. */
export function isLocal(moment: Moment, type: LocalEvent["type"]): boolean {
  return moment.from === "local" && moment.type === type;
}

/** A field that is a string, or the empty one. */
export function text(value: object | undefined, name: string): string {
  const field: unknown = value === undefined ? undefined : Reflect.get(value, name);
  return typeof field === "string" ? field : "";
}

/** A field that is a number. */
export function number(value: object | undefined, name: string): number | undefined {
  const field: unknown = value === undefined ? undefined : Reflect.get(value, name);
  return typeof field === "number" ? field : undefined;
}

/** A field that is an object, or a list. */
export function inner(value: object | undefined, name: string): object | undefined {
  const field: unknown = value === undefined ? undefined : Reflect.get(value, name);
  return typeof field === "object" && field !== null ? field : undefined;
}

/** How many bytes a base64 text stands for. */
export function byteCount(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return Math.floor((base64.length * 3) / 4) - padding;
}
