import { describe, expect, it } from "vitest";
import { type FromPlayback, fadeSamples } from "../../src/worklet/messages.ts";
import { playback } from "../../src/worklet/playback.ts";

const a = { itemId: "a", contentIndex: 0 };
const b = { itemId: "b", contentIndex: 0 };
const c = { itemId: "c", contentIndex: 0 };

/** Blocks of 128 at 12.8 kHz: 10 ms each. */
function playing(reportEveryMs = 20) {
  const positions: FromPlayback[] = [];
  const rendered: number[] = [];
  const output = playback({
    sampleRateHz: 12800,
    reportEveryMs,
    post: (position) => void positions.push(position),
  });
  let frame = 0;
  return {
    positions,
    rendered,
    enqueue: (key: typeof a, count: number, flushes = 0, value = 16384) =>
      output.tell({ type: "enqueue", flushes, key, samples: new Int16Array(count).fill(value) }),
    end: (key: typeof a, flushes = 0) => output.tell({ type: "end", flushes, key }),
    close: () => output.tell({ type: "close" }),
    /** Renders blocks, each at its time or at the time that is told for it. */
    render(blocks: number, flushes = 0, told?: number): boolean {
      let goesOn = true;
      for (let count = 0; count < blocks; count++) {
        const block = new Float32Array(128);
        goesOn = output.render(block, told ?? frame, flushes);
        rendered.push(...block);
        frame += 128;
      }
      return goesOn;
    },
    lines: () =>
      positions.map(({ flushes, frame, played, playing }) => `${flushes} ${frame} ${played} ${playing}`),
  };
}

describe("playback", () => {
  it("says where it begins, where it stands, and where it ends, to the frame", () => {
    const { enqueue, end, render, lines, rendered } = playing();
    render(2);
    enqueue(a, 700);
    end(a);
    render(10);
    expect(lines()).toEqual(["0 256 0 true", "0 512 256 true", "0 768 512 true", "0 956 700 false"]);
    expect(rendered.findIndex((sample) => sample !== 0)).toBe(256);
    expect(rendered.filter((sample) => sample === 0.5)).toHaveLength(700);
  });

  it("says so where it runs dry, and where it goes on", () => {
    const { enqueue, render, lines } = playing(1000);
    enqueue(a, 100);
    render(3);
    enqueue(a, 50);
    render(2);
    expect(lines()).toEqual(["0 0 0 true", "0 100 100 false", "0 384 100 true", "0 434 150 false"]);
  });

  it("says nothing while there is nothing to say", () => {
    const { render, positions } = playing();
    render(50);
    expect(positions).toEqual([]);
  });

  it("falls silent with the block after a flush, which fades out", () => {
    const { enqueue, render, rendered, lines } = playing(1000);
    enqueue(a, 1000);
    render(2);
    render(3, 1);
    const tail = rendered.slice(256, 256 + fadeSamples);
    expect([tail[0], tail[63], tail.at(-1)]).toEqual([0.5 * (127 / 128), 0.25, 0]);
    expect(tail.every((sample, index) => index === 0 || sample <= (tail[index - 1] ?? 0))).toBe(true);
    expect(rendered.slice(256 + fadeSamples).every((sample) => sample === 0)).toBe(true);
    // What fades out belongs to what was flushed, so nothing was played since.
    expect(lines()).toEqual(["0 0 0 true", "1 384 0 false"]);
  });

  it("drops without a sound what had not begun to play", () => {
    const { enqueue, render, rendered } = playing();
    enqueue(a, 1000);
    render(3, 1);
    expect(rendered.every((sample) => sample === 0)).toBe(true);
  });

  it("plays what comes after a flush, and nothing that was told before it", () => {
    const { enqueue, end, render, rendered, lines } = playing(1000);
    enqueue(a, 1000);
    render(1);
    render(1, 1);
    enqueue(c, 500, 0, 1); // was on its way
    end(a, 0);
    enqueue(b, 200, 1, 8191);
    render(3, 1);
    expect(rendered.filter((sample) => sample === 8191 / 32768)).toHaveLength(200);
    expect(rendered.filter((sample) => sample === 1 / 32768)).toHaveLength(0);
    expect(lines().at(-1)).toBe("1 456 200 false");
  });

  it("hears of a flush from the word after it too, when that is sooner", () => {
    const { enqueue, render, rendered } = playing();
    enqueue(a, 1000);
    render(1);
    enqueue(b, 128, 1, 8192);
    render(3, 0);
    expect(rendered.slice(256, 384)).toEqual(new Array(128).fill(0.25));
    expect(rendered.slice(384).every((sample) => sample === 0)).toBe(true);
  });

  it("flushes once where two flushes come at once", () => {
    const { enqueue, render, rendered, lines } = playing(1000);
    enqueue(a, 1000);
    render(1);
    render(2, 2);
    expect(lines().at(-1)).toBe("2 256 0 false");
    expect(rendered.slice(256).every((sample) => sample === 0)).toBe(true);
  });

  it("takes no block for an earlier one, and says so when one was left out", () => {
    const { enqueue, render, lines } = playing(1000);
    render(1);
    enqueue(a, 1000);
    render(1, 0, 0); // told late: it is at 128
    render(1);
    render(1, 0, 640);
    expect(lines()).toEqual(["0 128 0 true", "0 384 256 false", "0 640 256 true"]);
  });

  it("knows how loud it was", () => {
    const { enqueue, render, positions } = playing(10);
    enqueue(a, 400);
    render(4);
    expect(positions.map(({ level }) => level)).toEqual([0, 0.5, 0.5, 0.5, 0.5]);
  });

  it("ends when it is closed", () => {
    const { enqueue, render, rendered, close } = playing();
    enqueue(a, 1000);
    close();
    expect(render(1)).toBe(false);
    expect(rendered.every((sample) => sample === 0)).toBe(true);
  });
});
