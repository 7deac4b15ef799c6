import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A JSON Schema as it stands in a file, and where. */
export interface Placed {
  readonly file: string;
  readonly schema: Schema;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

/** A value that differs from its schema in one place. */
export interface NearMiss {
  /** JSON Pointer of the place. */
  readonly path: string;
  readonly what: "gone" | "type" | "value" | "bound";
  readonly value: unknown;
}

export function schemaAt(file: string): Placed {
  return { file, schema: JSON.parse(readFileSync(file, "utf8")) as Schema };
}

/**
 * Everything next to an example that its schema, read as a person reads it, does not allow: each required field gone,
 * each field of a wrong type, each fixed or enumerated value another one, each bound exceeded. Where a field has
 * alternatives, only what none of them can be is a near miss.
 */
export function nearMisses(place: Placed, example: unknown): NearMiss[] {
  return missesOf(place, example, "").map(({ path, what, replace }) => ({
    path,
    what,
    value: replaced(example, path.split("/").slice(1), replace),
  }));
}

/** Takes a field out. */
const gone = Symbol("gone");

interface Miss {
  readonly path: string;
  readonly what: NearMiss["what"];
  readonly replace: unknown;
}

function missesOf(place: Placed, value: unknown, path: string): Miss[] {
  const options = alternatives(place);
  const types = new Set(options.flatMap(({ schema }) => typesOf(schema)));
  const misses: Miss[] = [];
  const wrong = { string: "text", number: 12.5, boolean: true, null: null, object: {}, array: [] };
  for (const [type, replace] of Object.entries(wrong)) {
    if (!types.has(type) && !(type === "number" && types.has("integer")))
      misses.push({ path, what: "type", replace });
  }
  if (types.has("integer") && !types.has("number")) misses.push({ path, what: "type", replace: 12.5 });
  if (
    options.every(
      ({ schema }) =>
        schema.const !== undefined || schema.enum !== undefined || !typesOf(schema).includes("string"),
    )
  ) {
    if (types.has("string")) misses.push({ path, what: "value", replace: "no such value" });
  }
  const [only, ...others] = options.filter((option) => fits(option, value));
  if (only === undefined || others.length > 0) return misses;
  const { schema } = only;
  if (schema.minimum !== undefined) misses.push({ path, what: "bound", replace: schema.minimum - 1 });
  if (schema.maximum !== undefined) misses.push({ path, what: "bound", replace: schema.maximum + 1 });
  if (schema.maxLength !== undefined && schema.maxLength < 10_000) {
    misses.push({ path, what: "bound", replace: "x".repeat(schema.maxLength + 1) });
  }
  if (isRecord(value)) {
    for (const name of schema.required ?? []) {
      // Without what tells alternatives apart, the parent is the place.
      misses.push({ path: `${path}/${name}`, what: "gone", replace: gone });
    }
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      if (name in value)
        misses.push(...missesOf({ file: only.file, schema: field }, value[name], `${path}/${name}`));
    }
  }
  if (Array.isArray(value) && schema.items !== undefined && value.length > 0) {
    misses.push(...missesOf({ file: only.file, schema: schema.items }, value[0], `${path}/0`));
  }
  return misses;
}

/** What a schema can be, references and alternatives resolved. */
function alternatives({ file, schema }: Placed): Placed[] {
  if (schema.$ref !== undefined) return alternatives(schemaAt(join(dirname(file), schema.$ref)));
  if (schema.anyOf !== undefined)
    return schema.anyOf.flatMap((option) => alternatives({ file, schema: option }));
  if (schema.allOf !== undefined) return schema.allOf.flatMap((part) => alternatives({ file, schema: part }));
  return [{ file, schema }];
}

/** Whether a value is of this alternative: of its type, with the fixed fields by which alternatives are told apart. */
function fits({ file, schema }: Placed, value: unknown): boolean {
  if (!isRecord(value)) return !typesOf(schema).includes("object");
  return (
    typesOf(schema).includes("object") &&
    Object.entries(schema.properties ?? {}).every(([name, field]) =>
      alternatives({ file, schema: field }).some(({ schema: { const: fixed } }) =>
        fixed === undefined ? true : !(name in value) || value[name] === fixed,
      ),
    )
  );
}

function typesOf({ type, const: fixed, enum: values, properties }: Schema): string[] {
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return [...type];
  const known = fixed === undefined ? (values ?? []) : [fixed];
  if (known.length > 0) return known.map((value) => (value === null ? "null" : typeof value));
  return properties === undefined ? ["string", "number", "boolean", "null", "object", "array"] : ["object"];
}

function replaced(value: unknown, path: readonly string[], replace: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return replace;
  if (Array.isArray(value)) return value.with(Number(name), replaced(value[Number(name)], rest, replace));
  const { [name]: field, ...others } = value as Record<string, unknown>;
  return rest.length === 0 && replace === gone
    ? others
    : { ...others, [name]: replaced(field, rest, replace) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
