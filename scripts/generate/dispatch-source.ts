import type { Definition, Definitions, Schema } from "./definition.ts";
import { inWords } from "./one-test.ts";

/** One alternative of a union of objects, and the call that checks it. */
export interface Alternative {
  readonly schema: Schema;
  readonly from: Definition;
  readonly check: string;
}

/**
 * Statements that find out which of several object shapes `v` means to be and check that one alone, so that issues
 * speak of the chosen alternative: by a field that each one fixes to its own value (`type`, then `role`), otherwise
 * by a field that only one of them has.
 */
export function dispatchSource(alternatives: readonly Alternative[], definitions: Definitions): string {
  const [only, ...others] = alternatives;
  if (only === undefined) throw new Error("a union of nothing");
  if (others.length === 0) return `return ${only.check}(v);`;
  for (const field of Object.keys(fieldsOf(only, definitions)[0]?.properties ?? {})) {
    const groups = groupedBy(field, alternatives, definitions);
    if (groups === undefined || groups.size < 2) continue;
    const cases = new Map<string, string[]>();
    for (const [value, group] of groups) {
      const statement = dispatchSource(group, definitions);
      cases.set(statement, [...(cases.get(statement) ?? []), value]);
    }
    const written = [...cases].map(
      ([statement, values]) => `${values.map((value) => `case ${value}:`).join(" ")} ${statement}`,
    );
    const expected = JSON.stringify(inWords([...groups.keys()]));
    return `switch (v.${field}) { ${written.join(" ")} default: return wrong(undefined, v, "${field}", ${expected}); }`;
  }
  return byPresence(alternatives, definitions);
}

function byPresence(alternatives: readonly Alternative[], definitions: Definitions): string {
  const signs = alternatives.map((alternative) => {
    const others = alternatives.filter((other) => other !== alternative);
    const sign = fieldsOf(alternative, definitions)[0]?.required?.find(
      (field) =>
        !others.some((other) => fieldsOf(other, definitions).some(({ properties }) => properties?.[field])),
    );
    if (sign === undefined)
      throw new Error(`${alternative.from.file}: alternatives that cannot be told apart`);
    return sign;
  });
  const choices = alternatives.map(
    (alternative, index) => `if (v.${signs[index]} !== undefined) return ${alternative.check}(v);`,
  );
  const expected = JSON.stringify(`an object with ${inWords(signs.map((sign) => JSON.stringify(sign)))}`);
  return `${choices.join(" ")} return unlike(${expected}, v);`;
}

/** Alternatives by the values that they fix a field to; `undefined` when one of them leaves it open. */
function groupedBy(
  field: string,
  alternatives: readonly Alternative[],
  definitions: Definitions,
): ReadonlyMap<string, readonly Alternative[]> | undefined {
  const groups = new Map<string, Alternative[]>();
  for (const alternative of alternatives) {
    for (const shape of fieldsOf(alternative, definitions)) {
      const value = shape.properties?.[field]?.const;
      if (value === undefined) return undefined;
      const key = JSON.stringify(value);
      const group = groups.get(key) ?? [];
      if (!group.includes(alternative)) group.push(alternative);
      groups.set(key, group);
    }
  }
  return groups;
}

/** The object shapes that an alternative consists of: itself, or all alternatives of a union. */
function fieldsOf(
  { schema, from }: Pick<Alternative, "schema" | "from">,
  definitions: Definitions,
): readonly Schema[] {
  if (schema.$ref !== undefined) {
    const target = definitions.target(from, schema.$ref);
    return fieldsOf({ schema: target.schema, from: target }, definitions);
  }
  if (schema.anyOf !== undefined)
    return schema.anyOf.flatMap((part) => fieldsOf({ schema: part, from }, definitions));
  return [schema];
}
