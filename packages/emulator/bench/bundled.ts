import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** A program as JavaScript, in a file that is removed in the end. */
export interface Bundled {
  /** The address of the file. */
  readonly program: string;
  remove(): Promise<void>;
}

/** A program of this folder as it would be published: without types, what it gets from npm left where it is. */
export async function bundled(program: string): Promise<Bundled> {
  const folder = await mkdtemp(fileURLToPath(new URL("../node_modules/.bench-", import.meta.url)));
  const outfile = join(folder, "program.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL(program, import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["ws", "selfsigned", "@roamhq/wrtc", "rxjs"],
    logLevel: "error",
  });
  return { program: pathToFileURL(outfile).href, remove: () => rm(folder, { recursive: true }) };
}
