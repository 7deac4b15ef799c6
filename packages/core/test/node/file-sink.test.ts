import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readRecording, recordingHeader } from "../../src/index.ts";
import { fileSink } from "../../src/node.ts";

const folder = mkdtempSync(join(tmpdir(), "duologue-file-sink-"));
afterAll(() => rmSync(folder, { recursive: true }));
const source = fileURLToPath(new URL("../../src/node.ts", import.meta.url));
const line = (n: number) => `{"t":${n},"from":"server","event":{"type":"ping","text":"größer 😀"}}`;

/** Runs a program that has a sink, to see what its end leaves in the file. */
async function left(path: string, program: string): Promise<string> {
  const script = `
    const { fileSink } = await import(${JSON.stringify(source)});
    const sink = fileSink(${JSON.stringify(path)});
    sink.write(${JSON.stringify(recordingHeader("any"))});
    const line = ${line.toString()};
    ${program}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "inherit", "ignore"],
  });
  await once(child, "close");
  return readFileSync(path, "utf8");
}

describe("a file sink", () => {
  it("writes every line, in order, and counts what waits", async () => {
    const path = join(folder, "whole.jsonl");
    const sink = fileSink(path);
    sink.write(recordingHeader("any"));
    for (let n = 0; n < 1000; n++) sink.write(line(n));
    expect(sink.bufferedBytes).toBeGreaterThan(0);
    await sink.close();
    await sink.close();
    expect(sink.bufferedBytes).toBe(0);
    const { entries, problems } = readRecording(readFileSync(path, "utf8"));
    expect(entries.map(({ at }) => at)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    expect(problems).toEqual([]);
    expect(() => sink.write("late")).toThrow("closed already");
  });

  it("writes in between, not only at the end", async () => {
    const path = join(folder, "between.jsonl");
    const sink = fileSink(path);
    sink.write("one");
    while (sink.bufferedBytes > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(readFileSync(path, "utf8")).toBe("one\n");
    sink.write("two");
    await sink.close();
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n");
  });

  it("refuses a file that is there, unless it may be overwritten, and a folder that is not", async () => {
    const path = join(folder, "there.jsonl");
    writeFileSync(path, "precious, and longer than what comes");
    expect(() => fileSink(path)).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(() => fileSink(path)).toThrow("is there already");
    expect(() => fileSink(join(folder, "no", "such", "file"))).toThrow("Cannot record to");
    const sink = fileSink(path, { overwrite: true });
    sink.write("new");
    await sink.close();
    expect(readFileSync(path, "utf8")).toBe("new\n");
  });

  it.each([
    ["exits", "process.exit(3)"],
    ["throws", 'throw new Error("a bug")'],
  ])("leaves whole lines when the process %s while lines wait", async (what, end) => {
    const text = await left(
      join(folder, `${what}.jsonl`),
      `for (let n = 0; n < 500; n++) sink.write(line(n));
       setImmediate(() => { for (let n = 500; n < 1000; n++) sink.write(line(n)); ${end}; });`,
    );
    const { entries, problems } = readRecording(text);
    expect(problems).toEqual([]);
    expect(entries.map(({ at }) => at)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  });

  it("leaves what can be read when the process is killed", async () => {
    const text = await left(
      join(folder, "killed.jsonl"),
      `sink.write(line(0));
       while (sink.bufferedBytes > 0) await new Promise((resolve) => setImmediate(resolve));
       for (let n = 1; n < 1000; n++) sink.write(line(n));
       process.kill(process.pid, "SIGKILL");`,
    );
    const { entries, problems } = readRecording(text);
    expect(entries[0]?.at).toBe(0);
    expect(entries.map(({ at }) => at)).toEqual(entries.map((_, n) => n));
    expect(problems.length).toBeLessThanOrEqual(1);
  });
});
