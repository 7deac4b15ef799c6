import type { Definition, Definitions, Schema } from "./definition.ts";
import { openString } from "./open-string.ts";

/** A schema that a single condition decides: the condition, its opposite, and what to say when it fails. */
export interface OneTest {
  holds(value: string): string;
  fails(value: string): string;
  readonly expected: readonly string[];
}

/** The condition for a schema; `undefined` when the schema looks inside the value. */
export function oneTest(schema: Schema, from: Definition, definitions: Definitions): OneTest | undefined {
  if (schema.$ref !== undefined) {
    const target = definitions.target(from, schema.$ref);
    return oneTest(target.schema, target, definitions);
  }
  if (schema.const !== undefined) return equal(schema.const);
  if (schema.enum !== undefined) return either(schema.enum.map(equal));
  if (openString(schema) !== undefined) {
    return either(schema.anyOf?.slice(1).map((part) => oneTest(part, from, definitions)) ?? []);
  }
  if (schema.anyOf !== undefined) return either(schema.anyOf.map((part) => oneTest(part, from, definitions)));
  if (Array.isArray(schema.type)) {
    return either(schema.type.map((type: string) => oneTest({ ...schema, type }, from, definitions)));
  }
  switch (schema.type) {
    case "null":
      return { holds: (x) => `${x} === null`, fails: (x) => `${x} !== null`, expected: ["null"] };
    case "boolean":
      return typeTest("boolean", "a boolean");
    case "string":
      return schema.maxLength === undefined ? typeTest("string", "a string") : shortText(schema.maxLength);
    case "number":
    case "integer":
      return numeric(schema);
    case "object":
      return schema.properties === undefined && typeof schema.additionalProperties !== "object"
        ? call((x) => `isObject(${x})`, "an object")
        : undefined;
    default:
      return undefined;
  }
}

/** What was expected, as words: `"a", "b" or null`. */
export function inWords(expected: readonly string[]): string {
  const last = expected.at(-1) ?? "nothing";
  return expected.length < 2 ? last : `${expected.slice(0, -1).join(", ")} or ${last}`;
}

function equal(value: string | number): OneTest {
  const text = JSON.stringify(value);
  return { holds: (x) => `${x} === ${text}`, fails: (x) => `${x} !== ${text}`, expected: [text] };
}

function typeTest(type: string, expected: string): OneTest {
  return {
    holds: (x) => `typeof ${x} === "${type}"`,
    fails: (x) => `typeof ${x} !== "${type}"`,
    expected: [expected],
  };
}

function shortText(most: number): OneTest {
  return {
    holds: (x) => `(typeof ${x} === "string" && isShort(${x}, ${most}))`,
    fails: (x) => `(typeof ${x} !== "string" || !isShort(${x}, ${most}))`,
    expected: [`a string of at most ${most} characters`],
  };
}

function numeric({ type, minimum, maximum }: Schema): OneTest {
  const bounds = [minimum ?? (maximum === undefined ? undefined : "-Infinity"), maximum];
  const given = bounds.filter((bound) => bound !== undefined).map((bound) => `, ${bound}`);
  const name = type === "integer" ? "isInteger" : "isNumber";
  const noun = type === "integer" ? "an integer" : "a number";
  const range =
    minimum === undefined
      ? maximum === undefined
        ? ""
        : ` up to ${maximum}`
      : maximum === undefined
        ? ` from ${minimum}`
        : ` from ${minimum} to ${maximum}`;
  return call((x) => `${name}(${x}${given.join("")})`, noun + range);
}

function call(written: (value: string) => string, expected: string): OneTest {
  return { holds: written, fails: (x) => `!${written(x)}`, expected: [expected] };
}

function either(tests: readonly (OneTest | undefined)[]): OneTest | undefined {
  const all = tests.filter((test) => test !== undefined);
  if (all.length < tests.length) return undefined;
  return {
    holds: (x) => all.map((test) => test.holds(x)).join(" || "),
    fails: (x) => all.map((test) => test.fails(x)).join(" && "),
    expected: all.flatMap((test) => test.expected),
  };
}
