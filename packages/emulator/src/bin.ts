#!/usr/bin/env node
import { emulateCommand } from "./node/emulate-command.ts";
import { terminalOutput } from "./terminal/terminal-output.ts";

const name = "duologue-emulator";

const interrupted = () =>
  new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });

process.exitCode = await emulateCommand(process.argv.slice(2), terminalOutput(name), interrupted, name);
