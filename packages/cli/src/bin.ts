#!/usr/bin/env node
import { terminalOutput } from "@duologue/emulator/terminal";
import { main } from "./main.ts";

const interrupted = () =>
  new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });

process.exitCode = await main(process.argv.slice(2), terminalOutput("duologue"), interrupted);
