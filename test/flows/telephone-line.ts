import { type MarkedLine, markPlayer, type Player } from "@duologue/conversation";
import type { Clock } from "@duologue/core";

/** How long a message takes from one end of the line to the other. */
const networkMs = 60;

/**
 * A player at the other end of a telephone line, as the media streams of telephony services have it: G.711 that is
 * played in its order, and marks that come back when what was sent before them has been played, or is thrown away.
 */
export function telephoneLine(clock: Clock): Player {
  let queue: readonly { readonly name?: string; readonly ms: number }[] = [];
  let cancel = () => {};
  let isPlaying = false;
  const player = markPlayer(line());

  const sendBack = (name: string) => void clock.after(networkMs, () => player.played(name));

  function next(): void {
    const [first, ...rest] = queue;
    if (first === undefined || isPlaying) return;
    queue = rest;
    if (first.name !== undefined) {
      sendBack(first.name);
      next();
      return;
    }
    isPlaying = true;
    cancel = clock.after(first.ms, () => {
      isPlaying = false;
      next();
    });
  }

  function line(): MarkedLine {
    const arrives = (act: () => void) => void clock.after(networkMs, act);
    const enqueue = (entry: (typeof queue)[number]) =>
      arrives(() => {
        queue = [...queue, entry];
        next();
      });
    return {
      media: (base64) => enqueue({ ms: Buffer.from(base64, "base64").length / 8 }),
      mark: (name) => enqueue({ name, ms: 0 }),
      clear: () =>
        arrives(() => {
          cancel();
          isPlaying = false;
          for (const { name } of queue) if (name !== undefined) sendBack(name);
          queue = [];
        }),
    };
  }

  return player;
}
