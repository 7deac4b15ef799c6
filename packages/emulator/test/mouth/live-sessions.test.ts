import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { Link } from "../../src/mouth/driver.ts";
import { liveSessions } from "../../src/mouth/live-sessions.ts";
import { sessions } from "../../src/mouth/sessions.ts";
import { base64, silence } from "../support/conversation.ts";
import { fakeClock } from "../support/fake-clock.ts";

describe("a live session", () => {
  it("is over, and its place is free, though its client's link cannot be closed", () => {
    const clock = fakeClock();
    const closed: number[] = [];
    const live = liveSessions({
      sessions: sessions({ clock, epochMs: () => 0 }),
      clock,
      maxSessions: 1,
      sideband: {},
      observe: () => ({ server() {}, client() {}, closed: (code) => closed.push(code) }),
    });
    const session = live.open({ model: "m" }, "websocket");
    const broken = () => {
      throw new TypeError("not open");
    };
    session.take({ send() {}, close: broken, cut: broken });
    expect(live.isFull).toBe(true);
    session.end(1012, "restart");
    expect(closed).toEqual([1012]);
    expect(session.isOver).toBe(true);
    expect(live.isFull).toBe(false);
    expect(clock.waiting).toBe(0);
  });

  it("turns away sideband connections beyond its bound, and takes the next when one has gone", () => {
    const clock = fakeClock();
    const live = liveSessions({
      sessions: sessions({ clock, epochMs: () => 0 }),
      clock,
      maxSessions: 1,
      sideband: { maxConnections: 2 },
    });
    const session = live.open({ model: "m" }, "websocket");
    session.take(eavesdropper().link);
    const [first] = [session.join(eavesdropper().link), session.join(eavesdropper().link)];
    const late = eavesdropper();
    const seat = session.join(late.link);
    expect(late.events).toEqual([
      {
        type: "error",
        event_id: expect.stringMatching(/^event_/),
        error: {
          type: "server_error",
          code: "too_many_sideband_connections",
          message: expect.stringContaining("2 sideband connections"),
          param: null,
          event_id: null,
        },
      },
    ]);
    expect(late.closed).toEqual([{ code: 1013, reason: "server_error.too_many_sideband_connections" }]);
    // Whoever was turned away has no say, and takes nobody with it.
    seat.frame('{"type":"nope"}');
    seat.end();
    expect(late.events).toHaveLength(1);
    expect(session.clients).toBe(3);
    first?.end();
    const next = eavesdropper();
    session.join(next.link).frame('{"type":"nope"}');
    expect(next.closed).toEqual([]);
    expect(next.events).toMatchObject([{ type: "error", error: { code: "invalid_value" } }]);
  });

  it("holds nothing of what was said in it once it is over", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage: () => void = runInNewContext("gc");
    const clock = fakeClock();
    const spoken: WeakRef<Int16Array>[] = [];
    const brain = () => {
      const sound = new Int16Array(24_000);
      spoken.push(new WeakRef(sound));
      return { say: "Hm.", speech: sound };
    };
    const live = liveSessions({
      sessions: sessions({ clock, epochMs: () => 0, brain }),
      clock,
      maxSessions: 1,
      sideband: {},
    });
    const seat = live.open({ model: "m" }, "websocket").take({ send() {}, close() {} });
    seat.frame('{"type":"response.create"}');
    await clock.advance(300);
    collectGarbage();
    expect(spoken[0]?.deref()).toBeDefined();
    seat.end();
    // What a turn of the loop has looked at is kept until its end.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(live.over).toHaveLength(1);
    expect(spoken[0]?.deref()).toBeUndefined();
  });

  it("tells each client of its own faults, also of frames that had to wait for another one's", async () => {
    const clock = fakeClock();
    const live = liveSessions({
      sessions: sessions({ clock, epochMs: () => 0 }),
      clock,
      maxSessions: 1,
      sideband: {},
    });
    const session = live.open({ model: "m" }, "websocket");
    const clients = [eavesdropper(), eavesdropper(), eavesdropper()];
    const [owner, ...others] = clients;
    if (owner === undefined) throw new Error("There is an owner.");
    const seats = [session.take(owner.link), ...others.map(({ link }) => session.join(link))];
    const audio = base64(silence(240_000));
    seats[0]?.frame(JSON.stringify({ type: "input_audio_buffer.append", audio }));
    for (let round = 0; round < 8; round++) {
      for (const [index, seat] of seats.entries()) {
        if (round === 4) seat.binary();
        else seat.frame(JSON.stringify({ type: `of ${index}`, event_id: `${index}` }));
      }
    }
    seats[2]?.end();
    await clock.advance(1000);
    const faults = clients.map(({ events }) =>
      events.flatMap((event) => (event.type === "error" ? [errorIn(event).event_id] : [])),
    );
    const own = (id: string) => [id, id, id, id, null, id, id, id];
    expect(faults.slice(0, 2)).toEqual([own("0"), own("1")]);
    // Who has left is told of no more, and nobody else of that either.
    expect(faults[2]?.every((id) => id === "2" || id === null)).toBe(true);
  });

  it.each([
    ["events", {}, false],
    ["events", { audio: true }, true],
    ["media", {}, false],
    ["media", { audio: true }, false],
  ] as const)(
    "has its sound in %s, and a sideband connection with %o gets it: %s",
    async (audio, sideband, gets) => {
      const clock = fakeClock();
      const behaviour = { clock, epochMs: () => 0, pace: Number.POSITIVE_INFINITY, firstOutputMs: 0 };
      const live = liveSessions({
        sessions: sessions({ ...behaviour, scenario: { turns: [{ say: "Hello there." }] } }),
        clock,
        maxSessions: 1,
        sideband,
      });
      const session = live.open({ model: "m", audio }, audio === "media" ? "webrtc" : "websocket");
      const owner = eavesdropper();
      const aside = eavesdropper();
      const seat = session.take(owner.link);
      session.join(aside.link);
      seat.frame('{"type":"response.create"}');
      await clock.advance(5000);
      const hasSound = (events: readonly { type: string }[]) =>
        events.some(({ type }) => type === "response.output_audio.delta");
      expect(aside.events).toContainEqual(expect.objectContaining({ type: "response.done" }));
      expect(hasSound(owner.events)).toBe(audio === "events");
      expect(hasSound(aside.events)).toBe(gets);
    },
  );
});

/** What an `error` event says. */
function errorIn(event: object): { event_id: string | null } {
  if ("error" in event) return event.error as { event_id: string | null };
  throw new TypeError("This is no error event.");
}

/** A link that notes what comes. */
function eavesdropper() {
  const events: { type: string }[] = [];
  const closed: { code: number; reason: string }[] = [];
  const link: Link = {
    send: (frame) => events.push(JSON.parse(frame) as { type: string }),
    close: (code, reason) => closed.push({ code, reason }),
  };
  return { link, events, closed };
}
