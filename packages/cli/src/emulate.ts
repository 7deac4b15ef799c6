import { type Command, UsageError } from "./command.ts";
export const emulate: Command = { usage: "emulate [--port N]", summary: "x", async run() { throw new UsageError("-"); } };
