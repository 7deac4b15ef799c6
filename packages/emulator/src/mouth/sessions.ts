import { type Clock, systemClock } from "@duologue/core";
import type { ErrorDetails } from "@duologue/protocol";
import type { Brain } from "../brain/plan.ts";
import { engine } from "../engine/engine.ts";
import type { AudioFlavour, Rejection, SessionKind } from "../engine/engine-input.ts";
import type { GivenSettings } from "../engine/engine-settings.ts";
import type { Refusal } from "../wire/refusal.ts";
import { type DriverOptions, driver, type Link, type SteeredDriver } from "./driver.ts";

/** How an emulator behaves, whatever its mouth. All times are milliseconds. */
export interface EmulatorOptions extends Omit<GivenSettings, "answers"> {
  /** Answers where the scenario does not. Default: an echo. */
  readonly brain?: Brain;
  /** Equal seeds give equal ids, session by session. Default: `duologue`. */
  readonly seed?: string;
  /** Default: the machine's own. */
  readonly clock?: Clock;
  /** What the wall clock shows, in milliseconds since 1970: for `expires_at` only. Default: `Date.now`. */
  readonly epochMs?: () => number;
  /**
   * Told in one sentence of what goes wrong beside the sessions, such as a session that had to be ended because
   * something that was handed in failed. Default: `console.warn`.
   */
  readonly onProblem?: (message: string) => void;
}

/** What is known of a client when its link opens. */
export interface Arrival {
  readonly model: string;
  /** Default: `realtime`. */
  readonly kind?: SessionKind;
  /** Default: `events`. */
  readonly audio?: AudioFlavour;
  /** The settings that the session begins with, as `session.update` takes them; they may name another model. */
  readonly configuration?: unknown;
  readonly rejection?: Rejection;
}

/** Opens sessions that behave alike. */
export interface Sessions {
  /** Session n has the seed of the options and its number. `onSession` is told of it as the service has it. */
  open(link: Link, arrival: Arrival, onSession?: DriverOptions["onSession"]): SteeredDriver;
  /** What a session would begin with, with an id of its own, or why it would be turned away. Nothing is opened. */
  preview(arrival: Arrival): { readonly session: object } | { readonly refused: Refusal };
}

/**
 * Sessions that behave as the options say. Throws a `RangeError` for options that make no sense, and a `TypeError` for a
 * scenario that is none.
 */
export function sessions(options: EmulatorOptions): Sessions {
  const { brain, seed = "duologue", clock = systemClock(), epochMs = Date.now, ...rest } = options;
  const { onProblem = console.warn, ...settings } = rest;
  const { voice } = settings;
  const shared = engine({ ...settings, answers: brain === undefined ? "echo" : "ask" });
  let count = 0;
  let previews = 0;
  return {
    open(link, arrival, onSession) {
      const number = count++;
      return driver({
        ...arrival,
        ...(brain && { brain }),
        ...(typeof voice === "object" && { voice }),
        engine: shared,
        seed: `${seed}/${number}`,
        clock,
        epochMs: epochMs(),
        link,
        onSession,
        onProblem,
      });
    },
    preview(arrival) {
      const state = shared.begin(`${seed}/preview/${previews++}`);
      const step = shared.step(state, { type: "opened", atMs: 0, epochMs: epochMs(), ...arrival });
      for (const output of step.outputs) {
        if (output.type !== "send") continue;
        if (output.event.type === "session.created") return { session: output.event.session };
        if (output.event.type === "error") return { refused: refusalIn(output.event.error) };
      }
      throw new TypeError("The engine neither opens a session nor turns it away.");
    },
  };
}

function refusalIn({ type, code = null, message, param = null }: ErrorDetails): Refusal {
  return { type, code, message, param };
}
