import { readFile } from "node:fs/promises";
import type { CommandOutput } from "@duologue/emulator/terminal";
import { type Command, type ExitCode, UnavailableError, UsageError } from "./command.ts";
import { compare } from "./compare.ts";
import { emulate } from "./emulate.ts";
import { inspect } from "./inspect.ts";
import { record } from "./record.ts";
import { replay } from "./replay.ts";
import { validate } from "./validate.ts";

const commands: Readonly<Record<string, Command>> = {
  validate,
  replay,
  compare,
  inspect,
  record,
  emulate,
};

/**
 * Runs `duologue` with these arguments; resolves with the exit code. `stopped` tells a command that would go on for
 * ever when to end.
 */
export async function main(
  args: readonly string[],
  output: CommandOutput,
  stopped: () => Promise<void> = () => new Promise(() => {}),
): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    output.out(help());
    return 0;
  }
  if (name === "--version") {
    output.out(`${await version()}\n`);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    output.err(name === undefined ? help() : `duologue: there is no command "${name}".\n${help()}`);
    return 2;
  }
  if (command.options !== undefined && asksForHelp(rest)) {
    output.out(helpOf(command, command.options));
    return 0;
  }
  try {
    return await command.run(rest, output, stopped);
  } catch (error) {
    output.err(`duologue ${name}: ${faultText(error, command)}\n`);
    return 2;
  }
}

/** What is wrong, with the usage only where that is. Throws what is no fault of whoever runs the command. */
function faultText(error: unknown, { usage }: Command): string {
  if (error instanceof UnavailableError) return error.message;
  if (error instanceof UsageError) return `${error.message}\nusage: duologue ${usage}`;
  if (isParseArgsError(error)) return `${firstSentence(error.message)}\nusage: duologue ${usage}`;
  throw error;
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

/** What Node says further about an option that is not known helps nobody here. */
function firstSentence(message: string): string {
  return `${message.split(". ")[0]?.replace(/\.$/, "")}.`;
}

/** Whether `--help` stands among the options: behind `--` it is the name of a file. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end === -1 ? args.length : end).some((arg) => arg === "--help" || arg === "-h");
}

function help(): string {
  const rows = Object.values(commands).map(({ usage, summary }) => `  ${usage}\n      ${summary}\n`);
  const more = [
    "duologue COMMAND --help tells the options of a command; duologue --version which one this is.",
    "Exit code 0: good; 1: problems were found; 2: wrong usage, or something that is not there.",
  ];
  return ["duologue: realtime voice conversations, recorded and replayed", "", ...rows, ...more, ""].join(
    "\n",
  );
}

function helpOf({ usage, summary }: Command, options: NonNullable<Command["options"]>): string {
  const all = [...options, ["--help, -h", "this text"] as const];
  const width = Math.max(...all.map(([option]) => option.length));
  const rows = all.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`);
  return [`usage: duologue ${usage}`, "", summary, "", ...rows, ""].join("\n");
}

async function version(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  const isNamed = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isNamed ? String(manifest.version) : "unknown";
}
