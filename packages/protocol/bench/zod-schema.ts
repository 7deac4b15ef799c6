import * as z from "zod";
import type { Definition, Definitions, Schema } from "../../../scripts/generate/definition.ts";
import { openString } from "../../../scripts/generate/open-string.ts";

/**
 * Zod schemas that accept what the JSON Schemas accept, written as somebody who knows zod would: unions that a field
 * tells apart are discriminated ones, and objects keep fields that nobody described.
 */
export function zodSchemas(definitions: Definitions): (definition: Definition) => z.ZodType {
  const made = new Map<Definition, z.ZodType>();
  const named = (definition: Definition): z.ZodType => {
    const known = made.get(definition) ?? zodFor(definition.schema, definition);
    made.set(definition, known);
    return known;
  };

  const zodFor = (schema: Schema, from: Definition): z.ZodType => {
    if (schema.$ref !== undefined) return named(definitions.target(from, schema.$ref));
    if (schema.const !== undefined) return z.literal(schema.const);
    if (schema.enum !== undefined) return z.enum(schema.enum);
    if (openString(schema) !== undefined) {
      return schema.anyOf?.at(-1)?.type === "null" ? z.string().nullable() : z.string();
    }
    if (schema.anyOf !== undefined) return unionOf(schema.anyOf, from);
    if (schema.allOf !== undefined) {
      return schema.allOf.map((part) => zodFor(part, from)).reduce((all, part) => z.intersection(all, part));
    }
    if (Array.isArray(schema.type)) {
      const [type, nothing] = schema.type;
      if (nothing !== "null") throw new Error(`${from.file}: unexpected type ${schema.type.join()}`);
      return zodFor({ ...schema, type }, from).nullable();
    }
    return ofType(schema, from);
  };

  const unionOf = (alternatives: readonly Schema[], from: Definition): z.ZodType => {
    const others = alternatives.filter((part) => part.type !== "null");
    const parts = others.map((part) => zodFor(part, from));
    const [only] = parts;
    const union = only !== undefined && parts.length === 1 ? only : discriminated(parts);
    return others.length === alternatives.length ? union : union.nullable();
  };

  const ofType = (schema: Schema, from: Definition): z.ZodType => {
    switch (schema.type) {
      case "null":
        return z.null();
      case "boolean":
        return z.boolean();
      case "string":
        return schema.maxLength === undefined ? z.string() : z.string().max(schema.maxLength);
      case "number":
      case "integer":
        return numeric(schema);
      case "array": {
        const list = z.array(zodFor(schema.items ?? {}, from));
        return schema.minItems === undefined ? list : list.min(schema.minItems);
      }
      case "object":
        return objectOf(schema, from);
      default:
        return z.unknown();
    }
  };

  const objectOf = (schema: Schema, from: Definition): z.ZodType => {
    if (schema.properties === undefined) {
      const values = schema.additionalProperties;
      return z.record(z.string(), typeof values === "object" ? zodFor(values, from) : z.unknown());
    }
    const fields = Object.entries(schema.properties).map(([name, part]) => {
      const value = zodFor(part, from);
      return [name, schema.required?.includes(name) ? value : value.optional()] as const;
    });
    return z.looseObject(Object.fromEntries(fields));
  };

  return named;
}

/** One schema for events of several types, by their `type`. */
export function zodByType(events: readonly z.ZodType[]): z.ZodType {
  return discriminated(events);
}

function numeric({ type, minimum, maximum }: Schema): z.ZodType {
  const any = type === "integer" ? z.int() : z.number();
  const above = minimum === undefined ? any : any.min(minimum);
  return maximum === undefined ? above : above.max(maximum);
}

/** A union told apart by `type`, else by `role`, where zod finds that this can be done; a plain one otherwise. */
function discriminated(parts: readonly z.ZodType[]): z.ZodType {
  for (const field of ["type", "role"]) {
    try {
      // Zod decides at run time whether these are objects with such a field; it throws where they are not.
      const union = z.discriminatedUnion(field, parts as unknown as [z.ZodObject, ...z.ZodObject[]]);
      union.safeParse({ [field]: "" });
      return union;
    } catch {
      // Told apart by something else.
    }
  }
  return z.union(parts);
}
