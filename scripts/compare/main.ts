import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readDefinitions } from "../generate/definition.ts";
import { readDeviations } from "../generate/deviations.ts";
import { compared } from "./compared.ts";
import { declarations } from "./declarations.ts";
import { report } from "./report.ts";

const usage = `node scripts/compare/main.ts [--json] [--package FOLDER]

Says what is new, gone or changed in the types of the official package, as compared with schemas/ and beyond what
schemas/deviations.json explains. Exit 0: nothing. Exit 1: something. Exit 2: it could not be compared.
  --json             one JSON document on standard output
  --package FOLDER   an unpacked package in place of the installed one`;

try {
  const { values } = parseArgs({ options: { json: { type: "boolean" }, package: { type: "string" } } });
  process.exitCode = compare(values.json ?? false, values.package);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 2;
}

/** Prints what was found and returns the exit code. Throws when something cannot be read. */
function compare(json: boolean, given: string | undefined): number {
  const schemas = join(import.meta.dirname, "../../schemas");
  const deviations = readDeviations(join(schemas, "deviations.json"));
  const folder = given === undefined ? installed(deviations.package) : resolve(given);
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const upstream = declarations((module) => {
    // Modules are named as importers name them, with the name of the package first.
    const file = `${join(folder, module.slice(deviations.package.length))}.d.ts`;
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  });
  const result = compared(readDefinitions(schemas), deviations, upstream);
  const { package: name, version: listed } = deviations;
  if (json) console.log(JSON.stringify({ package: name, version, listed, ...result }, null, 2));
  else console.log(report(`${name} ${version}, deviations listed for ${listed}`, result));
  return result.differences.length === 0 ? 0 : 1;
}

/** The folder of an installed package. */
function installed(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.resolve(name)));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
