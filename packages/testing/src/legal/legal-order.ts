import type { Entry } from "@duologue/core";
import type { UnknownEvent, WireEvent } from "@duologue/protocol";
import type { Chooser } from "../chooser.ts";
import { type EventFacts, eventFacts } from "./event-facts.ts";
import { mustPrecede } from "./must-precede.ts";

/**
 * Another order in which the same entries of an OpenAI Realtime session may legally arrive: what folds them has to
 * come to the same end. `choose` decides which of the events that may come next does. Client and local entries keep
 * their places, and no server event passes them; times stay with their places, so that they go on rising.
 */
export function legalOrder<C extends WireEvent, S extends WireEvent>(
  entries: readonly Entry<C, S>[],
  choose: Chooser,
): Entry<C, S>[] {
  const ordered: Entry<C, S>[] = [];
  let run: Entry<C, S>[] = [];
  for (const entry of entries) {
    if (entry.from === "server") {
      run.push(entry);
      continue;
    }
    ordered.push(...shuffled(run, choose), entry);
    run = [];
  }
  ordered.push(...shuffled(run, choose));
  return ordered.map((entry, index) => at(entry, entries[index]?.at ?? null));
}

/**
 * Whether the frame `later` of an OpenAI Realtime server may arrive before `earlier`, which was sent before it: for
 * the `mayOvertake` of a faulty transport. Frames that are no events overtake nobody and are overtaken by nobody.
 */
export function legalOvertaking(later: string, earlier: string): boolean {
  const [first, second] = [factsIn(earlier), factsIn(later)];
  return first !== undefined && second !== undefined && !mustPrecede(first, second);
}

function at<C extends WireEvent, S extends WireEvent>(entry: Entry<C, S>, atMs: number | null): Entry<C, S> {
  return entry.at === atMs ? entry : { ...entry, at: atMs };
}

function shuffled<C extends WireEvent, S extends WireEvent>(
  run: readonly Entry<C, S>[],
  choose: Chooser,
): Entry<C, S>[] {
  const waiting = run.map((entry) => ({ entry, facts: eventFacts(entry.event) }));
  const result: Entry<C, S>[] = [];
  while (waiting.length > 0) {
    const free = waiting.filter(({ facts }, index) =>
      waiting.slice(0, index).every((earlier) => !mustPrecede(earlier.facts, facts)),
    );
    const next = free[choose(free.length)];
    if (next === undefined) throw new Error("A chooser gives one of 0 … choices - 1.");
    waiting.splice(waiting.indexOf(next), 1);
    result.push(next.entry);
  }
  return result;
}

function factsIn(frame: string): EventFacts | undefined {
  try {
    const value: unknown = JSON.parse(frame);
    return isEvent(value) ? eventFacts(value) : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is UnknownEvent {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
