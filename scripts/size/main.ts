import { readFileSync, writeFileSync } from "node:fs";
import { type SizePage, sizePages } from "./pages.ts";
import { complaintsAbout, sizeRows, sizesOf, statedSizes } from "./size-table.ts";

const usage = `node scripts/size/main.ts [--check]

Bundles what programs take from the packages, prints the sizes and writes packages/protocol/SIZES.md and docs/sizes.md.
  --check   write nothing; exit 1 and say which size is above its bound or no longer what its page states`;

const [option, ...more] = process.argv.slice(2);

if (more.length > 0 || (option !== undefined && option !== "--check")) {
  console.error(usage);
  process.exitCode = 2;
} else {
  for (const page of sizePages) {
    const own = await sizesOf(page.own, page.from);
    const others = await sizesOf(page.others, page.from);
    const sizes = [...own, ...others];
    for (const { name, minifiedBytes, gzipBytes } of sizes) {
      const [minified, gzip] = [minifiedBytes, gzipBytes].map((count) =>
        count.toLocaleString("en").padStart(9),
      );
      console.log(`${name.padEnd(38)}${minified} minified${gzip} gzipped`);
    }
    if (option === undefined) writeFileSync(page.file, textOf(page, sizeRows(own), sizeRows(others)));
    const complaints = complaintsAbout(sizes, statedSizes(readFileSync(page.file, "utf8")));
    for (const complaint of complaints) console.error(complaint);
    if (complaints.length > 0) process.exitCode = 1;
  }
}

function textOf({ remark }: SizePage, own: string, others: string): string {
  return `<!-- Written by scripts/size/main.ts. Do not edit: run \`node scripts/size/main.ts\`. -->

# Sizes

Bytes of what a program brings into a browser: bundled with esbuild, minified, then gzipped at level 9. A check measures
again and allows 2 %, so that another version of the bundler is no failure and a careless import is one.

${own}

${remark}

## For scale

${others}
`;
}
