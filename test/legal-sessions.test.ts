import { type ConversationItem, initialState, reduce, textOf, tokenTotals } from "@duologue/conversation";
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

const seen = (items: readonly ConversationItem[]) =>
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
      fc.property(sessions, ({ entries, items, outOfBand, responses, totalTokens }) => {
        const state = fold(entries);
        expect(seen(state.items)).toEqual(truth(items));
        expect(seen(state.detached)).toEqual(truth(outOfBand));
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
        expect(fold(order)).toEqual(fold(entries));
      }),
      { numRuns: 500 },
    );
  });
});
