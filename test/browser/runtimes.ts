import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startChromium } from "../../scripts/chromium.ts";
import { firefoxPath, startFirefox } from "./firefox/firefox.ts";
import { patienceMs } from "./waiting.ts";

/** A runtime that can be started here. */
export interface Runtime {
  /** How `navigator.userAgent` begins there. */
  readonly userAgent: RegExp;
  /** Conformance cases that nobody can fulfil there, and why. */
  readonly beyondIt?: { readonly cases: readonly string[]; readonly reason: string };
  /** Starts it on what is served at `origin`, or on `script` itself. Resolves with what ends it. */
  start(origin: string, script: string, failed: (error: Error) => void): Promise<() => Promise<void>>;
}

/** Where npm packages keep the program of this system, inside or beside the package of its name. */
const programs: Readonly<Record<string, string>> = {
  deno: `@deno/${process.platform}-${process.arch}${process.platform === "linux" ? "-glibc" : ""}/deno`,
  bun: `@oven/bun-${process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}/bin/bun`,
};

/** The runtimes in which the drivers run; a string says why one is not there. */
export const runtimes: Readonly<Record<string, Runtime | string>> = {
  "a page of Chromium": chromium("/page"),
  "a worker of Chromium": chromium("/worker"),
  "a page of Firefox": firefox("/page"),
  "a worker of Firefox": firefox("/worker"),
  Deno: program("deno", /^Deno\//, ["run", "--quiet", "--no-lock", "--no-config", "--allow-net=127.0.0.1"]),
  Bun: program("bun", /^Bun\//, ["run"]),
};

function chromium(path: string): Runtime {
  return {
    userAgent: /^Mozilla\//,
    async start(origin, _script, failed) {
      const browser = await startChromium();
      return opened(browser, async () => {
        const page = await browser.newPage();
        page.on("pageerror", failed);
        page.on("crash", () => failed(new Error("The page crashed.")));
        await page.goto(origin + path, { timeout: patienceMs });
      });
    },
  };
}

function firefox(path: string): Runtime | string {
  const found = firefoxPath();
  if ("missing" in found) return found.missing;
  return {
    userAgent: /^Mozilla\//,
    beyondIt: {
      cases: ["opening/aborted-during", "leaks/signal", "leaks/resources"],
      reason: "it keeps the connection of a dial that was given up, whatever a page does",
    },
    async start(origin, _script, failed) {
      const browser = await startFirefox(found.path);
      return opened(browser, () => browser.open(origin + path, { failed }));
    },
  };
}

/** Opens something in a browser, which does not stay where that fails. Resolves with what ends it. */
async function opened(
  browser: { close(): Promise<void> },
  open: () => Promise<unknown>,
): Promise<() => Promise<void>> {
  try {
    await open();
  } catch (error) {
    await browser.close();
    throw error;
  }
  return () => browser.close();
}

/** A runtime of which npm has a package with the program in it: that one, or the one that `$DENO_PATH` names. */
function program(name: string, userAgent: RegExp, args: readonly string[]): Runtime | string {
  const path = programPath(name);
  if (path === undefined) {
    return `there is no ${name}: no npm package of that name is installed, and ${name.toUpperCase()}_PATH is not set`;
  }
  return {
    userAgent,
    async start(_origin, script, failed) {
      const folder = await mkdtemp(join(tmpdir(), `duologue-${name}-`));
      const file = join(folder, "driver.mjs");
      await writeFile(file, script);
      const child = spawn(path, [...args, file], {
        stdio: ["ignore", "inherit", "inherit"],
        // What it would keep for later goes with the folder.
        env: { ...process.env, DENO_DIR: join(folder, "cache"), DENO_NO_UPDATE_CHECK: "1" },
      });
      const ended = exit(child);
      child.on("error", failed);
      void ended.then((code) => failed(new Error(`${name} ended by itself, with code ${code}.`)));
      return async () => {
        child.kill("SIGKILL");
        await ended;
        await rm(folder, { recursive: true, force: true });
      };
    },
  };
}

function exit(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.on("exit", (code) => resolve(code));
    child.on("error", () => resolve(null));
  });
}

/** The program itself, which needs no script of its package's installation to have run. */
function programPath(name: string): string | undefined {
  const named = process.env[`${name.toUpperCase()}_PATH`];
  if (named) return named;
  const inPackage = resolved(createRequire(import.meta.url), `${name}/package.json`);
  const [scope, folder, ...path] = (programs[name] ?? "").split("/");
  const beside = inPackage && resolved(createRequire(inPackage), `${scope}/${folder}/package.json`);
  const file = beside && join(dirname(beside), ...path);
  return file && existsSync(file) ? file : undefined;
}

function resolved(require: NodeJS.Require, module: string): string | undefined {
  try {
    return require.resolve(module);
  } catch {
    return undefined;
  }
}
