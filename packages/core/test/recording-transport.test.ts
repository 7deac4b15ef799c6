import { openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  type Connection,
  type MemoryConnection,
  memorySink,
  memoryTransport,
  readRecording,
  realtimeSession,
  recording,
} from "../src/index.ts";
import { manualClock } from "./manual-clock.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("recording", () => {
  it("writes both directions, what is no event, and the ends of links, with times from the first open", async () => {
    const clock = manualClock();
    clock.advance(500);
    const sink = memorySink();
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
        sink,
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
    const { header, entries, problems } = readRecording(sink.text);
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
    const sink = memorySink();
    const { lines } = sink;
    const inner = memoryTransport({ accept: () => ({ frame() {}, closed() {} }) });
    const transport = recording(inner, { sink, protocol: "any" });
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
    const sink = memorySink();
    const inner = memoryTransport({ accept: () => ({ frame() {}, closed() {} }), maxFrameBytes: 10 });
    const connection = await recording(inner, { sink, protocol: "any" }).open({ frame() {}, closed() {} });
    expect(() => connection.send('{"type":"too.large"}')).toThrow(
      expect.objectContaining({ code: "frame_too_large" }),
    );
    expect(sink.text).not.toContain("too.large");
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
    const connection = await recording(inner, { sink: memorySink(), protocol: "any" }).open({
      frame() {},
      closed() {},
    });
    connection.mute();
    expect(connection.muted).toBe(true);
  });

  it("of links that overlap keeps the older one's frames as the conversation, and says where the next takes over", async () => {
    const sink = memorySink();
    const peers: MemoryConnection[] = [];
    const inner = memoryTransport({
      accept(peer) {
        peers.push(peer);
        return { frame() {}, closed() {} };
      },
    });
    const transport = recording(inner, { sink, protocol: "any" });
    const nobody = { frame() {}, closed() {} };
    const first = await transport.open(nobody);
    const second = await transport.open(nobody);
    peers[1]?.send('{"type":"greeting"}');
    await settle();
    second.send('{"type":"early"}');
    first.send('{"type":"last"}');
    await first.close();
    second.send('{"type":"on"}');
    await second.close();
    const { entries } = readRecording(sink.text);
    expect(entries.map(({ from, event }) => [from, event.type])).toEqual([
      ["local", "link.opened"],
      ["local", "link.frame"],
      ["local", "link.frame"],
      ["client", "last"],
      ["local", "link.switched"],
      ["client", "on"],
      ["local", "link.closed"],
    ]);
    expect(entries[1]?.event).toMatchObject({ link: 2, from: "server", event: { type: "greeting" } });
    expect(entries[4]?.event).toMatchObject({ link: 2 });
  });

  it("of links that overlap says where the younger one ends first, and goes on with the older one", async () => {
    const sink = memorySink();
    const peers: MemoryConnection[] = [];
    const inner = memoryTransport({
      accept(peer) {
        peers.push(peer);
        return { frame() {}, closed() {} };
      },
    });
    const transport = recording(inner, { sink, protocol: "any" });
    const nobody = { frame() {}, closed() {} };
    const first = await transport.open(nobody);
    await transport.open(nobody);
    await peers[1]?.close({ code: 1011, reason: "not now: sk-proj-1abcdefghijklmnop" });
    first.send('{"type":"on"}');
    await first.close();
    const { entries } = readRecording(sink.text);
    expect(entries.map(({ event }) => event.type)).toEqual([
      "link.opened",
      "link.ended",
      "on",
      "link.closed",
    ]);
    expect(entries[1]?.event).toMatchObject({ link: 2, code: 1011 });
    expect(sink.text).not.toContain("abcdefghijklmnop");
  });

  it("that cannot be written stops, tells whoever asked, and leaves the session alone", async () => {
    const stops: string[] = [];
    const seen: string[] = [];
    const inner = memoryTransport({
      accept: (peer) => ({ frame: (text) => peer.send(text), closed() {} }),
    });
    const sink = {
      write(line: string) {
        if (line.includes('"client"')) throw new Error("disk full");
      },
    };
    const transport = recording(inner, {
      sink,
      protocol: "any",
      onStop: ({ reason, message }) => void stops.push(`${reason}: ${message}`),
    });
    const connection = await transport.open({ frame: (text) => void seen.push(text), closed() {} });
    connection.send('{"type":"one"}');
    connection.send('{"type":"two"}');
    await settle();
    await connection.close();
    expect(seen).toEqual(['{"type":"one"}', '{"type":"two"}']);
    expect(stops).toEqual(["sink_failed: The recording stops: it cannot be written. disk full"]);
  });
});
