import { type Command, type ExitCode, type Output, UsageError } from "./command.ts";
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
  output: Output,
  stopped: () => Promise<void> = () => new Promise(() => {}),
): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    output.out(help());
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    output.err(name === undefined ? help() : `duologue: there is no command "${name}".\n${help()}`);
    return 2;
  }
  try {
    return await command.run(rest, output, stopped);
  } catch (error) {
    if (!(error instanceof UsageError) && !isParseArgsError(error)) throw error;
    output.err(`duologue ${name}: ${error.message}\nusage: duologue ${command.usage}\n`);
    return 2;
  }
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

function help(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const rows = Object.values(commands).map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`);
  return ["duologue: realtime voice conversations, recorded and replayed", "", ...rows, ""].join("\n");
}
