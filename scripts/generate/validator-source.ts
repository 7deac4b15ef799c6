import { eventsIn } from "./catalogue-source.ts";
import type { Definition, Definitions, Schema } from "./definition.ts";
import { type Alternative, dispatchSource } from "./dispatch-source.ts";
import { inWords, oneTest } from "./one-test.ts";
import { borrowingsOf, definitionsIn, type Scope, toSource } from "./scope.ts";

/**
 * Validators as plain functions, one a definition of the scope, and tables of them by event type. Each function
 * refers only to those of the shapes that it uses, so a bundler keeps exactly what a program calls.
 */
export function validatorSource(scope: Scope, definitions: Definitions): string {
  const functions = definitionsIn(scope, definitions).map((definition) =>
    functionsFor(definition, definitions),
  );
  const tables = scope.sides.flat().map(({ union, folder, checks }) => {
    const rows = eventsIn(definitions, folder).map(
      ({ type, name }) => `${JSON.stringify(type)}: check${name},`,
    );
    return (
      `/** The validator of every \`${union}\`, by type. */\n` +
      `export const ${checks}: { readonly [K in ${union}["type"]]: Check } = {\n${rows.join("\n")}\n};\n`
    );
  });
  const body = [...functions, ...tables].join("\n");
  const tools = ["also", "at", "isInteger", "isNumber", "isObject", "isShort", "listOf", "mapOf", "text"];
  const used = [...tools, "unlike", "wrong"].filter((name) => new RegExp(`\\b${name}\\b[(,)]`).test(body));
  // What a single condition decides stands in the condition: not every reference becomes a call.
  const borrowed = borrowingsOf(scope, definitions).map(({ names, folder }) => {
    const checks = names.map((name) => `check${name}`);
    return importOf(
      checks.filter((name) => new RegExp(`\\b${name}\\b`).test(body)),
      `${folder}validators.ts`,
    );
  });
  const unions = scope.sides.flat().map(({ union }) => union);
  const imports = [
    importOf(
      [...(unions.length > 0 ? ["type Check"] : []), "type Found", ...used],
      toSource(scope, "check.ts"),
    ),
    ...borrowed,
    importOf(
      unions.map((union) => `type ${union}`),
      "./types.ts",
    ),
  ];
  return `\n${imports.join("")}\n${body}`;
}

function importOf(names: readonly string[], from: string): string {
  if (names.length === 0) return "";
  return names.every((name) => name.startsWith("type "))
    ? `import type { ${names.map((name) => name.slice("type ".length)).join(", ")} } from "${from}";\n`
    : `import { ${names.join(", ")} } from "${from}";\n`;
}

