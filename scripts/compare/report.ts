import type { Compared, Difference } from "./compared.ts";

const headings = {
  new: "New upstream",
  gone: "Gone upstream, or only here",
  changed: "Changed",
} as const satisfies Record<Difference["change"], string>;

/** What a comparison found, for people. `title` says what was compared with what. */
export function report(title: string, { compared, explained, differences }: Compared): string {
  const summary = `${title}: ${compared} compared, ${explained} differences explained by schemas/deviations.json, ${differences.length} not`;
  const sections = Object.entries(headings).flatMap(([change, heading]) => {
    const lines = differences.filter((difference) => difference.change === change).map(line);
    return lines.length === 0 ? [] : ["", heading, ...lines];
  });
  return [summary, ...sections].join("\n");
}

function line({ what, here, upstream, detail }: Difference): string {
  return `  ${what.padEnd(11)} ${here}  ${detail}  [${upstream}]`;
}
