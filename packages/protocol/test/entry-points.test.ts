import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import * as generatedSchemas from "../src/generated/schemas.ts";
import * as generatedValidators from "../src/generated/validators.ts";
import * as schemas from "../src/schemas.ts";
import * as validators from "../src/validators.ts";
import { root } from "./definitions.ts";

const source = join(root, "packages/protocol/src");

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

describe("the main entry", () => {
  it("imports neither TypeBox nor anything of Node", () => {
    const imports = [...importsOf(join(source, "index.ts"))];
    expect(imports.filter((name) => !name.startsWith(source))).toEqual([]);
    expect(imports).toContain(join(source, "generated/validators.ts"));
    expect(imports).not.toContain(join(source, "generated/schemas.ts"));
  });
});

describe("the other entries", () => {
  it("name everything that is generated", () => {
    expect(Object.keys(schemas).sort()).toEqual(Object.keys(generatedSchemas).sort());
    expect(Object.keys(validators).sort()).toEqual(Object.keys(generatedValidators).sort());
  });

  it("export every type but those of recordings, which belong to whoever writes them", () => {
    const types = readFileSync(join(source, "generated/types.ts"), "utf8");
    const names = [...types.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name);
    const index = readFileSync(join(source, "index.ts"), "utf8");
    const exported = [
      ...(index.match(/\{([^}]*)\} from "\.\/generated\/types\.ts"/)?.[1] ?? "").matchAll(/\w+/g),
    ];
    expect(exported.map(([name]) => name).sort()).toEqual(
      names.filter((name) => !name?.startsWith("Recording")).sort(),
    );
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
  const text = readFileSync(join(source, "generated/validators.ts"), "utf8");

  it("are functions that a bundler can take one by one", () => {
    const rest = text
      .replace(/^(?:export )?function [\s\S]*?^}$/gm, "")
      .replace(/^export const (?:client|server)Checks: [\s\S]*?^};$/gm, "")
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

  it("are small, even before names are shortened", () => {
    const bare = text.replace(/\/\*\*.*\*\/|\/\/.*/g, "").replace(/\s+/g, " ");
    expect(gzipSync(bare).length).toBeLessThan(12_000);
  });

  it("work where code may not be made from strings", () => {
    const program = `
      const { openaiRealtime } = await import(${JSON.stringify(join(source, "index.ts"))});
      try { new Function("return 1"); throw new Error("strings can become code"); } catch (error) {
        if (!(error instanceof EvalError)) throw error;
      }
      const { issues } = openaiRealtime.decode('{"type":"response.done","event_id":"e","response":{}}');
      console.log(issues.map(({ path }) => path).join());`;
    const output = execFileSync(
      process.execPath,
      ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program],
      { encoding: "utf8" },
    );
    expect(output.trim()).toBe("/response/id,/response/status,/response/output");
  });
});
