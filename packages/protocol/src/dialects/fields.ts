import { isObject } from "../check.ts";

/** A JSON object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object with one field changed; the same reference when the change gives back what it got, or it has no such field. */
export function withChanged(fields: Fields, key: string, change: (value: unknown) => unknown): Fields {
  if (!Object.hasOwn(fields, key)) return fields;
  const changed = change(fields[key]);
  return changed === fields[key] ? fields : { ...fields, [key]: changed };
}

/** A list with each element changed; the same reference when none is, and for what is no list. */
export function withEach(list: unknown, change: (element: unknown) => unknown): unknown {
  if (!Array.isArray(list)) return list;
  const changed = list.map(change);
  return changed.some((element, index) => element !== list[index]) ? changed : list;
}

/**
 * The object with the field `from` moved to `path`, in the form that `convert` gives it. The field stays where it is
 * when it has no such form, that is `undefined`, and when something is at its new place already: nothing is lost.
 */
export function withMoved(
  fields: Fields,
  from: string,
  path: readonly string[],
  convert: (value: unknown) => unknown = (value) => value,
): Fields {
  if (!Object.hasOwn(fields, from)) return fields;
  const value = convert(fields[from]);
  const { [from]: _, ...rest } = fields;
  return (value === undefined ? undefined : withPlaced(rest, path, value)) ?? fields;
}

/** The object with a value at a path, objects made on the way; `undefined` when the place is taken or out of reach. */
function withPlaced(fields: Fields, path: readonly string[], value: unknown): Fields | undefined {
  const [key, ...further] = path;
  if (key === undefined) return undefined;
  const there = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (further.length === 0) return there === undefined ? { ...fields, [key]: value } : undefined;
  if (there !== undefined && !isObject(there)) return undefined;
  const inner = withPlaced(there ?? {}, further, value);
  return inner && { ...fields, [key]: inner };
}
