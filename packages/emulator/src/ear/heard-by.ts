import type { ScenarioTurn } from "../brain/scenario.ts";
import { messageOf } from "../wire/message-of.ts";
import type { Ear } from "./ear.ts";

/** What an ear makes of speech, or why it makes nothing of it: an ear that is handed in may fail. */
export interface Heard {
  readonly heard: string;
  /** Why it failed, in words. */
  readonly fault?: string;
}

/** What the user's speech says: as the scenario's turn tells, where it does, or as the ear hears. Never throws. */
export function heardBy(
  ear: Ear,
  turn: ScenarioTurn | undefined,
  samples: Int16Array,
  sampleRateHz: number,
): Heard {
  if (turn?.heard !== undefined) return { heard: turn.heard };
  try {
    const heard: unknown = ear(samples, sampleRateHz);
    if (typeof heard === "string") return { heard };
    return { heard: "", fault: "The ear gave no text; it has to give one at once, not a promise." };
  } catch (error) {
    return { heard: "", fault: messageOf(error) };
  }
}
