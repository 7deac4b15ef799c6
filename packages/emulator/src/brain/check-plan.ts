import { failedPlan } from "./failed-plan.ts";
import type { Plan } from "./plan.ts";
import { madeScenarioShape, planShape } from "./scenario-shape.ts";

/** What a brain answered, where it is a plan; otherwise one that fails and names the field at fault. */
export function checkedPlan(given: unknown): Plan {
  try {
    const fault = planShape(given, "plan");
    if (fault !== undefined) throw new TypeError(`Not a plan. ${fault.message}`);
    // The shape has just found no fault.
    return given as Plan;
  } catch (error) {
    // What a program makes may also throw when it is read.
    return failedPlan("brain_failed", error);
  }
}

/** Throws a `TypeError` that names the field at fault, where a program gives what is no scenario. */
export function checkScenario(given: unknown): void {
  const fault = madeScenarioShape(given, "scenario");
  if (fault !== undefined) throw new TypeError(`Not a scenario. ${fault.message}`);
}
