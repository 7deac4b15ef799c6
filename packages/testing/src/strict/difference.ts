import type { Recording } from "@duologue/core";
import type { UnknownEvent } from "@duologue/protocol";
import type { Expected, Mismatch } from "./expectations.ts";

/** Where a client left a recording. */
export interface Difference {
  /**
   * `different`: a command that was recorded otherwise, or elsewhere. `unexpected`: one more than was recorded.
   * `missing`: one that was recorded and does not come. `undecodable`: a frame that is no event. `link`: one more
   * connection than was recorded.
   */
  readonly kind: "different" | "unexpected" | "missing" | "undecodable" | "link";
  /** The whole story, on several lines: what was recorded, what was sent, where, and what stands around it. */
  readonly message: string;
  /** The line of the recording, counted from 1, where there is one. */
  readonly line?: number;
  readonly recorded?: UnknownEvent;
  readonly sent?: UnknownEvent;
  /** JSON Pointer to the first value that differs, where it is about one. */
  readonly pointer?: string;
}

const shownCharacters = 240;
const linesAround = 4;

/** Tells of a command that is not what was recorded. */
export function mismatched(recording: Recording, { sent, expected, value, stream }: Mismatch): Difference {
  const rows = [`  sent      ${shownEvent(sent)}`];
  if (expected === undefined) rows.unshift("  recorded  nothing more");
  else rows.unshift(`  recorded  ${shownEvent(expected.command)}`);
  if (stream !== undefined) rows.push(`  its sound has ${stream}`.replace("has byte", "differs: byte"));
  if (value !== undefined) {
    rows.push(`  at ${value.pointer === "" ? "the top" : value.pointer}`);
    rows.push(`    recorded  ${shownValue(value.recorded)}`, `    sent      ${shownValue(value.sent)}`);
  }
  return told(recording, expected === undefined ? "unexpected" : "different", rows, expected, {
    sent,
    ...(value === undefined ? {} : { pointer: value.pointer }),
  });
}

/** Tells of commands that do not come; `why` says how that is known. */
export function missing(recording: Recording, expected: Expected, why: string): Difference {
  const bytes = expected.missingBytes > 0 ? `, ${expected.missingBytes} bytes of its sound` : "";
  const rows = [`  recorded  ${shownEvent(expected.command)}`, `  sent      nothing${bytes}: ${why}`];
  return told(recording, "missing", rows, expected, {});
}

/** Tells of something for which the recording has no place. */
export function misplaced(
  recording: Recording,
  kind: "undecodable" | "link" | "unexpected",
  what: string,
): Difference {
  return told(recording, kind, [`  ${what}`], undefined, {});
}

function told(
  recording: Recording,
  kind: Difference["kind"],
  rows: readonly string[],
  expected: Expected | undefined,
  details: Partial<Difference>,
): Difference {
  const line = expected === undefined ? undefined : recording.lines[expected.index];
  const at = expected?.at == null ? "" : ` (${seconds(expected.at)})`;
  const where = line === undefined ? "" : ` at line ${line}${at}`;
  const around = expected === undefined ? [] : ["Around it:", ...context(recording, expected.index)];
  return {
    kind,
    message: [`The client left the recording${where}.`, ...rows, ...around].join("\n"),
    ...(line === undefined ? {} : { line }),
    ...(expected === undefined ? {} : { recorded: expected.command }),
    ...details,
  };
}

/** What crossed the link before and after an entry; equal neighbours on one row. */
function context({ entries, lines }: Recording, index: number): string[] {
  const runs: { first: number; count: number; has: boolean }[] = [];
  for (const [place, entry] of entries.entries()) {
    if (entry.from === "local" && !entry.event.type.startsWith("link.")) continue;
    const last = runs.at(-1);
    const before = last === undefined ? undefined : entries[last.first];
    const alike = before?.from === entry.from && before.event.type === entry.event.type && place !== index;
    if (last !== undefined && alike && !last.has) last.count++;
    else runs.push({ first: place, count: 1, has: place === index });
  }
  const here = runs.findIndex(({ has }) => has);
  return runs.slice(Math.max(0, here - linesAround), here + linesAround).map(({ first, count, has }) => {
    const entry = entries[first];
    const time = entry?.at == null ? "" : seconds(entry.at).padStart(9);
    const times = count > 1 ? `  ×${count}` : "";
    const line = String(lines[first] ?? "").padStart(6);
    return `${has ? ">" : " "}${line} ${time}  ${entry?.from.padEnd(6)}  ${entry?.event.type}${times}`;
  });
}

function shownEvent({ type, ...fields }: UnknownEvent): string {
  const { event_id: _, ...rest } = fields;
  return `${type} ${shownValue(rest)}`;
}

function shownValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
