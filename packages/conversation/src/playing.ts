import type { Entry, LocalEvent } from "@duologue/core";
import type { Player, PlayerChunk } from "./player.ts";

type Report = Extract<LocalEvent, { readonly heardMs: number }>;
type Part = Pick<Report, "itemId" | "contentIndex">;

/**
 * A player, and the parts that something is still to be told of. Where it throws, so does the call, behind a note of what
 * it will not tell any more: such a part counts as flushed where it was when the player last told of it.
 */
export interface Playing {
  /** Whether there is nothing left to be told. */
  readonly isOver: boolean;
  play(chunk: PlayerChunk): void;
  end(part: Part): void;
  flush(): void;
  /**
   * Takes in what is reported, by the player or by a program that plays in its own way. `isNews`: the state has changed by
   * it; of a part that has ended a report that was on its way says nothing more.
   */
  logged(entry: Entry, isNews: boolean): void;
  /** Listens to the player no more. */
  leave(): void;
}

/** What is known of a part whose end was not told. */
interface Open extends Part {
  readonly heardMs: number;
  /** Whether the player has any of it. */
  isTaken: boolean;
}

/** `note` takes the player's reports, and what is noted in their place. Throws what the player does. */
export function playing(player: Player | undefined, note: (event: Report) => void): Playing {
  const parts = new Map<string, Open>();
  const stop = player?.onReport(({ type, itemId, contentIndex, heardMs }) =>
    note({ type: `playback.${type}`, itemId, contentIndex, heardMs }),
  );

  function giveUp({ itemId, contentIndex, heardMs }: Open): void {
    note({ type: "playback.flushed", itemId, contentIndex, heardMs });
  }

  return {
    get isOver() {
      return parts.size === 0;
    },
    play(chunk) {
      if (player === undefined) return;
      const { itemId, contentIndex } = chunk;
      const part = parts.get(keyOf(chunk)) ?? { itemId, contentIndex, heardMs: 0, isTaken: false };
      parts.set(keyOf(chunk), part);
      player.play(chunk);
      part.isTaken = true;
    },
    end({ itemId, contentIndex }) {
      const part = parts.get(keyOf({ itemId, contentIndex }));
      // A player that took nothing of it has nothing to tell, either.
      if (part?.isTaken === false) return giveUp(part);
      try {
        player?.end(itemId, contentIndex);
      } catch (error) {
        if (part !== undefined) giveUp(part);
        throw error;
      }
    },
    flush() {
      for (const part of parts.values()) if (!part.isTaken) giveUp(part);
      try {
        player?.flush();
      } catch (error) {
        // What it has told before it threw stands before this, and counts.
        parts.forEach(giveUp);
        throw error;
      }
    },
    logged({ from, event }, isNews) {
      if (from !== "local") return;
      if (event.type === "playback.progress" && isNews) parts.set(keyOf(event), { ...event, isTaken: true });
      if (event.type === "playback.finished" || event.type === "playback.flushed") parts.delete(keyOf(event));
    },
    leave: () => stop?.(),
  };
}

function keyOf({ itemId, contentIndex }: Part): string {
  return `${contentIndex} ${itemId}`;
}
