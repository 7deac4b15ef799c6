import { Value } from "@sinclair/typebox/value";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkOf, definitions, typeboxOf } from "./definitions.ts";
import { mutationsOf, withStrangeFields } from "./mutations-of.ts";
import { samplesOf } from "./samples-of.ts";

const all = definitions.all.map((definition) => ({
  name: definition.name,
  definition,
  check: checkOf(definition.name),
  schema: typeboxOf(definition.name),
}));

// Alternatives of a recording's line are told apart by the fields that they have, so an issue speaks of the line.
const byPresence = new Set(["RecordingLine"]);

const maps = /\/(metadata|headers)(\/|$)/;

describe.each(all)("$name", ({ name, definition, check, schema }) => {
  const samples = samplesOf(definition, definitions);

  it("takes its own examples", () => {
    const { examples = [] } = definition.schema;
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(check(example)).toBeUndefined();
      expect(Value.Check(schema, example)).toBe(true);
    }
  });

  it("takes every field and every alternative", () => {
    for (const sample of samples) {
      expect({ sample, found: check(sample) }).toEqual({ sample, found: undefined });
      expect(Value.Check(schema, sample)).toBe(true);
    }
  });

  it("refuses what TypeBox refuses, and says where", () => {
    const disagreements: unknown[] = [];
    for (const [index, sample] of [...samples, ...(definition.schema.examples ?? [])].entries()) {
      for (const { path, what, value } of mutationsOf(sample, index === 0 ? 3 : 1)) {
        const found = check(value);
        if ((found === undefined) !== Value.Check(schema, value)) disagreements.push({ path, what, found });
        if (found === undefined || byPresence.has(name)) continue;
        const elsewhere = found.filter((issue) => issue.path !== path && !issue.path.startsWith(`${path}/`));
        if (elsewhere.length > 0) disagreements.push({ path, what, elsewhere });
      }
    }
    expect(disagreements).toEqual([]);
  });

  it("takes fields that it does not know", () => {
    for (const sample of samples) {
      // Not in maps of strings: there, every field is known to be a string.
      const found = check(withStrangeFields(sample))?.filter(({ path }) => !maps.test(path)) ?? [];
      expect(name === "Metadata" ? [] : found).toEqual([]);
    }
  });

  it("agrees with TypeBox on anything", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => (check(value) === undefined) === Value.Check(schema, value)),
      { numRuns: 30 },
    );
  });
});
