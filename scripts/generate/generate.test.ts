import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readDefinitions, type Schema } from "./definition.ts";
import { readDeviations } from "./deviations.ts";
import { generatedFiles } from "./generated-files.ts";

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
        /^\/\/ Generated\. Do not edit: .*\n\/\/ Made by scripts\/generate\/[a-z-]+\.ts from /,
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
      if (file.startsWith("realtime/shared/")) {
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
    const { types } = readDeviations(join(root, "schemas/deviations.json"));
    const events = definitions.all.filter(({ file }) => /^realtime\/(client|server)\//.test(file));
    for (const { name } of events) expect(types).toHaveProperty(name);
    for (const [name, { differences = {} }] of Object.entries(types)) {
      const { schema } = definitions.all.find((definition) => definition.name === name) ?? {};
      for (const [field, { reason }] of Object.entries(differences)) {
        expect(schema?.properties).toHaveProperty([field]);
        expect(reason).toMatch(/\.$/);
      }
    }
  });
});

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
