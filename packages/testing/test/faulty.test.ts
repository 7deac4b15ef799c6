import {
  type CloseInfo,
  type MemoryConnection,
  memoryTransport,
  RealtimeError,
  systemClock,
} from "@duologue/core";
import { describe, expect, it } from "vitest";
import { type FaultyOptions, faulty, transportConformance, virtualClock } from "../src/index.ts";
import { memoryHarness } from "./memory-harness.ts";

/** A link over a bad network, both of its ends written down with the times at which things arrived. */
async function link(options: Partial<FaultyOptions<MemoryConnection>> = {}, maxFrameBytes = 1_000) {
  const clock = virtualClock();
  const there: string[] = [];
  const here: string[] = [];
  const ends: Record<"there" | "here", CloseInfo[]> = { there: [], here: [] };
  let peer: MemoryConnection | undefined;
  const inner = memoryTransport({
    maxFrameBytes,
    accept(connection) {
      peer = connection;
      return {
        frame: (text) => void there.push(`${clock.now()} ${text}`),
        closed: (info) => void ends.there.push(info),
      };
    },
  });
  const network = faulty(inner, { seed: 1, clock, ...options });
  const connection = await network.open({
    frame: (text) => void here.push(`${clock.now()} ${text}`),
    closed: (info) => void ends.here.push(info),
  });
  if (peer === undefined) throw new Error("Nobody accepted.");
  return { clock, network, connection, peer, there, here, ends };
}

const kinds = (log: readonly { readonly fault: string }[]) => log.map(({ fault }) => fault);

