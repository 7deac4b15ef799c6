export { fileFault } from "./terminal/file-fault.ts";
export { type CommandOutput, terminalOutput } from "./terminal/terminal-output.ts";
