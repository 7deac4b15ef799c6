import type { Entry } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { legalOrder, legalOvertaking } from "../../src/index.ts";

/** Whether `later`, which a server sends after `earlier`, may arrive before it. */
const mayPass = (later: object, earlier: object) =>
  legalOvertaking(JSON.stringify(later), JSON.stringify(earlier));

const place = (item: string, response = "r1") => ({ item_id: item, response_id: response, content_index: 0 });
const transcript = (item: string, end = "completed") => ({
  type: `conversation.item.input_audio_transcription.${end}`,
  item_id: item,
  content_index: 0,
});
const audio = (item: string, response?: string) => ({
  type: "response.output_audio.delta",
  ...place(item, response),
});
const words = (item: string, response?: string) => ({
  type: "response.output_audio_transcript.delta",
  ...place(item, response),
});
const added = (id: string) => ({ type: "conversation.item.added", item: { id } });
const done = (id: string) => ({ type: "conversation.item.done", item: { id } });
const output = (kind: "added" | "done", id: string, response = "r1") => ({
  type: `response.output_item.${kind}`,
  response_id: response,
  item: { id },
});
const response = (kind: "created" | "done", id: string, more: object = {}) => ({
  type: `response.${kind}`,
  response: { id, conversation_id: "c", output: [], ...more },
});
const outOfBand = { conversation_id: null };
const limits = { type: "rate_limits.updated", rate_limits: [] };
const speech = { type: "input_audio_buffer.speech_started", item_id: "u2" };

describe("legalOvertaking", () => {
  it.each([
    ["a transcript, the answer to what it transcribes", transcript("u1"), response("done", "r1")],
    ["a transcript, the user's next turn", transcript("u1"), speech],
    ["sound, its words", audio("a1"), words("a1")],
    ["words, their sound", words("a1"), audio("a1")],
    ["the end of an item, its other end", done("a1"), output("done", "a1")],
    ["an announcement of an item, its other one", added("a1"), output("added", "a1")],
    ["an event of one response, those of another", audio("b1", "r2"), audio("a1", "r1")],
    [
      "a response out of band, the end of the one before",
      response("created", "r2", outOfBand),
      response("done", "r1"),
    ],
    ["late rate limits, the next response", response("created", "r2"), limits],
    ["the user's voice, late deltas of what it interrupts", speech, audio("a1")],
    [
      "the word on a cut, the last events of the item",
      { type: "conversation.item.truncated", ...place("a1") },
      done("a1"),
    ],
    ["the end of a list of tools, its item", { type: "mcp_list_tools.completed", item_id: "m1" }, done("m1")],
    [
      "the end of a call elsewhere, the response that made it",
      { type: "response.mcp_call.completed", item_id: "m1" },
      response("done", "r1"),
    ],
  ])("%s may", (_, later, earlier) => {
    expect(mayPass(later, earlier)).toBe(true);
  });

  it.each([
    ["an event, the one before it in its stream", audio("a1"), audio("a1")],
    ["anything, the greeting", transcript("u1"), { type: "session.created", session: {} }],
    [
      "an update of the session, what was made before it",
      { type: "session.updated", session: {} },
      audio("a1"),
    ],
    ["sound, the announcement of its item", audio("a1"), added("a1")],
    [
      "sound, the part that it belongs to",
      audio("a1"),
      { type: "response.content_part.added", ...place("a1") },
    ],
    ["the end of a part, its sound", { type: "response.content_part.done", ...place("a1") }, audio("a1")],
    ["the end of an item, its sound", done("a1"), audio("a1")],
    ["anything of a response, its beginning", words("a1"), response("created", "r1")],
    ["the end of a response, anything of it", response("done", "r1"), words("a1")],
    [
      "the end of a response, an end of its item",
      response("done", "r1", { output: [{ id: "a1" }] }),
      done("a1"),
    ],
    ["a response, the item that it answers", response("created", "r1"), added("u1")],
    ["a response, the end of the one before it", response("created", "r2"), response("done", "r1")],
    ["rate limits, the response that they follow", limits, response("done", "r1")],
    ["an error, the response of which it may speak", { type: "error", error: {} }, response("created", "r1")],
    [
      "the end of a response, an error that speaks of it",
      response("done", "r1"),
      { type: "error", error: {} },
    ],
    [
      "a transcript, the commit of its speech",
      transcript("u1"),
      { type: "input_audio_buffer.committed", item_id: "u1" },
    ],
    ["the last of a transcript, its beginning", transcript("u1"), transcript("u1", "delta")],
    ["an item, another that was added before", added("u2"), added("u1")],
    ["a deletion, what it deletes", { type: "conversation.item.deleted", item_id: "u1" }, done("u1")],
    ["an event without a known stream, another", { type: "error", error: {} }, { type: "weather.changed" }],
  ])("%s may not", (_, later, earlier) => {
    expect(mayPass(later, earlier)).toBe(false);
  });

  it("keeps frames that are no events at their places", () => {
    for (const odd of ["{", "null", "[]", '{"type":1}', ""]) {
      expect(legalOvertaking(odd, JSON.stringify(audio("a1")))).toBe(false);
      expect(legalOvertaking(JSON.stringify(transcript("u1")), odd)).toBe(false);
    }
  });
});

describe("legalOrder", () => {
  const server = (event: { readonly type: string }, at: number | null): Entry => ({
    at,
    from: "server",
    event,
  });

  it("lets the chooser take any event that may come next", () => {
    const entries = [server(words("a1"), 1), server(audio("a1"), 2), server(transcript("u1"), 3)];
    const asked: number[] = [];
    const order = legalOrder(entries, (choices) => {
      asked.push(choices);
      return choices - 1;
    });
    expect(asked).toEqual([3, 2, 1]);
    expect(order.map(({ event }) => event)).toEqual([transcript("u1"), audio("a1"), words("a1")]);
    expect(order.map(({ at }) => at)).toEqual([1, 2, 3]);
  });

  it("moves nothing past what the client sent", () => {
    const client: Entry = { at: 2, from: "client", event: { type: "response.create" } };
    const entries = [server(words("a1"), 1), client, server(transcript("u1"), 3)];
    expect(legalOrder(entries, (choices) => choices - 1)).toEqual(entries);
  });

  it("refuses a chooser that chooses what is not there", () => {
    expect(() => legalOrder([server(words("a1"), 1)], (choices) => choices)).toThrow(/0 … choices - 1/);
  });
});
