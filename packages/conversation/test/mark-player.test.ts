import type { AudioFormat } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markPlayer, type PlayerReport } from "../src/index.ts";

const ulaw: AudioFormat = { type: "audio/pcmu" };
const pcm: AudioFormat = { type: "audio/pcm", rate: 24000 };

const base64 = (bytes: number) => Buffer.alloc(bytes).toString("base64");
const bytesIn = (text: string) => Buffer.from(text, "base64").length;

/**
 * A telephone line in virtual time, as media streams of telephony services are: it plays what it is sent at the pace of
 * sound, sends marks back when it comes to them, and at once when it is cleared. Everything takes `networkMs` each way.
 */
function telephone({ networkMs = 0, bytesPerMs = 8, everyMs = 100 } = {}) {
  const clock = virtualClock();
  const reports: PlayerReport[] = [];
  const media: { readonly at: number; readonly bytes: number }[] = [];
  let playedUntilMs = 0;
  const marks: { readonly name: string; readonly dueMs: number; readonly cancel: () => void }[] = [];
  let heardMs = 0;
  let playing: { readonly fromMs: number; readonly toMs: number }[] = [];

  const arrive = (run: () => void) => (networkMs === 0 ? run() : void clock.after(networkMs, run));
  const player = markPlayer(
    {
      media: (text) => {
        media.push({ at: clock.now(), bytes: bytesIn(text) });
        arrive(() => {
          const fromMs = Math.max(clock.now(), playedUntilMs);
          playedUntilMs = fromMs + bytesIn(text) / bytesPerMs;
          playing.push({ fromMs, toMs: playedUntilMs });
        });
      },
      mark: (name) =>
        arrive(() => {
          const back = () => arrive(() => player.played(name));
          const cancel = clock.after(playedUntilMs - clock.now(), back);
          marks.push({ name, dueMs: playedUntilMs, cancel });
        }),
      clear: () =>
        arrive(() => {
          heardMs = heardBy(clock.now());
          playing = [];
          playedUntilMs = clock.now();
          for (const { name, dueMs, cancel } of marks.splice(0)) {
            if (dueMs <= clock.now()) continue;
            cancel();
            arrive(() => player.played(name));
          }
        }),
    },
    { everyMs },
  );
  player.onReport((report) => void reports.push(report));
  const heardBy = (nowMs: number) =>
    playing.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, Math.min(nowMs, toMs) - fromMs), 0);
  return {
    clock,
    player,
    reports,
    media,
    /** What has really left the far loudspeaker. */
    heard: () => heardMs + heardBy(clock.now()),
    play: (itemId: string, bytes: number, format = ulaw) =>
      player.play({ itemId, contentIndex: 0, format, base64: base64(bytes) }),
  };
}

