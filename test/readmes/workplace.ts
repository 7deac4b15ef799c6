import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const given = fileURLToPath(new URL("./given.ts", import.meta.url));

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
export function workplace(): string {
  const folder = mkdtempSync(join(tmpdir(), "duologue-readmes-"));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  symlinkSync(join(root, "packages/core/node_modules/rxjs"), join(modules, "rxjs"));
  copyFileSync(given, join(folder, "given.ts"));
  writeFileSync(join(folder, "elsewhere.d.ts"), elsewhere);
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.base.json"), "utf8"));
  const lax = { noUnusedLocals: false, noUnusedParameters: false, noEmit: true, types: ["node"] };
  const settings = { compilerOptions: { ...compilerOptions, ...lax }, include: ["*.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  return folder;
}

/** What the compiler says of the programs in a folder, line by line; of what they import it speaks elsewhere. */
export async function complaints(folder: string): Promise<readonly string[]> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const compiling = promisify(execFile)(process.execPath, [compiler, "--pretty", "false", "-p", folder]);
  const said = await compiling.then(
    () => "",
    ({ stdout }: { readonly stdout: string }) => stdout,
  );
  return said.split("\n").filter((line) => line.includes(": error ") && !line.startsWith("packages/"));
}
