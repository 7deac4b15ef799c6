// Frames that fail validation are delivered too, and may have anything anywhere. What is taken from them into a state
// goes through here, so that a state is one whatever came.

/** What a frame says where it says it in a string; else `undefined`. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The same of an object, whatever is in it; what is nested without end says nothing. */
export function readObject<O extends object>(value: O | null | undefined): O | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && !isDeep(value) ? value : undefined;
}

/** More levels than any frame has that means something, and few enough for whoever goes through them one by one. */
const maxDepth = 100;

/** Whether a value is nested deeper than anything that is taken into a state. */
export function isDeep(value: unknown, levels: number = maxDepth): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeep(inner, levels - 1));
}

/** Beyond this a number counts nothing that there is, and sums of such numbers may be none. */
const mostAmount = 1e15;

/** Whether a frame says how much of something there is: a number from 0, and no absurd one. */
export function isAmount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= mostAmount;
}

/**
 * Whether two things that are JSON say the same, in whatever order their fields stand; one that is `undefined` is none.
 * What is the very same in both is not looked into.
 */
export function isAlike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const fields = fieldsOf(one);
  const others = new Map(fieldsOf(other));
  return (
    Array.isArray(one) === Array.isArray(other) &&
    fields.length === others.size &&
    fields.every(([name, value]) => isAlike(value, others.get(name)))
  );
}

function fieldsOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}
