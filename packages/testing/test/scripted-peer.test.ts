import type { CloseInfo, FrameSink } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { type ScriptedPeer, scriptedPeer } from "../src/index.ts";

/** A client that keeps what it is given. */
async function client(peer: ScriptedPeer) {
  const events: unknown[] = [];
  const ends: CloseInfo[] = [];
  const sink: FrameSink = {
    frame: (text) => events.push(JSON.parse(text)),
    closed: (info) => ends.push(info),
  };
  const connection = await peer.transport.open(sink);
  return {
    events,
    ends,
    connection,
    say: (event: { readonly type: string; readonly [field: string]: unknown }) =>
      connection.send(JSON.stringify(event)),
  };
}

describe("scriptedPeer", () => {
  it("greets, answers in order, and verifies", async () => {
    const peer = scriptedPeer({ greeting: [{ type: "hello", n: 1 }] });
    peer
      .expect("configure")
      .reply({ type: "configured" }, { type: "ready" })
      .expect("ask", (event) => event.question === "why?")
      .reply(({ question }) => [{ type: "answer.began" }, { type: "answer.done", to: question }]);
    const { events, say, connection } = await client(peer);
    say({ type: "configure" });
    say({ type: "ask", question: "why?" });
    await peer.done();
    peer.verify();
    await connection.close({ code: 4001, reason: "thanks" });
    expect(events).toEqual([
      { type: "hello", n: 1 },
      { type: "configured" },
      { type: "ready" },
      { type: "answer.began" },
      { type: "answer.done", to: "why?" },
    ]);
    expect(peer.received.map(({ type }) => type)).toEqual(["configure", "ask"]);
    expect(peer.ends).toEqual([{ code: 4001, reason: "thanks" }]);
  });

  it("takes a step without an answer, and is done at once without steps", async () => {
    const peer = scriptedPeer();
    await peer.done();
    peer.expect("note");
    const { say, events, connection } = await client(peer);
    say({ type: "note" });
    await peer.done();
    await connection.close();
    expect(events).toEqual([]);
  });

  it("tells where the conversation left the script", async () => {
    const peer = scriptedPeer();
    peer.expect("first").reply({ type: "ok" });
    peer.expect("second", (event) => event.n === 2);
    peer.expect("third");
    const { say, connection } = await client(peer);
    say({ type: "first" });
    say({ type: "other", detail: "x".repeat(1_000) });
    say({ type: "second", n: 3 });
    connection.send("no JSON");
    connection.send('["no event"]');
    await expect(peer.done()).rejects.toThrow(/did not follow the script/);
    await connection.close();
    const told = () => peer.verify();
    expect(told).toThrow(/step 2: expected second, and other \{"type":"other"/);
    expect(told).toThrow(
      /step 2: second came without what was asked of it: second \{"type":"second","n":3\}/,
    );
    expect(told).toThrow(/step 2: a frame that is no event came: no JSON/);
    expect(told).toThrow(/no event came: \["no event"\]/);
    expect(told).toThrow(/never came: second, third/);
    expect(told).toThrow(/received in all: first, other, second/);
  });

  it("reports what comes after the last step, and steps that never came", async () => {
    const peer = scriptedPeer();
    expect(() => peer.verify()).not.toThrow();
    const { say, connection } = await client(peer);
    say({ type: "surprise" });
    await connection.close();
    expect(() => peer.verify()).toThrow(/nothing more was expected, and surprise/);
    const silent = scriptedPeer();
    silent.expect("question");
    expect(() => silent.verify()).toThrow(/never came: question\n.*received in all: nothing/);
  });

  it("blames the script for what the script throws", async () => {
    const peer = scriptedPeer();
    peer.expect("ask").reply(() => {
      throw new Error("a bug in the test");
    });
    const { say } = await client(peer);
    say({ type: "ask" });
    await expect(peer.done()).rejects.toThrow(/the script itself threw at ask: Error: a bug in the test/);
  });

  it("keeps what it ignores among what it received", async () => {
    const peer = scriptedPeer({ ignore: ["audio"] });
    peer.expect("stop");
    const { say } = await client(peer);
    say({ type: "audio", n: 1 });
    say({ type: "stop" });
    say({ type: "audio", n: 2 });
    await peer.done();
    expect(peer.received.map(({ type }) => type)).toContain("audio");
    peer.verify();
  });

  it("sends of its own accord, frames that are no event too, and ends the link either way", async () => {
    const peer = scriptedPeer();
    expect(() => peer.send({ type: "early" })).toThrow(/Nobody is connected/);
    const texts: string[] = [];
    const ended = Promise.withResolvers<CloseInfo>();
    await peer.transport.open({ frame: (text) => texts.push(text), closed: ended.resolve });
    peer.send({ type: "a" }, { type: "b", n: 1 });
    peer.sendText("not an event");
    peer.close({ code: 3000, reason: "go away" });
    expect(await ended.promise).toEqual({ code: 3000, reason: "go away" });
    expect(texts).toEqual(['{"type":"a"}', '{"type":"b","n":1}', "not an event"]);

    const lost = Promise.withResolvers<CloseInfo>();
    await peer.transport.open({ frame() {}, closed: lost.resolve });
    peer.break();
    expect((await lost.promise).code).toBe(1006);
    expect(peer.opens).toBe(2);
  });

  it("runs its script on over several connections, the newest of which it talks to", async () => {
    const peer = scriptedPeer({ greeting: [{ type: "hello" }] });
    peer.expect("one");
    peer.expect("two").reply({ type: "answer" });
    const first = await client(peer);
    first.say({ type: "one" });
    const second = await client(peer);
    second.say({ type: "two" });
    await peer.done();
    peer.send({ type: "for the newest" });
    await first.connection.close();
    peer.send({ type: "still there" });
    await second.connection.close();
    expect(first.events).toEqual([{ type: "hello" }]);
    expect(second.events).toEqual([
      { type: "hello" },
      { type: "answer" },
      { type: "for the newest" },
      { type: "still there" },
    ]);
  });

  it("takes the medium's traits", () => {
    const { transport } = scriptedPeer({ name: "pretended", audio: "media", maxFrameBytes: 5 });
    expect(transport).toMatchObject({ name: "pretended", audio: "media" });
  });
});
