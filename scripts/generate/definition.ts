import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";

/** The part of JSON Schema 2020-12 that the schemas here use; anything else makes the generator stop. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: { readonly maxLength: number };
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly contentEncoding?: string;
  readonly examples?: readonly unknown[];
}

/** One schema file: one definition. */
export interface Definition {
  /** The TypeScript name, from `title`. */
  readonly name: string;
  /** Path below `schemas/`, with `/`. */
  readonly file: string;
  readonly schema: Schema & {
    readonly "x-media"?: readonly string[];
    readonly "x-acknowledgedBy"?: readonly string[];
  };
}

/** All definitions, and the way from a reference to what it means. */
export interface Definitions {
  /** Each after everything it refers to; otherwise the core first, in the order of file names. */
  readonly all: readonly Definition[];
  /** The definition that `ref`, as written in `from`, points to. Throws when there is none. */
  target(from: Definition, ref: string): Definition;
}

const keywords = new Set(
  (
    "$schema $id $ref title description type const enum anyOf allOf properties required additionalProperties " +
    "propertyNames maxProperties items minItems minimum maximum maxLength contentEncoding examples x-media x-acknowledgedBy"
  ).split(" "),
);

/** Reads every schema file below `root`. Throws on a keyword that the generator does not understand, and on a title that comes twice. */
export function readDefinitions(root: string): Definitions {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.includes("/") && file.endsWith(".json") && !file.includes("node_modules"))
    .sort((a, b) => Number(isExtra(a)) - Number(isExtra(b)) || (a < b ? -1 : 1));
  const byFile = new Map<string, Definition>();
  const names = new Set<string>();
  for (const file of files) {
    const schema: Definition["schema"] & { readonly $id?: string } = JSON.parse(
      readFileSync(join(root, file), "utf8"),
    );
    if (schema.title === undefined) throw new Error(`${file}: no title`);
    if (schema.$id !== `https://duologue.dev/schemas/${file}`)
      throw new Error(`${file}: $id is not its place`);
    if (names.has(schema.title)) throw new Error(`${file}: a second ${schema.title}`);
    names.add(schema.title);
    refuseUnknownKeywords(schema, file);
    byFile.set(file, { name: schema.title, file, schema });
  }
  const target = (from: Definition, ref: string): Definition => {
    const file = posix.join(posix.dirname(from.file), ref);
    const found = byFile.get(file);
    if (found === undefined) throw new Error(`${from.file}: nothing at ${ref}`);
    return found;
  };
  return { all: inDependencyOrder([...byFile.values()], target), target };
}

/** Whether a file describes something beside the core, which keeps its order whatever the others need of it. */
function isExtra(file: string): boolean {
  return !file.startsWith("realtime/") && !file.startsWith("recording/");
}

/** The references in a schema, in the order in which they stand. */
export function referencesIn(schema: Schema): readonly string[] {
  if (schema.$ref !== undefined) return [schema.$ref];
  return partsOf(schema).flatMap(referencesIn);
}

function partsOf(schema: Schema): readonly Schema[] {
  return [
    ...(schema.anyOf ?? []),
    ...(schema.allOf ?? []),
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : []),
  ];
}

function inDependencyOrder(
  definitions: readonly Definition[],
  target: Definitions["target"],
): readonly Definition[] {
  const placed = new Set<Definition>();
  const open = new Set<Definition>();
  const place = (definition: Definition): void => {
    if (placed.has(definition)) return;
    if (open.has(definition)) throw new Error(`${definition.file}: refers to itself`);
    open.add(definition);
    for (const ref of referencesIn(definition.schema)) place(target(definition, ref));
    placed.add(definition);
  };
  for (const definition of definitions) place(definition);
  return [...placed];
}

function refuseUnknownKeywords(schema: Schema, where: string): void {
  for (const keyword of Object.keys(schema)) {
    if (!keywords.has(keyword)) throw new Error(`${where}: the generator does not know "${keyword}"`);
  }
  for (const part of partsOf(schema)) refuseUnknownKeywords(part, where);
}
