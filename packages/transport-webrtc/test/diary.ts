import type { CloseInfo, FrameSink } from "@duologue/core";
import { RealtimeError } from "@duologue/core";
import { expect } from "vitest";

/** A sink that writes everything down and lets a test wait for it. */
export interface Diary {
  readonly sink: FrameSink;
  readonly frames: readonly string[];
  readonly ends: readonly CloseInfo[];
  /** Resolves when `count` frames have come in all. */
  has(count: number): Promise<void>;
  /** Resolves with the end. */
  readonly ended: Promise<CloseInfo>;
}

export function diary(): Diary {
  const frames: string[] = [];
  const ends: CloseInfo[] = [];
  const ended = Promise.withResolvers<CloseInfo>();
  const waiting = new Set<() => void>();
  return {
    frames,
    ends,
    ended: ended.promise,
    sink: {
      frame(text) {
        frames.push(text);
        for (const look of waiting) look();
      },
      closed(info) {
        ends.push(info);
        ended.resolve(info);
      },
    },
    has: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (frames.length >= count) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** The `RealtimeError` with which a promise rejects; fails the test where it does not. */
export async function failure(promise: Promise<unknown>): Promise<RealtimeError> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(RealtimeError.is(error), `expected a RealtimeError, got ${String(error)}`).toBe(true);
  // Checked in the line above.
  return error as RealtimeError;
}
