import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileFault } from "@duologue/emulator/terminal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../src/main.ts";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const header = '{"duologue":1,"protocol":"openai-realtime"}';
const commands = ["validate", "replay", "compare", "inspect", "record", "emulate"];
const reading = ["validate", "replay", "compare", "inspect"];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "duologue-person-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function run(...args: readonly string[]) {
  let out = "";
  let err = "";
  const code = await main(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

/** Runs the program itself; `leave` closes its standard output after the first piece. */
async function program(args: readonly string[], { leave = false, env = {} } = {}) {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, FORCE_COLOR: undefined, ...env },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => {
    out += data;
    if (leave) child.stdout.destroy();
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  const [code] = await once(child, "close");
  return { code, out, err };
}

describe("who asks for help", () => {
  it.each(commands)("is told how to use %s, each option with its meaning", async (name) => {
    const { code, out, err } = await run(name, "--help");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`usage: duologue ${name}`);
    const { out: all } = await run("help");
    const usage = all.split("\n").find((line) => line.startsWith(`  ${name} `)) ?? "";
    for (const option of usage.match(/--[\w-]+/g) ?? [])
      expect(out).toMatch(new RegExp(`^  ${option}\\b`, "m"));
    expect(await run(name, "-h")).toEqual({ code, out, err });
    expect(Math.max(...`${out}${all}`.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(110);
  });

  it("asks for the version likewise, and may have a file of that name", async () => {
    const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
    expect(await run("--version")).toEqual({ code: 0, out: `${manifest.version}\n`, err: "" });
    expect(await run("inspect", "--", "--help")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Cannot read --help: there is no such file"),
    });
  });
});

describe("what is wrong is said in one sentence, and what to do, without a stack", () => {
  /** The usage follows where that is wrong, and nowhere else: it would hide the reason. */
  const isPlain = (err: string, name: string, { isUsage }: { isUsage: boolean }) => {
    expect(err).not.toMatch(/\n\s+at |node:|ENOENT|EISDIR|EACCES/);
    const usage = isUsage ? `usage: duologue ${name} [^\\n]+\\n` : "";
    expect(err).toMatch(new RegExp(`^duologue ${name}: [^\\n]+[.}]\\n${usage}$`));
  };

  it.each(reading)("by %s", async (name) => {
    const cases: [string, RegExp][] = [
      [join(folder, "nowhere.jsonl"), /there is no such file/],
      [folder, /it is a folder/],
      [join(folder, "empty.jsonl"), /no Duologue recording/],
      [join(folder, "binary.jsonl"), /no Duologue recording/],
      [join(folder, "empty.jsonl", "below.jsonl"), /no folder/],
    ];
    await file("empty.jsonl", "");
    await file(
      "binary.jsonl",
      Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
    );
    for (const [path, message] of cases) {
      const { code, out, err } = await run(name, path);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(message);
      isPlain(err, name, { isUsage: false });
    }
    const { code, err } = await run(name, "--loud", "x.jsonl");
    expect(code).toBe(2);
    isPlain(err, name, { isUsage: true });
    expect(err).toMatch(/Unknown option '--loud'\.\n/);
  });

  it("by emulate and record, of files, folders and addresses", async () => {
    const empty = await file("empty.jsonl", "");
    const cases: [string[], RegExp][] = [
      [
        ["emulate", "--scenario", join(folder, "nowhere.json")],
        /scenario .*nowhere\.json: there is no such file/,
      ],
      [["emulate", "--scenario", folder], /scenario .*: it is a folder/],
      [["emulate", "--scenario", empty], /no Duologue recording/],
      [["emulate", "--record", empty], /folder .*empty\.jsonl .*: a file of that name is there/],
      [["emulate", "--host", "192.0.2.1"], /--host takes an address/],
      [["emulate", "--loud"], /Unknown option '--loud'\.\n/],
      [["record", "wss://example.com", join(folder, "x.jsonl"), "--host", "192.0.2.1"], /--host/],
      [["record", "wss://example.com", join(folder, "nowhere", "x.jsonl")], /no folder/],
      [["inspect", await file("good.jsonl", header), "--html", folder], /Cannot write .*: it is a folder/],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await run(...args);
      expect([code, out], args.join(" ")).toEqual([2, ""]);
      expect(err).toMatch(message);
      isPlain(err, args[0] ?? "", { isUsage: args.includes("--loud") });
    }
  });

  it("of a file that this user may not read", async () => {
    const path = await file("secret.jsonl", header);
    await chmod(path, 0o000);
    if (process.getuid?.() === 0) {
      console.info("The superuser may read every file: only the words are tested.");
      expect(fileFault(Object.assign(new Error("EACCES: no"), { code: "EACCES" }))).toMatch(/may not/);
    } else {
      expect(await run("inspect", path)).toMatchObject({ code: 2, err: expect.stringMatching(/may not/) });
    }
  });
});

describe("a recording that is not whole", () => {
  it("is shown as far as it goes, with one problem", async () => {
    const line =
      '{"t":0,"from":"server","event":{"type":"rate_limits.updated","event_id":"e","rate_limits":[]}}';
    const path = await file("cut.jsonl", [header, line, line.slice(0, 40)].join("\n"));
    const validated = await run("validate", path);
    expect(validated.code).toBe(1);
    expect(validated.out).toContain("1 frame in 1 file: 1 known, 1 problem\n");
    const inspected = await run("inspect", path);
    expect(inspected).toMatchObject({ code: 1, err: expect.stringContaining("middle of this line") });
    expect(inspected.out).toContain("1 entry\n");
  });

  it("with nothing behind its first line says so", async () => {
    const { code, out } = await run("inspect", await file("header.jsonl", `${header}\n`));
    expect(code).toBe(0);
    expect(out).toMatch(/^openai-realtime · nothing was recorded\n$/);
  });
});

describe("the program at a terminal", () => {
  it("ends quietly when whoever reads has left", async () => {
    const paths = Array.from({ length: 2000 }, () => join(folder, "cut.jsonl"));
    const { code, err } = await program(["validate", ...paths], { leave: true });
    expect([code, err]).toEqual([1, ""]);
  });

  it("is as wide as COLUMNS says where there is no terminal, and has no colours then", async () => {
    const entries = Array.from({ length: 5 }, (_, index) =>
      JSON.stringify({
        t: index,
        from: "local",
        event: { type: "command.unsent", commandId: "c", code: "closed" },
      }),
    );
    const path = await file("wide.jsonl", [header, ...entries].join("\n"));
    const { code, out } = await program(["inspect", path], { env: { COLUMNS: "40" } });
    expect(code).toBe(0);
    expect(Math.max(...out.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(40);
    expect(out).not.toContain("\u001b");
  });
});
