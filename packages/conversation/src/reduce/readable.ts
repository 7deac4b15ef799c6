// Frames that fail validation are delivered too, and may have anything anywhere. What is taken from them into a state
// goes through here, so that a state is one whatever came.

/** What a frame says where it says it in a string. */
export function textOr<T>(value: unknown, fallback: T): string | T {
  return typeof value === "string" ? value : fallback;
}

/** What a frame says where it says it in an object, whatever is in that; what is nested without end says nothing. */
export function objectOr<O extends object, T>(value: O | null | undefined, fallback: T): O | T {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && !isDeep(value) ? value : fallback;
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

/** Whether two things that came as JSON say the same. */
export function isAlike(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
