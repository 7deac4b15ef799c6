import { UsageError } from "./command.ts";

/** Reads the value of `--port`. Throws `UsageError` for what is none. */
export function portOption(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new UsageError(`--port takes a number from 0 (any free port) to 65535, not "${text}".`);
  }
  return port;
}
