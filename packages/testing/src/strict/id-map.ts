import type { UnknownEvent } from "@duologue/protocol";

/** Which id of the client stands for which id of the recording. */
export interface IdMap {
  set(recorded: string, sent: string): void;
  /** The event with the ids that this client knows. The same event where it has none of the others. */
  toSent(event: UnknownEvent): UnknownEvent;
}

/** Replaces whole strings, wherever they stand: an id is never a part of a text. */
export function idMap(): IdMap {
  const ids = new Map<string, string>();

  function replaced(value: unknown): unknown {
    if (typeof value === "string") return ids.get(value) ?? value;
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replaced(field)]));
  }

  return {
    set(recorded, sent) {
      if (recorded !== sent) ids.set(recorded, sent);
    },
    // Strings stand for strings: the shape stays, and no type is an id.
    toSent: (event) => (ids.size === 0 ? event : (replaced(event) as UnknownEvent)),
  };
}
