import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { otherBundles, ownBundles } from "./bundles.ts";
import { complaintsAbout, sizeRows, sizesOf, statedSizes } from "./size-table.ts";

const usage = `node scripts/size/main.ts [--check]

Bundles what programs take from @duologue/protocol, prints the sizes and writes packages/protocol/SIZES.md.
  --check   write nothing; exit 1 and say which size is above its bound or no longer what the page states`;

const folder = join(import.meta.dirname, "../../packages/protocol");
const page = join(folder, "SIZES.md");
const [option, ...more] = process.argv.slice(2);

if (more.length > 0 || (option !== undefined && option !== "--check")) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const own = await sizesOf(ownBundles, folder);
  const others = await sizesOf(otherBundles, folder);
  const sizes = [...own, ...others];
  for (const { name, minifiedBytes, gzipBytes } of sizes) {
    const [minified, gzip] = [minifiedBytes, gzipBytes].map((count) =>
      count.toLocaleString("en").padStart(8),
    );
    console.log(`${name.padEnd(36)}${minified} minified${gzip} gzipped`);
  }
  if (option === undefined) writeFileSync(page, pageFor(sizeRows(own), sizeRows(others)));
  const complaints = complaintsAbout(sizes, statedSizes(readFileSync(page, "utf8")));
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
}

function pageFor(own: string, others: string): string {
  return `<!-- Written by scripts/size/main.ts. Do not edit: run \`node scripts/size/main.ts\`. -->

# Sizes

Bytes of what a program brings into a browser: bundled with esbuild, minified, then gzipped at level 9. A check measures
again and allows 2 %, so that another version of the bundler is no failure and a careless import is one.

${own}

Each validator is a plain function that names the shapes it uses and no others, so a bundler takes exactly those; a test
bundles the validator of every event and looks at what came with it.

## For scale

${others}
`;
}
