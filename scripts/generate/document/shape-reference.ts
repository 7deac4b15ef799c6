import type { Definition } from "../definition.ts";
import { referencesIn } from "../definition.ts";
import { addExample, fieldTable, type ReferenceContext } from "./event-reference.ts";
import { firstSentence } from "./markdown.ts";
import { eventType } from "./names.ts";
import { schemaInWords } from "./schema-in-words.ts";

/** A part of the shapes of a group: everything that is reached from its roots and from no part before. */
export interface ShapePart {
  readonly title: string;
  /** Names of definitions. */
  readonly roots: readonly string[];
}

/** Adds the shapes of a group in parts; what no part reaches comes last, under `rest`. */
export function addShapes(parts: readonly ShapePart[], rest: string, context: ReferenceContext): void {
  const { page, group, definitions } = context;
  const left = new Set(group.shapes);
  const reach = (definition: Definition): readonly Definition[] => {
    if (!left.delete(definition)) return [];
    const inside = referencesIn(definition.schema).map((ref) => definitions.target(definition, ref));
    return [definition, ...inside.flatMap(reach)];
  };
  for (const { title, roots } of parts) {
    const starts = roots.flatMap((name) => group.shapes.filter((shape) => shape.name === name));
    const reached = starts.flatMap(reach);
    if (reached.length === 0) continue;
    page.heading(3, title);
    for (const shape of reached) addShape(shape, context);
  }
  if (left.size === 0) return;
  page.heading(3, rest);
  for (const shape of [...left].flatMap(reach)) addShape(shape, context);
}

function addShape(shape: Definition, context: ReferenceContext): void {
  const { page, names, definitions } = context;
  page.heading(4, `\`${shape.name}\``, shape.file);
  page.add(names.linked(shape.schema.description ?? "", page.links, shape));
  page.add(alternatives(shape, context));
  page.add(fieldTable(shape, context));
  const users = definitions.all.filter((other) => mentions(other, shape, context));
  const ways = users.flatMap((user) => {
    const way = page.links.to(user.file);
    return way === undefined ? [] : [`[\`${titleOf(user)}\`](${way})`];
  });
  if (ways.length > 0) page.add(`*Used by ${ways.join(", ")}.*`);
  addExample(shape, page);
}

/** What a definition without fields of its own consists of. */
function alternatives(shape: Definition, { page, definitions, names }: ReferenceContext): string {
  const { schema } = shape;
  if (schema.properties !== undefined) return "";
  const references = (schema.anyOf ?? []).map(({ $ref }) => $ref).filter((ref) => ref !== undefined);
  if (schema.anyOf !== undefined && references.length === schema.anyOf.length) {
    const lines = references.map((ref) => {
      const { name, file, schema: part } = definitions.target(shape, ref);
      const sentence = names.linked(firstSentence(part.description ?? ""), page.links, shape);
      return `- [\`${name}\`](${page.links.to(file) ?? ""}): ${sentence}`;
    });
    return `One of:\n\n${lines.join("\n")}`;
  }
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((part) => {
      if (part.$ref !== undefined) return `- what ${schemaInWords(part, shape, definitions, page.links)} has`;
      const fields = Object.entries(part.properties ?? {}).map(
        ([name, field]) =>
          `\`${name}\`, ${schemaInWords(field, shape, definitions, page.links)}: ${field.description}`,
      );
      return `- always: ${fields.join("; ")}`;
    });
    return parts.join("\n");
  }
  return `A value: ${schemaInWords(schema, shape, definitions, page.links)}.`;
}

function mentions(user: Definition, shape: Definition, { definitions }: ReferenceContext): boolean {
  return user !== shape && referencesIn(user.schema).some((ref) => definitions.target(user, ref) === shape);
}

function titleOf(definition: Definition): string {
  return /\/(?:client|server)\//.test(definition.file) ? eventType(definition) : definition.name;
}
