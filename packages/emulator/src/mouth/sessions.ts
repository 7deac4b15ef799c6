import { type Clock, systemClock } from "@duologue/core";
import type { Brain } from "../brain/plan.ts";
import { engine } from "../engine/engine.ts";
import type { Rejection } from "../engine/engine-input.ts";
import type { EngineSettings } from "../engine/engine-settings.ts";
import { type Driver, driver, type Link } from "./driver.ts";

/** How an emulator behaves, whatever its mouth. All times are milliseconds. */
export interface EmulatorOptions extends Partial<Omit<EngineSettings, "answers">> {
  /** Answers where the scenario does not. Default: an echo. */
  readonly brain?: Brain;
  /** Equal seeds give equal ids, session by session. Default: `duologue`. */
  readonly seed?: string;
  /** Default: the machine's own. */
  readonly clock?: Clock;
  /** What the wall clock shows, in milliseconds since 1970: for `expires_at` only. Default: `Date.now`. */
  readonly epochMs?: () => number;
}

/** What is known of a client when its link opens. */
export interface Arrival {
  readonly model: string;
  readonly rejection?: Rejection;
}

/** Opens sessions that behave alike: session n has the seed of the options and its number. */
export function sessions(options: EmulatorOptions): (link: Link, arrival: Arrival) => Driver {
  const { brain, seed = "duologue", clock = systemClock(), epochMs = Date.now, ...settings } = options;
  const shared = engine({ ...settings, answers: brain === undefined ? "echo" : "ask" });
  let count = 0;
  return (link, arrival) => {
    const number = count++;
    return driver({
      ...arrival,
      ...(brain && { brain }),
      engine: shared,
      seed: `${seed}/${number}`,
      clock,
      epochMs: epochMs(),
      link,
    });
  };
}
