import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readWav, requireFormat, writeWav } from "@duologue/audio";
import { type ConversationState, canonicalJson, conversation, tokenTotals } from "@duologue/conversation";
import {
  type Clock,
  type Connection,
  readRecording,
  replaySession,
  systemClock,
  type Transport,
} from "@duologue/core";
import { listen, loadScenario } from "@duologue/emulator/node";
import { openaiRealtime } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { openaiRealtimeUrl } from "@duologue/transport-websocket";
import { nodeWebSocket } from "@duologue/transport-websocket/node";
import { type DemoResult, runDemo, sampleRateHz } from "./run-demo.ts";
import { screen } from "./screen.ts";
import { paint, seconds, timeline } from "./timeline.ts";
import { inVirtualTime } from "./virtual-run.ts";

const usage = `usage: demo [--fast | --live] [--out FOLDER]

  --fast        in virtual time, as fast as this machine can
  --live        with the real service; needs OPENAI_API_KEY
  --out FOLDER  where recording.jsonl and heard.wav go; out/demo unless told
`;

const speechFolder = new URL("../speech/", import.meta.url);

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fast: { type: "boolean", default: false },
      live: { type: "boolean", default: false },
      out: { type: "string", default: join("out", "demo") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { OPENAI_API_KEY: apiKey = "" } = process.env;
  if (values.live && apiKey === "") {
    process.stderr.write(
      "The live demo needs a key: set OPENAI_API_KEY, or leave --live away to use the emulator.\n",
    );
    return 2;
  }
  if (values.live && values.fast) {
    process.stderr.write("A real service does not run in virtual time: choose --live or --fast.\n");
    return 2;
  }
  const out = screen(process.stdout);
  const times = timeline(out);
  const clips = { question: await speech("ask-weather.wav"), bargeIn: await speech("barge-in.wav") };
  const hold = (transport: Transport<Connection>, clock: Clock, epoch: { epochMs?: () => number } = {}) =>
    runDemo({ transport, clock, ...epoch, ...clips, bargeInAfterMs: 2600, onStep: times.show });

  out.print("");
  const startedMs = performance.now();
  let result: DemoResult;
  if (values.live) {
    const url = openaiRealtimeUrl({ model: process.env.OPENAI_REALTIME_MODEL ?? "gpt-realtime" });
    out.print(`${paint("bold", "Duologue demo")}  the real service at ${url}\n`);
    result = await hold(nodeWebSocket({ url, apiKey }), systemClock());
  } else {
    const virtual = values.fast ? virtualClock() : undefined;
    const clock = virtual ?? systemClock();
    const scenario = await loadScenario(fileURLToPath(new URL("scenario.json", import.meta.url)));
    // Virtual time has no date of its own; with one that is fixed, every run comes to the same state.
    const epoch = virtual === undefined ? {} : { epochMs: () => Date.UTC(2026, 0, 1) + virtual.now() };
    const server = await listen({ clock, scenario, ...epoch });
    out.print(`${paint("bold", "Duologue demo")}  emulator at ${server.url}: no key, no network\n`);
    try {
      const transport = nodeWebSocket({ url: `${server.url}?model=gpt-realtime`, apiKey: "none-needed" });
      result =
        virtual === undefined
          ? await hold(transport, clock)
          : await inVirtualTime(transport, server, virtual, (metered) => hold(metered, virtual, epoch));
    } finally {
      await server.close();
    }
  }
  out.show("");
  const ranMs = performance.now() - startedMs;

  await mkdir(values.out, { recursive: true });
  const recordingPath = join(values.out, "recording.jsonl");
  const wavPath = join(values.out, "heard.wav");
  await writeFile(recordingPath, `${result.lines.join("\n")}\n`);
  await writeFile(wavPath, writeWav({ sampleRateHz, samples: result.heard }));

  const replayed = await replay(await readFile(recordingPath, "utf8"));
  const live = hash(result.state);
  const same = live === hash(replayed);
  const { inputTokens, outputTokens } = tokenTotals(result.state);
  const rows: [string, string][] = [
    [
      "latency",
      `first sound ${result.latenciesMs.map((ms) => seconds(ms)).join(" and ")} after the user stopped`,
    ],
    ["usage", `${inputTokens} tokens in, ${outputTokens} out, ${result.state.responses.length} responses`],
    ["recording", `${shown(recordingPath)}  ${result.lines.length} lines`],
    ["heard", `${shown(wavPath)}  ${seconds((result.heard.length * 1000) / sampleRateHz)} of sound`],
    ["live", `state ${live.slice(0, 16)}…`],
    [
      "replay",
      `state ${hash(replayed).slice(0, 16)}…  ${same ? paint("green", "identical") : paint("red", "DIFFERENT")}`,
    ],
    ["took", `${seconds(ranMs)}${values.fast ? " in virtual time" : ""}`],
  ];
  out.print("");
  for (const [name, text] of rows) out.print(`        ${paint("dim", name.padEnd(11))}${text}`);
  out.print("");
  return same ? 0 : 1;
}

/** Reads the recording back through the replay transport. */
async function replay(text: string): Promise<ConversationState> {
  const { session, run } = replaySession({ recording: readRecording(text), protocol: openaiRealtime });
  const talk = conversation(session, { live: false });
  await run();
  return talk.state;
}

function hash(state: ConversationState): string {
  return createHash("sha256").update(canonicalJson(state)).digest("hex");
}

async function speech(name: string): Promise<Int16Array> {
  const wav = readWav(await readFile(new URL(name, speechFolder)));
  return requireFormat(wav, { sampleRateHz, channels: 1 }, name).samples;
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // Usage, the key, the network: the message says what to do, a stack would not.
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode =
    error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS") ? 2 : 1;
}
