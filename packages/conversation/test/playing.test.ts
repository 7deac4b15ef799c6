import { describe, expect, it } from "vitest";
import {
  type ConversationProblem,
  type ConversationState,
  conversation,
  type Player,
  type PlayerReport,
  reduce,
} from "../src/index.ts";
import { talking, unopened } from "./talking.ts";
import { answerBegins, answerEnds, fold, local, opened, spoken } from "./wire.ts";

const words = "One two three four five six seven";

/** A player that throws where it is told to, and says of nothing how it went but what the test says. */
function broken(...where: readonly (keyof Player)[]) {
  const called: string[] = [];
  let report = (_: PlayerReport) => {};
  const act = (name: keyof Player) => () => {
    called.push(name);
    if (where.includes(name)) throw new Error(`No ${name}.`);
  };
  const player: Player = {
    play: act("play"),
    end: act("end"),
    flush: act("flush"),
    onReport(listener) {
      act("onReport")();
      report = listener;
      return () => void called.push("left");
    },
  };
  return { player, called, report: (given: PlayerReport) => report(given) };
}

/** A conversation whose player is broken, in the middle of an answer of two seconds. */
async function inMidAnswer(...where: readonly (keyof Player)[]) {
  const made = broken(...where);
  const held = await talking({ player: made.player }, { reconnect: false });
  const problems: ConversationProblem[] = [];
  held.talk.problems$.subscribe((problem) => void problems.push(problem));
  await held.hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", words, 2000));
  return { ...held, ...made, problems };
}

const audioOf = ({ items }: ConversationState) => {
  const part = items[0]?.type === "message" ? items[0].content[0] : undefined;
  return part?.type === "output_audio" ? part.audio : undefined;
};
const told = (problems: readonly ConversationProblem[]) =>
  problems.map((problem) => ["effect" in problem && problem.effect.type, problem.error.message]);
const progress = { type: "progress", itemId: "a1", contentIndex: 0, heardMs: 300 } as const;

