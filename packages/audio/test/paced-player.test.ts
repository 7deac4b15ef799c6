import { describe, expect, it, vi } from "vitest";
import { bytesToBase64, encodeMuLaw, type PlaybackReport, pacedPlayer, pcm16ToBytes } from "../src/index.ts";
import { virtualClock } from "./virtual-clock.ts";

const pcm = { type: "audio/pcm" } as const;
const key = { itemId: "item_1", contentIndex: 0 };

function ramp(length: number): Int16Array {
  return Int16Array.from({ length }, (_, index) => index - 100);
}

function playing(sampleRateHz = 24000) {
  const clock = virtualClock();
  const frames: Int16Array[] = [];
  const reports: PlaybackReport[] = [];
  const player = pacedPlayer({ sampleRateHz, clock, onFrame: (samples) => void frames.push(samples) });
  const stop = player.onReport((report) => void reports.push(report));
  return { clock, player, reports, stop, heard: () => frames.flatMap((frame) => [...frame]) };
}

describe("pacedPlayer", () => {
  it("plays what the wire brought, to the sample, however it was cut into deltas", () => {
    const bytes = pcm16ToBytes(ramp(1000));
    for (const size of [1, 7, 481, 2000]) {
      const { clock, player, reports, heard } = playing();
      for (let at = 0; at < bytes.length; at += size) {
        player.play({ ...key, format: pcm, base64: bytesToBase64(bytes.subarray(at, at + size)) });
      }
      player.end(key.itemId, key.contentIndex);
      clock.settle();
      expect(heard()).toEqual([...ramp(1000)]);
      expect(reports.at(-1)).toMatchObject({ type: "finished", heardSamples: 1000 });
    }
  });

  it("converts another rate, and the length in milliseconds stays", () => {
    const { clock, player, reports } = playing();
    const base64 = bytesToBase64(encodeMuLaw(ramp(800)));
    player.play({ ...key, format: { type: "audio/pcmu" }, base64 });
    player.play({ ...key, format: { type: "audio/pcmu" }, base64 });
    player.end(key.itemId, key.contentIndex);
    clock.settle();
    expect(reports.at(-1)).toMatchObject({ type: "finished", heardMs: 200 });
  });

  it("takes the rate from the format where that names one", () => {
    const { clock, player, reports } = playing();
    const base64 = bytesToBase64(pcm16ToBytes(ramp(1600)));
    player.play({ ...key, format: { type: "audio/pcm", rate: 16000 }, base64 });
    player.end(key.itemId, key.contentIndex);
    clock.settle();
    expect(reports.at(-1)).toMatchObject({ type: "finished", heardMs: 100 });
  });

  it("reports flushed parts before flush returns, and refuses what comes late", () => {
    const { clock, player, reports, heard } = playing();
    const base64 = bytesToBase64(pcm16ToBytes(ramp(24000)));
    player.play({ ...key, format: pcm, base64 });
    clock.goTo(405);
    player.flush();
    expect(reports.at(-1)).toMatchObject({ type: "flushed", itemId: "item_1", heardMs: 405 });
    player.play({ ...key, format: pcm, base64 });
    clock.settle();
    expect(heard()).toHaveLength(405 * 24);
  });

  it("refuses what is no base64, naming the place", () => {
    const { player } = playing();
    expect(() => player.play({ ...key, format: pcm, base64: "AA*A" })).toThrow(SyntaxError);
  });

  it("lets go of listeners", () => {
    const { clock, player, reports, stop } = playing();
    stop();
    player.play({ ...key, format: pcm, base64: bytesToBase64(pcm16ToBytes(ramp(480))) });
    player.stop();
    clock.settle();
    expect(reports).toEqual([]);
  });

  it("goes by the machine's clock unless it is given one", () => {
    vi.useFakeTimers();
    try {
      const player = pacedPlayer({ sampleRateHz: 24000 });
      const reports: PlaybackReport[] = [];
      player.onReport((report) => void reports.push(report));
      player.play({ ...key, format: pcm, base64: bytesToBase64(pcm16ToBytes(ramp(2400))) });
      player.end(key.itemId, key.contentIndex);
      vi.advanceTimersByTime(60);
      expect(reports.at(-1)).toMatchObject({ type: "progress", heardMs: 60 });
      vi.advanceTimersByTime(60);
      expect(reports.at(-1)).toMatchObject({ type: "finished", heardMs: 100 });
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("refuses in words what is no clock, such as the function that makes one", () => {
    for (const clock of [virtualClock, {}, 7]) {
      // The compiler takes none of these.
      expect(() => pacedPlayer({ sampleRateHz: 24000, clock: clock as never })).toThrow(TypeError);
      expect(() => pacedPlayer({ sampleRateHz: 24000, clock: clock as never })).toThrow("systemClock()");
    }
  });
});
