import { optionsOf, RealtimeError } from "@duologue/core";
import { given } from "./given.ts";
import { costOf, type PriceTable } from "./price.ts";
import type { BudgetBreach } from "./state.ts";
import type { UsageLedger } from "./usage.ts";

/** Tells whether what was used is too much; `undefined` while it is not. A pure function; while it throws, no answer is asked for. */
export type Budget = (usage: UsageLedger) => BudgetBreach | undefined;

/** How much a conversation may use. */
export interface BudgetOptions {
  /** Tokens of all responses. Transcription, which is another model, is not in it. */
  readonly maxTokens?: number | undefined;
  /** In the currency of `prices`, transcription included. */
  readonly maxCost?: number | undefined;
  readonly prices?: PriceTable | undefined;
}

/**
 * A limit for `ConversationOptions.budget`. Throws `invalid_argument` for a limit that is no number of at least 0, for
 * a `maxCost` without `prices`, and for none at all.
 */
export function budget(options: BudgetOptions): Budget {
  const { maxTokens, maxCost, prices } = optionsOf(options);
  if (maxTokens === undefined && maxCost === undefined) {
    throw new RealtimeError("invalid_argument", "A budget needs maxTokens or maxCost.");
  }
  if (maxCost !== undefined && prices === undefined) {
    throw new RealtimeError("invalid_argument", "A maxCost needs prices to count by: hand in a price table.");
  }
  if (prices !== undefined) given(prices, "A price table");
  for (const most of [maxTokens, maxCost]) {
    if (most !== undefined && !(typeof most === "number" && most >= 0)) {
      throw new RealtimeError("invalid_argument", `A budget of ${most} is no amount.`);
    }
  }
  return (usage) => {
    if (maxTokens !== undefined && usage.totalTokens >= maxTokens) {
      return { limit: "tokens", spent: usage.totalTokens, most: maxTokens };
    }
    if (maxCost === undefined || prices === undefined) return undefined;
    const spent = costOf(usage, prices);
    return spent >= maxCost ? { limit: "cost", spent, most: maxCost } : undefined;
  };
}
