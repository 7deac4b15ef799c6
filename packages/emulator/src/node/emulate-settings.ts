import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import type { Scenario } from "../brain/scenario.ts";
import { fileFault } from "../terminal/file-fault.ts";
import type { Voice } from "../voice/voice.ts";
import { messageOf } from "../wire/message-of.ts";
import { espeakVoice } from "./espeak-voice.ts";
import type { ListenOptions } from "./listen.ts";
import { loadScenario } from "./load-scenario.ts";
import { UsageError } from "./usage-error.ts";

/** What the command line asks for. */
export interface EmulateSettings {
  readonly listen: ListenOptions;
  /** Where the certificate is to be written. */
  readonly certificatePath: string | undefined;
  /** Whether the start is told in JSON. */
  readonly json: boolean;
  /** What the person at the terminal is told before anything else. */
  readonly notices: readonly string[];
}

const options = {
  port: { type: "string", default: "0" },
  host: { type: "string", default: "127.0.0.1" },
  tls: { type: "boolean", default: false },
  certificate: { type: "string" },
  scenario: { type: "string" },
  voice: { type: "string", default: "built-in" },
  "any-voice": { type: "boolean", default: false },
  pace: { type: "string" },
  record: { type: "string" },
  seed: { type: "string" },
  expiry: { type: "string" },
  context: { type: "string" },
  model: { type: "string", multiple: true },
  key: { type: "string", multiple: true },
  "max-sessions": { type: "string" },
  webhook: { type: "string" },
  "webhook-secret": { type: "string" },
  "sideband-greeting": { type: "boolean", default: false },
  control: { type: "boolean" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowNegative: true, options }).values;
  } catch (error) {
    // What Node says further about an option that is not known helps nobody here.
    const [sentence = ""] = messageOf(error).split(". ");
    throw new UsageError(`${sentence.replace(/\.$/, "")}.`, { cause: error });
  }
}

/**
 * Reads the arguments, and the files that they name. Rejects with a `UsageError` where an argument is wrong, and with
 * another `Error` where a file is; the message tells what to do.
 */
export async function emulateSettings(args: readonly string[]): Promise<EmulateSettings | "help"> {
  const values = parsed(args);
  if (values.help) return "help";
  const notices: string[] = [];
  const pace =
    values.pace === "Infinity" ? Number.POSITIVE_INFINITY : numberIn("--pace", values.pace, 0.01, 1e9);
  const expiry = values.expiry === "never" ? null : numberIn("--expiry", values.expiry, 0.001, 1e9);
  const context = wholeNumberIn("--context", values.context, 1, 1e9);
  const maxSessions = wholeNumberIn("--max-sessions", values["max-sessions"], 1, 1e6);
  for (const name of ["model", "key"] as const) {
    if (values[name]?.includes(""))
      throw new UsageError(`--${name} takes what a client gives, which is not empty.`);
  }
  for (const name of ["host", "record", "seed"] as const) {
    if (values[name] === "") throw new UsageError(`--${name} takes ${notEmpty[name]}, not "".`);
  }
  const { scenario, record, model, key, control, certificate } = values;
  const webhook = webhookIn(values.webhook, values["webhook-secret"]);
  return {
    listen: {
      port: portIn(values.port),
      host: values.host,
      tls: values.tls || certificate !== undefined,
      ...voiceIn(values.voice, notices),
      ...(values["any-voice"] && { voices: null }),
      ...(scenario !== undefined && { scenario: await scenarioIn(scenario) }),
      ...(pace !== undefined && { pace }),
      // Two emulators that run at once are not to give the same ids.
      seed: values.seed ?? randomBytes(12).toString("hex"),
      ...(record !== undefined && { record }),
      ...(expiry !== undefined && { expireAfterMs: expiry === null ? null : expiry * 1000 }),
      ...(context !== undefined && { maxInputTokens: context }),
      ...(model !== undefined && { models: model }),
      ...(key !== undefined && { keys: key }),
      ...(maxSessions !== undefined && { maxSessions }),
      ...(webhook !== undefined && { webhook }),
      ...(values["sideband-greeting"] && { sideband: { greeting: true } }),
      ...(control !== undefined && { control }),
    },
    certificatePath: certificate,
    json: values.json,
    notices,
  };
}

async function scenarioIn(path: string): Promise<Scenario> {
  try {
    return await loadScenario(path);
  } catch (error) {
    if (error instanceof TypeError) throw error;
    throw new Error(`Cannot read the scenario ${path}: ${fileFault(error)}.`, { cause: error });
  }
}

const notEmpty = {
  host: "an address or a name of this machine",
  record: "a folder",
  seed: "any text",
} as const;

function portIn(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new UsageError(`--port takes a number from 0 (any free port) to 65535, not "${text}".`);
  }
  return port;
}

function numberIn(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  // JavaScript's other ways of writing numbers are not meant.
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text) || !(number >= least && number <= most)) {
    throw new UsageError(`${name} takes a number from ${least} to ${most}, not "${text}".`);
  }
  return number;
}

function wholeNumberIn(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  const number = numberIn(name, text, least, most);
  if (number === undefined || Number.isInteger(number)) return number;
  throw new UsageError(`${name} takes a whole number, not "${text}".`);
}

/** The voice that is asked for, or the built-in one with a sentence where it is not there. */
function voiceIn(name: string, notices: string[]): { readonly voice?: Voice } {
  if (name === "built-in") return {};
  const [program, ...rest] = name.split(":");
  const language = rest.length === 0 ? undefined : rest.join(":");
  if (program !== "espeak-ng") {
    throw new UsageError(
      `--voice takes built-in, espeak-ng, or one of its voices such as espeak-ng:de, not "${name}".`,
    );
  }
  try {
    return { voice: espeakVoice(language === undefined ? {} : { language }) };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--voice: ${error.message}`, { cause: error });
    notices.push(`${messageOf(error)} The built-in voice hums instead.`);
    return {};
  }
}

function webhookIn(url: string | undefined, secret: string | undefined): ListenOptions["webhook"] {
  if (url === undefined) {
    if (secret === undefined) return undefined;
    throw new UsageError("--webhook-secret signs webhooks, and no --webhook says where they go.");
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`--webhook takes an address such as http://127.0.0.1:3000/webhook, not "${url}".`);
  }
  return { url, secret: secret ?? `whsec_${randomBytes(24).toString("base64")}` };
}