/** The function of one definition, after those for the parts that have no name of their own. */
function functionsFor(definition: Definition, definitions: Definitions): string {
  const parts: string[] = [];
  const checkFor = (schema: Schema, place: string): string => {
    if (schema.$ref !== undefined) return `check${definitions.target(definition, schema.$ref).name}`;
    if (schema.type === "string" && schema.maxLength === undefined) return "text";
    const name = `check${definition.name}${pascal(place)}`;
    parts.push(`function ${name}(v: unknown): Found {\n${statementsFor(schema, place)}\n}\n`);
    return name;
  };

  const statementsFor = (schema: Schema, place: string): string => {
    const test = oneTest(schema, definition, definitions);
    if (test !== undefined) {
      return `return ${test.holds("v")} ? undefined : unlike(${JSON.stringify(inWords(test.expected))}, v);`;
    }
    if (schema.anyOf !== undefined) return unionStatements(schema.anyOf, place);
    if (schema.allOf !== undefined || schema.properties !== undefined) {
      return `if (!isObject(v)) return unlike("an object", v);\nlet f: Found;\n${objectStatements(schema, place)}\nreturn f;`;
    }
    return `return ${insideCall(schema, "v", place)};`;
  };

  /** A call that looks inside an array, a map, or a value that has a check of its own. */
  const insideCall = (schema: Schema, value: string, place: string): string => {
    if (schema.type === "array" && schema.items !== undefined) {
      const least = schema.minItems === undefined ? "" : `, ${schema.minItems}`;
      return `listOf(${value}, ${checkFor(schema.items, `${place}_element`)}${least})`;
    }
    if (typeof schema.additionalProperties === "object") {
      const bounds = [schema.maxProperties, schema.propertyNames?.maxLength];
      const given = bounds.some((bound) => bound !== undefined)
        ? bounds.map((bound) => `, ${bound}`).join("")
        : "";
      return `mapOf(${value}, ${checkFor(schema.additionalProperties, `${place}_value`)}${given})`;
    }
    return `${checkFor(schema, place)}(${value})`;
  };

  const objectStatements = (schema: Schema, place: string): string => {
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) =>
      fieldStatement(name, field, schema.required?.includes(name) ?? false, place),
    );
    // A part that is written out comes before one that has a name: it is the narrower one.
    const parts = [...(schema.allOf ?? [])].sort(
      (a, b) => Number(a.$ref !== undefined) - Number(b.$ref !== undefined),
    );
    const others = parts.map((part) =>
      part.$ref === undefined ? objectStatements(part, place) : `f = also(f, ${checkFor(part, place)}(v));`,
    );
    return [...fields, ...others].join("\n");
  };

  const fieldStatement = (name: string, schema: Schema, required: boolean, place: string): string => {
    const value = `v.${name}`;
    const key = JSON.stringify(name);
    const test = oneTest(schema, definition, definitions);
    if (test !== undefined) {
      const fails = test.fails(value);
      const condition = required ? fails : `${value} !== undefined && ${fails}`;
      return `if (${condition}) f = wrong(f, v, ${key}, ${JSON.stringify(inWords(test.expected))});`;
    }
    if (isAnything(schema))
      return required ? `if (${value} === undefined) f = wrong(f, v, ${key}, "a value");` : "";
    const [inner, nullable] = withoutNull(schema);
    const statement = `f = at(f, ${key}, ${insideCall(inner, value, `${place}_${name}`)});`;
    if (required) return nullable ? `if (${value} !== null) ${statement}` : statement;
    return `if (${value} ${nullable ? "!=" : "!=="} ${nullable ? "null" : "undefined"}) ${statement}`;
  };

  const unionStatements = (alternatives: readonly Schema[], place: string): string => {
    const expected: string[] = [];
    const lines: string[] = [];
    const objects: Alternative[] = [];
    for (const schema of alternatives) {
      const test = oneTest(schema, definition, definitions);
      if (test !== undefined) {
        lines.push(`if (${test.holds("v")}) return undefined;`);
        expected.push(...test.expected);
      } else if (schema.type === "array") {
        lines.push(`if (Array.isArray(v)) return ${insideCall(schema, "v", place)};`);
        expected.push("an array");
      } else {
        objects.push({ schema, from: definition, check: checkFor(schema, place) });
      }
    }
    if (objects.length > 0) expected.push("an object");
    const otherwise = `return unlike(${JSON.stringify(inWords(expected))}, v);`;
    if (objects.length === 0) return [...lines, otherwise].join("\n");
    return [...lines, `if (!isObject(v)) ${otherwise}`, dispatchSource(objects, definitions)].join("\n");
  };

  const statements = statementsFor(definition.schema, "");
  const { name } = definition;
  parts.push(
    `/** Where a value differs from \`${name}\`; \`undefined\` when it conforms. */\n` +
      `export function check${name}(v: unknown): Found {\n${statements}\n}\n`,
  );
  return parts.join("\n");
}

function isAnything(schema: Schema): boolean {
  return Object.keys(schema).every((keyword) => keyword === "description");
}

/** A schema without its `null`, and whether it had one. */
function withoutNull(schema: Schema): readonly [Schema, boolean] {
  if (Array.isArray(schema.type)) {
    const [type, nothing] = schema.type;
    if (schema.type.length !== 2 || nothing !== "null")
      throw new Error(`unexpected type ${schema.type.join()}`);
    return [{ ...schema, type }, true];
  }
  if (schema.anyOf?.at(-1)?.type !== "null") return [schema, false];
  const rest = schema.anyOf.slice(0, -1);
  const [only] = rest;
  return [rest.length === 1 && only !== undefined ? only : { ...schema, anyOf: rest }, true];
}

function pascal(place: string): string {
  return place
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
