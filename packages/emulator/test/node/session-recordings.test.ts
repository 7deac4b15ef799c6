import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRecording } from "@duologue/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../../src/node/listen.ts";
import { client, withKey } from "../support/web-socket-client.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "duologue-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("recordings of sessions", () => {
  it("are complete once the server is closed, one file each", async () => {
    const record = join(folder, "not/there/yet");
    const server = await listen({ record, epochMs: () => 1_900_000_000_000 });
    const one = client(`${server.url}?model=m`, [], withKey);
    const turnedAway = client(server.url, [], withKey);
    await turnedAway.closed;
    await one.until("session.created");
    one.socket.send('{"type":"input_audio_buffer.clear"}');
    one.socket.send("{nope");
    await one.until("error");
    await server.close();
    await one.closed;

    const files = await readdir(record);
    expect(files).toEqual([expect.stringMatching(/^2030-03-17T17-46-40\.000Z-sess_\w+\.jsonl$/)]);
    const recording = readRecording(await readFile(join(record, files[0] ?? ""), "utf8"));
    expect(recording.problems).toEqual([]);
    expect(recording.header).toMatchObject({ protocol: "openai-realtime", model: "m" });
    expect(recording.entries.map(({ from, event }) => [from, event.type])).toEqual([
      ["local", "link.opened"],
      ["server", "session.created"],
      ["client", "input_audio_buffer.clear"],
      ["server", "input_audio_buffer.cleared"],
      ["local", "frame.undecodable"],
      ["server", "error"],
      ["local", "link.closed"],
    ]);
  });

  it("are there though the first event never came, and keep what is nested without end as text", async () => {
    const faults = [{ type: "withhold", event: "session.created" }] as const;
    const server = await listen({ record: folder, scenario: { turns: [], faults } });
    const { opened, until, socket } = client(`${server.url}?model=m`, [], withKey);
    await opened;
    socket.send(`{"type":"nope","deep":${"[".repeat(20_000)}${"]".repeat(20_000)}}`);
    await until("error");
    await server.close();
    const files = await readdir(folder);
    const recording = readRecording(await readFile(join(folder, files[0] ?? ""), "utf8"));
    expect(recording.header).toMatchObject({ model: "m" });
    expect(recording.entries.map(({ event }) => event.type)).toEqual([
      "link.opened",
      "frame.undecodable",
      "error",
      "link.closed",
    ]);
  });

  it("are refused in a folder that cannot be made", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    // What is below `/proc` is not there, and cannot be made to be there.
    for (const record of [file, join(file, "below"), ...(existsSync("/proc") ? ["/proc/nope/below"] : [])]) {
      await expect(listen({ record }), record).rejects.toThrow(
        /^The folder .+ for recordings cannot be made: /,
      );
    }
  });

  it("say when one cannot be made, and the session goes on", async () => {
    const problems: string[] = [];
    const server = await listen({ record: folder, onProblem: (message) => problems.push(message) });
    await rm(folder, { recursive: true });
    const { until, events, socket } = client(`${server.url}?model=m`, [], withKey);
    await until("session.created");
    socket.send('{"type":"input_audio_buffer.clear"}');
    await until("input_audio_buffer.cleared");
    expect(events).toHaveLength(2);
    expect(problems).toEqual([expect.stringContaining("unrecorded")]);
    await server.close();
    folder = await mkdtemp(join(tmpdir(), "duologue-"));
  });
});
