import type { UnknownEvent, WireEvent } from "./protocol.ts";

/**
 * Writes an event of either side as one text frame. Fields that are `undefined` are left out. Throws a `TypeError`
 * when the event cannot be JSON, because it contains itself or a `bigint`.
 */
export function encode(event: WireEvent | UnknownEvent): string {
  return JSON.stringify(event);
}
