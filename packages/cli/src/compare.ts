import { parseArgs } from "node:util";
import { compareWithRecording, comparisonText } from "@duologue/emulator";
import { azure, beta, type Dialect, openai, xai } from "@duologue/protocol/dialects";
import { type Command, type ExitCode, UnavailableError, UsageError } from "./command.ts";
import { protocolOf, readRecordingFile } from "./read-recording-file.ts";

const dialects: Readonly<Record<string, Pick<Dialect, "name" | "absentEvents" | "upcast">>> = {
  openai,
  azure,
  xai,
  beta,
};

/** Holds a recorded session once more with the emulator and shows where it differs from the recorded service. */
export const compare: Command = {
  usage: "compare FILE [--dialect NAME] [--all] [--json]",
  options: [
    ["FILE", "a recording of a session with a service, as JSON lines"],
    [
      "--dialect NAME",
      "openai, azure, xai or beta; default: that of the provider in the recording's first line",
    ],
    ["--all", "print every difference, not the first one alone"],
    ["--json", "print one JSON document, and nothing else"],
  ],
  summary: "Hold a recorded session with the emulator and show where it differs from the service.",
  async run(args, output): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { dialect: { type: "string" }, all: { type: "boolean" }, json: { type: "boolean" } },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0)
      throw new UsageError("Name one recording: duologue compare FILE");
    const recording = await readRecordingFile(file);
    protocolOf(file, recording);
    for (const { line, message } of recording.problems) output.err(`${file}:${line}  ${message}\n`);
    const dialect = dialectOf(values.dialect, recording.header.provider);
    if (!recording.entries.some(({ from }) => from === "server")) {
      throw new UnavailableError(`${file}: There are no events of a service in this recording.`);
    }
    const comparison = compared(() => compareWithRecording(recording, { dialect }));
    if (comparison instanceof Error) {
      output.err(`${file}: ${comparison.message}\n`);
      return 1;
    }
    if (values.json) output.out(`${JSON.stringify(comparison)}\n`);
    else output.out(comparisonText(comparison, { all: values.all ?? false, place: `${file}:` }));
    return comparison.differences.length + recording.problems.length === 0 ? 0 : 1;
  },
};

/** The dialect that is asked for, or that of the provider that the recording names; otherwise OpenAI's. */
function dialectOf(name: string | undefined, provider: unknown) {
  if (name !== undefined) {
    const named = Object.hasOwn(dialects, name) ? dialects[name] : undefined;
    if (named !== undefined) return named;
    throw new UsageError(`--dialect takes ${Object.keys(dialects).join(", ")}, not "${name}".`);
  }
  const known = typeof provider === "string" && Object.hasOwn(dialects, provider) && dialects[provider];
  return known || openai;
}

/** What the comparison gives, or why there can be none: the recording is not what a service sends. */
function compared<T>(compareIt: () => T): T | TypeError {
  try {
    return compareIt();
  } catch (error) {
    if (error instanceof TypeError) return error;
    throw error;
  }
}
