import { isObject, type JsonSchema } from "../wire/shape.ts";
import { scenarioShape } from "./scenario-shape.ts";

/**
 * The text of the JSON Schema of scenario files, which stands by itself: what `readScenario` takes, as far as a schema
 * can say it.
 */
export function scenarioSchemaText(): string {
  const $defs: Record<string, JsonSchema> = {};
  const body = withReferences(scenarioShape.schema, $defs);
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "https://duologue.dev/schemas/scenario.schema.json",
    $comment:
      "Made by `pnpm --filter @duologue/emulator generate` from src/brain/scenario-shape.ts. Not edited.",
    title: "Scenario of the Duologue emulator",
    description: "What is heard, said, called and what goes wrong in an emulated session.",
    ...body,
    $defs,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The same schema with what has a name put among the definitions, and references in its place. */
function withReferences(schema: JsonSchema, definitions: Record<string, JsonSchema>): JsonSchema {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    if (!isObject(value)) return value;
    const { title } = value;
    const whole = withReferences(value, definitions);
    // A field of a scenario may be called `title` as well, and has a schema then.
    if (typeof title !== "string") return whole;
    definitions[title] = whole;
    return { $ref: `#/$defs/${title}` };
  };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inner(value)]));
}
