import { openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { type Connection, memoryTransport, readRecording, realtimeSession, recording } from "../src/index.ts";
import { manualClock } from "./manual-clock.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("recording", () => {
  it("writes both directions, what is no event, and the ends of links, with times from the first open", async () => {
    const clock = manualClock();
    clock.advance(500);
    const lines: string[] = [];
    const transport = recording(
      memoryTransport({
        accept(peer) {
          peer.send('{"type":"session.created","event_id":"e1","session":{"type":"realtime"}}');
          return {
            frame: () => peer.send("no JSON"),
            closed: () => {},
          };
        },
      }),
      {
        write: (line) => void lines.push(line),
        protocol: "openai-realtime",
        header: { by: "a test" },
        clock,
      },
    );
    const session = realtimeSession({ transport, protocol: openaiRealtime, clock });
    await session.open();
    clock.advance(20);
    session.send({ type: "input_audio_buffer.clear" });
    await settle();
    await session.close({ code: 4000, reason: "enough" });
    const { header, entries, problems } = readRecording(lines.join("\n"));
    expect(header).toEqual({ duologue: 1, protocol: "openai-realtime", by: "a test" });
    expect(problems).toEqual([]);
    expect(entries.map(({ at, from, event }) => [at, from, event.type])).toEqual([
      [0, "local", "link.opened"],
      [0, "server", "session.created"],
      [20, "client", "input_audio_buffer.clear"],
      [20, "local", "frame.undecodable"],
      [20, "local", "link.closed"],
    ]);
    expect(entries.at(-1)?.event).toMatchObject({ code: 4000, reason: "enough" });
  });

  it("makes one recording of several connections, and writes no credentials", async () => {
    const lines: string[] = [];
    const inner = memoryTransport({ accept: () => ({ frame() {}, closed() {} }) });
    const transport = recording(inner, { write: (line) => void lines.push(line), protocol: "any" });
    for (let count = 0; count < 2; count++) {
      const connection = await transport.open({ frame() {}, closed() {} });
      const tool = { type: "mcp", authorization: "Bearer x" };
      connection.send(JSON.stringify({ type: "session.update", session: { tools: [tool] } }));
      await connection.close();
    }
    expect(lines.filter((line) => line.includes('"duologue"'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('"opened"'))).toHaveLength(2);
    expect(lines.join()).not.toContain("Bearer");
  });

  it("does not write what could not be sent", async () => {
    const lines: string[] = [];
    const inner = memoryTransport({ accept: () => ({ frame() {}, closed() {} }), maxFrameBytes: 10 });
    const connection = await recording(inner, {
      write: (line) => void lines.push(line),
      protocol: "any",
    }).open({
      frame() {},
      closed() {},
    });
    expect(() => connection.send('{"type":"too.large"}')).toThrow(
      expect.objectContaining({ code: "frame_too_large" }),
    );
    expect(lines.join()).not.toContain("too.large");
    await connection.close();
  });

  it("keeps what a medium offers beside frames, also on classes with private fields", async () => {
    class Special implements Connection {
      readonly bufferedAmount = 0;
      readonly maxFrameBytes = 100;
      #muted = false;
      send(): void {}
      async close(): Promise<void> {}
      mute(): void {
        this.#muted = true;
      }
      get muted(): boolean {
        return this.#muted;
      }
    }
    const inner = { name: "special", audio: "media" as const, open: async () => new Special() };
    const connection = await recording(inner, { write: () => {}, protocol: "any" }).open({
      frame() {},
      closed() {},
    });
    connection.mute();
    expect(connection.muted).toBe(true);
  });
});
