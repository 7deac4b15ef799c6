import type { CommandOutput } from "@duologue/emulator/terminal";

/** 0: good. 1: problems were found. 2: wrong usage, or something that is not there. */
export type ExitCode = 0 | 1 | 2;

/** One command of `duologue`. */
export interface Command {
  /** The arguments, as the help shows them. */
  readonly usage: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Each option and what it does, for `--help`; absent where the command answers that itself. */
  readonly options?: readonly (readonly [option: string, meaning: string])[];
  /** `stopped` resolves when the person at the terminal ends a command that would go on for ever. */
  run(args: readonly string[], output: CommandOutput, stopped: () => Promise<void>): Promise<ExitCode>;
}

/** A file, a folder or an address that a command was given is not as it needs it; how it is used is right. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}

/** Wrong usage: the message tells what to do instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
