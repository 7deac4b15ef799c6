import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emulateCommand } from "../../src/node/emulate-command.ts";
import { one } from "../support/conversation.ts";
import { client, withKey } from "../support/web-socket-client.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "duologue-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts the command in this process; what it prints first, and how to stop it. */
async function started(...args: string[]) {
  let stop = () => {};
  let err = "";
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let ended: Promise<number> | undefined;
  const out = await new Promise<string>((resolve) => {
    ended = emulateCommand(args, { out: resolve, err: (text) => (err += text) }, () => stopped);
    // Where it ends at once, nothing is printed.
    ended.then(() => resolve(""));
  });
  return {
    out,
    err: () => err,
    async stop() {
      stop();
      return ended;
    },
  };
}

describe("the command line", () => {
  it("prints the address alone on standard output, and tells on the other what to set in a client", async () => {
    const { out, err, stop } = await started();
    expect(out).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/v1\/realtime\n$/);
    const { until, socket } = client(`${out.trim()}?model=m`, [], withKey);
    await until("session.created");
    expect(err()).toContain(
      `export OPENAI_BASE_URL=${out.trim().replace("ws:", "http:").replace("/realtime", "")}\n`,
    );
    expect(err()).toContain("--tls");
    socket.terminate();
    expect(await stop()).toBe(0);
  });

  it("takes an endless pace, and no half session, nameless model or empty key", async () => {
    const endless = await started("--pace", "Infinity");
    expect(await endless.stop()).toBe(0);
    for (const wrong of [
      ["--max-sessions", "1.5"],
      ["--model", ""],
      ["--key", ""],
      ["--pace", "NaN"],
      ["--context", "1.5"],
      ["--expiry", "0x10"],
      ["--host", ""],
      ["--record", ""],
      ["--seed", ""],
    ]) {
      const { stop, err } = await started(...wrong);
      expect({ wrong, code: await stop() }).toEqual({ wrong, code: 2 });
      expect(err()).toContain(`${wrong[0]} takes`);
    }
  });

  it("does what its options say", async () => {
    const scenario = join(folder, "scenario.json");
    await writeFile(scenario, '{"turns":[{"say":"From the file."}]}');
    const record = join(folder, "recordings");
    const certificate = join(folder, "certificate.pem");
    const { out, stop } = await started(
      ...[
        "--json",
        "--certificate",
        certificate,
        "--scenario",
        scenario,
        "--record",
        record,
        "--pace",
        "1000",
      ],
      ...["--model", "one", "--model", "two", "--key", "sk-test", "--expiry", "never", "--host", "localhost"],
      ...["--webhook", "http://127.0.0.1:9/hook", "--no-control"],
    );
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      url: `wss://localhost:${told.port}/v1/realtime`,
      baseUrl: `https://localhost:${told.port}/v1`,
      certificate,
      webhookSecret: expect.stringMatching(/^whsec_/),
    });
    const ca = await readFile(certificate, "utf8");
    const { events, until, send, socket } = client(`${told.url}?model=two`, [], { ...withKey, ca });
    await until("session.created");
    send({ type: "response.create" });
    await until("response.done");
    expect(one(events, "response.output_audio_transcript.done").transcript).toBe("From the file.");
    const stranger = client(`${told.url}?model=three`, [], { ...withKey, ca });
    expect((await stranger.closed).code).toBe(4000);
    socket.terminate();
    expect(await stop()).toBe(0);
    expect(await readdir(record)).toHaveLength(1);

    // What it has recorded, it can play.
    const [name = ""] = await readdir(record);
    const again = await started("--scenario", join(record, name), "--pace", "1000");
    const second = client(`${again.out.trim()}?model=m`, [], withKey);
    await second.until("session.created");
    second.send({ type: "response.create" });
    await second.until("response.done");
    expect(one(second.events, "response.output_audio_transcript.done").transcript).toBe("From the file.");
    expect(await again.stop()).toBe(0);
  });

  it("has a context as long as it is told", async () => {
    const { out, stop } = await started("--context", "20", "--pace", "1000");
    const { events, until, send } = client(`${out.trim()}?model=m`, [], withKey);
    await until("session.created");
    const item = { type: "message", role: "user", content: [{ type: "input_text", text: "x".repeat(100) }] };
    send({ type: "conversation.item.create", item });
    send({ type: "response.create" });
    await until("response.done");
    expect(one(events, "response.done").response.status_details?.error?.code).toBe("context_length_exceeded");
    expect(await stop()).toBe(0);
  });

  it("takes its certificate away again where nobody said where to put it", async () => {
    const { out, err, stop } = await started("--tls", "--json");
    const { certificate } = JSON.parse(out);
    expect(await readFile(certificate, "utf8")).toContain("BEGIN CERTIFICATE");
    expect(err()).toBe("");
    expect(await stop()).toBe(0);
    expect(existsSync(certificate)).toBe(false);
  });

  it("explains itself", async () => {
    const { out, err, stop } = await started("--help");
    expect(await stop()).toBe(0);
    expect(out).toMatch(/^usage: /);
    for (const option of ["--tls", "--scenario", "--voice", "--webhook"]) expect(out).toContain(option);
    expect(err()).toBe("");
  });

  it.each([
    [["--port", "soon"], "--port takes a number"],
    [["--expiry", "0"], "--expiry takes a number"],
    [["--context", "0"], "--context takes a number"],
    [["--pace", ""], "--pace takes a number"],
    [["--voice", "opera"], "--voice takes"],
    [["--voice", "espeak-ng:"], "--voice: "],
    [["--webhook", "here"], "--webhook takes an address"],
    [["--webhook-secret", "s"], "--webhook says where"],
    [["--nonsense"], "nonsense"],
    [["extra"], "extra"],
  ])("refuses %j with the reason", async (args, message) => {
    const { out, err, stop } = await started(...args);
    expect(await stop()).toBe(2);
    expect(out).toBe("");
    expect(err()).toContain(message);
    expect(err()).toContain("--help");
  });

  it.each([
    [["--scenario", "/no/such/file.json"], "no such file"],
    [["--scenario", "/no/such/file.jsonl"], "no such file"],
    [["--certificate", "/no/such/folder/c.pem"], "no such file"],
    [["--record", "/dev/null/recordings"], "a part of the path is no folder"],
  ])("says why %j does not work, and not how it is used", async (args, message) => {
    const { err, stop } = await started(...args);
    expect(await stop()).toBe(2);
    expect(err()).toContain(message);
    expect(err()).not.toContain("usage");
  });

  it("gives ids of its own to each run, and the same ones where it is told a seed", async () => {
    const idOf = async (...args: string[]) => {
      const { out, stop } = await started(...args);
      const { events, until, socket } = client(`${out.trim()}?model=m`, [], withKey);
      await until("session.created");
      socket.terminate();
      await stop();
      return one(events, "session.created").session.id;
    };
    expect(await idOf()).not.toBe(await idOf());
    expect(await idOf("--seed", "s")).toBe(await idOf("--seed", "s"));
  });

  it("says what to do where the port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const { err, stop } = await started("--port", String(typeof address === "object" ? address?.port : 0));
    expect(await stop()).toBe(2);
    expect(err()).toContain("Choose another --port");
    expect(err()).not.toContain("usage");
    taken.close();
  });

  it("ends a program at once on Ctrl-C, and leaves nothing running", async () => {
    const bin = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
    const child = spawn(process.execPath, [bin], { stdio: ["ignore", "pipe", "ignore"] });
    const [chunk] = await once(child.stdout, "data");
    const { until, closed } = client(`${String(chunk).trim()}?model=m`, [], withKey);
    await until("session.created");
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([0, null]);
    expect((await closed).code).toBe(1001);
  }, 30_000);
});
