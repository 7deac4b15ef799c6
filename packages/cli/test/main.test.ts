import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../src/main.ts";

const real = fileURLToPath(new URL("../../../../shared/recordings/", import.meta.url));
const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "duologue-cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a recording of these lines below a header. */
async function recording(
  name: string,
  lines: readonly unknown[],
  header = '{"duologue":1,"protocol":"openai-realtime"}',
) {
  const path = join(folder, name);
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  await writeFile(path, [header, ...text].join("\n"));
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

const from = (side: string, event: object, t: number | null = null) => ({ t, from: side, event });

const user = {
  id: "u1",
  type: "message",
  role: "user",
  status: "completed",
  content: [{ type: "input_text", text: "Hi" }],
};
const place = { response_id: "r1", item_id: "a1", output_index: 0, content_index: 0 };
const spoken = [
  { t: 0, from: "link", opened: { transport: "websocket", audio: "events" } },
  from("server", { type: "conversation.item.added", event_id: "e1", previous_item_id: null, item: user }, 1),
  from(
    "server",
    { type: "response.output_audio_transcript.delta", event_id: "e2", ...place, delta: "One two three four" },
    2,
  ),
  from(
    "server",
    {
      type: "response.output_audio.delta",
      event_id: "e3",
      ...place,
      delta: Buffer.alloc(48_000).toString("base64"),
    },
    3,
  ),
  from(
    "server",
    {
      type: "conversation.item.added",
      event_id: "e4",
      previous_item_id: "u1",
      item: { id: "a1", type: "message", role: "assistant", status: "in_progress", content: [] },
    },
    4,
  ),
  from("local", { type: "playback.flushed", itemId: "a1", contentIndex: 0, heardMs: 500 }, 5),
  from(
    "server",
    {
      type: "conversation.item.truncated",
      event_id: "e5",
      item_id: "a1",
      content_index: 0,
      audio_end_ms: 500,
    },
    6,
  ),
];

describe("validate", () => {
  it("counts frames, and names what is unknown and what is wrong with file, line, type and path", async () => {
    const path = await recording("mixed.jsonl", [
      from("server", { type: "conversation.item.added", event_id: "e1", previous_item_id: null, item: user }),
      from("server", { type: "weather.changed" }),
      from("server", { type: "weather.changed" }),
      from("client", { type: "conversation.item.truncate", item_id: "a", content_index: 0 }),
      { t: null, from: "server", text: "{" },
      from("local", { type: "interrupt.requested" }),
    ]);
    const { code, out } = await run("validate", path, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      files: 1,
      frames: 5,
      known: 2,
      unknown: { "weather.changed": 2 },
      invalid: [
        {
          file: path,
          line: 5,
          type: "conversation.item.truncate",
          path: "/audio_end_ms",
          message: expect.any(String),
        },
        { file: path, line: 6, type: "", path: "", message: expect.any(String) },
      ],
    });
    const human = await run("validate", path);
    expect(human.out).toContain(`${path}:5  conversation.item.truncate /audio_end_ms`);
    expect(human.out).toContain("5 frames in 1 file: 2 known, 2 problems");
  });

  it("is content with unknown events, and sums over files", async () => {
    const one = await recording("one.jsonl", [from("server", { type: "ping" })]);
    const two = await recording("two.jsonl", [from("client", { type: "response.create" })]);
    const { code, out } = await run("validate", one, two, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ files: 2, frames: 2, known: 1, unknown: { ping: 1 }, invalid: [] });
  });

  it("reports a line that was cut, and checks the others", async () => {
    const path = await recording("cut.jsonl", [
      from("client", { type: "response.create" }),
      '{"t":1,"from":"ser',
    ]);
    const { code, out } = await run("validate", path, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      known: 1,
      invalid: [{ line: 3, message: /ends in the middle/ }],
    });
  });
});

