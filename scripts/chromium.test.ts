import { describe, expect, it } from "vitest";
import { chromiumPath, type Machine } from "./chromium.ts";

/** A machine on which `files` are programs, and on which a command that `installs` names brings another. */
function machineWith(
  files: readonly string[],
  options: Partial<Pick<Machine, "env" | "isRoot" | "playwrightPath">> & {
    readonly installs?: Readonly<Record<string, string>>;
  } = {},
): Machine & { readonly ran: string[] } {
  const there = new Set(files);
  const ran: string[] = [];
  return {
    env: { PATH: "/usr/local/bin:/usr/bin", ...options.env },
    isRoot: options.isRoot ?? false,
    playwrightPath: options.playwrightPath ?? "/cache/chromium",
    isExecutable: (path) => there.has(path),
    run: async (command, args) => {
      const line = [command, ...args].join(" ");
      ran.push(line);
      const installed = Object.entries(options.installs ?? {}).find(([words]) => line.includes(words));
      if (installed !== undefined) there.add(installed[1]);
      return installed !== undefined;
    },
    say: () => {},
    ran,
  };
}

describe("the Chromium that is used", () => {
  it("is the one that CHROMIUM_PATH names", async () => {
    const machine = machineWith(["/usr/bin/chromium", "/opt/mine"], { env: { CHROMIUM_PATH: "/opt/mine" } });
    expect(await chromiumPath(machine)).toBe("/opt/mine");
    expect(machine.ran).toEqual([]);
  });

  it("is never another than the one that CHROMIUM_PATH names", async () => {
    const machine = machineWith(["/usr/bin/chromium"], { env: { CHROMIUM_PATH: "/opt/gone" } });
    await expect(chromiumPath(machine)).rejects.toThrow(/CHROMIUM_PATH names \/opt\/gone/);
  });

  it.each([
    [["/usr/bin/google-chrome", "/usr/bin/chromium-browser", "/cache/chromium"], "/usr/bin/chromium-browser"],
    [["/usr/bin/chromium", "/usr/local/bin/chromium"], "/usr/local/bin/chromium"],
    [["/cache/chromium", "/usr/bin/google-chrome"], "/usr/bin/google-chrome"],
    [["/cache/chromium"], "/cache/chromium"],
  ])("is an installed one: of %j", async (files, chosen) => {
    const machine = machineWith(files, { isRoot: true });
    expect(await chromiumPath(machine)).toBe(chosen);
    expect(machine.ran).toEqual([]);
  });

  it("is installed from Debian by root", async () => {
    const machine = machineWith([], { isRoot: true, installs: { "apt-get install": "/usr/bin/chromium" } });
    expect(await chromiumPath(machine)).toBe("/usr/bin/chromium");
    expect(machine.ran).toHaveLength(1);
  });

  it("is fetched from Playwright by everyone else, and by root where Debian has none", async () => {
    const installs = { "cli.js install chromium": "/cache/chromium" };
    const user = machineWith([], { installs });
    expect(await chromiumPath(user)).toBe("/cache/chromium");
    expect(user.ran.filter((line) => line.startsWith("apt-get"))).toEqual([]);
    const root = machineWith([], { installs, isRoot: true });
    expect(await chromiumPath(root)).toBe("/cache/chromium");
    expect(root.ran.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "apt-get install",
      "apt-get update",
      "apt-get install",
      expect.stringContaining(process.execPath),
    ]);
  });

  it.each(["/cache/chromium", ""])(
    "is missed with a sentence that says what to install",
    async (playwrightPath) => {
      const machine = machineWith([], { playwrightPath });
      await expect(chromiumPath(machine)).rejects.toThrow(/Install the package `chromium`/);
    },
  );
});
