import type { UnknownEvent, WireEvent } from "../protocol.ts";

/** The event itself, for dialects that have the core's form. */
export function untouched(event: WireEvent | UnknownEvent): UnknownEvent {
  // What was read from a frame is a JSON object, whatever its type is called.
  return event as UnknownEvent;
}
