import { fieldRefusal, type Refusal } from "./refusal.ts";

/**
 * Compares a value with what the service takes, and words the first difference as the service does. `path` is the
 * value's own place, as `session.tools[0].name`; the empty string is the event itself. Where `further` is given, the next
 * differences are put into it, in order, until it holds `mostFurther`; the service tells of one alone.
 */
export interface Shape {
  (value: unknown, path: string, further?: Refusal[]): Refusal | undefined;
  /** What it takes, in JSON Schema 2020-12, as far as that can say it. */
  readonly schema: JsonSchema;
}

/** A JSON Schema, which is plain JSON itself. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a shape does. */
type Check = (value: unknown, path: string, further?: Refusal[]) => Refusal | undefined;

/** More differences than this help nobody. */
export const mostFurther = 9;

/** A shape that checks like this; `schema` says as much of it as a JSON Schema can. */
export function shape(check: Check, schema: JsonSchema): Shape {
  return Object.assign<Check, { schema: JsonSchema }>((value, path, further) => check(value, path, further), {
    schema,
  });
}

/** The same shape under a name, by which a schema that has it at several places refers to it. */
export function named(title: string, of: Shape): Shape {
  return shape(of, { title, ...of.schema });
}

/** The same shape, with a sentence for whoever fills it in. */
export function described(description: string, of: Shape): Shape {
  return shape(of, { ...of.schema, description });
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Takes everything. */
export const anything: Shape = shape(() => undefined, {});

/** Takes `true` and `false`. */
export const flag: Shape = shape(
  (value, path) => (typeof value === "boolean" ? undefined : wrongType(path, "a boolean", value)),
  { type: "boolean" },
);

/** Takes any JSON object, whatever its fields. */
export const anyObject: Shape = shape(
  (value, path) => (isObject(value) ? undefined : wrongType(path, "an object", value)),
  { type: "object" },
);

/** Takes strings between two lengths in UTF-16 code units, both included. */
export function text({ minLength = 0, maxLength = Number.POSITIVE_INFINITY } = {}): Shape {
  const check = (value: unknown, path: string) => {
    if (typeof value !== "string") return wrongType(path, "a string", value);
    if (value.length < minLength) {
      const wanted = `Expected a string with minimum length ${minLength}, but got a string with length ${value.length} instead.`;
      return fieldRefusal("string_below_min_length", path, `Invalid '${path}': string too short. ${wanted}`);
    }
    if (value.length <= maxLength) return undefined;
    const expected = `Expected a string with maximum length ${maxLength}, but got a string with length ${value.length} instead.`;
    return fieldRefusal("string_above_max_length", path, `Invalid '${path}': string too long. ${expected}`);
  };
  const shortest = minLength > 0 && { minLength };
  return shape(check, { type: "string", ...shortest, ...bound("maxLength", maxLength) });
}

/** Takes numbers between two bounds, both included; whole ones only where `whole` says so. None is endless. */
export function number({
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
  whole = false,
} = {}): Shape {
  const kind = whole ? "integer" : "decimal";
  const check = (value: unknown, path: string) => {
    if (typeof value !== "number" || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
      return wrongType(path, whole ? "an integer" : "a decimal number", value);
    }
    if (value < min) {
      const message = `Invalid '${path}': ${kind} below minimum value. Expected a value >= ${min}, but got ${value} instead.`;
      return fieldRefusal(`${kind}_below_min_value`, path, message);
    }
    if (value > max) {
      const message = `Invalid '${path}': ${kind} above maximum value. Expected a value <= ${max}, but got ${value} instead.`;
      return fieldRefusal(`${kind}_above_max_value`, path, message);
    }
    return undefined;
  };
  const type = whole ? "integer" : "number";
  return shape(check, { type, ...bound("minimum", min), ...bound("maximum", max) });
}

/** Takes whole numbers between two bounds, both included. */
export function integer(bounds: { readonly min?: number; readonly max?: number } = {}): Shape {
  return number({ ...bounds, whole: true });
}

/** Takes these strings and no other. */
export function oneOf(...values: readonly string[]): Shape {
  const check = (value: unknown, path: string) => {
    if (typeof value !== "string") return wrongType(path, "a string", value);
    return values.includes(value)
      ? undefined
      : fieldRefusal("invalid_value", path, unsupported(value, values));
  };
  return shape(check, { enum: values });
}

/** Takes what `of` takes, and `null`. */
export function nullable(of: Shape): Shape {
  const check: Check = (value, path, further) => (value === null ? undefined : of(value, path, further));
  return shape(check, { anyOf: [of.schema, { type: "null" }] });
}

/** Takes arrays of what `of` takes. */
export function list(of: Shape, { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = {}): Shape {
  const check: Check = (value, path, further) => {
    if (!Array.isArray(value)) return wrongType(path, "an array", value);
    if (value.length < minItems || value.length > maxItems) {
      const few = value.length < minItems;
      const expected = few ? `minimum length ${minItems}` : `maximum length ${maxItems}`;
      const message = `Invalid '${path}': array too ${few ? "short" : "long"}. Expected an array with ${expected}, but got an array with length ${value.length} instead.`;
      return fieldRefusal(`array_${few ? "below_min" : "above_max"}_length`, path, message);
    }
    return first(value, (entry, index) => of(entry, `${path}[${index}]`, further), further);
  };
  const bounds = { ...(minItems > 0 && { minItems }), ...bound("maxItems", maxItems) };
  return shape(check, { type: "array", items: of.schema, ...bounds });
}

/** Takes objects with any keys whose values `of` takes. */
export function record(of: Shape, { maxKeys = Number.POSITIVE_INFINITY, maxKeyLength = 512 } = {}): Shape {
  const check: Check = (value, path, further) => {
    if (!isObject(value)) return wrongType(path, "an object", value);
    const entries = Object.entries(value);
    if (entries.length > maxKeys) {
      const message = `Invalid '${path}': too many properties. Expected an object with at most ${maxKeys} properties, but got an object with ${entries.length} properties instead.`;
      return fieldRefusal("object_above_max_properties", path, message);
    }
    const checkEntry = ([key, entry]: readonly [string, unknown]) =>
      key.length > maxKeyLength
        ? fieldRefusal("string_above_max_length", path, `Invalid '${path}': key '${key}' is too long.`)
        : of(entry, `${path}.${key}`, further);
    return first(entries, checkEntry, further);
  };
  return shape(check, {
    type: "object",
    additionalProperties: of.schema,
    propertyNames: { maxLength: maxKeyLength },
    ...bound("maxProperties", maxKeys),
  });
}

/**
 * Takes objects with these fields and no other. Missing fields are reported before unknown ones. An optional one that is
 * `undefined`, as it may be in a program, is absent.
 */
export function object(fields: {
  readonly required?: Readonly<Record<string, Shape>>;
  readonly optional?: Readonly<Record<string, Shape>>;
}): Shape {
  const required = new Map(Object.entries(fields.required ?? {}));
  const known = new Map([...required, ...Object.entries(fields.optional ?? {})]);
  const check: Check = (value, path, further) => {
    if (!isObject(value)) return wrongType(path, "an object", value);
    const checkName = (name: string) => (name in value ? undefined : missing(join(path, name)));
    const checkField = ([name, field]: readonly [string, unknown]) => {
      const at = join(path, name);
      const of = known.get(name);
      if (of !== undefined && field === undefined && !required.has(name)) return undefined;
      if (of !== undefined) return of(field, at, further);
      return fieldRefusal("unknown_parameter", at, `Unknown parameter: '${at}'.`);
    };
    const absent = first([...required.keys()], checkName, further);
    if (absent !== undefined && further === undefined) return absent;
    const wrong = first(Object.entries(value), checkField, further, absent);
    return absent ?? wrong;
  };
  return shape(check, {
    type: "object",
    properties: Object.fromEntries([...known].map(([name, of]) => [name, of.schema])),
    ...(required.size > 0 && { required: [...required.keys()] }),
    additionalProperties: false,
  });
}

/** Takes an object whose field `tag` says which of the shapes it has. */
export function variants(tag: string, shapes: Readonly<Record<string, Shape>>): Shape {
  const byTag = new Map(Object.entries(shapes));
  const tags = oneOf(...byTag.keys());
  const check: Check = (value, path, further) => {
    if (!isObject(value)) return wrongType(path, "an object", value);
    const found = value[tag];
    if (found === undefined) return missing(join(path, tag));
    const refused = tags(found, join(path, tag));
    return refused ?? byTag.get(String(found))?.(value, path, further);
  };
  return shape(check, { anyOf: [...byTag].map(([name, { schema }]) => tagged(schema, tag, name)) });
}

/** The schema of the objects in which this field has this value. */
function tagged(schema: JsonSchema, tag: string, value: string): JsonSchema {
  const { properties, required } = schema;
  const others = Array.isArray(required) ? required.filter((name) => name !== tag) : [];
  return {
    ...schema,
    // The properties of a schema are an object, where it has any.
    properties: { ...(properties as JsonSchema | undefined), [tag]: { const: value } },
    required: [tag, ...others],
  };
}

/** Takes what `of` takes where a value is one that `is` means, and otherwise what `other` takes. */
export function either(is: (value: unknown) => boolean, of: Shape, other: Shape): Shape {
  const check: Check = (value, path, further) => (is(value) ? of : other)(value, path, further);
  return shape(check, { anyOf: [of.schema, other.schema] });
}

/** Whether a value is a string. */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A bound in a schema, which has no word for none. */
function bound(name: string, value: number): JsonSchema {
  return Number.isFinite(value) ? { [name]: value } : {};
}

/** The first thing that `check` finds fault with, or what was found before; the others go into `further`. */
function first<T>(
  values: readonly T[],
  check: (value: T, index: number) => Refusal | undefined,
  further: Refusal[] | undefined,
  before?: Refusal,
): Refusal | undefined {
  let found = before;
  for (const [index, value] of values.entries()) {
    const place = further?.length ?? 0;
    const refused = check(value, index);
    if (refused === undefined) continue;
    if (further === undefined) return refused;
    // What the check itself has put there comes behind it.
    if (found === undefined) found = refused;
    else further.splice(place, 0, refused);
    if (further.length >= mostFurther) break;
  }
  return found;
}

/** `Invalid value: 'x'. Supported values are: 'a', 'b', and 'c'.`, as the service words it. */
export function unsupported(value: string, supported: readonly string[]): string {
  const quoted = supported.map((name) => `'${name}'`);
  const [only] = quoted;
  if (quoted.length === 1) return `Invalid value: '${value}'. Value must be ${only}.`;
  const head = quoted.slice(0, -1).join(", ");
  const comma = quoted.length > 2 ? "," : "";
  return `Invalid value: '${value}'. Supported values are: ${head}${comma} and ${quoted.at(-1)}.`;
}

function missing(path: string): Refusal {
  return fieldRefusal("missing_required_parameter", path, `Missing required parameter: '${path}'.`);
}

function wrongType(path: string, expected: string, value: unknown): Refusal {
  const message = `Invalid type for '${path}': expected ${expected}, but got ${kindOf(value)} instead.`;
  return fieldRefusal("invalid_type", path, message);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value === "number" && !Number.isFinite(value)) return "a number without end";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a decimal number";
  return `a ${typeof value}`;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
