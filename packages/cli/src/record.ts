import { parseArgs } from "node:util";
import { RealtimeError, type RedactOptions, recordingWriter, systemClock } from "@duologue/core";
import type { CommandOutput } from "@duologue/emulator/terminal";
import { openaiRealtime } from "@duologue/protocol";
import { type Command, type ExitCode, UnavailableError, UsageError } from "./command.ts";
import { portOption } from "./port-option.ts";
import type { BridgeObserver } from "./record/bridge.ts";
import { frameEntry } from "./record/frame-entry.ts";
import { freeFile, requireFolderOf } from "./record/free-file.ts";
import { type ProxyOptions, proxy, type RecordingProxy } from "./record/proxy.ts";
import { shownAddress, targetAddress } from "./record/target-address.ts";

/** Stands between clients and a server, and records what they say to each other, until it is stopped. */
export const record: Command = {
  usage: "record URL FILE [--port N] [--host H] [--key-env NAME] [--redact-audio] [--redact-text]",
  options: [
    ["URL", "the server, as wss://api.openai.com/v1/realtime"],
    ["FILE", "the recording of the first client; the next ones get a number: talk.jsonl, talk-2.jsonl"],
    ["--port N", "where to listen; 0, the default, is any free port"],
    ["--host H", "default: 127.0.0.1, this machine alone"],
    ["--key-env NAME", "the variable whose key takes the place of the clients' own"],
    ["--redact-audio", "record silence of the same length in place of speech"],
    ["--redact-text", "record blocks in place of words"],
  ],
  summary: "Record any client talking to any server: dial the address that this prints instead of URL.",
  async run(args, output, stopped): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string", default: "0" },
        host: { type: "string", default: "127.0.0.1" },
        "key-env": { type: "string" },
        "redact-audio": { type: "boolean", default: false },
        "redact-text": { type: "boolean", default: false },
      },
    });
    const [url, file, ...rest] = positionals;
    if (url === undefined || file === undefined || rest.length > 0) {
      throw new UsageError(
        "Name the server and a file: duologue record wss://api.openai.com/v1/realtime talk.jsonl",
      );
    }
    const target = targetAddress(url);
    const port = portOption(values.port);
    const apiKey = keyFrom(values["key-env"]);
    requireFolderOf(file);
    const redact = { audio: values["redact-audio"], text: values["redact-text"] };
    const links = recorder(file, redact, output);
    const server = await listening({ target, port, host: values.host, apiKey, ...links });
    output.out(`${server.url}\n`);
    await stopped();
    links.stop();
    await server.close();
    await links.finished();
    return 0;
  },
};

/** Writes one file for each link. */
function recorder(file: string, redact: RedactOptions, { err }: CommandOutput) {
  const clock = systemClock();
  const unfinished = new Set<Promise<void>>();
  let count = 0;
  let stopping = false;

  function onLink(dialled: URL): BridgeObserver {
    const number = ++count;
    const startedAtMs = clock.now();
    const at = () => Math.round((clock.now() - startedAtMs) * 1000) / 1000;
    const sink = freeFile(file);
    const model = dialled.searchParams.get("model");
    const writer = recordingWriter(sink, {
      protocol: openaiRealtime.name,
      header: {
        server: shownAddress(dialled),
        ...(model === null ? {} : { model }),
        recordedBy: "duologue record",
      },
      redact,
      onStop: ({ message }) => err(`client ${number}: ${message} It goes on unrecorded.\n`),
    });
    const frames = { client: 0, server: 0 };
    err(`client ${number}: connected, recording to ${sink.path}\n`);
    writer.write({
      at: 0,
      from: "local",
      event: { type: "link.opened", transport: "websocket", audio: "events" },
    });
    return {
      frame(from, bytes, isBinary) {
        frames[from]++;
        writer.write(frameEntry(at(), from, bytes, isBinary));
      },
      closed(from, { code, reason }) {
        writer.write({ at: at(), from: "local", event: { type: "link.closed", code, reason } });
        const by = stopping ? "this proxy" : `the ${from}`;
        const kept = sink.close().then(
          () =>
            err(
              `client ${number}: ${frames.client} frames sent, ${frames.server} received, closed by ${by} (${code})\n`,
            ),
          (error: unknown) => err(`client ${number}: ${sink.path} is not complete: ${error}\n`),
        );
        unfinished.add(kept);
        kept.finally(() => unfinished.delete(kept));
      },
    };
  }

  return {
    onLink,
    onRefused: (why: string) => err(`a client was refused: ${why}\n`),
    /** Whatever ends from now on, ends because of us. */
    stop() {
      stopping = true;
    },
    /** Resolves when the files of all links that have ended are complete. */
    finished: async () => void (await Promise.all(unfinished)),
  };
}

function keyFrom(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const key = process.env[name] ?? "";
  if (key === "") throw new UsageError(`--key-env ${name}: there is no such variable, or it is empty.`);
  return key;
}

async function listening(options: ProxyOptions): Promise<RecordingProxy> {
  try {
    return await proxy(options);
  } catch (error) {
    if (RealtimeError.is(error)) throw error;
    throw new UnavailableError(
      `Cannot listen: ${error instanceof Error ? error.message : error}. Choose another --port or --host.`,
    );
  }
}
