import type { Truncation } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { EngineOutput } from "../../src/engine/engine-output.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import { conversation, one, only, speech, typesOf, userText } from "../support/conversation.ts";

/** 10 tokens of words, and 3 of the item. */
const words = "x".repeat(40);
const tokensEach = 13;
/** What there is to read before the conversation. */
const instructions = "i".repeat(400);
const prefix = 100;

/** A session with so many items of 13 tokens, and a model that reads so many tokens of items. */
function session(room: number, truncation: Truncation, items: number, settings: GivenSettings = {}) {
  const talk = conversation({
    instructions,
    maxInputTokens: prefix + room,
    answers: "ask",
    rateLimitsMs: 0,
    ...settings,
  });
  talk.open();
  talk.send({
    type: "session.update",
    session: { type: "realtime", output_modalities: ["text"], truncation },
  });
  const add = (count: number) => {
    for (let added = 0; added < count; added++) {
      const id = `item_${talk.state.conversation.length}`;
      talk.send({ type: "conversation.item.create", item: userText(words, id) });
    }
  };
  add(items);
  /** What the brain is given to read, and what the bill says; the response itself says nothing. */
  const respond = (response = {}) => {
    const events = talk.send({ type: "response.create", response });
    const request = talk.outputs.findLast((output) => output.type === "ask")?.request;
    talk.answer(request?.responseId ?? "", {});
    events.push(...talk.advance(1000));
    const { usage } = one(events, "response.done").response;
    return { ids: request?.items.map(({ id }) => id), usage, types: typesOf(events) };
  };
  return { talk, add, respond };
}

const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `item_${from + index}`);

describe("a conversation that outgrows the context", () => {
  it("loses its oldest items to the model, and no event tells of it", () => {
    const { talk, add, respond } = session(3 * tokensEach, "auto", 3);
    expect(respond().ids).toEqual(names(0, 3));
    add(2);
    const { ids, usage, types } = respond();
    expect(ids).toEqual(names(2, 5));
    expect(usage).toMatchObject({ input_tokens: prefix + 3 * tokensEach });
    expect(types).toEqual(["response.created", "response.done", "rate_limits.updated"]);
    // The conversation itself has all of them.
    const retrieved = talk.send({ type: "conversation.item.retrieve", item_id: "item_0" });
    expect(one(retrieved, "conversation.item.retrieved").item.id).toBe("item_0");
    // What has been left out stays out, also where there is room again.
    talk.send({ type: "conversation.item.delete", item_id: "item_4" });
    expect(respond().ids).toEqual(names(2, 4));
  });

  it("is found in the cache no more behind its instructions", () => {
    const { add, respond } = session(10 * tokensEach, "auto", 10);
    respond();
    const cached = () => respond().usage?.input_token_details?.cached_tokens;
    expect(cached()).toBe(Math.floor((prefix + 10 * tokensEach) / 64) * 64);
    add(1);
    expect(cached()).toBe(Math.floor(prefix / 64) * 64);
    expect(cached()).toBe(Math.floor((prefix + 10 * tokensEach) / 64) * 64);
  });

  it("is cut down to a share of the limit at once, and then left alone until it is full again", () => {
    const truncation = { type: "retention_ratio", retention_ratio: 0.5 } as const;
    const { add, respond } = session(4 * tokensEach, truncation, 5);
    expect(respond().ids).toEqual(names(3, 5));
    add(2);
    expect(respond().ids).toEqual(names(3, 7));
    add(1);
    expect(respond().ids).toEqual(names(6, 8));
  });

  it("has a limit of its own where the client sets one, not above the model's", () => {
    const limited = (post_instructions: number) => {
      const token_limits = { post_instructions };
      const truncation = { type: "retention_ratio", retention_ratio: 1, token_limits } as const;
      return session(4 * tokensEach, truncation, 6).respond().ids;
    };
    expect(limited(2 * tokensEach)).toEqual(names(4, 6));
    expect(limited(100 * tokensEach)).toEqual(names(2, 6));
    // The newest item is always read.
    expect(limited(0)).toEqual(names(5, 6));
  });

  it("counts sound by its length, and what the assistant said", () => {
    const { talk, respond } = session(40, "auto", 1);
    talk.append(speech("Hello there, how are you today", 600));
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection: null } } },
    });
    talk.advance(1000);
    const heard = talk.state.conversation.filter(({ audio }) => audio !== undefined);
    expect(heard).toHaveLength(1);
    const { ids, usage } = respond();
    expect(ids).toEqual([heard[0]?.item.id]);
    const { audio_tokens, text_tokens } = usage?.input_token_details ?? {};
    expect(audio_tokens).toBeGreaterThan(20);
    expect(text_tokens).toBe(prefix + 3);
  });

  it("leaves items that a response is given itself out of that response alone", () => {
    const { respond } = session(2 * tokensEach, "auto", 2);
    const input = [
      { type: "item_reference", id: "item_0" },
      { type: "item_reference", id: "item_1" },
      userText(words, "mine"),
    ];
    expect(respond({ input, conversation: "none" }).ids).toEqual(["item_1", "mine"]);
    expect(respond().ids).toEqual(names(0, 2));
  });

  it.each([
    ["nothing may be left out", "disabled", 3],
    ["the newest item alone is too long", "auto", 1],
  ] as const)("fails the response where %s, which costs nothing", (_, truncation, items) => {
    const { talk } = session(tokensEach, truncation, items);
    if (items === 1) {
      const item = userText(words.repeat(2));
      talk.send({ type: "conversation.item.create", item });
    }
    talk.send({ type: "response.create" });
    talk.advance(1000);
    const { status, status_details, usage } = one(talk.events, "response.done").response;
    expect(status).toBe("failed");
    expect(status_details).toMatchObject({
      type: "failed",
      error: { type: "invalid_request_error", code: "context_length_exceeded" },
    });
    expect(usage?.total_tokens).toBe(0);
    expect(talk.outputs.filter(({ type }: EngineOutput) => type === "ask")).toEqual([]);
    expect(only(talk.events, "error")).toEqual([]);
  });

  it("is refused in place of that where a service is thought to do so", () => {
    const { talk } = session(tokensEach, "disabled", 2, { unsettled: { refusesLongContext: true } });
    const events = talk.send({ type: "response.create", event_id: "mine" });
    expect(typesOf(events)).toEqual(["error"]);
    expect(one(events, "error").error).toMatchObject({
      code: "context_length_exceeded",
      event_id: "mine",
      message: `The input of the response is ${prefix + 2 * tokensEach} tokens long, and the model reads ${prefix + tokensEach} at the most.`,
    });
    expect(talk.state.responses).toEqual([]);
  });
});
