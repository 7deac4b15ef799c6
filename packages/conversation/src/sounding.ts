import type { Entry } from "@duologue/core";
import type { Effect } from "./effects.ts";

/** The parts that a player has something to tell of: what it was given, and has not reported the end of. */
export interface Sounding {
  readonly isOver: boolean;
  /** Takes in what is done. */
  done(effect: Effect): void;
  /** Takes in what is reported, by the player or by a program that plays in its own way. */
  logged(entry: Entry): void;
}

export function sounding(): Sounding {
  const parts = new Set<string>();
  /** Those that have ended: a report that was on its way then says nothing more. */
  const ended = new Set<string>();
  return {
    get isOver() {
      return parts.size === 0;
    },
    done(effect) {
      if (effect.type !== "play") return;
      const key = keyOf(effect);
      parts.add(key);
      ended.delete(key);
    },
    logged({ from, event }) {
      if (from !== "local") return;
      if (event.type === "playback.progress" && !ended.has(keyOf(event))) parts.add(keyOf(event));
      if (event.type === "playback.finished" || event.type === "playback.flushed") {
        parts.delete(keyOf(event));
        ended.add(keyOf(event));
      }
    },
  };
}

function keyOf({ itemId, contentIndex }: { readonly itemId: string; readonly contentIndex: number }): string {
  return `${contentIndex} ${itemId}`;
}