describe("a player that throws", () => {
  it("when it is flushed: what it told before counts, the server hears of it, and nobody waits", async () => {
    const { talk, session, report, received, hear, problems } = await inMidAnswer("flush");
    report(progress);
    talk.interrupt();
    expect(audioOf(talk.state)).toMatchObject({ playback: "flushed", heardMs: 300 });
    expect(told(problems)).toEqual([["flush", "No flush."]]);
    await hear(...answerEnds("r1", "a1", null, words, "cancelled"));
    expect(received).toMatchObject([
      { type: "response.cancel" },
      { type: "conversation.item.truncate", item_id: "a1", audio_end_ms: 300 },
    ]);
    expect(talk.isQuiet).toBe(true);
    await session.close();
  });

  it("when it is given sound: the problem can be logged, since the sound is not in it", async () => {
    const { session, problems } = await inMidAnswer("play");
    expect(told(problems)).toEqual([["play", "No play."]]);
    expect(problems).toMatchObject([{ effect: { itemId: "a1", contentIndex: 0, base64: "" } }]);
    expect(JSON.stringify(problems).length).toBeLessThan(500);
    await session.close();
  });

  it.each([true, false])("when the session is closed, reported before: %s", async (isPlaying) => {
    const { talk, session, report, problems } = await inMidAnswer("flush");
    if (isPlaying) report(progress);
    const closing = session.close();
    expect(audioOf(talk.state)).toMatchObject({ playback: "flushed", heardMs: isPlaying ? 300 : 0 });
    await closing;
    expect(told(problems)).toEqual([["flush", "No flush."]]);
  });

  it.each([true, false])("when the conversation is closed, reported before: %s", async (isPlaying) => {
    const { talk, session, called, report, problems } = await inMidAnswer("flush");
    if (isPlaying) report(progress);
    talk.close();
    expect(audioOf(talk.state)).toMatchObject({ playback: "flushed", heardMs: isPlaying ? 300 : 0 });
    expect(called.at(-1)).toBe("left");
    expect(told(problems)).toEqual([["flush", "No flush."]]);
    await session.close();
  });

  it("after it has told of some of it when it is flushed: that counts", async () => {
    const { talk, session, player, report } = await inMidAnswer();
    player.flush = () => {
      report({ ...progress, type: "flushed", heardMs: 400 });
      throw new Error("The others could not be flushed.");
    };
    talk.interrupt();
    expect(audioOf(talk.state)).toMatchObject({ playback: "flushed", heardMs: 400 });
    await session.close();
  });

  it("when it is to play: what it took nothing of was not heard, and is over with its last sound", async () => {
    const { talk, session, called, hear, received, problems } = await inMidAnswer("play");
    expect(audioOf(talk.state)?.playback).toBe("waiting");
    await hear(...answerEnds("r1", "a1", null, words));
    expect(audioOf(talk.state)).toMatchObject({ playback: "flushed", heardMs: 0 });
    expect(received).toMatchObject([{ type: "conversation.item.truncate", audio_end_ms: 0 }]);
    expect(told(problems)).toEqual([["play", "No play."]]);
    expect([talk.isQuiet, called]).toEqual([true, ["onReport", "play"]]);
    await session.close();
  });

  it("when it is to play, and is interrupted or closed before the last sound", async () => {
    const one = await inMidAnswer("play");
    one.talk.interrupt();
    expect(audioOf(one.talk.state)).toMatchObject({ playback: "flushed", heardMs: 0 });
    await one.session.close();
    const other = await inMidAnswer("play");
    other.talk.close();
    expect(audioOf(other.talk.state)).toMatchObject({ playback: "flushed", heardMs: 0 });
    await other.session.close();
  });

  it("once when it is to play: the rest is played, and its reports count", async () => {
    const { talk, session, player, hear, report, problems } = await inMidAnswer("play");
    player.play = () => {};
    await hear(...spoken("r1", "a1", " eight", 500), ...answerEnds("r1", "a1", null, `${words} eight`));
    expect(audioOf(talk.state)?.playback).toBe("waiting");
    report({ ...progress, type: "finished", heardMs: 500 });
    expect(audioOf(talk.state)).toMatchObject({ playback: "finished", heardMs: 500 });
    expect(told(problems)).toEqual([["play", "No play."]]);
    await session.close();
  });

  it("when it is told of the end: what it told before counts, and the session ends when it is over", async () => {
    const { talk, session, hear, report, cut, problems } = await inMidAnswer("end");
    report(progress);
    let isComplete = false;
    session.log$.subscribe({
      complete() {
        isComplete = true;
      },
    });
    await hear(...answerEnds("r1", "a1", null, words));
    expect(audioOf(talk.state)).toMatchObject({ playback: "flushed", heardMs: 300 });
    expect(told(problems)).toEqual([["play-end", "No end."]]);
    cut();
    await hear();
    expect([session.status.state, isComplete]).toEqual(["closed", true]);
  });

  it("when it is listened to: there is no conversation, and another player has one", async () => {
    const { session, talk } = unopened();
    talk.close();
    expect(() => conversation(session, broken("onReport"))).toThrow("No onReport.");
    const { player, called } = broken();
    const next = conversation(session, { player });
    expect(called).toEqual(["onReport"]);
    next.close();
  });

  it("when it is not listened to any more: the conversation is over all the same", async () => {
    const { player } = broken();
    player.onReport = () => () => {
      throw new Error("No leaving.");
    };
    const { talk, session } = await talking({ player });
    const problems: ConversationProblem[] = [];
    let isOver = false;
    talk.problems$.subscribe({
      next: (problem) => void problems.push(problem),
      complete() {
        isOver = true;
      },
    });
    talk.close();
    expect([told(problems), isOver]).toEqual([[["flush", "No leaving."]], true]);
    await session.close();
  });
});

describe("what a player reports", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, null])(
    "of %s ms says nothing of what was heard",
    (heardMs) => {
      const state = fold([opened, ...answerBegins("r1", "a1", null), ...spoken("r1", "a1", words, 2000)]);
      // As a recording has it, in which such a number is `null`.
      const event = { ...progress, type: "playback.progress", heardMs: heardMs as number } as const;
      expect(audioOf(reduce(state, local(event)))).toMatchObject({ playback: "playing", heardMs: 0 });
    },
  );
});

describe("a conversation that is not live", () => {
  it("neither plays on its player nor listens to it", async () => {
    const { player, called } = broken();
    const { talk, session, hear } = await talking({ player, live: false }, { reconnect: false });
    await hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", words, 2000));
    talk.interrupt();
    await hear(...answerEnds("r1", "a1", null, words));
    await session.close();
    talk.close();
    expect(called).toEqual([]);
  });
});
