import { unsettled } from "../engine/unsettled.ts";
import type { Comparison, Difference } from "./comparison.ts";

/** How much of a comparison is told. */
export interface ComparisonTextOptions {
  /** Whether all differences are told, and not the first one alone. Default: false. */
  readonly all?: boolean;
  /** Stands before line numbers, such as the name of a file. Default: `line `. */
  readonly place?: string;
}

/** A comparison for people to read, in lines, each with a line break: the first difference, or that there is none. */
export function comparisonText(comparison: Comparison, options: ComparisonTextOptions = {}): string {
  const { all = false, place = "line " } = options;
  const { differences, known, links, events, uncompared, settled } = comparison;
  const told = all ? differences : differences.slice(0, 1);
  const lines = told.flatMap((difference) => [...linesOf(difference, place, links), ""]);
  const more = differences.length - told.length;
  if (more > 0) lines.push(`and ${counted(more, "more difference")}`);
  const usual = Object.entries(unsettled());
  const unusual = Object.entries(settled).filter(
    (option) => !usual.some((entry) => entry.join() === option.join()),
  );
  if (unusual.length > 0) {
    lines.push(
      `emulated with unsettled: { ${unusual.map(([name, value]) => `${name}: ${value}`).join(", ")} }`,
    );
  }
  if (uncompared.length > 0) lines.push(`not in a recording, and not compared: ${uncompared.join(", ")}`);
  const accepted = known.length === 0 ? "" : `, ${counted(known.length, "known difference")}`;
  const verdict =
    differences.length === 0
      ? "the emulator sends the same"
      : `the emulator differs: ${counted(differences.length, "difference")}`;
  const where = links === 1 ? "" : ` of ${links} links`;
  lines.push(`${counted(events, "event")}${where} compared${accepted}; ${verdict}`);
  return lines.map((line) => `${line}\n`).join("");
}

function linesOf(difference: Difference, place: string, links: number): readonly string[] {
  const end = links === 1 ? "behind the last event" : `behind the last event of link ${difference.link}`;
  const at = difference.line === undefined ? end : `${place}${difference.line}`;
  const sides = [
    `  recorded  ${difference.recorded ?? "nothing"}`,
    `  emulated  ${difference.emulated ?? "nothing"}`,
  ];
  if (difference.type !== "sequence") return [`${at}  ${difference.event}  ${difference.path}`, ...sides];
  const before = difference.before.length === 0 ? "the beginning" : difference.before.join(", ");
  return [`${at}  another event comes`, `  behind    ${before}`, ...sides];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