describe("replay", () => {
  it("gives items in order, the heard part and the cut, responses, usage, and the hash of the state", async () => {
    const path = await recording("spoken.jsonl", spoken);
    const { code, out } = await run("replay", path, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      items: [
        { id: "u1", type: "message", role: "user", status: "completed", text: "Hi" },
        {
          id: "a1",
          type: "message",
          role: "assistant",
          status: "in_progress",
          text: "One two three four",
          heardText: "One two",
          truncatedAtMs: 500,
        },
      ],
      responses: [{ id: "r1", status: "in_progress" }],
      usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await run("replay", path)).out).toContain('[cut at 500 ms: "One two"]');
  });

  it("hashes the same in every process", async () => {
    const path = await recording("again.jsonl", spoken);
    const here = JSON.parse((await run("replay", path, "--json")).out).sha256;
    const child = spawn(process.execPath, [bin, "replay", path, "--json"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    await once(child, "close");
    expect(JSON.parse(out).sha256).toBe(here);
    // Of these lines, on whatever machine: a change here is a change of the state's form.
    expect(here).toMatchInlineSnapshot(`"db56aaaa793eb2c9cf79dc5fd9b0fb57c8cede52a1caad12fed05f4a1453aad8"`);
  });

  it("says which line was cut and still replays the rest", async () => {
    const path = await recording("cut-replay.jsonl", [...spoken, '{"t":7,"fr']);
    const { code, out, err } = await run("replay", path, "--json");
    expect(code).toBe(1);
    expect(err).toContain(`${path}:${spoken.length + 2}`);
    expect(JSON.parse(out).items).toHaveLength(2);
  });
});

describe("inspect", () => {
  it("shows the timeline, gives it as data, and writes it as a page", async () => {
    const path = await recording("inspected.jsonl", spoken);
    const human = await run("inspect", path);
    expect([human.code, human.err]).toEqual([0, ""]);
    expect(human.out).toContain("never heard: three four");

    const data = await run("inspect", path, "--json");
    expect(JSON.parse(data.out)).toMatchObject({
      timed: true,
      replies: [{ itemId: "a1", heardMs: 500, cutMs: 500, heardText: "One two" }],
      summary: { cuts: 1 },
    });

    const html = join(folder, "inspected.html");
    expect(await run("inspect", path, "--html", html)).toMatchObject({ code: 0, out: `${html}\n` });
    expect(await readFile(html, "utf8")).toContain("<title>inspected.jsonl · Duologue</title>");
    const both = await run("inspect", path, "--html", html, "--json");
    expect(JSON.parse(both.out)).toEqual(JSON.parse(data.out));
  });

  it("says what could not be read, or that the recording was stopped", async () => {
    const stopped = from("local", { type: "recording.stopped", reason: "max_bytes", message: "Enough." }, 7);
    const path = await recording("stopped.jsonl", [...spoken, stopped]);
    expect(await run("inspect", path)).toMatchObject({ code: 0, err: `${path}  Enough.\n` });
    expect(await run("replay", path)).toMatchObject({ code: 0, err: `${path}  Enough.\n` });
    const cut = await recording("cut-inspect.jsonl", [...spoken, '{"t":7,"fr']);
    expect(await run("inspect", cut)).toMatchObject({ code: 1, err: expect.stringContaining(`${cut}:9`) });
  });
});

describe("emulate", () => {
  it("prints its address, serves it, and ends when it is told to", async () => {
    const child = spawn(process.execPath, [bin, "emulate", "--port", "0"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [chunk] = await once(child.stdout, "data");
    const url = String(chunk).trim();
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/v1\/realtime$/);
    const socket = new WebSocket(`${url}?model=gpt-realtime`, ["realtime", "openai-insecure-api-key.test"]);
    const greeting = await new Promise<string>((resolve) => {
      socket.onmessage = ({ data }) => resolve(String(data));
    });
    expect(JSON.parse(greeting).type).toBe("session.created");
    child.kill("SIGTERM");
    const [code] = await once(child, "close");
    expect(code).toBe(0);
  });

  it.each([
    [["--port", "soon"], /--port takes a number/],
    [["--scenario", "/no/such/scenario.json"], /no such file/],
    [["--nonsense"], /nonsense/],
  ])("refuses %j with the reason", async (args, message) => {
    const { code, err } = await run("emulate", ...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe("wrong usage", () => {
  it.each([
    [[], /duologue: realtime voice/],
    [["dance"], /no command "dance"/],
    [["validate"], /at least one recording/],
    [["replay"], /Name one recording/],
    [["replay", "a", "b"], /Name one recording/],
    [["replay", "/no/such/file"], /Cannot read/],
    [["inspect"], /Name one recording/],
    [["inspect", "/no/such/file"], /Cannot read/],
  ])("%j exits 2 and says what to do", async (args, message) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });

  it("of a file that is no recording, or one of a protocol that nobody knows", async () => {
    const wrong = await recording("wrong.jsonl", [], "hello");
    expect(await run("replay", wrong)).toMatchObject({
      code: 2,
      err: expect.stringContaining("no Duologue recording"),
    });
    const other = await recording("other.jsonl", [], '{"duologue":1,"protocol":"morse"}');
    expect(await run("validate", other)).toMatchObject({ code: 2, err: expect.stringContaining('"morse"') });
  });

  it("of a page that cannot be written", async () => {
    const path = await recording("good.jsonl", spoken);
    const args = ["inspect", path, "--html", "/no/such/folder/page.html"];
    expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining("Cannot write") });
  });

  it("is not asking for help", async () => {
    expect(await run("--help")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("replay FILE"),
    });
  });
});

if (!existsSync(real))
  console.info(`No recordings of real services beside the repository (${real}): not validated.`);

describe.runIf(existsSync(real))("recordings of real services", () => {
  it("have no undecodable frame and no invalid known event, at OpenAI and Azure; the unknown is listed", async () => {
    const files = (await readdir(real)).map((name) => real + name);
    const { out } = await run("validate", ...files, "--json");
    const report = JSON.parse(out) as {
      frames: number;
      unknown: unknown;
      invalid: { file: string; type: string }[];
    };
    expect(report.frames).toBeGreaterThan(300);
    expect(report.invalid.filter(({ file }) => !file.includes("/xai_"))).toEqual([]);
    expect(report.invalid.filter(({ type }) => type === "")).toEqual([]);
    expect(report.unknown).toEqual({ ping: 1 });
  });

  it("can all be inspected: without times, and each with the words that were said in it", async () => {
    for (const name of await readdir(real)) {
      const { code, out, err } = await run("inspect", real + name, "--json");
      expect([code, err], name).toEqual([0, ""]);
      const { timed, texts, turns, replies } = JSON.parse(out);
      expect(timed, name).toBe(false);
      const words = [
        ...texts.map(({ text }: { text: string }) => text),
        ...[...turns, ...replies].map(({ transcript }) => transcript),
      ];
      expect(words.filter((text) => text !== "").length, name).toBeGreaterThanOrEqual(2);
    }
  });
});
