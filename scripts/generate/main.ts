import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "./generated-files.ts";

const usage = `node scripts/generate/main.ts [--check]

Writes everything that is generated: from schemas/, and the module of the audio thread from packages/audio.
  --check   write nothing; exit 1 and name the files that differ from what would be written`;

const root = join(import.meta.dirname, "../..");
const [option, ...more] = process.argv.slice(2);

if (more.length > 0 || (option !== undefined && option !== "--check")) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const files = await generatedFiles(root);
  const different = files.filter(({ path, content }) => current(path) !== content);
  if (option === "--check") {
    for (const { path } of different) console.error(`differs from its sources: ${path}`);
    if (different.length > 0) console.error("Run `node scripts/generate/main.ts` and commit the result.");
    process.exitCode = different.length > 0 ? 1 : 0;
  } else {
    for (const { path, content } of different) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
      console.log(`wrote ${path}`);
    }
  }
}

function current(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
