import { type Kinds, kindsOf, type Optionally, optionsOf, refuse } from "@duologue/core";
import { defaultPolicy, type Policy } from "./effects.ts";

/** What the options of a conversation have to be; see `optionsOf`. */
export const conversationKinds: Kinds = {
  tools: "map",
  player: "onReport",
  onMcpApproval: "function",
  budget: "function",
  // The text of a snapshot is no state.
  from: "items",
  clock: "after",
};

/** The policy of a conversation. Throws `invalid_argument` for one that cannot be followed. */
export function policyOf(given: Optionally<Policy> | undefined): Policy {
  const policy = { ...defaultPolicy, ...optionsOf(given, kindsOf(defaultPolicy)) };
  const { truncationMarginMs: marginMs, unheard, toolsAtInterruption } = policy;
  if (!Number.isFinite(marginMs)) refuse("truncationMarginMs is finite", marginMs);
  checkChoice("unheard", unheard, ["truncate", "delete"]);
  checkChoice("toolsAtInterruption", toolsAtInterruption, ["finish", "abort"]);
  return policy;
}

function checkChoice(name: string, value: unknown, choices: readonly unknown[]): void {
  if (!choices.includes(value)) refuse(`${name} is ${choices.join(" or ")}`, value);
}
