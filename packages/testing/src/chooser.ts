/** Decides: given a number of choices, at least 1, gives one of `0` … `choices - 1`. */
export type Chooser = (choices: number) => number;

/**
 * A chooser that follows a list, and takes the first choice when the list is at its end. What the generators of this
 * package make of a shorter list, or of smaller numbers, is simpler: a property-testing library that shrinks the list
 * shrinks what was made of it. With fast-check, an arbitrary of sessions is
 *
 * ```ts
 * fc.array(fc.nat(), { maxLength: 300, size: "max" }).map((list) => legalSession(chooser(list)));
 * ```
 */
export function chooser(list: readonly number[]): Chooser {
  let at = 0;
  return (choices) => {
    const choice = list[at] ?? 0;
    at += 1;
    return Math.abs(Math.trunc(choice)) % choices;
  };
}
