import { wordsOf } from "../brain/failed-plan.ts";
import type { Ear } from "./ear.ts";

/** What an ear makes of speech, or why it makes nothing of it: an ear that is handed in may fail. */
export interface Heard {
  readonly heard: string;
  /** Why it failed, in words. */
  readonly fault?: string;
}

/** Lets an ear hear. Never throws. */
export function heardBy(ear: Ear, samples: Int16Array, sampleRateHz: number): Heard {
  try {
    const heard: unknown = ear(samples, sampleRateHz);
    if (typeof heard === "string") return { heard };
    return { heard: "", fault: "The ear gave no text; it has to give one at once, not a promise." };
  } catch (error) {
    return { heard: "", fault: wordsOf(error) };
  }
}
