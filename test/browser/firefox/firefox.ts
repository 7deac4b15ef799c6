import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable } from "node:stream";
import { awaited } from "../waiting.ts";
import { type Bidi, bidi } from "./bidi.ts";

/** A tab of a Firefox. */
export interface FirefoxTab {
  /**
   * The value of an expression in the page, which may be a promise of it, by way of JSON. Rejects with what it throws.
   * Counts as a gesture of a person, as in other browsers, unless that is not wanted.
   */
  evaluate(expression: string, options?: { readonly isGesture: boolean }): Promise<unknown>;
  /** Clicks on the middle of the first element that a selector finds, as a person does. */
  click(selector: string): Promise<void>;
  close(): Promise<void>;
}

/** Who is told what happens in a page, from its first script on. */
interface FirefoxListeners {
  /** What nobody catches there. */
  failed(error: Error): void;
  /** What it writes on its console. */
  said?(text: string): void;
}

/** A Firefox without a window. */
export interface Firefox {
  /** Opens a page in a new tab, which has nothing in common with the others. */
  open(url: string, listeners: FirefoxListeners): Promise<FirefoxTab>;
  close(): Promise<void>;
}

/** Settings of a Firefox, as on its page `about:config`. */
export type FirefoxPreferences = Readonly<Record<string, string | number | boolean>>;

/**
 * No loudspeaker is needed, and the microphone is a tone that nobody is asked for. Whatever is not on this machine is
 * looked for where nobody is.
 */
const usual: FirefoxPreferences = {
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
 * this is the one that people have. `preferences` come on top of the usual ones.
 */
export async function startFirefox(path: string, preferences: FirefoxPreferences = {}): Promise<Firefox> {
  const folder = mkdtempSync(join(tmpdir(), "duologue-firefox-"));
  const lines = Object.entries({ ...usual, ...preferences }).map(
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
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  };
  try {
    const address = await awaited(`${path} to say where it listens`, listeningAddress(program.stderr));
    return await driven(await bidi(`${address}/session`), stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where it says that it listens. It is read on after that: who writes where nobody reads stands still one day. */
function listeningAddress(output: Readable): Promise<string> {
  const found = Promise.withResolvers<string>();
  let said = "";
  output.on("data", (chunk) => {
    said = (said + chunk).slice(-10_000);
    const address = /WebDriver BiDi listening on (ws:\S+)\n/.exec(said)?.[1];
    if (address !== undefined) found.resolve(address);
  });
  output.on("close", () =>
    found.reject(new Error(`Firefox ended before it could be told anything: ${said}`)),
  );
  return found.promise;
}

/** An uncaught error of a page, a word on its console, or something else that is logged. */
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
  const pages = new Map<string, FirefoxListeners>();
  connection.on<LogEntry>("log.entryAdded", ({ type, level, text, source: { context = "" } }) => {
    if (type === "console") pages.get(context)?.said?.(text);
    else if (type === "javascript" && level === "error" && thrown.test(text))
      pages.get(context)?.failed(new Error(text));
  });
  await connection.send("session.new", { capabilities: {} });
  await connection.send("session.subscribe", { events: ["log.entryAdded"] });

  return {
    async open(url, listeners) {
      const { userContext } = await connection.send<{ userContext: string }>("browser.createUserContext", {});
      const { context } = await connection.send<{ context: string }>("browsingContext.create", {
        type: "tab",
        userContext,
      });
      let closing: Promise<void> | undefined;
      pages.set(context, listeners);
      await connection.send("browsingContext.navigate", { context, url, wait: "complete" });

      const evaluate: FirefoxTab["evaluate"] = async (expression, { isGesture } = { isGesture: true }) => {
        const outcome = await connection.send<Evaluated>("script.evaluate", {
          expression: `(async () => JSON.stringify({ value: await (${expression}) }))()`,
          target: { context },
          awaitPromise: true,
          userActivation: isGesture,
        });
        if (outcome.type === "exception") throw new Error(outcome.exceptionDetails.text);
        return JSON.parse(outcome.result.value).value;
      };
      return {
        evaluate,
        async click(selector) {
          const box = `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect()`;
          // A rectangle as JSON.
          const { x, y, width, height } = (await evaluate(box, { isGesture: false })) as DOMRect;
          const place = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
          const actions = [
            { type: "pointerMove", ...place },
            { type: "pointerDown", button: 0 },
            { type: "pointerUp", button: 0 },
          ];
          const mouse = { type: "pointer", id: "mouse", actions };
          await connection.send("input.performActions", { context, actions: [mouse] });
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
