import {
  FunctionTool,
  Item,
  ResponseConfig,
  SessionConfig,
  TurnDetection,
  Usage,
} from "@duologue/protocol/schemas";
import {
  checkFunctionTool,
  checkItem,
  checkResponseConfig,
  checkSessionConfig,
  checkTurnDetection,
  checkUsage,
} from "@duologue/protocol/validators";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonSchema, schemaIssues } from "../src/index.ts";

const city = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

describe("schemaIssues", () => {
  it.each<[string, JsonSchema, unknown, string]>([
    ["type", { type: "string" }, 1, ": expected a string, found 1"],
    ["several types", { type: ["string", "null"] }, true, ": expected a string or null, found true"],
    ["whole numbers", { type: "integer" }, 1.5, ": expected a whole number, found 1.5"],
    ["objects", { type: "object" }, [], ": expected an object, found []"],
    ["null", { type: "null" }, 0, ": expected null, found 0"],
    ["enum", { enum: ["a", { b: 1 }] }, "c", ': expected one of "a", {"b":1}, found "c"'],
    ["const", { const: { a: 1, b: 2 } }, { b: 3, a: 1 }, ': expected {"a":1,"b":2}, found {"b":3,"a":1}'],
    ["required", city, {}, "/city: missing, and required"],
    ["properties", city, { city: null }, "/city: expected a string, found null"],
    [
      "additionalProperties",
      { ...city, additionalProperties: false },
      { city: "", "a/b~": 1 },
      "/a~1b~0: there is no such field",
    ],
    [
      "typed others",
      { additionalProperties: { type: "number" } },
      { a: "x" },
      '/a: expected a number, found "x"',
    ],
    [
      "patternProperties",
      { patternProperties: { "^n_": { type: "number" } }, additionalProperties: false },
      { n_a: "x" },
      '/n_a: expected a number, found "x"',
    ],
    ["items", { items: { type: "number" } }, [1, "2"], '/1: expected a number, found "2"'],
    ["tuples", { prefixItems: [{ type: "number" }], items: false }, [1, 2], "/1: expected nothing, found 2"],
    ["old tuples", { items: [{}], additionalItems: false }, [1, 2], "/1: expected nothing, found 2"],
    ["minItems", { minItems: 2 }, [1], ": expected at least 2 entries, found [1]"],
    ["maxItems", { maxItems: 0 }, [1], ": expected at most 0 entries, found [1]"],
    ["uniqueItems", { uniqueItems: true }, [{ a: 1 }, { a: 1 }], ": expected entries that differ"],
    ["minimum", { minimum: 1 }, 0, ": expected at least 1, found 0"],
    ["maximum", { maximum: 1 }, 2, ": expected at most 1, found 2"],
    ["exclusiveMinimum", { exclusiveMinimum: 1 }, 1, ": expected more than 1, found 1"],
    ["exclusiveMaximum", { exclusiveMaximum: 1 }, 1, ": expected less than 1, found 1"],
    ["multipleOf", { multipleOf: 0.1 }, 0.35, ": expected a multiple of 0.1, found 0.35"],
    ["minLength", { minLength: 2 }, "🙂", ': expected at least 2 characters, found "🙂"'],
    ["maxLength", { maxLength: 1 }, "ab", ': expected at most 1 characters, found "ab"'],
    ["pattern", { pattern: "^a" }, "b", ': expected a text that matches ^a, found "b"'],
    ["format", { format: "date" }, "tomorrow", ': expected a text of the format date, found "tomorrow"'],
    ["minProperties", { minProperties: 1 }, {}, ": expected at least 1 fields, found {}"],
    ["maxProperties", { maxProperties: 0 }, { a: 1 }, ': expected at most 0 fields, found {"a":1}'],
    ["allOf", { allOf: [{ minimum: 1 }, { maximum: 3 }] }, 5, ": expected at most 3, found 5"],
    ["not", { not: { type: "number" } }, 5, ": expected something else, found 5"],
    ["oneOf, twice", { oneOf: [{ minimum: 1 }, { maximum: 3 }] }, 2, ": expected exactly one of the forms"],
    [
      "anyOf, by the form that is nearest",
      { anyOf: [{ ...city, required: ["city", "country"] }, { type: "string" }] },
      { city: "Lisbon" },
      "/country: missing, and required",
    ],
    [
      "$ref",
      { $defs: { n: { type: "number" } }, items: { $ref: "#/$defs/n" } },
      ["a"],
      "/0: expected a number",
    ],
    [
      "a $ref as addresses are written",
      { $defs: { "a number/50 %": { type: "number" } }, items: { $ref: "#/$defs/a%20number~150%20%25" } },
      ["a"],
      "/0: expected a number",
    ],
    [
      "a $ref that is no address",
      { $defs: { "50%": { type: "number" } }, items: { $ref: "#/$defs/50%" } },
      ["a"],
      "/0: expected a number",
    ],
    ["false", { properties: { a: false } }, { a: 1 }, "/a: expected nothing, found 1"],
  ])("says of %s where a value differs, and how", (_, schema, value, expected) => {
    const [first] = schemaIssues(schema, value);
    expect(`${first?.path}: ${first?.message}`.replace(/^: /, ": ")).toContain(expected);
  });

  it.each<[string, JsonSchema, unknown]>([
    ["an empty schema", {}, { any: ["thing"] }],
    ["a decimal multiple", { multipleOf: 0.1 }, 0.3],
    ["a list that contains itself by name", { $id: "T", type: "array", items: { $ref: "T" } }, [[[]]]],
    ["a tree", { properties: { next: { $ref: "#" } }, required: ["next"] }, { next: { next: { next: {} } } }],
    ["keywords that nobody knows", { format: "poem", "x-note": 1 }, "no rhyme"],
    ["a pattern that is none", { pattern: "(" }, "x"],
    ["a reference to nothing", { $ref: "#/$defs/gone" }, 1],
    ["a field that has the name of a method", { properties: {} }, { toString: 1, constructor: 2 }],
  ])("has nothing to say of %s", (name, schema, value) => {
    // The tree ends somewhere; there alone something is missing.
    expect(schemaIssues(schema, value)).toHaveLength(name === "a tree" ? 1 : 0);
  });

  it("never throws, whatever the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        schemaIssues(city, value);
      }),
    );
  });

  // Two readers of the same schemas: this one, and the functions that are generated from them.
  it.each([
    ["FunctionTool", FunctionTool, checkFunctionTool],
    ["Item", Item, checkItem],
    ["ResponseConfig", ResponseConfig, checkResponseConfig],
    ["SessionConfig", SessionConfig, checkSessionConfig],
    ["TurnDetection", TurnDetection, checkTurnDetection],
    ["Usage", Usage, checkUsage],
  ])("agrees with the validators of the protocol on %s", (_, typeBox, check) => {
    // What a TypeBox schema is beside JSON Schema are symbols.
    const schema = typeBox as unknown as JsonSchema;
    let conforming = 0;
    fc.assert(
      fc.property(valueLike(schema), (value) => {
        const isFound = schemaIssues(schema, value).length > 0;
        expect(isFound, JSON.stringify(value)).toBe(check(value) !== undefined);
        if (!isFound) conforming++;
      }),
      { numRuns: 500 },
    );
    expect(conforming).toBeGreaterThan(10);
  });
});

