import { parseArgs } from "node:util";
import { realtimeService } from "./realtime-service.ts";
import { voicePage } from "./voice-page.ts";

const usage = `usage: voice [--port PORT]

  --port PORT  where the page is served; 5173 unless told, or the next one that is free

With OPENAI_API_KEY the page talks to the real service, otherwise to an emulator on this machine.
OPENAI_REALTIME_MODEL names another model than gpt-realtime, OPENAI_BASE_URL another address of the API.
`;

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: "string", default: "5173" }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    process.stderr.write(`--port ${values.port} is no port: 0 to 65535 are.\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  const service = await realtimeService(process.env);
  const page = await voicePage(service, { port, watch: true }).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const partner = service.isEmulated
    ? "an emulator on this machine: no key, no network"
    : `${service.model} at ${service.base}`;
  process.stdout.write(`\n  Duologue voice  ${page.url}\n\n  Talks to ${partner}.\n  Ctrl-C ends it.\n\n`);

  const end = async () => {
    process.off("SIGINT", end).off("SIGTERM", end);
    await page.close();
    await service.close();
  };
  process.on("SIGINT", end).on("SIGTERM", end);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  // A taken port, an option, a folder: the message says what to do, a stack would not.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
