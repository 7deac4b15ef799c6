import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { type Program, programsOf, standingAlone } from "./readmes/programs.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const given = fileURLToPath(new URL("./readmes/given.ts", import.meta.url));
const packages = readdirSync(join(root, "packages")).filter((name) =>
  existsSync(join(root, "packages", name, "package.json")),
);
const read = (path: string) => readFileSync(join(root, path), "utf8");
const readmes = ["README.md", ...packages.map((name) => `packages/${name}/README.md`)];

/** What programs import that is not installed here: by the documentation of Vite and of React. */
const elsewhere = `
declare module "*?url" {
  const address: string;
  export default address;
}
declare module "react" {
  export function useCallback<F extends (...args: never[]) => unknown>(run: F, on: readonly unknown[]): F;
  export function useEffect(run: () => undefined | (() => void), on: readonly unknown[]): void;
  export function useState<T>(initial: T): [T, (next: T) => void];
  export function useMemo<T>(make: () => T, on: readonly unknown[]): T;
  export function useSyncExternalStore<T>(
    subscribe: (changed: () => void) => () => void,
    snapshot: () => T,
    serverSnapshot?: () => T,
  ): T;
}
`;

/** A folder in which everything can be imported that a program of ours may import. */
function workplace(): string {
  const folder = mkdtempSync(join(tmpdir(), "duologue-readmes-"));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  symlinkSync(join(root, "packages/core/node_modules/rxjs"), join(modules, "rxjs"));
  copyFileSync(given, join(folder, "given.ts"));
  writeFileSync(join(folder, "elsewhere.d.ts"), elsewhere);
  const { compilerOptions } = JSON.parse(read("tsconfig.base.json"));
  const lax = { noUnusedLocals: false, noUnusedParameters: false, noEmit: true, types: ["node"] };
  const settings = { compilerOptions: { ...compilerOptions, ...lax }, include: ["*.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  return folder;
}

/** What the compiler says of the programs in a folder, line by line; of what they import it speaks elsewhere. */
async function complaints(folder: string): Promise<readonly string[]> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const compiling = promisify(execFile)(process.execPath, [compiler, "--pretty", "false", "-p", folder]);
  const said = await compiling.then(
    () => "",
    ({ stdout }: { readonly stdout: string }) => stdout,
  );
  return said.split("\n").filter((line) => line.includes(": error ") && !line.startsWith("packages/"));
}

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
