import { describe, expect, it } from "vitest";
import { webRtcLoudspeaker } from "../../src/node/webrtc-loudspeaker.ts";

/** A clock with one timer, which runs late where the machine pauses. */
function manualClock() {
  let nowMs = 5_000.25;
  let timer: { readonly atMs: number; readonly run: () => void } | undefined;
  const runDue = () => {
    const due = timer;
    if (due === undefined || due.atMs > nowMs) return false;
    timer = undefined;
    due.run();
    return true;
  };
  return {
    now: () => nowMs,
    after(delayMs: number, run: () => void) {
      const own = { atMs: nowMs + delayMs, run };
      timer = own;
      return () => {
        if (timer === own) timer = undefined;
      };
    },
    /** Time passes, and the timer runs when it is due. */
    advance(ms: number) {
      const untilMs = nowMs + ms;
      while (timer !== undefined && timer.atMs <= untilMs) {
        nowMs = Math.max(nowMs, timer.atMs);
        runDue();
      }
      nowMs = untilMs;
    },
    /** Nothing runs for a while. */
    pause(ms: number) {
      nowMs += ms;
      while (runDue());
    },
  };
}

function setUp() {
  const clock = manualClock();
  const frames: Int16Array[] = [];
  const speaker = webRtcLoudspeaker(clock, (frame) => frames.push(frame));
  return { clock, frames, speaker, heard: () => frames.flatMap((frame) => [...frame]) };
}

const counting = (from: number, count: number) =>
  Int16Array.from({ length: count }, (_, index) => from + index);

describe("webRtcLoudspeaker", () => {
  it("gives 10 ms of silence every 10 ms while nothing is played", () => {
    const { clock, frames } = setUp();
    clock.advance(1_000);
    expect(frames).toHaveLength(100);
    expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([240]));
    expect(frames.every((frame) => frame.every((sample) => sample === 0))).toBe(true);
  });

  it("plays pieces of any size one after the other, with nothing between and silence behind", () => {
    const { clock, speaker, heard } = setUp();
    speaker.play(counting(1, 100));
    speaker.play(new Int16Array());
    speaker.play(counting(101, 500));
    clock.advance(40);
    expect(heard()).toEqual([...counting(1, 600), ...new Int16Array(360)]);
  });

  it("keeps its pace over an hour", () => {
    const { clock, frames } = setUp();
    for (let count = 0; count < 360; count += 1) clock.advance(10_000);
    expect(frames).toHaveLength(360_000);
  });

  it("drops what is queued", () => {
    const { clock, speaker, heard } = setUp();
    speaker.play(counting(1, 1_000));
    clock.advance(10);
    speaker.flush();
    speaker.play(counting(5_001, 240));
    clock.advance(10);
    expect(heard()).toEqual([...counting(1, 240), ...counting(5_001, 240)]);
  });

  it("makes up for a short pause of the machine, and after a long one is late and loses nothing", () => {
    const { clock, frames, speaker, heard } = setUp();
    clock.pause(150);
    expect(frames).toHaveLength(15);
    speaker.play(counting(1, 24_000));
    clock.pause(60_000);
    expect(frames).toHaveLength(15 + 20);
    clock.advance(10_000);
    expect(heard().slice(15 * 240, 15 * 240 + 24_000)).toEqual([...counting(1, 24_000)]);
  });

  it("stops", () => {
    const { clock, frames, speaker } = setUp();
    clock.advance(50);
    speaker.stop();
    clock.advance(1_000);
    expect(frames).toHaveLength(5);
  });
});
