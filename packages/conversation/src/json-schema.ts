import type { Issue } from "@duologue/protocol";
import { matches } from "./patterns.ts";
import { pointer } from "./pointer.ts";
import { isAlike } from "./reduce/readable.ts";
import { isOfFormat } from "./text-formats.ts";

/** A JSON Schema; a TypeBox schema is one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Where a JSON value differs from a JSON Schema, in the words of `Protocol.issuesOf`; empty when it conforms.
 *
 * Reads what schemas of function arguments are made of: `type`, `enum`, `const`, the bounds of numbers, texts, lists
 * and objects, `pattern`, `format`, `items`, `prefixItems`, `properties`, `required`, `patternProperties`,
 * `additionalProperties`, `anyOf`, `oneOf`, `allOf`, `not`, and `$ref` within the schema. Every other keyword says
 * nothing here, and neither does a `format` that few use. No code is made at run time. A schema that leads back to
 * itself for the same value says nothing more of it. A value of more than 128 levels does not conform, whatever the
 * schema.
 */
export function schemaIssues(schema: JsonSchema, value: unknown): readonly Issue[] {
  if (isDeeper(value, maxLevels)) return [{ path: "", message: `nested more than ${maxLevels} levels deep` }];
  return differences(schema, value, { root: schema, path: "", entered: [] });
}

const maxLevels = 128;

/** Whether a value has more than so many levels; looks at one after the other, since a call for each could overflow. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: readonly unknown[] = [value];
  for (let count = 0; level.length > 0; count++) {
    if (count > levels) return true;
    level = level.flatMap((part) => (typeof part === "object" && part !== null ? Object.values(part) : []));
  }
  return false;
}

/** Where a comparison stands. */
interface Place {
  /** The whole schema, for references. */
  readonly root: JsonSchema;
  /** The JSON Pointer of the value. */
  readonly path: string;
  /** The schemas that are being compared with this very value. */
  readonly entered: readonly JsonSchema[];
}

function differences(schema: unknown, value: unknown, outer: Place): Issue[] {
  if (schema === false) return [issue(outer, "nothing", value)];
  if (!isObject(schema) || outer.entered.includes(schema)) return [];
  const place = { ...outer, entered: [...outer.entered, schema] };
  if (typeof schema.$ref === "string") return differences(referred(schema.$ref, place.root), value, place);
  const found = [
    ...ofKind(schema, value, place),
    ...ofNumber(schema, value, place),
    ...ofText(schema, value, place),
    ...ofList(schema, value, place),
    ...ofObject(schema, value, place),
  ];
  return [...found, ...ofForms(schema, value, place)];
}

/** The part of a schema that a reference within it names; everything conforms to one that is not found. */
function referred(name: string, root: JsonSchema): unknown {
  if (name === "#" || name === root.$id) return root;
  if (!name.startsWith("#/")) return isObject(root.$defs) ? root.$defs[name] : undefined;
  return unescaped(name.slice(2))
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((part, step) => (isObject(part) ? part[step] : undefined), root);
}

/** A fragment of a URI, percent-encoding undone; one that is none stands for itself. */
function unescaped(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function ofKind(schema: JsonSchema, value: unknown, place: Place): Issue[] {
  if ("const" in schema && !isAlike(schema.const, value)) {
    return [issue(place, JSON.stringify(schema.const), value)];
  }
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => isAlike(one, value))) {
    return [issue(place, `one of ${schema.enum.map((one) => JSON.stringify(one)).join(", ")}`, value)];
  }
  const types = list(schema.type).filter((type) => typeof type === "string");
  if (types.length === 0 || types.some((type) => isOfType(type, value))) return [];
  return [issue(place, types.map((type) => nouns[type] ?? type).join(" or "), value)];
}

const nouns: Readonly<Record<string, string>> = {
  array: "an array",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  object: "an object",
  string: "a string",
};

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function ofNumber(schema: JsonSchema, value: unknown, place: Place): Issue[] {
  if (typeof value !== "number") return [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  return expected(place, value, [
    [isNumber(minimum) && value < minimum, `at least ${minimum}`],
    [isNumber(maximum) && value > maximum, `at most ${maximum}`],
    [isNumber(exclusiveMinimum) && value <= exclusiveMinimum, `more than ${exclusiveMinimum}`],
    [isNumber(exclusiveMaximum) && value >= exclusiveMaximum, `less than ${exclusiveMaximum}`],
    [isNumber(multipleOf) && !isMultiple(value, multipleOf), `a multiple of ${multipleOf}`],
  ]);
}

/** Whether one number is a multiple of another, up to the rounding of binary fractions such as 0.1. */
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
}

function ofText(schema: JsonSchema, value: unknown, place: Place): Issue[] {
  if (typeof value !== "string") return [];
  // Characters are counted as JSON Schema does: by code points.
  const length = [...value].length;
  const { minLength, maxLength, pattern, format } = schema;
  return expected(place, value, [
    [isNumber(minLength) && length < minLength, `at least ${minLength} characters`],
    [isNumber(maxLength) && length > maxLength, `at most ${maxLength} characters`],
    [typeof pattern === "string" && !matches(pattern, value), `a text that matches ${pattern}`],
    [typeof format === "string" && !isOfFormat(format, value), `a text of the format ${format}`],
  ]);
}