describe("a faulty transport", () => {
  it("changes nothing where no fault was asked for, and passes for the transport that it decorates", async () => {
    const { clock, network, connection, peer, there, here, ends } = await link();
    expect([network.name, network.audio]).toEqual(["memory", "events"]);
    connection.send("up");
    peer.send("down");
    await clock.advance(0);
    expect([there, here]).toEqual([["0 up"], ["0 down"]]);
    const closing = connection.close({ code: 4001, reason: "enough" });
    await clock.advance(0);
    await closing;
    expect(ends).toEqual({
      there: [{ code: 4001, reason: "enough" }],
      here: [{ code: 4001, reason: "enough" }],
    });
    expect([network.log, clock.pending]).toEqual([[], 0]);
  });

  it("keeps what is special about the connection of its medium", async () => {
    const { clock, connection, ends } = await link();
    connection.break();
    await clock.advance(0);
    expect(ends.here).toEqual([{ code: 1006, reason: "" }]);
  });

  it("delays each direction by its own time, the close behind the frames", async () => {
    const { clock, network, connection, peer, there, here, ends } = await link({
      sending: { delayMs: 30 },
      receiving: { delayMs: 50 },
    });
    connection.send("one");
    peer.send("two");
    await clock.advance(10);
    connection.send("three");
    const closing = connection.close();
    await clock.advance(29);
    expect([there, here, ends.there]).toEqual([["30 one"], [], []]);
    await clock.advance(1_000);
    await closing;
    expect([there, here]).toEqual([["30 one", "40 three"], ["50 two"]]);
    expect([ends.there.length, ends.here.length, clock.pending]).toEqual([1, 1, 0]);
    expect(network.counts.delay).toBe(3);
    expect(network.log[0]).toEqual({
      atMs: 0,
      link: 1,
      direction: "sending",
      fault: "delay",
      frame: 1,
      byMs: 30,
      text: "one",
    });
  });

  it("keeps the order whatever the jitter, and counts what waits as buffered", async () => {
    const { clock, connection, there } = await link({ sending: { jitterMs: 100 } });
    const sent = Array.from({ length: 50 }, (_, index) => `frame ${index}`);
    for (const frame of sent.slice(0, 25)) connection.send(frame);
    expect(connection.bufferedAmount).toBe(sent.slice(0, 25).join("").length);
    for (const frame of sent.slice(25)) {
      await clock.advance(20);
      connection.send(frame);
    }
    await clock.advance(100);
    expect(there.map((text) => text.replace(/^\S+ /, ""))).toEqual(sent);
    expect(new Set(there.map((text) => text.split(" ")[0])).size).toBeGreaterThan(3);
    expect(connection.bufferedAmount).toBe(0);
  });

  it("carries so many bytes a second and no more", async () => {
    const { clock, connection, there } = await link({ sending: { bytesPerSecond: 100, delayMs: 5 } });
    for (const frame of ["0123456789", "\u20ac\u20ac\u20ac\u20ac\u20ac", "01234"]) connection.send(frame);
    await clock.advance(104);
    expect(there).toEqual([]);
    await clock.advance(196);
    expect(there).toEqual(["105 0123456789", "255 \u20ac\u20ac\u20ac\u20ac\u20ac"]);
    await clock.advance(1_000);
    connection.send("0");
    await clock.advance(15);
    expect(there.slice(2)).toEqual(["305 01234", "1315 0"]);
  });

  it("drops, doubles and makes up frames as chance has it, and tells of each", async () => {
    const { clock, network, connection, there } = await link({
      seed: "some",
      sending: { chances: { drop: 0.2, duplicate: 0.2, garbage: 0.2 } },
    });
    const sent = Array.from({ length: 200 }, (_, index) => `frame ${index}.`);
    for (const frame of sent) connection.send(frame);
    await clock.advance(0);
    const arrived = there.map((text) => text.replace(/^\S+ /, ""));
    const { drop, duplicate, garbage } = network.counts;
    for (const count of [drop, duplicate, garbage]) expect(Math.abs(count - 40)).toBeLessThan(25);
    expect(arrived).toHaveLength(200 - drop + duplicate + garbage);
    const lost = network.log.filter(({ fault }) => fault === "drop").map(({ text }) => text);
    expect(lost).toEqual(sent.filter((frame) => !arrived.includes(frame)));
    const doubled = network.log.filter(({ fault }) => fault === "duplicate").map(({ text }) => text);
    expect(doubled).toEqual(sent.filter((frame) => arrived.filter((other) => other === frame).length === 2));
  });

  it("lets frames overtake held ones where they may, and only those", async () => {
    // Frames of one letter keep their order among themselves.
    const mayOvertake = (later: string, earlier: string) => later[0] !== earlier[0];
    const sent = Array.from({ length: 120 }, (_, index) => `${"abc"[index % 3]}${index}`);
    const { clock, network, peer, here } = await link({
      seed: "holding",
      receiving: { chances: { hold: 0.2 }, holdMs: 60, mayOvertake },
    });
    for (const frame of sent) {
      peer.send(frame);
      await clock.advance(3);
    }
    await clock.advance(200);
    const arrived = here.map((text) => text.replace(/^\S+ /, ""));
    expect([...arrived].sort()).toEqual([...sent].sort());
    expect(arrived).not.toEqual(sent);
    for (const letter of "abc") {
      const own = (list: readonly string[]) => list.filter((frame) => frame.startsWith(letter));
      expect(own(arrived)).toEqual(own(sent));
    }
    expect(network.counts.hold).toBeGreaterThan(10);
    expect(network.counts.overtake).toBeGreaterThan(10);
    expect(clock.pending).toBe(0);
  });

  it("holds all behind a held frame where nothing may overtake", async () => {
    const { clock, network, peer, here } = await link({ receiving: { chances: { hold: 0.3 } } });
    const sent = Array.from({ length: 60 }, (_, index) => `${index}`);
    for (const frame of sent) {
      peer.send(frame);
      await clock.advance(5);
    }
    await clock.advance(200);
    expect(here.map((text) => text.split(" ")[1])).toEqual(sent);
    expect([network.counts.overtake, network.counts.hold > 5]).toEqual([0, true]);
  });

  it("is cut by chance: both ends are told 1006, and what was under way is lost", async () => {
    const { clock, network, connection, there, ends } = await link({
      seed: 3,
      sending: { delayMs: 10, chances: { cut: 0.2 } },
    });
    const refusals: unknown[] = [];
    for (let index = 0; index < 100; index += 1) {
      try {
        connection.send(`frame ${index}`);
      } catch (error) {
        refusals.push(error);
      }
      expect(ends.here.length === 0 || refusals.length > 0 || index === 0).toBe(true);
      await clock.advance(4);
    }
    expect(ends).toEqual({ there: [{ code: 1006, reason: "" }], here: [{ code: 1006, reason: "" }] });
    expect(refusals.every((error) => RealtimeError.is(error) && error.code === "closed")).toBe(true);
    const { cut, vanish } = network.counts;
    expect(cut).toBe(1);
    expect(there.length + vanish + refusals.length).toBe(100);
    expect([connection.bufferedAmount, clock.pending]).toEqual([0, 0]);
    await connection.close();
  });

  it("tells nobody anything from within send, not even of a cut", async () => {
    const { clock, connection, ends } = await link({ sending: { chances: { cut: 1 } } });
    connection.send("the last");
    expect(ends.here).toEqual([]);
    connection.send("into the void");
    await clock.advance(0);
    expect(ends.here).toHaveLength(1);
    expect(() => connection.send("too late")).toThrow(expect.objectContaining({ code: "closed" }));
  });

  it("half open, takes everything and delivers nothing, until the close is given up", async () => {
    const { clock, network, connection, peer, there, here, ends } = await link({ closeTimeoutMs: 700 });
    connection.send("before");
    await clock.advance(0);
    network.halfOpen();
    connection.send("12345");
    peer.send("never heard");
    await clock.advance(60_000);
    expect([there, here]).toEqual([["0 before"], []]);
    expect(connection.bufferedAmount).toBe(5);
    expect(ends).toEqual({ there: [], here: [] });
    const closing = connection.close();
    await clock.advance(699);
    expect(ends.here).toEqual([]);
    await clock.advance(1);
    await closing;
    expect(ends.here).toEqual([{ code: 1006, reason: "the peer did not answer the close within 700 ms" }]);
    expect(ends.there).toEqual([{ code: 1006, reason: "" }]);
    expect(kinds(network.log)).toEqual(["half-open", "vanish", "vanish"]);
    expect(clock.pending).toBe(0);
  });

  it("does not hear the end of the peer where it is half open, and closes though it became so while closing", async () => {
    const deaf = await link();
    deaf.network.halfOpen();
    void deaf.peer.close();
    await deaf.clock.advance(60_000);
    expect(deaf.ends.here).toEqual([]);
    const { clock, network, connection, ends } = await link({ sending: { delayMs: 20 } });
    const closing = connection.close();
    network.halfOpen();
    await clock.advance(5_000);
    await closing;
    expect([ends.here.length, clock.pending]).toEqual([1, 0]);
  });

  it("is cut on demand, once", async () => {
    const { clock, network, ends } = await link();
    network.cut();
    network.cut();
    await clock.advance(0);
    expect([ends.here.length, ends.there.length, kinds(network.log)]).toEqual([1, 1, ["cut"]]);
    network.halfOpen();
    expect(network.counts["half-open"]).toBe(0);
  });

  it("has no link to cut before it was opened", () => {
    const network = faulty(memoryTransport({ accept: () => ({ frame() {}, closed() {} }) }), {
      seed: 1,
      clock: virtualClock(),
    });
    network.cut();
    network.halfOpen();
    expect(network.log).toEqual([]);
  });

  it("opens late, is refused by chance, and gives up when aborted", async () => {
    const clock = virtualClock();
    const inner = memoryTransport({ accept: () => ({ frame() {}, closed() {} }) });
    const network = faulty(inner, { seed: 2, clock, opening: { delayMs: 40, refuseChance: 0.5 } });
    const sink = { frame() {}, closed() {} };
    const outcomes: string[] = [];
    for (let round = 0; round < 40; round += 1) {
      const opening = network.open(sink).then(
        (connection) => {
          outcomes.push("opened");
          connection.break();
        },
        (error: unknown) => outcomes.push(RealtimeError.is(error) ? error.code : String(error)),
      );
      await clock.advance(39);
      expect(outcomes).toHaveLength(round);
      await clock.advance(1);
      await opening;
    }
    expect([...new Set(outcomes)].sort()).toEqual(["connect_failed", "opened"]);
    expect(network.counts.refuse).toBe(outcomes.filter((outcome) => outcome !== "opened").length);
    const abort = new AbortController();
    const aborted = network.open(sink, { signal: abort.signal }).catch((error: unknown) => error);
    abort.abort();
    expect(await aborted).toMatchObject({ code: "aborted" });
    expect(
      await network.open(sink, { signal: AbortSignal.abort() }).catch((error: unknown) => error),
    ).toMatchObject({
      code: "aborted",
    });
    expect(clock.pending).toBe(0);
  });

  it("does the same again for the same seed, link by link, and other things for another", async () => {
    const run = async (seed: number) => {
      const { clock, network, connection, peer, there, here } = await link({
        seed,
        sending: { jitterMs: 30, chances: { drop: 0.1, duplicate: 0.1, garbage: 0.1 } },
        receiving: { jitterMs: 30, chances: { hold: 0.2 }, mayOvertake: () => true },
      });
      for (let index = 0; index < 60; index += 1) {
        connection.send(`{"type":"up","n":${index}}`);
        peer.send(`{"type":"down","n":${index}}`);
        await clock.advance(7);
      }
      await clock.advance(500);
      return { there, here, log: network.log };
    };
    const first = await run(11);
    expect(await run(11)).toEqual(first);
    expect((await run(12)).log).not.toEqual(first.log);
  });

  it("breaks a medium that has no break as its user says, or by closing it", async () => {
    for (const [breakLink, code] of [
      [undefined, 1000],
      [(connection: MemoryConnection) => void connection.close({ code: 4006 }), 4006],
    ] as const) {
      const clock = virtualClock();
      const ends: CloseInfo[] = [];
      const inner = memoryTransport({
        accept: () => ({ frame() {}, closed: (info) => void ends.push(info) }),
      });
      const plain = {
        ...inner,
        open: async (...args: Parameters<typeof inner.open>) => {
          const { send, close, maxFrameBytes } = await inner.open(...args);
          return { send, close, maxFrameBytes, bufferedAmount: 0 };
        },
      };
      // The one that has no `break` is the point of this.
      const network = faulty(plain as typeof inner, {
        seed: 1,
        clock,
        ...(breakLink === undefined ? {} : { breakLink }),
      });
      await network.open({ frame() {}, closed() {} });
      network.cut();
      await clock.advance(0);
      expect(ends).toEqual([{ code, reason: "" }]);
    }
  });
});

describe("a faulty transport that only takes its time conforms", () => {
  const clock = systemClock();
  const faults = {
    "without faults": {},
    "with delays": { sending: { delayMs: 1 }, receiving: { delayMs: 1 } },
    "with jitter": { sending: { jitterMs: 2 }, receiving: { jitterMs: 2 } },
    "on a slow line": { sending: { bytesPerSecond: 1e9 }, receiving: { bytesPerSecond: 1e9 } },
  };
  describe.each(Object.entries(faults))("%s", (_name, given) => {
    const harness = () =>
      memoryHarness((options) => {
        const { onSinkError } = options;
        const more = onSinkError === undefined ? {} : { onSinkError };
        return faulty(memoryTransport(options), { seed: 1, clock, ...given, ...more });
      });
    for (const { id, rule, needs, run } of transportConformance) {
      if (needs === undefined) it(`${id}: ${rule}`, () => run(harness()));
    }
  });
});
