import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import {
  type ConversationItem,
  type ConversationState,
  canonicalJson,
  conversation,
  heardTextOfItem,
  textOf,
  tokenTotals,
  truncatedAtMs,
} from "@duologue/conversation";
import { replaySession } from "@duologue/core";
import type { CommandOutput } from "@duologue/emulator/terminal";
import { type Command, type ExitCode, UsageError } from "./command.ts";
import { protocolOf, readRecordingFile } from "./read-recording-file.ts";

/** Folds a recording once more and shows the conversation that comes out. */
export const replay: Command = {
  usage: "replay FILE [--json]",
  options: [
    ["FILE", "a recording, as JSON lines"],
    ["--json", "print one JSON document, and nothing else"],
  ],
  summary: "Fold a recording once more and show the conversation that comes out.",
  async run(args, output): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: "boolean" } },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0)
      throw new UsageError("Name one recording: duologue replay FILE");
    const recording = await readRecordingFile(file);
    const state = await replayed(recording, protocolOf(file, recording));
    const { problems, stopped } = recording;
    for (const { line, message } of problems) output.err(`${file}:${line}  ${message}\n`);
    if (stopped !== undefined) output.err(`${file}  ${stopped.message}\n`);
    const report = reportOf(state);
    if (values.json) output.out(`${JSON.stringify(report)}\n`);
    else print(report, output);
    return problems.length === 0 ? 0 : 1;
  },
};

async function replayed(
  recording: Parameters<typeof replaySession>[0]["recording"],
  protocol: ReturnType<typeof protocolOf>,
): Promise<ConversationState> {
  const { session, run } = replaySession({ recording, protocol });
  const talk = conversation(session, { live: false });
  await run();
  const { state } = talk;
  talk.close();
  return state;
}

/** SHA-256, in hexadecimal, of the canonical JSON of a whole state. */
function stateHash(state: ConversationState): string {
  return createHash("sha256").update(canonicalJson(state)).digest("hex");
}

function reportOf(state: ConversationState) {
  return {
    items: state.items.map(itemReport),
    responses: state.responses.map(({ id, status }) => ({ id, status })),
    usage: tokenTotals(state),
    sha256: stateHash(state),
  };
}

function itemReport(item: ConversationItem) {
  const { id, type, status } = item;
  switch (item.type) {
    case "message":
      return withoutUndefined({
        id,
        type,
        role: item.role,
        status,
        text: textOf(item) || undefined,
        heardText: heardTextOfItem(item),
        truncatedAtMs: truncatedAtMs(item),
      });
    case "function_call":
      return { id, type, status, name: item.name, callId: item.callId, arguments: item.arguments };
    case "function_call_output":
      return { id, type, status, callId: item.callId, output: item.output };
    default:
      return { id, type, status };
  }
}

function withoutUndefined<T extends object>(fields: T): Partial<T> {
  // Leaving fields out of T leaves a Partial<T>.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function print(
  { items, responses, usage, sha256 }: ReturnType<typeof reportOf>,
  { out }: CommandOutput,
): void {
  for (const item of items) out(`${line(item)}\n`);
  for (const { id, status } of responses) out(`response  ${id}  ${status}\n`);
  out(`${usage.inputTokens} tokens in, ${usage.outputTokens} out\n`);
  out(`sha256 ${sha256}\n`);
}

function line(item: ReturnType<typeof itemReport>): string {
  if ("arguments" in item) return `call       ${item.name}(${item.arguments.replace(/\s+/g, " ").trim()})`;
  if ("output" in item) return `output     ${item.output}`;
  if (!("role" in item)) return `${item.type}  ${item.status}`;
  const cut =
    item.truncatedAtMs === undefined ? "" : `  [cut at ${item.truncatedAtMs} ms: "${item.heardText ?? ""}"]`;
  return `${(item.role ?? "").padEnd(9)}  ${item.text ?? "—"}${cut}`;
}
