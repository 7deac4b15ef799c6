import type { Definition, Definitions, Schema } from "../../../scripts/generate/definition.ts";

/** A JSON value that conforms to a definition. */
type Json = unknown;

/**
 * Values that conform to a definition and between them use every field and every alternative of it: one with the
 * first alternative everywhere, then one more for each other alternative of each part. What the definition refers to
 * is filled in, once for each of its alternatives.
 */
export function samplesOf(definition: Definition, definitions: Definitions): readonly Json[] {
  return samples(definition.schema, definition, definitions, objects);
}

type ObjectSamples = (schema: Schema, inner: (part: Schema) => readonly Json[]) => readonly Json[];

function samples(
  schema: Schema,
  from: Definition,
  definitions: Definitions,
  ofObject: ObjectSamples,
): readonly Json[] {
  const inner = (part: Schema) => samples(part, from, definitions, ofObject);
  if (schema.$ref !== undefined) {
    const target = definitions.target(from, schema.$ref);
    return samples(target.schema, target, definitions, (part, more) => objects(part, more).slice(0, 1));
  }
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(inner);
  if (schema.allOf !== undefined) return product(schema.allOf.map(inner));
  if (Array.isArray(schema.type)) {
    return schema.type.flatMap((type: string) => inner({ ...schema, type }));
  }
  switch (schema.type) {
    case "null":
      return [null];
    case "boolean":
      return [true];
    case "string":
      return ["text"];
    case "number":
    case "integer":
      return [schema.minimum ?? schema.maximum ?? 7];
    case "array":
      return [inner(schema.items ?? {}), ...(schema.minItems === undefined ? [[]] : [])];
    case "object":
      return ofObject(schema, inner);
    default:
      return ["anything"];
  }
}

function objects(schema: Schema, inner: (part: Schema) => readonly Json[]): readonly Json[] {
  if (schema.properties === undefined) {
    const values =
      typeof schema.additionalProperties === "object" ? inner(schema.additionalProperties) : ["x"];
    return [Object.fromEntries(values.map((value, index) => [`key${index}`, value]))];
  }
  const fields = Object.entries(schema.properties).map(([name, part]) => [name, inner(part)] as const);
  const first = Object.fromEntries(fields.map(([name, values]) => [name, values[0]]));
  const others = fields.flatMap(([name, values]) =>
    values.slice(1).map((value) => ({ ...first, [name]: value })),
  );
  return [first, ...others];
}

/** Objects that conform to every one of several schemas: each sample of the first, completed by the others. */
function product(parts: readonly (readonly Json[])[]): readonly Json[] {
  const [first = [], ...others] = parts;
  const rest = others.map(([value]) => value);
  return first.map((value) => Object.assign({}, value, ...rest));
}
