import { type ConversationState, initialState, reduce } from "@duologue/conversation";
import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { legalOrder, seededRandom } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { brokenProperties } from "./legal/properties.ts";
import { soakSession } from "./soak/soak-session.ts";

type Log = readonly Entry<ClientEvent, ServerEvent>[];

/** The logs of sessions with the emulator, in every weather of the soak: audio, tools, barge-in, links that break. */
async function logs(count: number): Promise<{ readonly seed: number; readonly log: Log }[]> {
  const made: { readonly seed: number; readonly log: Log }[] = [];
  for (let seed = 0; seed < count; seed++) {
    const { log } = await soakSession(seed);
    // They are logs of this protocol.
    made.push({ seed, log: log as readonly Entry[] as Log });
  }
  return made;
}

/**
 * Whether a frame was damaged on the way, so that it is there twice: once whole, and once as if it were of another
 * response or item. Of those nobody knows where they belong.
 */
function isDamaged(log: Log): boolean {
  const known = new Map<unknown, string>();
  return log.some(({ from, event }) => {
    if (from !== "server" || !("event_id" in event) || typeof event.event_id !== "string") return false;
    const frame = JSON.stringify(event);
    const other = known.get(event.event_id) ?? frame;
    known.set(event.event_id, frame);
    return frame !== other;
  });
}

const fold = (log: Log): ConversationState => log.reduce(reduce, initialState);

describe("the conversation folded from a session with the emulator", async () => {
  const sessions = await logs(150);

  it("is the same from every legal order", () => {
    let moved = 0;
    for (const { seed, log } of sessions.filter((session) => !isDamaged(session.log))) {
      const expected = fold(log);
      for (const name of ["one", "other"]) {
        const order = legalOrder(log, seededRandom(`${name} ${seed}`).below);
        moved += order.filter(({ event }, index) => event !== log[index]?.event).length;
        expect(fold(order), `seed ${seed}`).toEqual(expected);
      }
    }
    expect(moved).toBeGreaterThan(1_000);
  });

  it("keeps its promises whatever is doubled, lost or stopped on the way", () => {
    for (const { seed, log } of sessions) {
      expect(brokenProperties(log, seededRandom(seed).below), `seed ${seed}`).toEqual([]);
    }
  });
});
