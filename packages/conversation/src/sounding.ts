import type { Entry } from "@duologue/core";
import type { Effect } from "./effects.ts";

/** The parts that a player has something to tell of: what it was given, and has not reported the end of. */
export interface Sounding {
  readonly isOver: boolean;
  /** Takes in what is done. */
  done(effect: Effect): void;
  /**
   * Takes in what is reported, by the player or by a program that plays in its own way. `isNews`: the state has changed by
   * it; of a part that has ended a report that was on its way says nothing more.
   */
  logged(entry: Entry, isNews: boolean): void;
}

export function sounding(): Sounding {
  const parts = new Set<string>();
  return {
    get isOver() {
      return parts.size === 0;
    },
    done(effect) {
      if (effect.type === "play") parts.add(keyOf(effect));
    },
    logged({ from, event }, isNews) {
      if (from !== "local") return;
      if (event.type === "playback.progress" && isNews) parts.add(keyOf(event));
      if (event.type === "playback.finished" || event.type === "playback.flushed") parts.delete(keyOf(event));
    },
  };
}

function keyOf({ itemId, contentIndex }: { readonly itemId: string; readonly contentIndex: number }): string {
  return `${contentIndex} ${itemId}`;
}
