import { isObject } from "../check.ts";
import { withChanged } from "./fields.ts";

/** An event whose session says `null` where it says in words that turn detection is off. */
export function withTurnDetectionOff<E extends object>(event: E, words: readonly unknown[]): E {
  const inner = (change: (value: unknown) => unknown, key: string) => (fields: unknown) =>
    isObject(fields) ? withChanged(fields, key, change) : fields;
  const off = (value: unknown) => (isObject(value) && words.includes(value.type) ? null : value);
  const change = inner(inner(inner(off, "turn_detection"), "input"), "audio");
  // The event has the same fields as before; `isObject` forgets which those were.
  return (isObject(event) ? withChanged(event, "session", change) : event) as E;
}
