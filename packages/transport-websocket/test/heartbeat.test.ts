import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { heartbeat } from "../src/heartbeat.ts";

/** A peer that answers while it lives. */
function beating(settings: { pingMs?: number; pongTimeoutMs?: number } = {}) {
  const clock = virtualClock();
  const pulse = {
    alive: true,
    pings: 0,
    bufferedAmount: 0,
    sign: () => {},
    ping() {
      pulse.pings += 1;
      if (pulse.alive) clock.after(20, () => pulse.sign());
    },
    onSign(listener: () => void) {
      pulse.sign = listener;
    },
  };
  const lost: string[] = [];
  const stop = heartbeat(pulse, { clock, pingMs: 1_000, pongTimeoutMs: 300, ...settings }, (reason) =>
    lost.push(reason),
  );
  return { clock, pulse, lost, stop };
}

describe("heartbeat", () => {
  it("goes on as long as the peer answers", async () => {
    const { clock, pulse, lost } = beating();
    await clock.advance(10_200);
    // A second of rest from each answer on.
    expect(pulse.pings).toBe(10);
    expect(lost).toEqual([]);
    expect(clock.pending).toBe(1);
  });

  it("tells once when the peer has gone, that long after the ping, and then rests for ever", async () => {
    const { clock, pulse, lost } = beating();
    pulse.alive = false;
    await clock.advance(1_299);
    expect(lost).toEqual([]);
    await clock.advance(1);
    expect(lost).toEqual(["no sign of life within 300 ms of a ping"]);
    expect(clock.pending).toBe(0);
    await clock.advance(10_000);
    expect([pulse.pings, lost.length]).toEqual([1, 1]);
  });

  it("takes any frame for a sign of life", async () => {
    const { clock, pulse, lost } = beating();
    pulse.alive = false;
    await clock.advance(1_299);
    pulse.sign();
    await clock.advance(1_299);
    expect(lost).toEqual([]);
    await clock.advance(1);
    expect(lost).toHaveLength(1);
  });

  it("waits on while the peer takes what is under way before the ping", async () => {
    const { clock, pulse, lost } = beating();
    pulse.alive = false;
    pulse.bufferedAmount = 5_000_000;
    await clock.advance(1_000);
    for (const bytes of [3_000_000, 1_000_000]) {
      await clock.advance(299);
      pulse.bufferedAmount = bytes;
      await clock.advance(1);
    }
    expect(lost).toEqual([]);
    await clock.advance(300);
    expect(lost).toHaveLength(1);
  });

  it("stops when told to, also between a ping and its answer, and leaves no timer", async () => {
    const { clock, pulse, stop } = beating();
    await clock.advance(1_010);
    stop();
    expect(clock.pending).toBe(1);
    await clock.advance(10);
    expect(clock.pending).toBe(0);
    pulse.sign();
    expect(clock.pending).toBe(0);
  });

  it("rests where the socket cannot even send: that one ends by itself", async () => {
    const { clock, pulse, lost } = beating();
    pulse.ping = () => {
      throw new Error("not open");
    };
    await clock.advance(5_000);
    expect(lost).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
