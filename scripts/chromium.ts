import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** What the search for a browser needs of the machine. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether this user may install packages of the system. */
  readonly isRoot: boolean;
  /** Where Playwright keeps its own Chromium, whether it is there or not; empty where it has none for this system. */
  readonly playwrightPath: string;
  isExecutable(path: string): boolean;
  /** Runs a program; whether it ended well. What it prints goes to the terminal. */
  run(command: string, args: readonly string[]): Promise<boolean>;
  /** Tells a person what is about to take a while. */
  say(text: string): void;
}

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const aptInstall = [
  ...["install", "--yes", "--no-install-recommends", "--quiet"],
  // Somebody else may be installing at the same time.
  ...["-o", "DPkg::Lock::Timeout=300", "chromium"],
];

/**
 * The path of a Chromium: `$CHROMIUM_PATH`, else one on the path, else one that Playwright has fetched before. Where
 * there is none, one is installed: Debian's by apt-get when this is root, else Playwright's own by its installer.
 * Rejects with what a person has to install when `$CHROMIUM_PATH` is no program, or when nothing helped.
 */
export async function chromiumPath(machine: Machine = thisMachine()): Promise<string> {
  const { env, isRoot, playwrightPath } = machine;
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (machine.isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which is no program. Correct it, or unset it.`);
  }
  const installed = onPath(machine) ?? (machine.isExecutable(playwrightPath) ? playwrightPath : undefined);
  if (installed !== undefined) return installed;

  if (isRoot) {
    machine.say("There is no Chromium: installing Debian's.");
    // On a fresh machine the lists of packages have to be fetched first.
    if (!(await machine.run("apt-get", aptInstall))) {
      await machine.run("apt-get", ["update", "--quiet"]);
      await machine.run("apt-get", aptInstall);
    }
    const found = onPath(machine);
    if (found !== undefined) return found;
  }
  if (playwrightPath !== "") {
    machine.say("There is no Chromium: fetching Playwright's.");
    await machine.run(process.execPath, [playwrightCommand(), "install", "chromium"]);
    if (machine.isExecutable(playwrightPath)) return playwrightPath;
  }
  throw new Error(
    "There is no Chromium, and none could be installed. Install the package `chromium` of your system, or set " +
      "CHROMIUM_PATH to the program of a Chromium or Chrome.",
  );
}

/** How long a browser may take to start on a machine that is busy or slow. */
const launchMs = 120_000;

/**
 * Starts a Chromium without a window and with an empty profile that goes when it is closed. It speaks to nobody by
 * itself. `args` are further switches, such as those for a microphone that plays a file.
 */
export async function startChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    headless: true,
    timeout: launchMs,
    args: [
      ...[
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
      ],
      ...["--disable-component-update", "--disable-sync", ...args],
    ],
  });
}

function onPath({ env, isExecutable }: Machine): string | undefined {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function playwrightsOwn(): string {
  try {
    return chromium.executablePath();
  } catch {
    // Playwright throws on a system for which it has no Chromium.
    return "";
  }
}

function playwrightCommand(): string {
  const require = createRequire(import.meta.url);
  return join(require.resolve("playwright-core/package.json"), "../cli.js");
}

function thisMachine(): Machine {
  return {
    env: process.env,
    isRoot: process.getuid?.() === 0,
    playwrightPath: playwrightsOwn(),
    isExecutable: (path) => {
      try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
      } catch {
        return false;
      }
    },
    // Not synchronous: an installation takes minutes, and who waits has to go on answering. What it prints is about
    // the machine, so it goes where errors go: standard output may be somebody's result.
    run: (command, args) =>
      new Promise((resolve) => {
        const child = spawn(command, args, { stdio: ["ignore", 2, 2] });
        child.on("error", () => resolve(false));
        child.on("close", (code) => resolve(code === 0));
      }),
    say: (text) => console.error(text),
  };
}
