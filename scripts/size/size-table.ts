import { gzipSync } from "node:zlib";
import { bundled } from "./bundled.ts";
import type { Bundle } from "./bundles.ts";

/** How large a bundle came out, in bytes. */
export interface Size {
  readonly minifiedBytes: number;
  /** Minified, then gzipped at the highest level. */
  readonly gzipBytes: number;
}

/** The sizes of bundles, in the same order. Imports are resolved from the folder `from`. */
export async function sizesOf(bundles: readonly Bundle[], from: string): Promise<readonly (Bundle & Size)[]> {
  return Promise.all(
    bundles.map(async (bundle) => {
      const text = Buffer.from(await bundled(bundle.program, { from }));
      return { ...bundle, minifiedBytes: text.length, gzipBytes: gzipSync(text, { level: 9 }).length };
    }),
  );
}

/** A table in Markdown, a row a bundle, with a column of bounds where there are any. Columns are aligned. */
export function sizeRows(sizes: readonly (Bundle & Size)[]): string {
  const bounded = sizes.some(({ mostGzipBytes }) => mostGzipBytes !== undefined);
  const rows = sizes.map(({ name, contents, minifiedBytes, gzipBytes, mostGzipBytes }) => [
    ...[name, contents, written(minifiedBytes), written(gzipBytes)],
    ...(bounded ? [mostGzipBytes === undefined ? "" : written(mostGzipBytes)] : []),
  ]);
  const head = ["what", "holds", "minified", "gzipped", ...(bounded ? ["at most"] : [])];
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, column) =>
      column < firstNumber ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `| ${padded.join(" | ")} |`;
  };
  const rule = widths.map((width, column) =>
    column < firstNumber ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [head, rule, ...rows].map(line).join("\n");
}

/** The first column that holds numbers, which stand to the right. */
const firstNumber = 2;

/** The sizes that a Markdown page states, by the name of the bundle. */
export function statedSizes(page: string): ReadonlyMap<string, Size> {
  const rows = page.matchAll(/^\| ([^|]+?) +\|[^|]*\| +([\d,]+) \| +([\d,]+) \|/gm);
  return new Map(
    [...rows].map(([, name = "", minified = "", gzip = ""]) => [
      name,
      { minifiedBytes: bytes(minified), gzipBytes: bytes(gzip) },
    ]),
  );
}

/**
 * Sentences about each size that is above its bound, or that a page states wrongly: not at all, or off by more than
 * 2 % and 32 bytes, which is more than versions of Node's zlib and of the bundler differ by.
 */
export function complaintsAbout(
  sizes: readonly (Bundle & Size)[],
  stated: ReadonlyMap<string, Size>,
): readonly string[] {
  const names = new Set(sizes.map(({ name }) => name));
  const gone = [...stated.keys()]
    .filter((name) => !names.has(name))
    .map((name) => `${name}: stated, but not measured`);
  const wrong = sizes.flatMap(({ name, gzipBytes, minifiedBytes, mostGzipBytes = Infinity }) => {
    const found: string[] = [];
    if (gzipBytes > mostGzipBytes) {
      found.push(`${name}: ${written(gzipBytes)} bytes gzipped, ${written(mostGzipBytes)} allowed`);
    }
    const page = stated.get(name);
    if (page === undefined) found.push(`${name}: not stated`);
    else if (differs(page.gzipBytes, gzipBytes) || differs(page.minifiedBytes, minifiedBytes)) {
      const before = `${written(page.minifiedBytes)} and ${written(page.gzipBytes)}`;
      found.push(
        `${name}: ${before} bytes stated, ${written(minifiedBytes)} and ${written(gzipBytes)} measured`,
      );
    }
    return found;
  });
  return [...wrong, ...gone];
}

function differs(stated: number, measured: number): boolean {
  return Math.abs(measured - stated) > Math.max(32, 0.02 * stated);
}

function written(count: number): string {
  return count.toLocaleString("en");
}

function bytes(text: string): number {
  return Number(text.replaceAll(",", ""));
}
