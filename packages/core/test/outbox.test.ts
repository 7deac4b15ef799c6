import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outbox, type Queued } from "../src/outbox.ts";

interface Command {
  readonly type: string;
  readonly n: number;
}

const queued = (n: number, size: number, role: Queued<Command>["role"]): Queued<Command> => ({
  event: { type: role, n },
  frame: "x".repeat(size),
  role,
});

const all = (box: ReturnType<typeof outbox<Command>>) => {
  const numbers: number[] = [];
  for (let next = box.shift(); next !== undefined; next = box.shift()) numbers.push(next.event.n);
  return numbers;
};

describe("outbox", () => {
  it("keeps the order, and gives up the oldest microphone frames when it is full", () => {
    const box = outbox<Command>(100);
    box.push(queued(1, 30, "media"));
    box.push(queued(2, 30, "once"));
    box.push(queued(3, 30, "media"));
    expect(box.push(queued(4, 30, "media"))).toEqual({ frames: 1, bytes: 30 });
    expect(box.push(queued(5, 60, "repeatable"))).toEqual({ frames: 2, bytes: 60 });
    expect(box.bytes).toBe(90);
    expect(all(box)).toEqual([2, 5]);
  });

  it("refuses a command rather than dropping one, and loses no frame over it", () => {
    const box = outbox<Command>(100);
    box.push(queued(1, 60, "once"));
    box.push(queued(2, 20, "media"));
    expect(() => box.push(queued(3, 50, "repeatable"))).toThrow(
      expect.objectContaining({ code: "overflow" }),
    );
    expect(all(box)).toEqual([1, 2]);
  });

  it("drops a microphone frame that fits nowhere", () => {
    const box = outbox<Command>(100);
    box.push(queued(1, 90, "once"));
    expect(box.push(queued(2, 20, "media"))).toEqual({ frames: 1, bytes: 20 });
    expect(all(box)).toEqual([1]);
  });

  it("takes commands out and puts them back", () => {
    const box = outbox<Command>(100);
    const [one, two] = [queued(1, 10, "once"), queued(2, 10, "media")];
    box.push(one);
    box.push(two);
    box.remove(one.event);
    expect(box.has(one.event)).toBe(false);
    box.putBack(one);
    expect([box.length, box.bytes]).toEqual([2, 20]);
    expect(all(box)).toEqual([1, 2]);
  });

  it("never exceeds its bound, never drops a command, and counts all that is gone", () => {
    const command = fc.record({ size: fc.integer({ min: 1, max: 60 }), media: fc.boolean() });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (list) => {
        const box = outbox<Command>(100);
        const kept: number[] = [];
        let frames = 0;
        let pushedMedia = 0;
        for (const [n, { size, media }] of list.entries()) {
          try {
            frames += box.push(queued(n, size, media ? "media" : "once")).frames;
            if (media) pushedMedia++;
            else kept.push(n);
          } catch {
            expect(media).toBe(false);
          }
          expect(box.bytes).toBeLessThanOrEqual(100);
        }
        const left = all(box);
        expect(left.filter((n) => !list[n]?.media)).toEqual(kept);
        expect(left.length - kept.length).toBe(pushedMedia - frames);
        expect([...left].sort((a, b) => a - b)).toEqual(left);
        expect(box.bytes).toBe(0);
      }),
    );
  });
});
