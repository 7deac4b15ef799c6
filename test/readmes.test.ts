import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { type Program, programsOf, standingAlone } from "./readmes/programs.ts";
import { complaints, workplace } from "./readmes/workplace.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const given = fileURLToPath(new URL("./readmes/given.ts", import.meta.url));
const packages = readdirSync(join(root, "packages")).filter((name) =>
  existsSync(join(root, "packages", name, "package.json")),
);
const read = (path: string) => readFileSync(join(root, path), "utf8");
const readmes = ["README.md", ...packages.map((name) => `packages/${name}/README.md`)];

describe("the programs of the READMEs", () => {
  const folder = workplace();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("compile, each with what those above it import", async () => {
    const programs: Program[] = readmes.flatMap((readme) =>
      standingAlone(programsOf(readme, read(readme)), readFileSync(given, "utf8")),
    );
    expect(programs.length).toBeGreaterThan(30);
    const names = programs.map((_, index) => `program-${index}.ts`);
    for (const [index, { text }] of programs.entries()) writeFileSync(join(folder, names[index] ?? ""), text);
    const said = await complaints(folder);
    const placed = said.map((line) => {
      const [, file = "", row = "", what = ""] = /([\w-]+\.ts)\((\d+),\d+\): (.*)/.exec(line) ?? [];
      const program = programs[names.indexOf(file)];
      return program === undefined ? line : `${program.readme}:${program.line + Number(row) - 2} ${what}`;
    });
    expect(placed).toEqual([]);
  }, 120_000);
});

describe("a README that is packed", () => {
  it.each(packages)("of %s has no link to what is not packed with it", (name) => {
    const { files }: { files: readonly string[] } = JSON.parse(read(`packages/${name}/package.json`));
    const texts = ["README.md", ...files.filter((file) => file.endsWith(".md"))];
    const links = texts.flatMap((file) =>
      [...read(`packages/${name}/${file}`).matchAll(/\]\((?!#|https?:)([^)#]+)/g)].map(([, to = ""]) => to),
    );
    expect(links.filter((to) => to !== "README.md" && !files.includes(to))).toEqual([]);
  });
});
