import type { EngineState } from "./engine-state.ts";

/** The turn of the scenario whose `heard` is what the user says next. */
export function nextHeardTurn({ turn, unheardTurn }: EngineState): number {
  return Math.max(turn, unheardTurn);
}
