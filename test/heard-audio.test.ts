import { bytesToBase64, pacedPlayer } from "@duologue/audio";
import { conversation, type Policy } from "@duologue/conversation";
import { type MemoryConnection, memoryTransport, realtimeSession } from "@duologue/core";
import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { afterEach, describe, expect, it, vi } from "vitest";

// Where the official agents SDK (0.20) was measured to truncate wrongly, with what was really heard: exact numbers.

afterEach(() => void vi.restoreAllMocks());

/** A session whose server is the test, and a player of 24 kHz in virtual time. */
async function listening(latencyMs = 0, policy: Partial<Policy> = {}) {
  const clock = virtualClock();
  const received: ClientEvent[] = [];
  let peer: MemoryConnection | undefined;
  const transport = memoryTransport({
    accept(server) {
      peer = server;
      server.send(JSON.stringify({ type: "session.created", event_id: "e0", session: { type: "realtime" } }));
      return { frame: (text) => void received.push(JSON.parse(text)), closed: () => {} };
    },
  });
  const session = realtimeSession({ transport, protocol: openaiRealtime, clock });
  const player = pacedPlayer({ sampleRateHz: 24000, clock, latencyMs });
  const talk = conversation(session, { player, clock, policy });
  await session.open();
  let events = 0;
  const say = async (type: string, fields: object) => {
    peer?.send(JSON.stringify({ type, event_id: `e${++events}`, ...fields }));
    await clock.advance(0);
  };
  const at = (item: string) => ({
    response_id: `r-${item}`,
    item_id: item,
    output_index: 0,
    content_index: 0,
  });
  return {
    clock,
    session,
    talk,
    received,
    truncations: () => received.filter(({ type }) => type === "conversation.item.truncate"),
    async begin(item: string) {
      const response = { id: `r-${item}`, status: "in_progress", output: [], conversation_id: "c" };
      await say("response.created", { response });
      const shell = { id: item, type: "message", role: "assistant", status: "in_progress", content: [] };
      await say("conversation.item.added", { previous_item_id: null, item: shell });
    },
    /** So many milliseconds of speech, in deltas of 100. */
    async speech(item: string, ms: number) {
      for (let sent = 0; sent < ms; sent += 100) {
        await say("response.output_audio.delta", { ...at(item), delta: bytesToBase64(new Uint8Array(4800)) });
      }
    },
    async done(item: string) {
      await say("response.output_audio.done", at(item));
      const response = { id: `r-${item}`, status: "completed", output: [], conversation_id: "c" };
      await say("response.done", { response });
    },
    bargeIn: () => say("input_audio_buffer.speech_started", { item_id: "u1", audio_start_ms: 0 }),
  };
}

const truncate = (item_id: string, audio_end_ms: number) => ({
  type: "conversation.item.truncate",
  event_id: `cut_${item_id}_0`,
  item_id,
  content_index: 0,
  audio_end_ms,
});

describe("what was heard", () => {
  it("leaves out what a player with 400 ms of latency has not put out yet: 1650, not 2048", async () => {
    const { clock, session, truncations, begin, speech, done, bargeIn } = await listening(400);
    await begin("a1");
    await speech("a1", 8000);
    await done("a1");
    await clock.advance(2050);
    await bargeIn();
    expect(truncations()).toEqual([truncate("a1", 1650)]);
    await session.close();
  });

  it("is of the item that plays, not of the last one: the first at 4100, the second not kept", async () => {
    const { clock, session, talk, truncations, begin, speech, done, bargeIn } = await listening();
    await begin("a1");
    await speech("a1", 6000);
    await done("a1");
    await begin("a2");
    await speech("a2", 3000);
    await done("a2");
    await clock.advance(4100);
    await bargeIn();
    expect(truncations()).toEqual([truncate("a1", 4100), truncate("a2", 0)]);
    expect(talk.state.items.map((item) => item.type === "message" && item.content[0])).toMatchObject([
      { audio: { heardMs: 0 } },
      { audio: { heardMs: 4100 } },
    ]);
    await session.close();
  });

  it("can take what waited behind it out of the conversation", async () => {
    const { clock, session, received, begin, speech, done, bargeIn } = await listening(0, {
      unheard: "delete",
    });
    await begin("a1");
    await speech("a1", 6000);
    await done("a1");
    await begin("a2");
    await speech("a2", 3000);
    await done("a2");
    await clock.advance(4100);
    await bargeIn();
    expect(received).toEqual([
      truncate("a1", 4100),
      { type: "conversation.item.delete", event_id: "drop_a2", item_id: "a2" },
    ]);
    await session.close();
  });

  it("does not grow while the network stalls: 3050 after a stall of 3 s, not 4000", async () => {
    const { clock, session, truncations, begin, speech, bargeIn } = await listening();
    await begin("a1");
    await speech("a1", 2000);
    await clock.advance(5000);
    await speech("a1", 2000);
    await clock.advance(1050);
    await bargeIn();
    expect(truncations()).toEqual([truncate("a1", 3050)]);
    await session.close();
  });

  it("does not depend on the wall clock, and a step back of 5 s stops nothing", async () => {
    const { clock, session, talk, truncations, begin, speech, done, bargeIn } = await listening();
    await begin("a1");
    await speech("a1", 8000);
    await done("a1");
    await clock.advance(1500);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() - 5000);
    await clock.advance(500);
    await bargeIn();
    expect(truncations()).toEqual([truncate("a1", 2000)]);
    const before = talk.state;
    await clock.advance(3000);
    // Silent: nothing more of the answer is heard.
    expect(talk.state).toBe(before);
    await session.close();
  });

  it("is all of it when the user waits, and then nothing is truncated", async () => {
    const { clock, session, talk, truncations, begin, speech, done, bargeIn } = await listening();
    await begin("a1");
    await speech("a1", 1000);
    await done("a1");
    await clock.advance(1200);
    await bargeIn();
    expect(truncations()).toEqual([]);
    expect(talk.state.items[0]).toMatchObject({
      content: [{ audio: { heardMs: 1000, playback: "finished" } }],
    });
    await session.close();
  });
});
