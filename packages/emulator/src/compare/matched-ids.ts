/** Which ids of the emulator stand for which ids of a recording. */
export interface MatchedIds {
  /** Takes two events that correspond. The item before counts only where the recording has it: another is a mistake. */
  learn(recorded: object, emulated: object): void;
  /** The id that stands for a recorded one; the same where none is known. */
  idFor(recorded: string): string;
  /** The same value with the ids that stand for those in it. */
  translated(value: unknown): unknown;
}

const idFields: ReadonlySet<string> = new Set([
  "id",
  "item_id",
  "call_id",
  "response_id",
  "previous_item_id",
  "approval_request_id",
]);

/** No ids yet. `items` are those of the recording's items. */
export function matchedIds(items: ReadonlySet<unknown>): MatchedIds {
  const known = new Map<string, string>();

  const learn = (recorded: object, emulated: object) => {
    for (const [key, value] of Object.entries(recorded)) {
      // Both are JSON, of which any field may be missing.
      const other = (emulated as Readonly<Record<string, unknown>>)[key];
      if (key === "previous_item_id" && !items.has(value)) continue;
      if (idFields.has(key) && typeof value === "string" && typeof other === "string") {
        if (!known.has(value)) known.set(value, other);
      } else if (isContainer(value) && isContainer(other)) learn(value, other);
    }
  };

  const translated = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(translated);
    if (!isContainer(value)) return value;
    const entries = Object.entries(value).map(([key, field]) => [
      key,
      idFields.has(key) && typeof field === "string" ? (known.get(field) ?? field) : translated(field),
    ]);
    return Object.fromEntries(entries);
  };

  return { learn, idFor: (recorded) => known.get(recorded) ?? recorded, translated };
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
