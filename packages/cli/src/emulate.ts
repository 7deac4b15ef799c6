import { parseArgs } from "node:util";
import { listen, loadScenario } from "@duologue/emulator/node";
import { type Command, type ExitCode, UsageError } from "./command.ts";
import { portOption } from "./port-option.ts";

/** Starts a Realtime service on this machine and runs until it is stopped. */
export const emulate: Command = {
  usage: "emulate [--port N] [--host H] [--scenario FILE]",
  summary: "Start a Realtime service on this machine; prints its address.",
  async run(args, output, stopped): Promise<ExitCode> {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "0" },
        host: { type: "string", default: "127.0.0.1" },
        scenario: { type: "string" },
      },
    });
    const port = portOption(values.port);
    const scenario = values.scenario === undefined ? undefined : await scenarioFrom(values.scenario);
    const server = await listening({
      port,
      host: values.host,
      ...(scenario === undefined ? {} : { scenario }),
    });
    output.out(`${server.url}\n`);
    await stopped();
    await server.close();
    return 0;
  },
};

async function scenarioFrom(path: string) {
  try {
    return await loadScenario(path);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function listening(options: Parameters<typeof listen>[0]) {
  try {
    return await listen(options);
  } catch (error) {
    throw new UsageError(
      `Cannot listen: ${error instanceof Error ? error.message : error}. Choose another port.`,
    );
  }
}
