import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { fileFault } from "@duologue/emulator/terminal";
import { type Command, type ExitCode, UnavailableError, UsageError } from "./command.ts";
import { page } from "./inspect/page.ts";
import { summaryOf } from "./inspect/summary.ts";
import { terminalText } from "./inspect/terminal.ts";
import { timeline } from "./inspect/timeline.ts";
import { protocolOf, readRecordingFile } from "./read-recording-file.ts";

/** Shows a recording as a timeline: in the terminal, as a page, or as data. */
export const inspect: Command = {
  usage: "inspect FILE [--html OUT] [--json]",
  options: [
    ["FILE", "a recording, as JSON lines"],
    ["--html OUT", "write a page that needs no network to this file, in place of the text"],
    ["--json", "print one JSON document, and nothing else"],
  ],
  summary: "Show who spoke when, what was heard, called and cut; as a page with --html.",
  async run(args, output): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { html: { type: "string" }, json: { type: "boolean", default: false } },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) {
      throw new UsageError("Name one recording: duologue inspect FILE");
    }
    const recording = await readRecordingFile(file);
    protocolOf(file, recording);
    const { entries, header, problems, stopped } = recording;
    for (const { line, message } of problems) output.err(`${file}:${line}  ${message}\n`);
    if (stopped !== undefined) output.err(`${file}  ${stopped.message}\n`);
    const shown = timeline(entries, header);
    if (values.html !== undefined) await writePage(values.html, page(shown, basename(file)));
    if (values.json) output.out(`${JSON.stringify({ ...shown, summary: summaryOf(shown) })}\n`);
    else if (values.html === undefined) output.out(terminalText(shown, columns()));
    else output.out(`${values.html}\n`);
    return problems.length === 0 ? 0 : 1;
  },
};

/** How wide the terminal is, or as wide as the environment says where there is none. */
function columns(): number {
  return process.stdout.columns || Number(process.env.COLUMNS) || 100;
}

async function writePage(path: string, html: string): Promise<void> {
  try {
    await writeFile(path, html);
  } catch (error) {
    throw new UnavailableError(`Cannot write ${path}: ${fileFault(error)}.`);
  }
}
