import { failedPlan } from "./failed-plan.ts";
import { mistakesIn, mistakesText } from "./mistakes.ts";
import type { Plan } from "./plan.ts";
import { madeScenarioShape, planShape } from "./scenario-shape.ts";

/** What a brain answered, where it is a plan; otherwise one that fails and names each field at fault. */
export function checkedPlan(given: unknown): Plan {
  try {
    const mistakes = mistakesIn(planShape, given, "plan");
    if (mistakes.length > 0) throw new TypeError(mistakesText("Not a plan.", mistakes));
    // The shape has just found no fault.
    return given as Plan;
  } catch (error) {
    // What a program makes may also throw when it is read.
    return failedPlan("brain_failed", error);
  }
}

/** Throws a `TypeError` that names each field at fault, where a program gives what is no scenario. */
export function checkScenario(given: unknown): void {
  const mistakes = mistakesIn(madeScenarioShape, given, "scenario");
  if (mistakes.length > 0) throw new TypeError(mistakesText("Not a scenario.", mistakes));
}
