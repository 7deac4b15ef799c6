import { parseArgs } from "node:util";
import type { Entry } from "@duologue/core";
import type { CommandOutput } from "@duologue/emulator/terminal";
import type { Protocol, WireEvent } from "@duologue/protocol";
import { type Command, type ExitCode, UsageError } from "./command.ts";
import { counted } from "./inspect/counted.ts";
import { protocolOf, readRecordingFile } from "./read-recording-file.ts";

/** One frame, or line, that is not as it should be. */
interface InvalidFrame {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The event's type; empty when there is no event. */
  readonly type: string;
  /** JSON Pointer into the event. */
  readonly path: string;
  readonly message: string;
}

interface Report {
  readonly files: number;
  readonly frames: number;
  readonly known: number;
  readonly unknown: Readonly<Record<string, number>>;
  readonly invalid: readonly InvalidFrame[];
}

/** Checks every frame of recordings against the schemas. */
export const validate: Command = {
  usage: "validate FILE… [--json]",
  options: [
    ["FILE…", "recordings, as JSON lines"],
    ["--json", "print one JSON document, and nothing else"],
  ],
  summary: "Check every frame of recordings against the schemas.",
  async run(args, output): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: "boolean" } },
    });
    if (positionals.length === 0)
      throw new UsageError("Name at least one recording: duologue validate FILE…");
    const report = await validateFiles(positionals);
    if (values.json) output.out(`${JSON.stringify(report)}\n`);
    else print(report, output);
    return report.invalid.length === 0 ? 0 : 1;
  },
};

async function validateFiles(files: readonly string[]): Promise<Report> {
  const unknown: Record<string, number> = {};
  const invalid: InvalidFrame[] = [];
  let frames = 0;
  let known = 0;
  for (const file of files) {
    const recording = await readRecordingFile(file);
    const protocol = protocolOf(file, recording);
    for (const { line, message } of recording.problems) {
      invalid.push({ file, line, type: "", path: "", message });
    }
    for (const [index, entry] of recording.entries.entries()) {
      const decoded = decodeEntry(protocol, entry);
      if (decoded === undefined) continue;
      frames++;
      const line = recording.lines[index] ?? 0;
      if (decoded.kind === "undecodable") {
        invalid.push({ file, line, type: "", path: "", message: decoded.reason });
      } else if (decoded.kind === "unknown") {
        unknown[decoded.event.type] = (unknown[decoded.event.type] ?? 0) + 1;
      } else {
        known++;
        const { type } = decoded.event;
        for (const { path, message } of decoded.issues) invalid.push({ file, line, type, path, message });
      }
    }
  }
  return { files: files.length, frames, known, unknown, invalid: invalid.sort(byPlace) };
}

/** What the protocol makes of an entry; nothing for what never was a frame. */
function decodeEntry<C extends WireEvent, S extends WireEvent>(protocol: Protocol<C, S>, entry: Entry) {
  if (entry.from === "server") return protocol.decode(JSON.stringify(entry.event));
  if (entry.from === "client") return protocol.decodeClient(JSON.stringify(entry.event));
  if (entry.event.type !== "frame.undecodable") return undefined;
  const { from, text } = entry.event;
  return from === "server" ? protocol.decode(text) : protocol.decodeClient(text);
}

function byPlace(a: InvalidFrame, b: InvalidFrame): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}

function print({ files, frames, known, unknown, invalid }: Report, { out }: CommandOutput): void {
  for (const { file, line, type, path, message } of invalid) {
    out(`${file}:${line}  ${[type, path].filter(Boolean).join(" ")}  ${message}\n`);
  }
  for (const [type, count] of Object.entries(unknown)) out(`unknown  ${type} ×${count}\n`);
  const verdict = invalid.length === 0 ? "all valid" : counted(invalid.length, "problem");
  out(`${counted(frames, "frame")} in ${counted(files, "file")}: ${known} known, ${verdict}\n`);
}
