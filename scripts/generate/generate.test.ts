import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Definition, readDefinitions, type Schema } from "./definition.ts";
import { readDeviations } from "./deviations.ts";
import { generatedFiles } from "./generated-files.ts";
import { borrowingsOf, refuseStrayReferences, scopes } from "./scope.ts";

const root = join(import.meta.dirname, "../..");
const definitions = readDefinitions(join(root, "schemas"));

function run(...options: readonly string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...options], {
    encoding: "utf8",
  });
}

describe("what is generated", () => {
  it("is what stands in the repository", async () => {
    for (const { path, content } of await generatedFiles(root)) {
      expect({ path, same: readFileSync(join(root, path), "utf8") === content }).toEqual({
        path,
        same: true,
      });
      expect(content).toMatch(
        /^(\/\/|<!--) Generated\. Do not edit: .*\n\1 Made by scripts\/generate\/[a-z-]+\.ts from /,
      );
    }
  });

  it("is checked by the command", () => {
    expect(run("--check")).toMatchObject({ status: 0, stderr: "" });
    expect(run("--chek").status).toBe(2);
  });
});

describe("a changed schema", () => {
  const copy = mkdtempSync(join(tmpdir(), "schemas-"));
  afterAll(() => rmSync(copy, { recursive: true }));

  it("changes what is generated", async () => {
    cpSync(join(root, "schemas"), join(copy, "schemas"), { recursive: true });
    const [before] = await generatedFiles(copy);
    const file = join(copy, "schemas/realtime/shared/usage.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"total_tokens": {', '"all_tokens": {'));
    const [after] = await generatedFiles(copy);
    expect(before?.path).toBe("packages/protocol/src/generated/types.ts");
    expect(after?.content).toBe(before?.content.replace("total_tokens?:", "all_tokens?:"));
  });
});

describe("the schemas", () => {
  it.each(definitions.all.map((definition) => [definition.name, definition] as const))(
    "%s says what it is",
    (name, { file, schema }) => {
      const own = file
        .split("/")
        .at(-1)
        ?.replace(/\.json$/, "");
      if (/^rest\/|\/shared\//.test(file)) {
        expect(own).toBe(name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase());
      }
      expect(schema.examples?.length).toBeGreaterThan(0);
      const sentences = [schema.description, ...fieldDescriptions(schema)];
      for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z`].*[.]$/s);
    },
  );

  it("close no object: what is not known is kept", () => {
    for (const { name, schema } of definitions.all) {
      expect({ name, closed: JSON.stringify(schema).includes('"additionalProperties":false') }).toEqual({
        name,
        closed: false,
      });
    }
  });

  it("have a counterpart or none in the official package, and a reason for every difference", () => {
    const { types, otherModules } = readDeviations(join(root, "schemas/deviations.json"));
    const events = definitions.all.filter(({ file }) =>
      /^(realtime|translation)\/(client|server)\//.test(file),
    );
    for (const { name } of events) expect(types).toHaveProperty(name);
    const listed = [types, ...Object.values(otherModules)].flatMap((module) => Object.entries(module));
    for (const [name, { differences = {} }] of listed) {
      const definition = definitions.all.find((one) => one.name === name);
      for (const [field, { kind, reason }] of Object.entries(differences)) {
        expect({ name, field, isHere: definition !== undefined && field in fieldsOf(definition) }).toEqual({
          name,
          field,
          isHere: kind !== "missing",
        });
        expect(reason).toMatch(/\.$/);
      }
    }
  });

  it("refer to their own scope and to those before it, and to nothing else", () => {
    expect(() => refuseStrayReferences(definitions)).not.toThrow();
    const [core] = scopes;
    expect(core && borrowingsOf(core, definitions)).toEqual([]);
    const [item] = definitions.all.filter(({ name }) => name === "Item");
    const stray = { ...item, file: "realtime/shared/item.json", name: "Item", schema: { $ref: "ping.json" } };
    const ping = definitions.all.find(({ name }) => name === "XaiPingEvent");
    if (ping === undefined) throw new Error("xAI's ping is gone");
    expect(() => refuseStrayReferences({ all: [stray, ping], target: () => ping })).toThrow(/a later scope/);
    const homeless = { ...stray, file: "elsewhere/item.json" };
    expect(() => refuseStrayReferences({ all: [homeless], target: () => ping })).toThrow(/no scope/);
  });

  it("have titles of their own", () => {
    const names = definitions.all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

/** The fields of a definition, or of the one that it is another name of. */
function fieldsOf(definition: Definition): object {
  const { $ref, properties } = definition.schema;
  return $ref === undefined ? (properties ?? {}) : fieldsOf(definitions.target(definition, $ref));
}

/** The descriptions of all fields at every depth of one file; `undefined` for a field that has none. */
function fieldDescriptions(schema: Schema): readonly (string | undefined)[] {
  const parts = [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.items ? [schema.items] : [])];
  return [
    ...Object.values(schema.properties ?? {}).flatMap((field) => [
      field.description,
      ...fieldDescriptions(field),
    ]),
    ...parts.flatMap(fieldDescriptions),
  ];
}