describe("markPlayer", () => {
  it("tells what was heard by the marks that come back, and nothing before", async () => {
    const { clock, play, player, reports } = telephone();
    play("a1", 1600);
    player.end("a1", 0);
    expect(reports).toEqual([]);
    await clock.advance(150);
    expect(reports).toEqual([{ type: "progress", itemId: "a1", contentIndex: 0, heardMs: 99.75 }]);
    await clock.advance(50);
    expect(reports.at(-1)).toEqual({ type: "finished", itemId: "a1", contentIndex: 0, heardMs: 200 });
  });

  it("silences the line, and says of each part where it was, one that waited included", async () => {
    const { clock, play, player, reports } = telephone();
    play("a1", 4000);
    player.end("a1", 0);
    play("a2", 800);
    await clock.advance(350);
    reports.length = 0;
    player.flush();
    expect(reports).toEqual([
      { type: "flushed", itemId: "a1", contentIndex: 0, heardMs: 299.25 },
      { type: "flushed", itemId: "a2", contentIndex: 0, heardMs: 0 },
    ]);
    // The line gives back the marks that it forgot, and more of these parts comes: nothing of that was heard.
    play("a1", 800);
    player.end("a2", 0);
    await clock.advance(1000);
    expect(reports).toHaveLength(2);
  });

  it("ends a part that was played before it was told that no more comes", async () => {
    const { clock, play, player, reports } = telephone();
    play("a1", 80);
    await clock.advance(50);
    player.end("a1", 0);
    expect(reports.at(-1)).toMatchObject({ type: "finished", heardMs: 10 });
    player.end("a1", 0);
    player.end("never heard of", 0);
    expect(reports.filter(({ type }) => type === "finished")).toHaveLength(1);
  });

  it("does not count what the network holds up", async () => {
    const { clock, play, reports } = telephone();
    play("a1", 1600);
    await clock.advance(3000);
    play("a1", 1600);
    await clock.advance(110);
    expect(reports.at(-1)).toMatchObject({ type: "progress", heardMs: 299.75 });
  });

  it("cuts sound where it can be cut, in the format that it came in", () => {
    const { play, media } = telephone({ bytesPerMs: 48, everyMs: 20 });
    play("a1", 4801, pcm);
    expect(media.map(({ bytes }) => bytes)).toEqual([960, 960, 960, 960, 960, 1]);
    expect(() => markPlayer({ media() {}, mark() {}, clear() {} }, { everyMs: 0 })).toThrow(RangeError);
  });

  it("is never ahead of the ear, and behind it by a mark and the network at most", async () => {
    const step = fc.oneof(
      fc.record({ play: fc.integer({ min: 1, max: 4000 }) }),
      fc.record({ wait: fc.integer({ min: 1, max: 700 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 15 }),
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 0, max: 300 }),
        async (steps, everyMs, networkMs) => {
          const { clock, play, reports, heard, player } = telephone({ everyMs, networkMs });
          for (const each of steps) {
            if ("play" in each) play("a1", each.play);
            else await clock.advance(each.wait);
          }
          const known = () => reports.at(-1)?.heardMs ?? 0;
          expect(known()).toBeLessThanOrEqual(heard() + 1e-6);
          const heardThen = heard();
          await clock.advance(networkMs);
          expect(known()).toBeGreaterThanOrEqual(heardThen - everyMs - 1e-6);
          player.flush();
          const atFlush = known();
          await clock.runAll();
          expect(known()).toBe(atFlush);
          expect(heard()).toBeGreaterThanOrEqual(atFlush - 1e-6);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("takes a mark for those before it that were lost on the way back", () => {
    const reports: PlayerReport[] = [];
    const names: string[] = [];
    const player = markPlayer({ media: () => {}, mark: (name) => void names.push(name), clear: () => {} });
    player.onReport((report) => void reports.push(report));
    for (const itemId of ["a", "b"]) {
      player.play({ itemId, contentIndex: 0, format: ulaw, base64: base64(6 * 266) });
      player.end(itemId, 0);
    }
    expect(names).toHaveLength(4);
    player.played(names[2] ?? "");
    expect(reports.filter(({ type }) => type === "finished")).toMatchObject([
      { itemId: "a", heardMs: 199.5 },
    ]);
    expect(reports.at(-1)).toMatchObject({ type: "progress", itemId: "b", heardMs: 99.75 });
    const count = reports.length;
    // Late, it says nothing new.
    player.played(names[1] ?? "");
    expect(reports).toHaveLength(count);
    player.played(names[3] ?? "");
    expect(reports.at(-1)).toMatchObject({ type: "finished", itemId: "b", heardMs: 199.5 });
  });

  it("reports what was heard also where the line is gone", () => {
    const reports: PlayerReport[] = [];
    const player = markPlayer({
      media: () => {},
      mark: () => {},
      clear() {
        throw new Error("The line is closed.");
      },
    });
    player.onReport((report) => void reports.push(report));
    player.play({ itemId: "a", contentIndex: 0, format: ulaw, base64: base64(800) });
    expect(() => player.flush()).toThrow("The line is closed.");
    expect(reports).toEqual([{ type: "flushed", itemId: "a", contentIndex: 0, heardMs: 0 }]);
  });
});
