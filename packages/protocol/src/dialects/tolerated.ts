import { isObject } from "../check.ts";
import type { Issue } from "../protocol.ts";
import type { FieldDifference } from "./dialect-facts.ts";

/** The issues of an event without those that a dialect's tolerated differences explain. */
export function withoutTolerated(
  event: { readonly type: string },
  issues: readonly Issue[],
  differences: readonly FieldDifference[],
): readonly Issue[] {
  if (issues.length === 0) return issues;
  const tolerated = differences.filter(
    ({ handling, events }) =>
      handling === "tolerated" && (events === undefined || events.some((type) => type === event.type)),
  );
  const left = issues.filter(
    ({ path }) => !tolerated.some((difference) => explains(difference, event, path)),
  );
  return left.length === issues.length ? issues : left;
}

function explains({ path: pattern, values }: FieldDifference, event: unknown, path: string): boolean {
  const [wanted, steps] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== steps.length) return false;
  if (!wanted.every((step, index) => step === "*" || step === steps[index])) return false;
  if (values === undefined) return true;
  const found = valueAt(event, steps.slice(1));
  return values.some((value) => value === found);
}

function valueAt(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((inside, step) => {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(inside)) return inside[Number(key)];
    return isObject(inside) && Object.hasOwn(inside, key) ? inside[key] : undefined;
  }, value);
}
