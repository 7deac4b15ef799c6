import { type ConversationItem, initialState, reduce, textOf, tokenTotals } from "@duologue/conversation";
import { chooser, type LegalItem, type LegalSession, legalOrder, legalSession } from "@duologue/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brokenProperties } from "./legal/properties.ts";

const sessions = fc
  .array(fc.nat(), { maxLength: 300, size: "max" })
  .map((choices) => legalSession(chooser(choices)));
const orders = fc.infiniteStream(fc.nat());

const fold = (entries: LegalSession["entries"]) => entries.reduce(reduce, initialState);

function wordsOf(item: ConversationItem): string {
  switch (item.type) {
    case "message":
      return textOf(item);
    case "function_call_output":
      return item.output;
    case "mcp_call":
      return item.output ?? item.error?.message ?? "";
    case "mcp_list_tools":
      return item.tools.map(({ name }) => name).join(",");
    case "mcp_approval_response":
      return item.approve ? "yes" : "no";
    case "other":
      return "";
    default:
      return item.arguments;
  }
}

/** What a message holds beside its words. */
function besideWords(item: ConversationItem) {
  if (item.type !== "message") return {};
  const pictures = item.content.filter(({ type }) => type === "input_image").length;
  const speakers = item.content.flatMap((part) =>
    part.type === "input_audio" && part.segments !== undefined
      ? [part.segments.map(({ speaker }) => speaker)]
      : [],
  );
  return {
    ...(pictures === 0 ? {} : { pictures }),
    ...(speakers[0] === undefined ? {} : { speakers: speakers[0] }),
  };
}

const seen = (items: readonly ConversationItem[]) =>
  items.map((item) => ({
    id: item.id,
    type: item.type,
    ...(item.type === "message" ? { role: item.role } : {}),
    status: item.status,
    text: wordsOf(item),
    ...besideWords(item),
  }));

/** What is true, in the words of the state: it tells what was cancelled from what broke off by itself. */
const truth = (items: readonly LegalItem[], { responses }: LegalSession) =>
  items.map(({ response, ...item }) => {
    const isCancelled = responses.some(({ id, status }) => id === response && status === "cancelled");
    return isCancelled && item.status === "incomplete" ? { ...item, status: "cancelled" } : item;
  });

describe("the conversation folded from a legal session", () => {
  it("holds every item and every response, in order, as it was in the end", () => {
    fc.assert(
      fc.property(sessions, (session) => {
        const state = fold(session.entries);
        expect(seen(state.items)).toEqual(truth(session.items, session));
        expect(seen(state.detached)).toEqual(truth(session.outOfBand, session));
        expect(state.responses.map(({ id, status, outOfBand }) => ({ id, status, outOfBand }))).toEqual(
          session.responses,
        );
        expect(tokenTotals(state).totalTokens).toBe(session.totalTokens);
      }),
      { numRuns: 500 },
    );
  });

  it("knows of every request for approval what was answered", () => {
    fc.assert(
      fc.property(sessions, ({ entries }) => {
        const { items } = fold(entries);
        const answers = new Map(
          items.flatMap((item) =>
            item.type === "mcp_approval_response" ? [[item.approvalRequestId, item.approve]] : [],
          ),
        );
        for (const item of items) {
          if (item.type === "mcp_approval_request" && answers.has(item.id)) {
            expect(item.approved).toBe(answers.get(item.id));
          }
        }
      }),
      { numRuns: 200 },
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

  it("keeps its promises whatever is doubled, lost or stopped on the way", () => {
    fc.assert(
      fc.property(sessions, orders, ({ entries }, stream) => {
        expect(brokenProperties(entries, (choices) => stream.next().value % choices)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
