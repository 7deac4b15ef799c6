import type { Writable } from "node:stream";

/** What is written to a stream in one go. */
export interface GatheredWrites {
  /** Keeps back what is written from now on, until what runs now is over. */
  hold(): void;
  /** Writes it already now. */
  release(): void;
}

/** Gathers writes: a call into the system costs more than all else about a frame. */
export function gatheredWrites(stream: Writable): GatheredWrites {
  let isHeld = false;
  const release = () => {
    if (!isHeld) return;
    isHeld = false;
    stream.uncork();
  };
  return {
    hold() {
      if (isHeld) return;
      isHeld = true;
      stream.cork();
      process.nextTick(release);
    },
    release,
  };
}
