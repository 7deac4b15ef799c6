import { pacedPlayer } from "@duologue/audio";
import {
  conversation,
  heardTextOfItem,
  initialState,
  reduce,
  textOf,
  toHistory,
} from "@duologue/conversation";
import { type Connection, type Entry, realtimeSession, type Transport } from "@duologue/core";
import { type BrainRequest, emulator } from "@duologue/emulator";
import { type ClientEvent, openaiRealtime, type ServerEvent } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";

// The link is lost while an answer is playing: what the next session is told of it, and what it is told in the end.

const answer = "This is a long answer, of which only the beginning is ever going to be heard by anybody.";

/** A conversation in which an answer plays while the link is lost; `pace` says how fast it is made. */
async function cutOff(pace: number) {
  const clock = virtualClock();
  const requests: BrainRequest[] = [];
  const service = emulator({
    clock,
    epochMs: () => clock.now(),
    pace,
    brain(request) {
      requests.push(request);
      return { say: requests.length === 1 ? answer : "Yes?" };
    },
  }).transport();
  let cut = () => {};
  const transport: Transport<Connection> = {
    name: "memory",
    audio: "events",
    async open(sink, options) {
      const connection = await service.open(sink, options);
      cut = () => connection.break();
      return connection;
    },
  };
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    clock,
    epochMs: () => clock.now(),
    reconnect: { random: () => 0.5 },
  });
  const player = pacedPlayer({ sampleRateHz: 24_000, clock });
  const talk = conversation(session, { player, clock });
  const log: Entry<ClientEvent, ServerEvent>[] = [];
  session.log$.subscribe((entry) => void log.push(entry));
  const opening = session.open();
  await clock.advance(200);
  await opening;
  void talk.say("Tell me");
  await clock.advance(1500);
  cut();
  await clock.advance(1000);
  expect(session.status.state).toBe("ready");
  const told = () =>
    log.flatMap(({ from, event }) =>
      from === "client" && event.type.startsWith("conversation.item") ? [event] : [],
    );
  const item = () => talk.state.items.find((each) => each.type === "message" && each.role === "assistant");
  /** What the model of the next session sees of the answer when it is asked something. */
  const seen = async () => {
    void talk.say("What did you say?");
    await clock.advance(3000);
    return requests
      .at(-1)
      ?.items.map((each) =>
        each.type === "message"
          ? each.content.map((part) => ("text" in part ? part.text : "")).join()
          : each.type,
      );
  };
  const end = async () => {
    const closing = session.close();
    await clock.advance(100);
    await closing;
    expect(log.reduce(reduce, initialState)).toEqual(talk.state);
    expect(log.some(({ from, event }) => from === "server" && event.type === "error")).toBe(false);
    talk.close();
    player.stop();
  };
  return { clock, talk, told, item, seen, end };
}

describe("an answer that plays on while its link is lost", () => {
  it("is told whole, and told anew as far as it was heard when it is interrupted after all", async () => {
    const { clock, talk, told, item, seen, end } = await cutOff(50);
    const before = told().length;
    await clock.advance(1000);
    talk.interrupt();
    await clock.advance(100);
    const heard = heardTextOfItem(item() as never);
    expect(heard).toMatch(/^This is a long answer,/);
    expect(answer.startsWith(heard ?? "?")).toBe(true);
    expect(told().slice(before)).toMatchObject([
      { type: "conversation.item.delete", item_id: item()?.id },
      {
        type: "conversation.item.create",
        previous_item_id: talk.state.items[0]?.id,
        item: { id: item()?.id },
      },
    ]);
    // It is no other item for that: all its words are there, and what was heard of it.
    expect(textOf(item() as never)).toBe(answer);
    expect(item()).toMatchObject({ standing: "rebuilt" });
    expect(await seen()).toEqual(["Tell me", heard, "What did you say?"]);
    expect(JSON.stringify(toHistory(talk.state))).toContain(JSON.stringify(heard));
    await end();
  });

  it("needs no correction when it is heard to its end", async () => {
    const { clock, told, item, seen, end } = await cutOff(50);
    const before = told().length;
    await clock.advance(10_000);
    expect(told()).toHaveLength(before);
    expect(item()).toMatchObject({ content: [{ audio: { playback: "finished" } }] });
    expect(await seen()).toEqual(["Tell me", answer, "What did you say?"]);
    await end();
  });

  it("that broke off with the link is told anew without the words that had no sound yet", async () => {
    const { clock, item, seen, end } = await cutOff(1.2);
    await clock.advance(10_000);
    const heard = heardTextOfItem(item() as never) ?? "";
    expect(item()).toMatchObject({ status: "incomplete", content: [{ audio: { playback: "finished" } }] });
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.length).toBeLessThan(textOf(item() as never).length);
    expect(await seen()).toEqual(["Tell me", heard, "What did you say?"]);
    await end();
  });
});
