#!/usr/bin/env node
import { emulateCommand } from "./node/emulate-command.ts";

const output = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};

const interrupted = () =>
  new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });

process.exitCode = await emulateCommand(process.argv.slice(2), output, interrupted);
