import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { type Bidi, bidi } from "./bidi.ts";

/** A tab of a Firefox. */
export interface FirefoxTab {
  /** The value of an expression in the page, which may be a promise of it, by way of JSON. Rejects with what it throws. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A Firefox without a window. */
export interface Firefox {
  /** Opens a page in a new tab, which has nothing in common with the others. `failed` is told what nobody catches there. */
  open(url: string, failed: (error: Error) => void): Promise<FirefoxTab>;
  close(): Promise<void>;
}

/**
 * No loudspeaker is needed, and the microphone is a tone that nobody is asked for. Whatever is not on this machine is
 * looked for where nobody is.
 */
const preferences: Readonly<Record<string, string | number | boolean>> = {
  "media.cubeb.force_mock_context": true,
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  // Two peers of one page, which knows no address but that of this machine.
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  "browser.chrome.site_icons": false,
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
};

/**
 * The path of a Firefox: `$FIREFOX_PATH`, else one on the path. Where there is none, a sentence that says why nothing is
 * tested in it: none is installed for that.
 */
export function firefoxPath(): { readonly path: string } | { readonly missing: string } {
  const named = process.env.FIREFOX_PATH;
  if (named) {
    return isProgram(named)
      ? { path: named }
      : { missing: `FIREFOX_PATH names ${named}, which is no program` };
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const path = ["firefox", "firefox-esr"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isProgram);
  return path === undefined
    ? { missing: "there is no firefox or firefox-esr on the path, and FIREFOX_PATH is not set" }
    : { path };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Starts a Firefox with an empty profile that goes when it is closed. Not by Playwright, whose Firefox is one of its own:
 * this is the one that people have.
 */
export async function startFirefox(path: string): Promise<Firefox> {
  const folder = mkdtempSync(join(tmpdir(), "duologue-firefox-"));
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(folder, "user.js"), lines.join("\n"));
  const args = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", folder];
  // It refuses to run as somebody to whom the home folder does not belong.
  const env = { ...process.env, HOME: folder };
  const program = spawn(path, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(program, "close");
  // Nobody else ends it where a test is broken off.
  const kill = () => void program.kill("SIGKILL");
  process.on("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    kill();
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const address = await listeningAddress(createInterface(program.stderr));
    return await driven(await bidi(`${address}/session`), stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listeningAddress(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error("Firefox ended before it could be told anything.");
}

/** An uncaught error of a page, among other things that are logged. */
interface LogEntry {
  readonly type: string;
  readonly level: string;
  readonly text: string;
  readonly source: { readonly context?: string };
}

/** Where something was thrown: a connection that is refused, or a policy that forbids something, is logged in the same way. */
const thrown = /^(?:\w*Error|uncaught exception)\b/;

/** What came of an expression. */
type Evaluated =
  | { readonly type: "success"; readonly result: { readonly value: string } }
  | { readonly type: "exception"; readonly exceptionDetails: { readonly text: string } };

async function driven(connection: Bidi, stop: () => Promise<void>): Promise<Firefox> {
  const failing = new Map<string, (error: Error) => void>();
  connection.on<LogEntry>("log.entryAdded", ({ type, level, text, source: { context = "" } }) => {
    if (type === "javascript" && level === "error" && thrown.test(text))
      failing.get(context)?.(new Error(text));
  });
  await connection.send("session.new", { capabilities: {} });
  await connection.send("session.subscribe", { events: ["log.entryAdded"] });

  return {
    async open(url, failed) {
      const { userContext } = await connection.send<{ userContext: string }>("browser.createUserContext", {});
      const { context } = await connection.send<{ context: string }>("browsingContext.create", {
        type: "tab",
        userContext,
      });
      let closing: Promise<void> | undefined;
      failing.set(context, failed);
      await connection.send("browsingContext.navigate", { context, url, wait: "complete" });
      return {
        async evaluate(expression) {
          const outcome = await connection.send<Evaluated>("script.evaluate", {
            expression: `(async () => JSON.stringify({ value: await (${expression}) }))()`,
            target: { context },
            awaitPromise: true,
            userActivation: true,
          });
          if (outcome.type === "exception") throw new Error(outcome.exceptionDetails.text);
          return JSON.parse(outcome.result.value).value;
        },
        close() {
          // All its tabs go with it.
          closing ??= connection.send("browser.removeUserContext", { userContext });
          return closing;
        },
      };
    },
    async close() {
      connection.close();
      await stop();
    },
  };
}
