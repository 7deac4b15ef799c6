import { shownCount } from "./counted.ts";
import { inner, isLocal, type Moment, number, type Place, text } from "./moment.ts";

/** What was used of a limit when it was reached: tokens, or money in whatever currency the program counts in. */
export interface Spending {
  readonly limit: "tokens" | "cost";
  readonly spent: number;
  readonly most: number;
}

/** A time in which no answer was asked for, since the budget was used up. */
export interface BudgetStop extends Spending {
  readonly from: Place;
  /** When answers were asked for again; absent where they were not. */
  readonly to?: Place;
}

/** When a budget stopped the asking, and when it went on. A conversation that was restored may begin stopped. */
export function budgetStops(moments: readonly Moment[]): readonly BudgetStop[] {
  const stops: BudgetStop[] = [];
  let current: BudgetStop | undefined;
  const end = (to: Place) => {
    if (current !== undefined) stops.push({ ...current, to });
    current = undefined;
  };
  for (const moment of moments) {
    const { at, event } = moment;
    const spending = isLocal(moment, "budget.reached")
      ? spendingIn(event)
      : isLocal(moment, "conversation.restored")
        ? spendingIn(inner(inner(event, "state"), "budget"))
        : undefined;
    if (spending !== undefined) current ??= { ...spending, from: at };
    if (isLocal(moment, "budget.lifted")) end(at);
  }
  return current === undefined ? stops : [...stops, current];
}

/** The spending that a `budget.reached`, or the budget of a state, tells of. */
export function spendingIn(told: object | undefined): Spending | undefined {
  const [spent, most] = [number(told, "spent"), number(told, "most")];
  if (spent === undefined || most === undefined) return undefined;
  return { limit: text(told, "limit") === "cost" ? "cost" : "tokens", spent, most };
}

/** A spending for people: `1,031 of 1,000 tokens`, `a cost of 0.0132 of 0.01`. */
export function shownSpending({ limit, spent, most }: Spending): string {
  if (limit === "tokens") return `${shownCount(spent)} of ${shownCount(most)} tokens`;
  return `a cost of ${shownCost(spent)} of ${shownCost(most)}`;
}

/** Money with as many decimals as tell small amounts apart. */
function shownCost(cost: number): string {
  return cost.toLocaleString("en-US", { maximumFractionDigits: cost < 1 ? 6 : 2 });
}
