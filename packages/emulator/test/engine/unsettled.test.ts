import { describe, expect, it } from "vitest";
import { engine } from "../../src/engine/engine.ts";
import type { Unsettled } from "../../src/engine/unsettled.ts";
import { conversation, one, only, typesOf, userText } from "../support/conversation.ts";

const say = "In Lisbon it is sunny right now, twenty four degrees, with a light breeze from the ocean.";

function session(unsettled: Partial<Unsettled>) {
  const talk = conversation({ scenario: { turns: [{ say }] }, unsettled });
  return { talk, opened: talk.open() };
}

function answered(unsettled: Partial<Unsettled>) {
  const { talk } = session(unsettled);
  talk.send({ type: "response.create" });
  talk.advance(20_000);
  return talk;
}

function cancelled(unsettled: Partial<Unsettled>) {
  const { talk } = session(unsettled);
  talk.send({ type: "response.create" });
  talk.advance(500);
  talk.send({ type: "response.cancel" });
  return talk;
}

describe("what no source settles", () => {
  it("is whether a turn detection keeps what an update leaves out", () => {
    const thresholdWhere = (mergesTurnDetection: boolean, type: "server_vad" | "semantic_vad") => {
      const { talk } = session({ mergesTurnDetection });
      const update = (turn_detection: object) =>
        talk.sendText(
          JSON.stringify({
            type: "session.update",
            session: { type: "realtime", audio: { input: { turn_detection } } },
          }),
        );
      update({ type: "server_vad", threshold: 0.8 });
      const updated = one(update({ type }), "session.updated").session;
      return JSON.stringify(updated.audio?.input?.turn_detection);
    };
    expect(thresholdWhere(true, "server_vad")).toContain('"threshold":0.8');
    expect(thresholdWhere(false, "server_vad")).toContain('"threshold":0.5');
    expect(thresholdWhere(true, "semantic_vad")).not.toContain("threshold");
  });

  it("is what an appended item names whose id is another's", () => {
    for (const duplicatesNameThemselves of [true, false]) {
      const { talk } = session({ duplicatesNameThemselves });
      const create = (id: string, previous_item_id?: string) => {
        const item = userText("Hi.", id);
        const named = previous_item_id === undefined ? {} : { previous_item_id };
        return talk.send({ type: "conversation.item.create", item, ...named });
      };
      create("a");
      create("b");
      const predecessor = duplicatesNameThemselves ? "a" : "b";
      expect(create("a").map((event) => "previous_item_id" in event && event.previous_item_id)).toEqual([
        predecessor,
        predecessor,
      ]);
      expect(talk.state.conversation.map(({ item }) => item.id)).toEqual(["a", "b", "a"]);
      expect(one(create("a", "b"), "conversation.item.added").previous_item_id).toBe("b");
    }
  });

  it("is whether the input of a response becomes part of the conversation", () => {
    for (const keepsResponseInput of [true, false]) {
      const { talk } = session({ keepsResponseInput });
      const input = [userText("One.", "first"), userText("Two.")];
      talk.send({ type: "response.create", response: { conversation: "none", input } });
      expect(talk.state.conversation).toEqual([]);
      const events = talk.send({ type: "response.create", response: { input } });
      expect(only(events, "conversation.item.added").map(({ item }) => item.id)).toEqual(
        keepsResponseInput ? ["first", expect.stringMatching(/^item_/)] : [],
      );
    }
  });

  it("is what a cancelled response costs", () => {
    const usageWhere = (billsCancelled: boolean) =>
      one(cancelled({ billsCancelled }).events, "response.done").response.usage;
    expect(usageWhere(true)?.total_tokens).toBeGreaterThan(0);
    expect(usageWhere(false)).toMatchObject({ total_tokens: 0, input_tokens: 0, output_tokens: 0 });
  });

  it("is whether rate limits follow a cancelled response", () => {
    const limitsWhere = (limitsAfterCancelled: boolean) => {
      const talk = cancelled({ limitsAfterCancelled });
      return only(talk.advance(1000), "rate_limits.updated").length;
    };
    expect([limitsWhere(true), limitsWhere(false)]).toEqual([1, 0]);
    expect(only(answered({ limitsAfterCancelled: false }).events, "rate_limits.updated")).toHaveLength(1);
    expect(only(answered({ reportsRateLimits: false }).events, "rate_limits.updated")).toEqual([]);
    expect(only(cancelled({ reportsRateLimits: false }).events, "rate_limits.updated")).toEqual([]);
  });

  it("is whether the conversation is announced", () => {
    expect(typesOf(session({}).opened)).toEqual(["session.created"]);
    const { opened } = session({ announcesConversation: true });
    expect(typesOf(opened)).toEqual(["session.created", "conversation.created"]);
  });

  it("is whether audio is obfuscated, and whether a transcript ends before it", () => {
    const deltas = (obfuscatesAudio: boolean) =>
      only(answered({ obfuscatesAudio }).events, "response.output_audio.delta");
    expect(deltas(true).every(({ obfuscation }) => typeof obfuscation === "string")).toBe(true);
    expect(deltas(false).every((delta) => !("obfuscation" in delta))).toBe(true);
    const first = (endsTranscriptFirst: boolean) =>
      typesOf(answered({ endsTranscriptFirst }).events).find(
        (type) => type === "response.output_audio.done" || type === "response.output_audio_transcript.done",
      );
    expect(first(false)).toBe("response.output_audio.done");
    expect(first(true)).toBe("response.output_audio_transcript.done");
  });

  it("is whether an item is shown again when it has been truncated", () => {
    const typesWhere = (repeatsDoneWhenTruncated: boolean) => {
      const talk = answered({ repeatsDoneWhenTruncated });
      const { id } = one(talk.events, "response.output_item.done").item;
      const command = { item_id: id ?? "", content_index: 0, audio_end_ms: 200 };
      return typesOf(talk.send({ type: "conversation.item.truncate", ...command }));
    };
    expect(typesWhere(false)).toEqual(["conversation.item.truncated"]);
    expect(typesWhere(true)).toEqual(["conversation.item.truncated", "conversation.item.done"]);
    const { talk } = session({ repeatsDoneWhenTruncated: true });
    talk.send({ type: "response.create" });
    talk.advance(500);
    const { id } = one(talk.events, "response.output_item.added").item;
    const early = { item_id: id ?? "", content_index: 0, audio_end_ms: 100 };
    expect(typesOf(talk.send({ type: "conversation.item.truncate", ...early }))).toEqual([
      "conversation.item.truncated",
    ]);
  });

  it("is in which order a media track is interrupted, where no step may lack", () => {
    const interruptionOrder = ["response.done", "response.done", "output_audio_buffer.cleared"] as const;
    expect(() => engine({ unsettled: { interruptionOrder } })).toThrow(RangeError);
  });
});
