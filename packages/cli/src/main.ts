import { type Command, type ExitCode, type Output, UsageError } from "./command.ts";
import { emulate } from "./emulate.ts";
import { replay } from "./replay.ts";
import { validate } from "./validate.ts";

const commands: Readonly<Record<string, Command>> = { validate, replay, emulate };

/** Runs `duologue` with these arguments; resolves with the exit code. */
export async function main(args: readonly string[], output: Output): Promise<ExitCode> {
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
    return await command.run(rest, output);
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
  const rows = Object.values(commands).map(({ usage, summary }) => `  ${usage.padEnd(44)}${summary}`);
  return ["duologue: realtime voice conversations, recorded and replayed", "", ...rows, ""].join("\n");
}