/** Values that conform to a schema more often than not. */
function valueLike(schema: unknown, depth = 0): fc.Arbitrary<unknown> {
  const known = schema as {
    const?: unknown;
    anyOf?: unknown[];
    type?: string;
    properties?: Record<string, unknown>;
    required?: string[];
    items?: unknown;
  };
  const odd = { arbitrary: fc.jsonValue({ maxDepth: 1 }), weight: 1 };
  const or = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ arbitrary, weight: 30 }, odd);
  if ("const" in known) return or(fc.constant(known.const));
  if (known.anyOf !== undefined) return fc.oneof(...known.anyOf.map((form) => valueLike(form, depth)));
  switch (known.type) {
    case "string":
      return or(fc.string());
    case "boolean":
      return or(fc.boolean());
    case "null":
      return or(fc.constant(null));
    case "number":
    case "integer":
      return or(fc.integer({ min: -3, max: 30_000 }));
    case "array":
      return or(fc.array(depth > 3 ? fc.constant(0) : valueLike(known.items, depth + 1), { maxLength: 2 }));
    case "object": {
      const fields = Object.entries(known.properties ?? {}).map(
        ([field, part]): [string, fc.Arbitrary<unknown>] => [
          field,
          depth > 3 ? fc.constant(0) : valueLike(part, depth + 1),
        ],
      );
      const all: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields);
      return or(fc.record(all, { requiredKeys: known.required ?? [] }));
    }
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}
