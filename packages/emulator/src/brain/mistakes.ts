import type { Refusal } from "../wire/refusal.ts";
import { mostFurther, type Shape } from "../wire/shape.ts";

/**
 * What is wrong with a value of a program or a file, by a shape: each mistake in a sentence that names its place, which
 * `path` begins. There are `mostFurther + 1` at the most.
 */
export function mistakesIn(shape: Shape, value: unknown, path: string): readonly string[] {
  const further: Refusal[] = [];
  const first = shape(value, path, further);
  return first === undefined ? [] : [first, ...further].slice(0, mostFurther + 1).map(placed);
}

/** Mistakes as one text: a single one behind the heading, several below it, each on its line. */
export function mistakesText(heading: string, mistakes: readonly string[]): string {
  const [only] = mistakes;
  if (mistakes.length === 1) return `${heading} ${only}`;
  const told = mistakes.slice(0, mostFurther);
  const more = mistakes.length > told.length ? ["There are more."] : [];
  return [heading, ...told, ...more].join("\n  ");
}

/** The service names the place beside its sentence where that does not name it. */
function placed({ param, message }: Refusal): string {
  return param === null || param === "" || message.includes(`'${param}'`)
    ? message
    : `'${param}': ${message}`;
}
