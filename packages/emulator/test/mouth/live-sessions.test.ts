import { describe, expect, it } from "vitest";
import { liveSessions } from "../../src/mouth/live-sessions.ts";
import { sessions } from "../../src/mouth/sessions.ts";
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
});
