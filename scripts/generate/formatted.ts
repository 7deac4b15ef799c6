import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

/** TypeScript source in the house format, by the workspace's own Biome. Throws when Biome cannot read it. */
export function formatted(source: string): string {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const run = spawnSync(process.execPath, [biome, "format", "--stdin-file-path=scripts/generate/output.ts"], {
    input: source,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`Biome could not format the generated source:\n${run.stderr}`);
  return run.stdout;
}
