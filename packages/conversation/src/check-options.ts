import { RealtimeError } from "@duologue/core";
import type { Policy } from "./effects.ts";

/** Throws `invalid_argument` for a policy that cannot be followed. */
export function checkPolicy({ truncationMarginMs }: Policy): void {
  if (truncationMarginMs >= 0 && truncationMarginMs < Number.POSITIVE_INFINITY) return;
  refuse(
    `A truncationMarginMs of ${truncationMarginMs} is no margin: it is a number of milliseconds, at least 0.`,
  );
}

/** Throws `invalid_argument` for a budget that is none. */
export function checkBudget(budget: unknown): void {
  if (budget === undefined || typeof budget === "function") return;
  refuse("A budget is a function of what was used: make one with budget({ maxTokens }).");
}

function refuse(message: string): never {
  throw new RealtimeError("invalid_argument", message);
}