function ofList(schema: JsonSchema, value: unknown, place: Place): Issue[] {
  if (!Array.isArray(value)) return [];
  const { minItems, maxItems, uniqueItems } = schema;
  // Before 2020-12 a tuple stands in `items` itself.
  const isTuple = Array.isArray(schema.items);
  const first = list(isTuple ? schema.items : schema.prefixItems);
  const rest = isTuple ? schema.additionalItems : schema.items;
  return [
    ...expected(place, value, [
      [isNumber(minItems) && value.length < minItems, `at least ${minItems} entries`],
      [isNumber(maxItems) && value.length > maxItems, `at most ${maxItems} entries`],
      [uniqueItems === true && hasTwins(value), "entries that differ"],
    ]),
    ...value.flatMap((entry, index) => differences(first[index] ?? rest, entry, inside(place, index))),
  ];
}

function hasTwins(value: readonly unknown[]): boolean {
  return value.some((entry, index) => value.slice(0, index).some((other) => isAlike(other, entry)));
}

function ofObject(schema: JsonSchema, value: unknown, place: Place): Issue[] {
  if (!isObject(value)) return [];
  const { minProperties, maxProperties } = schema;
  const names = Object.keys(value);
  const missing = list(schema.required).filter(
    (name): name is string => typeof name === "string" && !Object.hasOwn(value, name),
  );
  return [
    ...expected(place, value, [
      [isNumber(minProperties) && names.length < minProperties, `at least ${minProperties} fields`],
      [isNumber(maxProperties) && names.length > maxProperties, `at most ${maxProperties} fields`],
    ]),
    ...missing.map((name) => ({ path: inside(place, name).path, message: "missing, and required" })),
    ...names.flatMap((name) => ofField(schema, name, value[name], inside(place, name))),
  ];
}

function ofField(schema: JsonSchema, name: string, value: unknown, place: Place): Issue[] {
  const { properties, patternProperties, additionalProperties } = schema;
  const own = isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [];
  const byPattern = Object.entries(isObject(patternProperties) ? patternProperties : {})
    .filter(([pattern]) => matches(pattern, name))
    .map(([, part]) => part);
  const schemas = [...own, ...byPattern];
  if (schemas.length > 0) return schemas.flatMap((part) => differences(part, value, place));
  if (additionalProperties === false) return [{ path: place.path, message: "there is no such field" }];
  return differences(additionalProperties, value, place);
}

/** What is wrong by the keywords that combine schemas. Of several forms, none of which fits, the nearest speaks. */
function ofForms(schema: JsonSchema, value: unknown, place: Place): Issue[] {
  const found = list(schema.allOf).flatMap((part) => differences(part, value, place));
  if ("not" in schema && differences(schema.not, value, place).length === 0) {
    found.push(issue(place, "something else", value));
  }
  const compared = (forms: unknown) => list(forms).map((form) => differences(form, value, place));
  const ones = compared(schema.oneOf);
  for (const all of [compared(schema.anyOf), ones]) {
    found.push(...nearestOf(all, value, place));
  }
  if (ones.filter((issues) => issues.length === 0).length > 1) {
    found.push(issue(place, "exactly one of the forms", value));
  }
  return found;
}

/** What is wrong by the nearest of several forms; where several want no more than another value, all that they want. */
function nearestOf(forms: readonly (readonly Issue[])[], value: unknown, place: Place): readonly Issue[] {
  const [nearest = []] = [...forms].sort((a, b) => a.length - b.length);
  const [before, after] = ["expected ", `, found ${quoted(value)}`];
  const wanted = forms.flatMap(([first, ...more]) =>
    first?.path === place.path && more.length === 0 && first.message.endsWith(after)
      ? [first.message.slice(before.length, -after.length)]
      : [],
  );
  return nearest.length === 1 && wanted.length > 1
    ? [issue(place, [...new Set(wanted)].join(" or "), value)]
    : nearest;
}

/** An issue for each condition that holds. */
function expected(
  place: Place,
  value: unknown,
  conditions: readonly (readonly [boolean, string])[],
): Issue[] {
  return conditions.flatMap(([isWrong, what]) => (isWrong ? [issue(place, what, value)] : []));
}

const mostQuotedCharacters = 60;

function issue({ path }: Place, what: string, value: unknown): Issue {
  return { path, message: `expected ${what}, found ${quoted(value)}` };
}

function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > mostQuotedCharacters ? `${text.slice(0, mostQuotedCharacters)}…` : text;
}

function inside({ root, path }: Place, step: string | number): Place {
  return { root, entered: [], path: pointer(path, step) };
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** The value as a list: a list as it is, nothing as none, anything else as the only entry. */
function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}
