import type { JsonSchema } from "./json-schema.ts";
import { isRegularExpression } from "./patterns.ts";
import { pointer } from "./pointer.ts";

/**
 * What makes a JSON Schema none, or one that a slip of the pen has made useless, with its place: the first that is found.
 * `isPart` where it describes the same value as a schema around it, which may say what this one leaves out.
 */
export function schemaComplaint(schema: unknown, path = "", isPart = false): string | undefined {
  if (typeof schema === "boolean") return undefined;
  const where = path === "" ? "" : `at ${path}, `;
  if (!isObject(schema)) return `${where}${quoted(schema)} is no schema`;
  const keywords = Object.entries(schema).filter(([, value]) => value !== undefined);
  for (const [keyword, value] of keywords) {
    const wrong = keywordComplaint(keyword, value);
    if (wrong !== undefined) return `${where}${wrong}`;
  }
  const missing = isPart ? undefined : undescribed(schema);
  if (missing !== undefined) return `${where}${quoted(missing)} is required, and not among the properties`;
  for (const [keyword, value] of keywords) {
    for (const [place, part] of schemasIn(keyword, value, pointer(path, keyword))) {
      const wrong = schemaComplaint(part, place, ofSameValue.includes(keyword));
      if (wrong !== undefined) return wrong;
    }
  }
  return undefined;
}

/** Keywords that hold one schema; `items` held a list of them before 2020-12. */
const one = [
  ...["additionalItems", "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames"],
  ...["then", "unevaluatedItems", "unevaluatedProperties"],
];
/** Keywords that hold a list of schemas. */
const several = ["allOf", "anyOf", "oneOf", "prefixItems"];
/** Keywords that hold schemas by name. */
const named = ["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];
/** Those of them that describe the value itself, or, referred to from wherever, may do so. */
const ofSameValue = [
  ...["$defs", "allOf", "anyOf", "definitions", "dependentSchemas", "else", "if", "not", "oneOf", "then"],
];

function schemasIn(keyword: string, value: unknown, place: string): readonly (readonly [string, unknown])[] {
  const isList = several.includes(keyword) || (keyword === "items" && Array.isArray(value));
  if (!isList && !named.includes(keyword)) return one.includes(keyword) ? [[place, value]] : [];
  // Keywords that hold anything else were complained of before.
  return Object.entries(value as object).map(([name, part]) => [pointer(place, name), part]);
}

const types = ["array", "boolean", "integer", "null", "number", "object", "string"];

function keywordComplaint(keyword: string, value: unknown): string | undefined {
  if (keyword === "type") {
    const bad = isFilled(value) ? value.find((type) => !isType(type)) : isType(value) ? undefined : value;
    return bad === undefined ? undefined : `${quoted(bad)} is no type: there are ${types.join(", ")}`;
  }
  if (keyword === "required") {
    const isNames = Array.isArray(value) && value.every((name) => typeof name === "string");
    return isNames ? undefined : `required is no list of names: ${quoted(value)}`;
  }
  if (keyword === "enum" && !isFilled(value)) return `enum is no list of values: ${quoted(value)}`;
  if (several.includes(keyword) && !isFilled(value))
    return `${keyword} is no list of schemas: ${quoted(value)}`;
  if (named.includes(keyword) && !isObject(value)) return `${keyword} holds no schemas: ${quoted(value)}`;
  const patterns =
    keyword === "pattern" ? [value] : keyword === "patternProperties" ? Object.keys(value as object) : [];
  const bad = patterns.find((text) => typeof text !== "string" || !isRegularExpression(text));
  return bad === undefined ? undefined : `a pattern is no regular expression: ${bad}`;
}

/** By these an object may have fields that are not among its own `properties`. */
const describing = [
  ...["$dynamicRef", "$ref", "allOf", "anyOf", "dependentSchemas", "if", "oneOf", "patternProperties"],
];

/** A field that is required, and that nothing describes. */
function undescribed(schema: JsonSchema): unknown {
  const { required, properties, additionalProperties } = schema;
  const isOpen = additionalProperties === true || isObject(additionalProperties);
  if (!isFilled(required) || isOpen || describing.some((keyword) => keyword in schema)) return undefined;
  return required.find((name) => !isObject(properties) || !Object.hasOwn(properties, String(name)));
}

function isType(type: unknown): boolean {
  return types.some((known) => known === type);
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
