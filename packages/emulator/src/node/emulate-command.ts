import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileFault } from "../terminal/file-fault.ts";
import type { CommandOutput } from "../terminal/terminal-output.ts";
import { messageOf } from "../wire/message-of.ts";
import { emulateHelp } from "./emulate-help.ts";
import { type EmulateSettings, emulateSettings } from "./emulate-settings.ts";

import { greetingText } from "./greeting-text.ts";
import { type Listening, listen } from "./listen.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The command line of the emulator: `args` are what follows the name of the program. Prints the address on standard
 * output, and on standard error what to set in a client; runs until `stopped` resolves. Resolves with the exit code: 0
 * good, 1 something went wrong on the way, such as a recording, 2 wrong usage or something that is not there. Never
 * rejects.
 */
export async function emulateCommand(
  args: readonly string[],
  { out, err }: CommandOutput,
  stopped: () => Promise<void>,
  name = "duologue-emulator",
): Promise<0 | 1 | 2> {
  let problems = 0;
  const onProblem = (message: string) => {
    problems++;
    err(`${name}: ${message}\n`);
  };
  const removals: (() => Promise<void>)[] = [];
  let server: Listening;
  let certificatePath: string | undefined;
  try {
    const settings = await emulateSettings(args);
    if (settings === "help") {
      out(emulateHelp(name));
      return 0;
    }
    for (const notice of settings.notices) err(`${name}: ${notice}\n`);
    server = await listening(settings, onProblem);
    certificatePath = await writtenCertificate(server, settings, removals);
    out(
      settings.json ? `${JSON.stringify(addresses(server, settings, certificatePath))}\n` : `${server.url}\n`,
    );
    if (!settings.json) err(greetingText(server, settings, certificatePath));
  } catch (error) {
    const usage = error instanceof UsageError ? `usage: ${name} [options]; ${name} --help names them\n` : "";
    err(`${name}: ${messageOf(error)}\n${usage}`);
    return 2;
  }
  await stopped();
  await server.close();
  for (const remove of removals) await remove();
  return problems === 0 ? 0 : 1;
}

async function listening(
  settings: EmulateSettings,
  onProblem: (message: string) => void,
): Promise<Listening> {
  try {
    return await listen({ ...settings.listen, onProblem });
  } catch (error) {
    throw new Error(listenFault(error), { cause: error });
  }
}

/** Why nobody can listen there, and what to do. */
function listenFault(error: unknown): string {
  const why = messageOf(error);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return `Cannot listen: ${why}. Choose another --port.`;
    case "EACCES":
      return `Cannot listen: ${why}. Choose a --port from 1024 on.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `Cannot listen: ${why}. --host takes an address or a name of this machine.`;
    default:
      return why;
  }
}

/** Puts the certificate where clients can read it: where they are told, or in a folder that goes in the end. */
async function writtenCertificate(
  { certificate, close }: Listening,
  { certificatePath }: EmulateSettings,
  removals: (() => Promise<void>)[],
): Promise<string | undefined> {
  if (certificate === undefined) return undefined;
  try {
    if (certificatePath !== undefined) {
      await writeFile(certificatePath, certificate);
      return certificatePath;
    }
    const folder = await mkdtemp(join(tmpdir(), "duologue-emulator-"));
    removals.push(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, "certificate.pem");
    await writeFile(path, certificate);
    return path;
  } catch (error) {
    await close();
    throw new Error(`Cannot write the certificate: ${fileFault(error)}.`, { cause: error });
  }
}

function addresses({ url, baseUrl, port }: Listening, settings: EmulateSettings, certificatePath?: string) {
  const webhookSecret = settings.listen.webhook?.secret;
  return {
    url,
    baseUrl,
    port,
    ...(certificatePath !== undefined && { certificate: certificatePath }),
    ...(webhookSecret !== undefined && { webhookSecret }),
  };
}
