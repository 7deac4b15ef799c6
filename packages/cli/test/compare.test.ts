import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memorySink, realtimeSession, recordLog } from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { openaiRealtime } from "@duologue/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../src/main.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "duologue-compare-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A recorded session with one written answer, and changes to its text. */
async function recorded(name: string, change: (text: string) => string = (text) => text) {
  const { transport } = emulator({ scenario: { turns: [{ say: "It is a lamp." }] }, firstOutputMs: 0 });
  const session = realtimeSession({
    transport: transport(),
    protocol: openaiRealtime,
    configure: [{ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } }],
  });
  const sink = memorySink();
  const { finished } = recordLog(session.log$, sink, { protocol: openaiRealtime.name });
  const done = new Promise<void>((resolve) => {
    session.events$.subscribe(({ type }) => {
      if (type === "response.done") resolve();
    });
  });
  await session.open();
  session.send({ type: "response.create" });
  await done;
  await session.close();
  await finished;
  const path = join(folder, name);
  await writeFile(path, change(sink.text));
  return path;
}

async function run(...args: readonly string[]) {
  let out = "";
  let err = "";
  const output = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  return { code: await main(["compare", ...args], output), out, err };
}

describe("duologue compare", () => {
  it("says that the emulator is like itself", async () => {
    const file = await recorded("same.jsonl");
    const { code, out, err } = await run(file);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^\d+ events compared; the emulator sends the same\n$/);
    expect(JSON.parse((await run(file, "--json")).out)).toMatchObject({ differences: [], known: [] });
  });

  it("shows the first difference with its line, and with --all every one", async () => {
    const file = await recorded("other.jsonl", (text) =>
      text.replaceAll('"obfuscation"', '"filler"').replaceAll('"tracing":null', '"tracing":"auto"'),
    );
    const first = await run(file);
    expect(first.code).toBe(1);
    expect(first.out).toContain(
      `${file}:3  session.created  session.tracing\n  recorded  string\n  emulated  null\n`,
    );
    expect(first.out).toMatch(/and 3 more differences\n.*4 differences\n$/s);
    const { out } = await run(file, "--all");
    expect(out).toMatch(
      /response\.output_text\.delta {2}filler\n {2}recorded {2}string\n {2}emulated {2}missing\n/,
    );
    expect(JSON.parse((await run(file, "--json")).out).differences).toHaveLength(4);
  });

  it("takes the dialect that is named, or that of the recording's provider", async () => {
    const twice = (text: string) => text.replace(/"part":(\{[^}]*\})/g, '"part":$1,"content":$1');
    const file = await recorded("azure.jsonl", twice);
    expect((await run(file)).code).toBe(1);
    expect((await run(file, "--dialect", "azure")).out).toContain(
      "1 known difference; the emulator sends the same",
    );
    const named = await recorded("named.jsonl", (text) => twice(text).replace("{", '{"provider":"azure",'));
    expect((await run(named)).code).toBe(0);
  });

  it("says what is wrong with a recording whose events lack what they have to have", async () => {
    const file = join(folder, "malformed.jsonl");
    const entry = '{"t":0,"from":"server","event":{"type":"session.created"}}';
    await writeFile(file, `{"duologue":1,"protocol":"openai-realtime"}\n${entry}\n`);
    const { code, out, err } = await run(file);
    expect({ code, usage: err.includes("usage") }).toEqual({ code: 1, usage: false });
    expect(out + err).toMatch(/malformed\.jsonl:.*session/);
    expect(out + err).not.toContain("Cannot read properties");
  });

  it("refuses what it cannot compare", async () => {
    const empty = join(folder, "empty.jsonl");
    await writeFile(empty, '{"duologue":1,"protocol":"openai-realtime"}\n');
    const usage = "usage: duologue compare FILE";
    const wrong: [readonly string[], { isUsage: boolean }][] = [
      [[], { isUsage: true }],
      [[empty, empty], { isUsage: true }],
      [[empty, "--dialect", "klingon"], { isUsage: true }],
      [[empty], { isUsage: false }],
      [[join(folder, "none.jsonl")], { isUsage: false }],
    ];
    for (const [args, { isUsage }] of wrong) {
      const { code, out, err } = await run(...args);
      expect({ code, out }, args.join(" ")).toEqual({ code: 2, out: "" });
      expect(err.includes(usage), args.join(" ")).toBe(isUsage);
    }
  });
});
