import type { Definition, Definitions, Schema } from "../definition.ts";
import type { Links } from "./page.ts";

/** What a schema takes, as Markdown: `string, at most 512 characters`, `list of [Tool](#tool)`, `"auto" or null`. */
export function schemaInWords(
  schema: Schema,
  from: Definition,
  definitions: Definitions,
  links: Links,
): string {
  const words = (part: Schema): string => {
    const all = alternatives(part);
    // Beside others, what consists of several words could be read as going on.
    return all.length < 2
      ? either(all)
      : either(all.map((one) => (/^\w+(?:,| of | whose )/.test(one) ? `(${one})` : one)));
  };

  const alternatives = (part: Schema): readonly string[] => {
    if (part.$ref !== undefined) {
      const { name, file } = definitions.target(from, part.$ref);
      const way = links.to(file);
      return [way === undefined ? code(name) : `[${code(name)}](${way})`];
    }
    if (part.const !== undefined) return [code(JSON.stringify(part.const))];
    if (part.enum !== undefined) return part.enum.map((value) => code(JSON.stringify(value)));
    if (part.anyOf !== undefined) {
      // Beside names that are known, a string of which nothing is said is one that is not known yet.
      const named = part.anyOf.some((one) => one.enum !== undefined);
      return part.anyOf.flatMap((one) =>
        named && one.type === "string" && one.maxLength === undefined
          ? ["another string"]
          : alternatives(one),
      );
    }
    if (part.allOf !== undefined) return [part.allOf.map(words).join(" and ")];
    if (Array.isArray(part.type)) {
      return part.type.flatMap((type: string) => alternatives({ ...part, type }));
    }
    return [ofType(part)];
  };

  const ofType = (part: Schema): string => {
    switch (part.type) {
      case "null":
        return code("null");
      case "string":
        if (part.contentEncoding !== undefined) return `string, ${part.contentEncoding}`;
        return part.maxLength === undefined ? "string" : `string, at most ${part.maxLength} characters`;
      case "number":
      case "integer":
        return `${part.type}${bounds(part)}`;
      case "array": {
        const least = part.minItems === undefined ? "" : `, at least ${part.minItems}`;
        return `list of ${words(part.items ?? {})}${least}`;
      }
      case "object":
        return map(part);
      default:
        return typeof part.type === "string" ? part.type : "anything";
    }
  };

  const map = ({ additionalProperties, maxProperties, propertyNames }: Schema): string => {
    if (typeof additionalProperties !== "object") return "object";
    const pairs = maxProperties === undefined ? "" : `, at most ${maxProperties}`;
    const keys = propertyNames === undefined ? "" : `, keys of at most ${propertyNames.maxLength} characters`;
    return `object whose values are: ${words(additionalProperties)}${pairs}${keys}`;
  };

  return words(schema);
}

function bounds({ minimum, maximum }: Schema): string {
  if (minimum === undefined) return maximum === undefined ? "" : ` up to ${maximum}`;
  return maximum === undefined ? ` from ${minimum}` : ` from ${minimum} to ${maximum}`;
}

/** Alternatives, the last after an "or". */
function either(words: readonly string[]): string {
  const last = words.at(-1) ?? "nothing";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
