import { fileFault } from "./file-fault.ts";

/** Where a command writes. */
export interface CommandOutput {
  /** Standard output. */
  readonly out: (text: string) => void;
  /** Standard error. */
  readonly err: (text: string) => void;
}

/**
 * The terminal, or what stands in its place. Whoever reads may stop before the end, as `head` does: the rest is said to nobody,
 * and that is no fault. Where the output cannot be written, a full disk for one, the program says so and ends with code 2.
 */
export function terminalOutput(name: string): CommandOutput {
  const { stdout, stderr } = process;
  stdout.on("error", (error) => {
    if ("code" in error && error.code === "EPIPE") return;
    stderr.write(`${name}: Cannot write the output: ${fileFault(error)}.\n`, () => process.exit(2));
  });
  stderr.on("error", () => {});
  return { out: (text) => void stdout.write(text), err: (text) => void stderr.write(text) };
}
