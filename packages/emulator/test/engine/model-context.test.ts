import { describe, expect, it } from "vitest";
import { inputTokensOf } from "../../src/engine/model-context.ts";
import { conversation, one, userText } from "../support/conversation.ts";

describe("the context of a model", () => {
  it.each([
    ["gpt-realtime", 28_224],
    ["gpt-realtime-2025-08-28", 28_224],
    ["gpt-realtime-1.5", 28_224],
    ["gpt-realtime-mini-2025-12-15", 28_224],
    ["my-own", 28_224],
    ["", 28_224],
    ["gpt-realtime-2", 96_000],
    ["gpt-realtime-2-2026-05-07", 96_000],
    ["gpt-realtime-2.1-mini", 96_000],
    ["gpt-realtime-10", 96_000],
    ["gpt-realtime-12.5-mini", 96_000],
    ["gpt-4o-mini-realtime-preview", 11_840],
    ["gpt-4o-realtime-preview-2025-06-03", 28_224],
  ])("of %s has room for %d tokens", (model, tokens) => {
    expect(inputTokensOf(model)).toBe(tokens);
  });

  it("is that of the session's model, unless the service is told another", () => {
    const endOf = (model: string, settings = {}) => {
      const talk = conversation({ scenario: { turns: [{ say: "Yes." }] }, ...settings });
      talk.open({ model });
      talk.send({ type: "session.update", session: { type: "realtime", truncation: "disabled" } });
      talk.send({ type: "conversation.item.create", item: userText("word ".repeat(40_000)) });
      talk.send({ type: "response.create" });
      return one(talk.advance(60_000), "response.done").response.status_details?.error?.message;
    };
    expect(endOf("gpt-realtime")).toContain("28224 at the most");
    expect(endOf("gpt-realtime-2")).toBeUndefined();
    expect(endOf("gpt-realtime-2", { maxInputTokens: 50 })).toContain("50 at the most");
    expect(endOf("gpt-realtime", { maxInputTokens: 1e9 })).toBeUndefined();
  });
});
