import { compile } from "json-schema-to-typescript";
import type { Definitions, Schema } from "./definition.ts";
import { openString } from "./open-string.ts";
import { borrowingsOf, definitionsIn, type Scope, type Side } from "./scope.ts";
import { wrapped } from "./wrapped.ts";

/** The TypeScript types of a scope, each exactly once, and its unions of events by direction. */
export async function typeSource(scope: Scope, definitions: Definitions): Promise<string> {
  const parts = borrowingsOf(scope, definitions).map(
    ({ names, folder }) => `import type { ${names.join(", ")} } from "${folder}types.ts";\n`,
  );
  for (const definition of definitionsIn(scope, definitions)) {
    const schema = prepared(definition.schema, (ref) => definitions.target(definition, ref).name);
    parts.push(
      await compile(schema, definition.name, {
        additionalProperties: false,
        bannerComment: "",
        format: false,
        unknownAny: true,
      }),
    );
  }
  parts.push(...scope.sides.flat().map((side) => unionOfEvents(side, definitions)));
  return parts.join("\n");
}

function unionOfEvents({ union, text, folder }: Side, definitions: Definitions): string {
  const names = definitions.all.filter(({ file }) => file.startsWith(folder)).map((event) => event.name);
  return `/** ${text} Told apart by \`type\`. */\nexport type ${union} = ${names.join(" | ")};\n`;
}

type Input = Parameters<typeof compile>[0];

/**
 * A schema as json-schema-to-typescript takes it: references become the names of the types they mean (the library
 * would inline them, and write a definition once for each place), and what it has no words for becomes TypeScript.
 */
function prepared(schema: Schema, nameOf: (ref: string) => string): Input {
  const { $ref, description } = schema;
  const said = description === undefined ? {} : { description: wrapped(description) };
  if ($ref !== undefined) return { ...said, tsType: nameOf($ref) };
  const open = openString(schema);
  if (open !== undefined) return { ...said, tsType: open };
  if (isAnyObject(schema)) return { ...said, tsType: "object" };
  if (Object.keys(schema).every((keyword) => keyword === "description"))
    return { ...said, tsType: "unknown" };
  const input: Record<string, unknown> = { ...said };
  for (const keyword of ["type", "const", "enum", "required", "additionalProperties"] as const) {
    if (schema[keyword] !== undefined) input[keyword] = schema[keyword];
  }
  if (schema.anyOf !== undefined) input.anyOf = schema.anyOf.map((part) => prepared(part, nameOf));
  if (schema.allOf !== undefined) input.allOf = schema.allOf.map((part) => prepared(part, nameOf));
  if (schema.items !== undefined) input.items = prepared(schema.items, nameOf);
  if (typeof schema.additionalProperties === "object") {
    input.additionalProperties = prepared(schema.additionalProperties, nameOf);
  }
  if (schema.properties !== undefined) {
    input.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, prepared(part, nameOf)]),
    );
  }
  return input;
}

/** An object of which nothing is said: any object of the caller's, interfaces included. */
function isAnyObject(schema: Schema): boolean {
  return (
    schema.type === "object" && schema.properties === undefined && schema.additionalProperties === undefined
  );
}
