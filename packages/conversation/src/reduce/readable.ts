// Frames that fail validation are delivered too, and may have anything anywhere. What is taken from them into a state
// goes through here, so that a state is one whatever came.

/** What a frame says where it says it in a string. */
export function textOr<T>(value: unknown, fallback: T): string | T {
  return typeof value === "string" ? value : fallback;
}

/** What a frame says where it says it in a number from 0. */
export function amountOr<T>(value: unknown, fallback: T): number | T {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : fallback;
}

/** What a frame says where it says it in an object, whatever is in that. */
export function objectOr<O extends object, T>(value: O | null | undefined, fallback: T): O | T {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : fallback;
}

/** Whether two things that came as JSON say the same. */
export function isAlike(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
