import {
  type ConversationItem,
  type ConversationState,
  initialState,
  reduce,
  textOf,
  tokenTotals,
} from "@duologue/conversation";
import { chooser, type LegalItem, type LegalSession, legalOrder, legalSession } from "@duologue/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const sessions = fc
  .array(fc.nat(), { maxLength: 300, size: "max" })
  .map((choices) => legalSession(chooser(choices)));
const orders = fc.infiniteStream(fc.nat());

const fold = (entries: LegalSession["entries"]) => entries.reduce(reduce, initialState);

function wordsOf(item: ConversationItem): string {
  if (item.type === "message") return textOf(item);
  if (item.type === "function_call") return item.arguments;
  return item.type === "function_call_output" ? item.output : "";
}

/**
 * The state with what is outside the conversation in the order of its ids. A transcript of a deleted item still leaves
 * a trace there, at a place that depends on when it comes: see `soak/findings.test.ts`.
 */
const comparable = (state: ConversationState) => ({
  ...state,
  detached: state.detached.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
});

const seen = ({ items }: ConversationState) =>
  items.map((item) => ({
    id: item.id,
    type: item.type,
    ...(item.type === "message" ? { role: item.role } : {}),
    status: item.status,
    text: wordsOf(item),
  }));

const truth = (items: readonly LegalItem[]) => items.map((item) => ({ ...item }));

describe("the conversation folded from a legal session", () => {
  it("holds every item and every response, in order, as it was in the end", () => {
    fc.assert(
      fc.property(sessions, ({ entries, items, responses, totalTokens }) => {
        const state = fold(entries);
        expect(seen(state)).toEqual(truth(items));
        expect(state.responses.map(({ id, status, outOfBand }) => ({ id, status, outOfBand }))).toEqual(
          responses,
        );
        expect(tokenTotals(state).totalTokens).toBe(totalTokens);
      }),
      { numRuns: 500 },
    );
  });

  it("is the same from every legal order", () => {
    fc.assert(
      fc.property(sessions, orders, ({ entries }, stream) => {
        const order = legalOrder(entries, (choices) => stream.next().value % choices);
        expect(comparable(fold(order))).toEqual(comparable(fold(entries)));
      }),
      { numRuns: 500 },
    );
  });
});
