import type { Definition, Definitions, Schema } from "./definition.ts";
import { openString } from "./open-string.ts";
import { borrowingsOf, definitionsIn, type Scope } from "./scope.ts";
import { wrapped } from "./wrapped.ts";

/** A TypeBox schema of every definition of a scope, with the definition's name. Each comes after those that it uses. */
export function typeboxSource(scope: Scope, definitions: Definitions): string {
  const borrowed = borrowingsOf(scope, definitions).map(
    ({ names, folder }) => `import { ${names.join(", ")} } from "${folder}schemas.ts";\n`,
  );
  const parts = definitionsIn(scope, definitions).map((definition) => {
    const { name, schema } = definition;
    const written = typebox(schema, definition, definitions, { title: name });
    const text = wrapped(schema.description ?? name).replaceAll("\n", "\n * ");
    return `/**\n * ${text}\n */\nexport const ${name} = ${written};\n`;
  });
  const body = parts.join("\n");
  const library = /\bType\./.test(body) ? `import { Type } from "@sinclair/typebox";\n` : "";
  return `${library}${borrowed.join("")}\n${body}`;
}

type Options = Readonly<Record<string, unknown>>;

const bounds = ["minimum", "maximum", "maxLength", "contentEncoding", "minItems", "maxProperties"] as const;

function typebox(schema: Schema, from: Definition, definitions: Definitions, named: Options = {}): string {
  // What a reference means says itself what it is: a TypeBox schema cannot carry a second description.
  if (schema.$ref !== undefined) return definitions.target(from, schema.$ref).name;

  const inner = (part: Schema): string => typebox(part, from, definitions);
  const said: Options = {
    ...named,
    ...(schema.description === undefined ? {} : { description: schema.description }),
  };
  const limits = Object.fromEntries(
    bounds.filter((keyword) => schema[keyword] !== undefined).map((keyword) => [keyword, schema[keyword]]),
  );
  const all = { ...said, ...limits };
  const union = (members: readonly string[]) => call("Union", `[${members.join(", ")}]`, said);

  const open = openString(schema);
  if (open !== undefined) {
    const known = call("String", undefined, { ...said, examples: schema.anyOf?.[0]?.enum });
    const text = `Type.Unsafe<${open.replace(" | null", "")}>(${known})`;
    return schema.anyOf?.length === 3 ? union([text, "Type.Null()"]) : text;
  }
  if (schema.anyOf !== undefined) return union(schema.anyOf.map(inner));
  if (schema.allOf !== undefined) return call("Intersect", `[${schema.allOf.map(inner).join(", ")}]`, said);
  if (schema.enum !== undefined)
    return union(schema.enum.map((value) => `Type.Literal(${JSON.stringify(value)})`));
  if (schema.const !== undefined) return call("Literal", JSON.stringify(schema.const), said);
  if (Array.isArray(schema.type)) {
    const { description, ...rest } = schema;
    return union(schema.type.map((type: string) => inner(type === "null" ? { type } : { ...rest, type })));
  }
  switch (schema.type) {
    case "null":
      return "Type.Null()";
    case "boolean":
      return call("Boolean", undefined, all);
    case "string":
      return call("String", undefined, all);
    case "number":
      return call("Number", undefined, all);
    case "integer":
      return call("Integer", undefined, all);
    case "array":
      return call("Array", inner(schema.items ?? {}), all);
    case "object":
      return schema.properties === undefined ? mapOrObject(schema, inner, all) : object(schema, inner, all);
    default:
      return call("Unknown", undefined, all);
  }
}

function object(schema: Schema, inner: (part: Schema) => string, options: Options): string {
  const fields = Object.entries(schema.properties ?? {}).map(([name, part]) => {
    const written = inner(part);
    return `${name}: ${schema.required?.includes(name) ? written : `Type.Optional(${written})`}`;
  });
  return call("Object", `{ ${fields.join(", ")} }`, options);
}

function mapOrObject(schema: Schema, inner: (part: Schema) => string, options: Options): string {
  const { additionalProperties: values, propertyNames } = schema;
  if (values === undefined) return `Type.Unsafe<object>(${call("Object", "{}", options)})`;
  const value = typeof values === "object" ? inner(values) : "Type.Unknown()";
  if (propertyNames === undefined) return call("Record", `Type.String(), ${value}`, options);
  // TypeBox bounds the names of a record by a pattern.
  const pattern = JSON.stringify(`^[\\s\\S]{0,${propertyNames.maxLength}}$`);
  return call("Record", `Type.String({ pattern: ${pattern} }), ${value}`, {
    ...options,
    additionalProperties: false,
  });
}

function call(name: string, first: string | undefined, options: Options): string {
  const last = Object.keys(options).length === 0 ? undefined : JSON.stringify(options);
  return `Type.${name}(${[first, last].filter((argument) => argument !== undefined).join(", ")})`;
}
