import { emulateCommand } from "@duologue/emulator/node";
import type { Command } from "./command.ts";

/** Starts a Realtime service on this machine and runs until it is stopped. */
export const emulate: Command = {
  usage: "emulate [--port N] [--tls] [--scenario FILE] [--record DIR] …",
  summary: "Start a Realtime service on this machine; prints its address. --help names all options.",
  run: (args, output, stopped) => emulateCommand(args, output, stopped, "duologue emulate"),
};
