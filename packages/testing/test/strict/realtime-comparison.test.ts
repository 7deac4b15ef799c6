import { type ClientEvent, clientEvents } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realtimeComparison } from "../../src/index.ts";

const comparison = realtimeComparison({ audioEndToleranceMs: 5 });
const message = (text: string) => ({
  type: "conversation.item.create",
  item: { type: "message", role: "user", content: [{ type: "input_text", text }] },
});
const output = (call_id: string) => ({
  type: "conversation.item.create",
  item: { type: "function_call_output", call_id, output: "{}" },
});
const truncate = (item_id: string) => ({
  type: "conversation.item.truncate",
  item_id,
  content_index: 0,
  audio_end_ms: 100,
});
const bare = (type: string) => ({ type });

describe("commands may change places", () => {
  it.each([
    ["a cancel and a truncation", bare("response.cancel"), truncate("a")],
    ["outputs of two functions", output("call_1"), output("call_2")],
    ["sound and text", bare("input_audio_buffer.append"), message("hi")],
    ["sound and an answer that is asked for", bare("input_audio_buffer.append"), bare("response.create")],
    ["truncations of two items", truncate("a"), truncate("b")],
    ["configuration and text", bare("session.update"), message("hi")],
  ])("where that means nothing: %s", (_, one, other) => {
    expect([comparison.commute(one, other), comparison.commute(other, one)]).toEqual([true, true]);
  });

  it.each([
    ["sound and its commit", bare("input_audio_buffer.append"), bare("input_audio_buffer.commit")],
    ["two texts", message("a"), message("b")],
    ["a text and the answer to it", message("a"), bare("response.create")],
    ["a function's output and the answer after it", output("call_1"), bare("response.create")],
    ["configuration and an answer", bare("session.update"), bare("response.create")],
    ["a commit and the answer to it", bare("input_audio_buffer.commit"), bare("response.create")],
    ["a cancel and the next answer", bare("response.cancel"), bare("response.create")],
    ["truncations of one item", truncate("a"), truncate("a")],
    ["something unknown and anything", bare("weather.ask"), bare("response.cancel")],
  ])("not where it means something: %s", (_, one, other) => {
    expect([comparison.commute(one, other), comparison.commute(other, one)]).toEqual([false, false]);
  });

  it("in both directions alike, whatever they are", () => {
    const types = fc.constantFrom(...(Object.keys(clientEvents) as ClientEvent["type"][]));
    fc.assert(
      fc.property(types, types, (one, other) => {
        expect(comparison.commute({ type: one }, { type: other })).toBe(
          comparison.commute({ type: other }, { type: one }),
        );
      }),
    );
  });
});

describe("what a client may choose", () => {
  it("is no part of what is compared", () => {
    const sent = {
      ...message("hi"),
      event_id: "cmd_1",
      item: { ...message("hi").item, id: "item_mine" },
    };
    expect(comparison.essence(sent)).toEqual(message("hi"));
    expect(comparison.idsOf(sent)).toEqual({ event: "cmd_1", item: "item_mine" });
    const asked = {
      type: "response.create",
      event_id: "cmd_2",
      response: { metadata: { duologue_event_id: "cmd_2" } },
    };
    expect(comparison.essence(asked)).toEqual({ type: "response.create" });
    expect(comparison.idsOf(asked)).toEqual({ event: "cmd_2", marker: "cmd_2" });
    const own = {
      ...asked,
      response: { instructions: "Be brief.", metadata: { topic: "x", duologue_event_id: "cmd_2" } },
    };
    expect(comparison.essence(own)).toEqual({
      type: "response.create",
      response: { instructions: "Be brief.", metadata: { topic: "x" } },
    });
  });

  it("is found in the server's answers where the recorded client left it to the server", () => {
    const added = (id: string, role: string) => ({
      type: "conversation.item.added",
      item: { id, type: "message", role },
    });
    const later = [added("a1", "assistant"), added("u1", "user"), added("u2", "user")];
    expect(comparison.idsChosenByServer(message("x"), later, new Set(["u1"]))).toEqual({ item: "u2" });
    expect(comparison.idsChosenByServer(message("x"), [], new Set())).toEqual({});
    const created = { type: "response.created", response: { id: "r1", metadata: null } };
    expect(comparison.idsChosenByServer(bare("response.create"), [created], new Set())).toEqual({
      response: "r1",
    });
    const sent = { type: "response.create", response: { metadata: { duologue_event_id: "m" } } };
    expect(comparison.answering(created, sent, { response: "r1" })).toMatchObject({
      response: { metadata: { duologue_event_id: "m" } },
    });
    expect(comparison.answering(created, sent, { response: "r2" })).toBe(created);
  });

  it("is not that of a response which the server made by itself while it refused ours", () => {
    const begun = (id: string, mark?: string) => ({
      type: "response.created",
      response: { id, metadata: mark === undefined ? null : { duologue_event_id: mark } },
    });
    const ask = (id: string) => ({
      type: "response.create",
      event_id: id,
      response: { metadata: { duologue_event_id: id } },
    });
    const refusal = { type: "error", error: { event_id: "one" } };
    const later = [begun("r1"), refusal, begun("r2", "two")];
    expect(comparison.idsChosenByServer(ask("one"), later, new Set())).toEqual({});
    expect(comparison.idsChosenByServer(ask("two"), later, new Set())).toEqual({ response: "r2" });
  });

  it("is where the player was, within a tolerance", () => {
    expect(comparison.tolerates("/audio_end_ms", 100, 105)).toBe(true);
    expect(comparison.tolerates("/audio_end_ms", 100, 106)).toBe(false);
    expect(comparison.tolerates("/content_index", 0, 1)).toBe(false);
  });
});
