import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scenarioSchemaText } from "../../src/brain/scenario-schema.ts";
import { scenarioShape } from "../../src/brain/scenario-shape.ts";
import { isWhatSchemaSays } from "../support/schema-check.ts";

const file = fileURLToPath(new URL("../../generated/scenario.schema.json", import.meta.url));
const schema = JSON.parse(scenarioSchemaText()) as Record<string, unknown>;

/** Has something of everything. */
const scenario = {
  $schema: "scenario.schema.json",
  description: "A test.",
  turns: [
    {
      heard: "Hi",
      say: "Hello",
      speech: "hello.wav",
      tools: [
        { name: "look", arguments: { at: 1 } },
        { name: "see", arguments: "{}", server: "docs" },
      ],
      delayMs: 10.5,
      status: "failed",
      error: { code: "x", message: "y", type: "z" },
      transcription: { delayMs: 5, outcome: "failed", segments: [{ speaker: "A", text: "Hi" }] },
      faults: [
        { type: "delay", ms: 5, jitterMs: 3, count: "all", event: "response.*", chance: 0.5 },
        { type: "reorder", by: 2, skip: 1, count: 3 },
        { type: "unknown_event", frame: { type: "mood", level: [1] }, event: "response.done" },
        { type: "end_response", status: "failed", reason: "max_output_tokens", error: {} },
        { type: "close", code: 1012, reason: "restart", afterMs: 5 },
        { type: "late_deltas", count: 7 },
      ],
    },
    { status: "incomplete", reason: "content_filter" },
    {},
  ],
  mcp: {
    docs: {
      tools: [{ name: "search", description: null, input_schema: {}, annotations: { readOnlyHint: true } }],
      calls: {
        search: [
          "One.",
          { output: "Two.", delayMs: 3 },
          { error: { type: "http_error", code: 4, message: "m" } },
        ],
        look: "Here.",
      },
      listingMs: 1,
      failsToList: false,
    },
  },
  prompts: {
    pmpt_1: {
      instructions: "Speak of {{city}}.",
      tools: [
        { type: "function", name: "f", parameters: {} },
        {
          type: "mcp",
          server_label: "docs",
          server_url: "u",
          require_approval: { never: { tool_names: ["a"] } },
        },
      ],
      tool_choice: { type: "mcp", server_label: "docs", name: null },
    },
  },
  faults: [{ type: "cut", event: "response.done", afterMs: 5 }],
};

/** The ways to all values in it. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, field]) => pathsIn(field, [...path, key]))];
}

/** The scenario with something done where a path leads. */
function changed(
  path: readonly string[],
  change: (place: Record<string, unknown>, key: string) => void,
): unknown {
  const root = { root: structuredClone(scenario) };
  const way = ["root", ...path];
  const key = way.pop() ?? "";
  // Each step of a path leads to an object or a list.
  const place = way.reduce<Record<string, unknown>>((at, step) => at[step] as Record<string, unknown>, root);
  change(place, key);
  return root.root;
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    0,
    -1,
    1.5,
    1e9,
    1005,
    3000,
    "all",
    "completed",
    "cut",
    "delay",
    "auto",
    [],
    {},
    null,
    true,
  ),
);

describe("the JSON Schema of scenarios", () => {
  it("is the file that is published", async () => {
    await expect(scenarioSchemaText()).toMatchFileSnapshot(file);
    expect(fileURLToPath(import.meta.resolve("@duologue/emulator/scenario.schema.json"))).toBe(file);
    const { files, publishConfig } = JSON.parse(
      readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    ) as { files: string[]; publishConfig: { exports: Record<string, unknown> } };
    expect(files).toContain("generated");
    expect(publishConfig.exports["./scenario.schema.json"]).toBe("./generated/scenario.schema.json");
  });

  it("takes what the emulator takes, and refuses what it refuses", () => {
    expect(isWhatSchemaSays(scenario, schema)).toBe(true);
    const seen = { taken: 0, refused: 0 };
    const compare = (value: unknown) => {
      const isTaken = scenarioShape(value, "") === undefined;
      seen[isTaken ? "taken" : "refused"]++;
      expect(isWhatSchemaSays(value, schema), JSON.stringify(value)).toBe(isTaken);
    };
    const path = fc.constantFrom(...pathsIn(scenario));
    fc.assert(
      fc.property(path, anything, fc.constantFrom("set", "add", "delete"), (way, value, how) => {
        compare(
          changed(way, (place, key) => {
            const here = place[key];
            if (how === "set") place[key] = value;
            else if (how === "add" && typeof here === "object" && here !== null)
              Object.assign(here, { more: value });
            else if (!Array.isArray(place)) delete place[key];
          }),
        );
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(200);
  });

  it("tells an editor what every field of a turn means", () => {
    const { turns } = schema.properties as { turns: { items: { properties: Record<string, object> } } };
    for (const [name, field] of Object.entries(turns.items.properties)) {
      expect(field, name).toHaveProperty("description");
    }
  });
});
