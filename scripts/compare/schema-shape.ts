import type { Definition, Definitions, Schema } from "../generate/definition.ts";
import type { Field, NamedShape, Shape } from "./shape.ts";

/** A definition as a shape, with the definition's name. */
export function shapeOfDefinition(definition: Definition, definitions: Definitions): NamedShape {
  const shapeOf = (schema: Schema): Shape => {
    if (schema.$ref !== undefined) {
      return shapeOfDefinition(definitions.target(definition, schema.$ref), definitions);
    }
    if (schema.const !== undefined) return { kind: "literal", value: schema.const };
    if (schema.enum !== undefined) {
      return { kind: "union", parts: schema.enum.map((value) => ({ kind: "literal", value })) };
    }
    if (schema.anyOf !== undefined) return { kind: "union", parts: schema.anyOf.map(shapeOf) };
    if (schema.allOf !== undefined) return schema.allOf.map(shapeOf).reduce(both);
    if (Array.isArray(schema.type)) {
      return { kind: "union", parts: schema.type.map((type: string) => shapeOf({ ...schema, type })) };
    }
    switch (schema.type) {
      case "integer":
        return { kind: "simple", name: "number" };
      case "string":
      case "number":
      case "boolean":
      case "null":
        return { kind: "simple", name: schema.type };
      case "array":
        return { kind: "list", element: shapeOf(schema.items ?? {}) };
      case "object":
        return objectOf(schema);
      default:
        return { kind: "simple", name: "unknown" };
    }
  };

  const objectOf = ({ properties, required, additionalProperties }: Schema): Shape => {
    if (properties !== undefined) {
      const fields = Object.entries(properties).map(([name, field]): [string, Field] => [
        name,
        { optional: !(required?.includes(name) ?? false), shape: shapeOf(field) },
      ]);
      return { kind: "object", fields: new Map(fields) };
    }
    if (typeof additionalProperties === "object")
      return { kind: "map", value: shapeOf(additionalProperties) };
    return { kind: "simple", name: "object" };
  };

  return { kind: "named", name: definition.name, open: () => shapeOf(definition.schema) };
}

/** What conforms to two shapes: every alternative of the one together with every alternative of the other. */
function both(one: Shape, other: Shape): Shape {
  const [a, b] = [opened(one), opened(other)];
  if (a.kind === "union") return { kind: "union", parts: a.parts.map((part) => both(part, b)) };
  if (b.kind === "union") return { kind: "union", parts: b.parts.map((part) => both(a, part)) };
  if (a.kind !== "object" || b.kind !== "object") throw new Error("only objects can be both");
  const fields = new Map(a.fields);
  for (const [name, field] of b.fields) {
    fields.set(name, { ...field, optional: field.optional && (fields.get(name)?.optional ?? true) });
  }
  return { kind: "object", fields };
}

function opened(shape: Shape): Shape {
  return shape.kind === "named" ? opened(shape.open()) : shape;
}
