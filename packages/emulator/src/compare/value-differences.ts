import { isObject } from "../wire/shape.ts";
import type { MatchedIds } from "./matched-ids.ts";
import type { ShapeDifference } from "./shape.ts";

/** The fields whose values are the service's promise: places in a list, and words of which there are a few. */
const comparedFields: ReadonlySet<string> = new Set([
  "type",
  "role",
  "status",
  "output_index",
  "content_index",
]);

/** The field whose value is the id of an item, which each side has named by itself. */
const predecessor = "previous_item_id";

/**
 * The fields of two events that have other values where both sides have one of the same JSON type: indexes, types,
 * roles and statuses, and the item that an item comes behind, by the ids that correspond. Elements of a list are
 * compared as they stand in it.
 */
export function valueDifferences(
  recorded: unknown,
  emulated: unknown,
  ids: MatchedIds,
  path = "",
): readonly ShapeDifference[] {
  if (Array.isArray(recorded) && Array.isArray(emulated)) {
    return recorded.flatMap((element, index) => valueDifferences(element, emulated[index], ids, `${path}[]`));
  }
  if (!isObject(recorded) || !isObject(emulated)) return [];
  return Object.entries(recorded).flatMap(([key, one]) => {
    const other = Object.hasOwn(emulated, key) ? emulated[key] : undefined;
    const at = path === "" ? key : `${path}.${key}`;
    if (typeof one === "object") return valueDifferences(one, other, ids, at);
    if (typeof one !== typeof other) return [];
    const isCompared = key === predecessor || comparedFields.has(key);
    const wanted = key === predecessor ? ids.idFor(String(one)) : one;
    if (!isCompared || wanted === other) return [];
    return [{ path: at, recorded: String(one), emulated: String(other) }];
  });
}
