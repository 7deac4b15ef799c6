import { build } from "esbuild";

/** How a bundle is made. */
export interface BundleOptions {
  /** The folder from which the program's imports are resolved. */
  readonly from: string;
  /** Whether names and spaces are shortened; true by default. Otherwise names stay as they are written. */
  readonly minify?: boolean;
  /** `esm` for something that others import, the default; `iife` for something that a page runs. */
  readonly format?: "esm" | "iife";
}

/** A program and all that it imports as one file for browsers, without what it does not use. Throws on an import of anything of Node. */
export async function bundled(program: string, options: BundleOptions): Promise<string> {
  const { from, minify = true, format = "esm" } = options;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: from, loader: "ts" },
    // Names of files in what is bundled do not depend on where it was done.
    absWorkingDir: from,
    bundle: true,
    write: false,
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    format,
    minify,
  });
  const [file, ...more] = outputFiles;
  if (file === undefined || more.length > 0) throw new Error("a bundle is one file");
  return file.text;
}
