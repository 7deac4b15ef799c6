import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../packages/", import.meta.url));

const entries = readdirSync(root)
  .filter((name) => existsSync(join(root, name, "package.json")))
  .flatMap((name) => {
    const { exports = {} } = JSON.parse(readFileSync(join(root, name, "package.json"), "utf8"));
    return Object.entries<string>(exports)
      .filter(([, file]) => file.endsWith(".ts"))
      .map(([path, file]) => ({ entry: join(name, path), file: join(root, name, file) }));
  });

/** The names that an entry exports, types included, as its source lists them. */
function exportedNames(file: string): string[] {
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  expect(text, "an entry names each export").not.toMatch(/export\s*\*/);
  const lists = [...text.matchAll(/export\s+(type\s+)?\{([^}]*)\}/g)].flatMap(([, , list = ""]) =>
    list
      .split(",")
      .map((name) =>
        name
          .replace(/\btype\s+/, "")
          .replace(/^.*\sas\s+/, "")
          .trim(),
      )
      .filter((name) => name !== ""),
  );
  const declared = [...text.matchAll(/export\s+(?:const|function|class|interface|type)\s+([A-Za-z]+)/g)].map(
    (match) => match[1] ?? "",
  );
  return [...lists, ...declared].sort();
}

describe("what each package exports", () => {
  it.each(entries)("$entry", async ({ entry, file }) => {
    const name = entry.replaceAll("/", "-");
    await expect(`${exportedNames(file).join("\n")}\n`).toMatchFileSnapshot(`exports/${name}.txt`);
  });
});
