import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { RealtimeError } from "../src/error.ts";
import {
  type MemoryConnection,
  type MemoryTransportOptions,
  memoryTransport,
} from "../src/memory-transport.ts";
import type { CloseInfo, FrameSink } from "../src/transport.ts";

/** A sink that writes down all it is given, in one list. */
function diary() {
  const all: (string | CloseInfo)[] = [];
  const ended = Promise.withResolvers<CloseInfo>();
  const sink: FrameSink = {
    frame: (text) => all.push(text),
    closed(info) {
      all.push(info);
      ended.resolve(info);
    },
  };
  return { all, sink, ended: ended.promise };
}

/** An open link: both ends, and what each was given. */
async function link(options: Partial<MemoryTransportOptions> = {}) {
  const client = diary();
  const server = diary();
  let peer: MemoryConnection | undefined;
  const { accept = () => server.sink, ...rest } = options;
  const transport = memoryTransport({
    ...rest,
    accept(end) {
      peer = end;
      return accept(end);
    },
  });
  const connection = await transport.open(client.sink);
  if (peer === undefined) throw new Error("nobody accepted");
  return { transport, client, server, connection, peer };
}

describe("memoryTransport", () => {
  it("has a name and says how speech travels", () => {
    const accept = () => diary().sink;
    expect(memoryTransport({ accept })).toMatchObject({ name: "memory", audio: "events" });
    expect(memoryTransport({ accept, name: "fake", audio: "media" })).toMatchObject({
      name: "fake",
      audio: "media",
    });
  });

  it("carries frames both ways, in order, never from within send", async () => {
    const { client, server, connection, peer } = await link();
    connection.send("a");
    connection.send("b");
    peer.send("c");
    expect([client.all, server.all]).toEqual([[], []]);
    await connection.close();
    expect(server.all).toEqual(["a", "b", { code: 1000, reason: "" }]);
    expect(client.all).toEqual(["c", { code: 1000, reason: "" }]);
  });

  it("keeps frames that are sent while accepting until the link is open", async () => {
    const gate = Promise.withResolvers<void>();
    const client = diary();
    let peer: MemoryConnection | undefined;
    const opening = memoryTransport({
      async accept(end) {
        peer = end;
        end.send("first");
        await gate.promise;
        end.send("second");
        return diary().sink;
      },
    }).open(client.sink);
    await Promise.resolve();
    expect(peer?.bufferedAmount).toBe(5);
    expect(client.all).toEqual([]);
    gate.resolve();
    const connection = await opening;
    await connection.close();
    expect(client.all).toEqual(["first", "second", { code: 1000, reason: "" }]);
  });

  it("counts the bytes of UTF-8 that are under way", async () => {
    const { connection, peer, server } = await link();
    connection.send("€");
    connection.send("\u{1f600}!");
    peer.send("ß");
    expect([connection.bufferedAmount, peer.bufferedAmount]).toEqual([8, 2]);
    await connection.close();
    expect([connection.bufferedAmount, peer.bufferedAmount]).toEqual([0, 0]);
    expect(server.all.slice(0, 2)).toEqual(["€", "\u{1f600}!"]);
  });

  it("counts a frame as delivered while its sink runs", async () => {
    const amounts: number[] = [];
    const { connection } = await link({
      accept: () => ({ frame: () => amounts.push(connection.bufferedAmount), closed() {} }),
    });
    connection.send("abc");
    connection.send("de");
    await connection.close();
    expect(amounts).toEqual([2, 0]);
  });

  it("refuses frames beyond its limit from either end, and goes on", async () => {
    const { connection, peer, server, client } = await link({ maxFrameBytes: 6 });
    expect([connection.maxFrameBytes, peer.maxFrameBytes]).toEqual([6, 6]);
    for (const end of [connection, peer]) {
      expect(() => end.send("€€x")).toThrow(expect.objectContaining({ code: "frame_too_large" }));
      expect(() => end.send("€€x")).toThrow(/7 bytes exceeds the link's 6/);
      end.send("€€");
    }
    await connection.close();
    expect([server.all[0], client.all[0]]).toEqual(["€€", "€€"]);
    expect((await link()).connection.maxFrameBytes).toBe(16 * 1024 * 1024);
  });

  it("takes code and reason across, from either end", async () => {
    for (const [closer, other] of [
      ["connection", "peer"],
      ["peer", "connection"],
    ] as const) {
      const ends = await link();
      const info = { code: 1001, reason: "Your session hit the maximum duration" };
      const closing = ends[closer].close(info);
      expect(() => ends[closer].send("late")).toThrow(expect.objectContaining({ code: "closed" }));
      ends[other].send("not knowing yet");
      await closing;
      expect(() => ends[other].send("late")).toThrow(expect.objectContaining({ code: "closed" }));
      const [client, server] = [ends.client.all.at(-1), ends.server.all.at(-1)];
      expect([client, server]).toEqual([info, info]);
      expect((closer === "connection" ? ends.client : ends.server).all[0]).toBe("not knowing yet");
      await ends[other].close();
    }
  });

  it("lets both ends close at once, each told the other's code", async () => {
    const { connection, peer, client, server } = await link();
    await Promise.all([connection.close({ code: 4001 }), peer.close({ code: 4002, reason: "mine" })]);
    expect(client.all).toEqual([{ code: 4002, reason: "mine" }]);
    expect(server.all).toEqual([{ code: 4001, reason: "" }]);
  });

  it("breaks: what is under way is lost, both ends are told 1006, closes in progress too", async () => {
    for (const breaker of ["connection", "peer"] as const) {
      const ends = await link();
      ends.connection.send("lost");
      ends.peer.send("lost");
      const closing = ends.connection.close({ code: 4001 });
      ends[breaker].break();
      ends[breaker].break();
      expect(ends.connection.bufferedAmount + ends.peer.bufferedAmount).toBe(0);
      expect(() => ends.peer.send("late")).toThrow(expect.objectContaining({ code: "closed" }));
      await closing;
      await ends.peer.close();
      expect(ends.client.all).toEqual([{ code: 1006, reason: "" }]);
      expect(ends.server.all).toEqual([{ code: 1006, reason: "" }]);
    }
  });

  it("has no effect to break what has ended", async () => {
    const { connection, peer, client, server } = await link();
    await connection.close();
    peer.break();
    await Promise.resolve();
    expect([client.all.length, server.all.length]).toEqual([1, 1]);
  });

  it("rejects where the peer throws or rejects, with the peer's words", async () => {
    const cause = new Error("no such model");
    const peers: MemoryConnection[] = [];
    const refusals: MemoryTransportOptions["accept"][] = [
      (peer) => {
        peers.push(peer);
        throw cause;
      },
      (peer) => {
        peers.push(peer);
        peer.send("not delivered");
        return Promise.reject(cause);
      },
    ];
    for (const accept of refusals) {
      const { sink, all } = diary();
      const error = await memoryTransport({ accept })
        .open(sink)
        .catch((caught: unknown) => caught);
      expect(RealtimeError.is(error)).toBe(true);
      expect(error).toMatchObject({ code: "connect_failed", cause });
      expect(String(error)).toContain("no such model");
      expect(all).toEqual([]);
    }
    for (const peer of peers) {
      expect(() => peer.send("late")).toThrow(expect.objectContaining({ code: "closed" }));
    }
    expect(peers).toHaveLength(2);
  });

  it("aborts while the peer makes up its mind: the peer's end is told 1006 in its turn", async () => {
    const client = diary();
    const server = diary();
    const gate = Promise.withResolvers<FrameSink>();
    let peer: MemoryConnection | undefined;
    const abort = new AbortController();
    const opening = memoryTransport({
      accept(end) {
        peer = end;
        return gate.promise;
      },
    }).open(client.sink, { signal: abort.signal });
    abort.abort(new Error("changed my mind"));
    await expect(opening).rejects.toMatchObject({ code: "aborted", cause: new Error("changed my mind") });
    expect(() => peer?.send("late")).toThrow(expect.objectContaining({ code: "closed" }));
    gate.resolve(server.sink);
    expect(await server.ended).toEqual({ code: 1006, reason: "" });
    expect(client.all).toEqual([]);
  });

  it("does not ask the peer where the signal has fired before", async () => {
    const accept = vi.fn(() => diary().sink);
    const opening = memoryTransport({ accept }).open(diary().sink, { signal: AbortSignal.abort() });
    await expect(opening).rejects.toMatchObject({ code: "aborted" });
    expect(accept).not.toHaveBeenCalled();
  });

  it("lets go of the signal when it has opened or was refused", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await memoryTransport({ accept: () => diary().sink }).open(diary().sink, { signal });
    const refusing = memoryTransport({ accept: () => Promise.reject(new Error("no")) });
    await refusing.open(diary().sink, { signal }).catch(() => {});
    expect(added).toHaveBeenCalledTimes(2);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });

  it("reports what sinks throw, of both ends, and goes on", async () => {
    const reported: unknown[] = [];
    const throwing = (what: string): FrameSink => ({
      frame(text) {
        throw `${what} ${text}`;
      },
      closed() {
        throw `${what} closed`;
      },
    });
    const transport = memoryTransport({
      accept: (peer) => {
        peer.send("x");
        return throwing("server");
      },
      onSinkError: (error) => reported.push(error),
    });
    const connection = await transport.open(throwing("client"));
    connection.send("y");
    await connection.close();
    expect(reported.sort()).toEqual(["client closed", "client x", "server closed", "server y"]);
  });

  it("reports to the console where nobody asked to be told", async () => {
    const console_ = vi.spyOn(console, "error").mockImplementation(() => {});
    const bad = new Error("on purpose");
    const { connection } = await link({
      accept: () => ({
        frame() {
          throw bad;
        },
        closed() {},
      }),
    });
    connection.send("x");
    await connection.close();
    expect(console_.mock.calls.map(([, error]) => error)).toEqual([bad]);
    console_.mockRestore();
  });

  it("keeps the order and ends once, whatever both ends do", async () => {
    const act = fc.record({
      end: fc.constantFrom("connection" as const, "peer" as const),
      what: fc.constantFrom("send", "send", "send", "send", "turn", "close", "break"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
        const ends = await link();
        const sent = { connection: [] as string[], peer: [] as string[] };
        let broken = false;
        let closed = false;
        for (const [index, { end, what }] of acts.entries()) {
          if (what === "turn") await Promise.resolve();
          else if (what === "close") void ends[end].close({ code: 4000 + index });
          else if (what === "break") ends[end].break();
          else {
            try {
              ends[end].send(`${end} ${index}`);
              sent[end].push(`${end} ${index}`);
            } catch (error) {
              expect(error).toMatchObject({ code: "closed" });
              expect(broken || closed).toBe(true);
            }
          }
          broken ||= what === "break";
          closed ||= what === "close";
        }
        await Promise.all([ends.connection.close(), ends.peer.close()]);
        for (const [given, theirs] of [
          [ends.server.all, sent.connection],
          [ends.client.all, sent.peer],
        ] as const) {
          const frames = given.slice(0, -1);
          expect(given.at(-1)).toMatchObject({ code: expect.any(Number) });
          expect(frames).toEqual(theirs.slice(0, frames.length));
          if (!broken) expect(frames).toEqual(theirs);
        }
      }),
    );
  });

  it("delivers one frame in each microtask", async () => {
    let frames = 0;
    const { connection } = await link({ accept: () => ({ frame: () => (frames += 1), closed() {} }) });
    const counts: number[] = [];
    for (let sent = 0; sent < 3; sent += 1) {
      connection.send("x");
      queueMicrotask(() => counts.push(frames));
    }
    await connection.close();
    expect(counts).toEqual([1, 2, 3]);
  });
});
