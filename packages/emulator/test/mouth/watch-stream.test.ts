import { describe, expect, it } from "vitest";
import { calls } from "../../src/mouth/calls.ts";
import { control } from "../../src/mouth/control.ts";
import type { Link } from "../../src/mouth/driver.ts";
import { liveSessions } from "../../src/mouth/live-sessions.ts";
import { sessions } from "../../src/mouth/sessions.ts";
import { watchStream } from "../../src/mouth/watch-stream.ts";
import { fakeClock } from "../support/fake-clock.ts";

describe("the stream that the status page reads", () => {
  it("reports the newest sessions alone, however many there are", async () => {
    const clock = fakeClock();
    const opened = sessions({ clock, epochMs: () => 0 });
    const live = liveSessions({ sessions: opened, clock, maxSessions: 1000, sideband: {} });
    const link: Link = { send() {}, close() {} };
    for (let count = 0; count < 300; count++) live.open({ model: `m${count}` }, "websocket").take(link);
    const steering = control({ live, calls: calls(), clock, epochMs: () => 0, webhook: undefined });
    let reported = 0;
    const counting = {
      ...steering,
      *reports(newest?: number) {
        for (const report of steering.reports(newest)) {
          reported++;
          yield report;
        }
      },
    };
    const reader = watchStream(counting, live, clock).body?.getReader();
    const text = new TextDecoder().decode((await reader?.read())?.value);
    const told: unknown = JSON.parse(text.slice("data: ".length));
    expect(told).toMatchObject({ open: 300 });
    expect(told).toHaveProperty("sessions.length", 40);
    expect(told).toHaveProperty("sessions.39.model", "m299");
    expect(reported).toBe(40);
    await reader?.cancel();
    live.end();
    expect(steering.sessions()).toHaveLength(20);
  });
});
