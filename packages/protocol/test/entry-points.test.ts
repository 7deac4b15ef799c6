import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { definitionsIn, scopes } from "../../../scripts/generate/scope.ts";
import * as schemas from "../src/schemas.ts";
import * as validators from "../src/validators.ts";
import { definitions, root } from "./definitions.ts";

const source = join(root, "packages/protocol/src");
const generated = join(source, "generated");

/** Everything that a module imports when it runs, directly or through others: file paths and package names. */
function importsOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  const text = readFileSync(file, "utf8").replace(/(import|export) type [^;]*;/g, "");
  for (const [, from = ""] of text.matchAll(/\bfrom "([^"]+)"|\bimport "([^"]+)"/g)) {
    const target = from.startsWith(".") ? join(dirname(file), from) : from;
    if (seen.has(target)) continue;
    seen.add(target);
    if (from.startsWith(".")) importsOf(target, seen);
  }
  return seen;
}

/** The names of the types that one of the generated modules declares. */
function typesIn(folder: string): readonly string[] {
  const text = readFileSync(join(generated, folder, "types.ts"), "utf8");
  return [...text.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name = ""]) => name).sort();
}

/** The names of the types that an entry takes from one of the generated modules. */
function typesFrom(entry: string, folder: string): readonly string[] {
  const module = `"./${relative(source, join(generated, folder, "types.ts"))}"`;
  const text = readFileSync(join(source, entry), "utf8");
  const block = text.match(
    new RegExp(`export type \\{([^}]*)\\} from ${module.replaceAll(".", "\\.")}`),
  )?.[1];
  return [...(block ?? "").matchAll(/\w+/g)].map(([name]) => name).sort();
}

describe("the main entry", () => {
  const imports = [...importsOf(join(source, "index.ts"))];

  it("imports neither TypeBox nor anything of Node", () => {
    expect(imports.filter((name) => !name.startsWith(source))).toEqual([]);
    expect(imports).toContain(join(generated, "validators.ts"));
    expect(imports.filter((name) => name.endsWith("schemas.ts"))).toEqual([]);
  });

  it("has nothing of dialects or of requests by HTTP", () => {
    expect(imports.filter((name) => /\/(dialects|rest)(\/|\.ts)/.test(name))).toEqual([]);
  });

  it("exports every type but those of recordings, which belong to whoever writes them", () => {
    expect(typesFrom("index.ts", "")).toEqual(typesIn("").filter((name) => !name.startsWith("Recording")));
    expect(typesFrom("index.ts", "translation")).toEqual(typesIn("translation"));
  });
});

describe("the other entries", () => {
  it("name everything that is generated, and nothing else", () => {
    const names = definitions.all.map(({ name }) => name);
    const tables = scopes.flatMap(({ sides }) => sides.flat().map(({ checks }) => checks));
    expect(Object.keys(schemas).sort()).toEqual([...names].sort());
    expect(Object.keys(validators).sort()).toEqual(
      [...names.map((name) => `check${name}`), ...tables].sort(),
    );
  });

  it("export the types of their scope", () => {
    expect(typesFrom("rest.ts", "rest")).toEqual(typesIn("rest"));
    expect(typesFrom("dialects.ts", "dialects")).toEqual(typesIn("dialects"));
  });

  it.each(["rest.ts", "dialects.ts", "validators.ts"])("%s needs no package and nothing of Node", (entry) => {
    expect([...importsOf(join(source, entry))].filter((name) => !name.startsWith(source))).toEqual([]);
  });

  it("of requests by HTTP has the validators of its scope", async () => {
    const [rest] = scopes.filter(({ folder }) => folder === "rest");
    const names =
      rest === undefined ? [] : definitionsIn(rest, definitions).map(({ name }) => `check${name}`);
    expect(names.length).toBeGreaterThan(10);
    expect(Object.keys(await import("../src/rest.ts")).sort()).toEqual([...names].sort());
  });
});

/** The validators by name, each with the names of those that it calls. */
function callsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const functions = [...text.matchAll(/^(?:export )?function (\w+)\(([\s\S]*?)^}$/gm)];
  return new Map(
    functions.map(([, name = "", body = ""]) => [
      name,
      [...body.matchAll(/\bcheck\w+/g)].map(([call]) => call),
    ]),
  );
}

describe("the validators", () => {
  const files = readdirSync(generated, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("validators.ts"),
  );
  const text = readFileSync(join(generated, "validators.ts"), "utf8");

  it.each(files)("of %s are functions that a bundler can take one by one", (file) => {
    const rest = readFileSync(join(generated, file), "utf8")
      .replace(/^(?:export )?function [\s\S]*?^}$/gm, "")
      .replace(/^export const \w+Checks: [\s\S]*?^};$/gm, "")
      .replace(/^import [\s\S]*?;$/gm, "")
      .replace(/\/\*\*.*\*\/|\/\/.*/g, "");
    expect(rest.trim()).toBe("");
  });

  it("of one event bring only the shapes that it uses", () => {
    const calls = callsOf(text);
    const reached = (name: string): readonly string[] => [name, ...(calls.get(name) ?? []).flatMap(reached)];
    expect(reached("checkResponseOutputAudioDeltaEvent")).toEqual(["checkResponseOutputAudioDeltaEvent"]);
    expect(new Set(reached("checkRateLimitsUpdatedEvent"))).toEqual(
      new Set(["checkRateLimitsUpdatedEvent", "checkRateLimit"]),
    );
    expect(reached("checkResponseDoneEvent")).toContain("checkOutputAudioPart");
    expect(reached("checkResponseDoneEvent")).not.toContain("checkSessionState");
    expect(calls.size).toBeGreaterThan(160);
  });

  it("of the core are small, even before names are shortened", () => {
    const bare = text.replace(/\/\*\*.*\*\/|\/\/.*/g, "").replace(/\s+/g, " ");
    expect(gzipSync(bare).length).toBeLessThan(12_000);
  });
});
