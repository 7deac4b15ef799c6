import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { fakeClock } from "../support/fake-clock.ts";
import { listening } from "../support/listening.ts";
import { client, withKey } from "../support/web-socket-client.ts";

describe("many sessions", () => {
  it("that are idle share one timer, and wake nobody", async () => {
    const clock = fakeClock();
    const { url, control } = await listening({ clock, expireAfterMs: 60_000 });
    const idle = Array.from({ length: 100 }, () => client(`${url}?model=m`, [], withKey));
    await Promise.all(idle.map(({ until }) => until("session.created")));
    expect(clock.waiting).toBe(1);
    const pinged = idle.map(
      ({ socket }) => new Promise<void>((resolve) => socket.once("ping", () => resolve())),
    );
    await clock.advance(20_000);
    await Promise.all(pinged);
    expect(clock.waiting).toBe(1);
    await clock.advance(40_000);
    expect(await Promise.all(idle.map(({ closed }) => closed))).toEqual(
      idle.map(() => ({ code: 1001, reason: "Your session hit the maximum duration of 1 minute." })),
    );
    expect(control.sessions().filter(({ ended }) => ended === undefined)).toEqual([]);
    // The last ones are remembered, not all.
    expect(control.sessions()).toHaveLength(20);
  });

  it("are turned away beyond the bound, for a client to try again", async () => {
    const { url } = await listening({ maxSessions: 2 });
    const open: WebSocket[] = [];
    for (let count = 0; count < 2; count++) {
      const { socket, until } = client(`${url}?model=m`, [], withKey);
      await until("session.created");
      open.push(socket);
    }
    const late = client(`${url}?model=m`, [], withKey);
    expect(await late.closed).toEqual({ code: 1013, reason: "server_error.too_many_sessions" });
    expect(late.events).toMatchObject([{ type: "error", error: { code: "too_many_sessions" } }]);
    const gone = new Promise((resolve) => open[0]?.once("close", resolve));
    open[0]?.close();
    await gone;
    const next = client(`${url}?model=m`, [], withKey);
    await next.until("session.created");
  });
});
