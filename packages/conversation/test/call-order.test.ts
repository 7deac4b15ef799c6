import type { ClientEvent, Item } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { Conversation } from "../src/index.ts";
import { fakePlayer, settle, talking } from "./talking.ts";
import { answerBegins, answerEnds, server, spoken } from "./wire.ts";

// What is called from within a handler of a stream, where the log is in the middle of an entry, and what goes out.

type Act = (talk: Conversation) => unknown;

const shown = (event: ClientEvent) =>
  "item" in event && event.item.type === "message"
    ? event.item.content.map((part) => ("text" in part ? part.text : "")).join()
    : event.type;

/** What is sent when all of this is called in the middle of an answer, from within a handler or outside of one. */
async function sentBy(act: Act, isWithin: boolean) {
  const { player, report } = fakePlayer();
  const { session, talk, received, hear } = await talking({ player });
  await hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "One two three", 1_000));
  report({ type: "progress", itemId: "a1", contentIndex: 0, heardMs: 200 });
  let outcome: unknown;
  if (isWithin) {
    const reading = talk.transcript$.subscribe(() => {
      reading.unsubscribe();
      outcome = act(talk);
    });
  }
  await hear(...spoken("r1", "a1", " four", 100));
  if (!isWithin) outcome = act(talk);
  await settle();
  const sent = received.map(shown);
  // The server has ended what was cancelled, so that what waited for that is asked.
  await hear(...answerEnds("r1", "a1", null, "One two three four", "cancelled"));
  return { session, talk, sent, later: received.slice(sent.length).map(shown), outcome };
}

const second = new Int16Array(24_000);
const unanswered = { respond: false } as const;
const cut = ["response.cancel", "conversation.item.truncate"];

describe.each([
  ["outside of a handler", false],
  ["within a handler of a stream", true],
])("what is called %s", (_, isWithin) => {
  it.each<[what: string, act: Act, sent: readonly string[], later: readonly string[]]>([
    [
      "interrupt, then say",
      (talk) => [talk.interrupt(), talk.say("New")],
      [...cut, "New"],
      ["response.create"],
    ],
    [
      "interrupt, then two things, then a wish",
      (talk) => [
        talk.interrupt(),
        talk.say("A", unanswered),
        talk.say("B", unanswered),
        talk.respond({ response: { instructions: "Sum up." } }),
      ],
      [...cut, "A", "B"],
      ["response.create"],
    ],
    [
      "say, then interrupt: nothing is left to be answered",
      (talk) => [talk.say("A"), talk.interrupt()],
      ["A", ...cut],
      [],
    ],
    [
      "interrupt, then sound",
      (talk) => [talk.interrupt(), talk.clear(), talk.appendAudio(second), talk.commit()],
      [...cut, "input_audio_buffer.clear", "input_audio_buffer.append", "input_audio_buffer.commit"],
      [],
    ],
    [
      "interrupt, say, and the end of the conversation",
      (talk) => [talk.interrupt(), talk.say("Bye", unanswered), talk.close()],
      [...cut, "Bye"],
      [],
    ],
    [
      "interrupt, then the same item twice, which is changed in between",
      (talk) => {
        const part = { type: "input_text" as const, text: "First" };
        const item = { type: "message" as const, role: "user" as const, content: [part] };
        const added = [talk.interrupt(), talk.addItem(item)];
        part.text = "Second";
        return [...added, talk.addItem(item)];
      },
      [...cut, "First", "Second"],
      [],
    ],
    [
      "interrupt, then what nobody can send",
      (talk) => [
        talk.interrupt(),
        talk.addItem({ type: "message", role: "user", content: [() => {}] } as unknown as Item),
        talk.say("Still", unanswered),
      ],
      [...cut, "Still"],
      [],
    ],
    [
      "interrupt, say, and interrupt again: the same",
      (talk) => [talk.interrupt(), talk.say("A"), talk.interrupt()],
      [...cut, "A"],
      [],
    ],
  ])("goes out in its order: %s", async (_, act, sent, later) => {
    const held = await sentBy(act, isWithin);
    expect([held.sent, held.later]).toEqual([sent, later]);
    await held.session.close();
  });

  it("is refused as ever", async () => {
    const held = await sentBy((talk) => [talk.interrupt(), talk.say("")][1], isWithin);
    await expect(held.outcome).rejects.toMatchObject({ code: "invalid_argument" });
    expect(held.talk.state.turn.requests).toEqual([]);
    await held.session.close();
  });
});

describe("a wish that is withdrawn within a handler", () => {
  it("is taken back before what is called next", async () => {
    const { session, talk, received, hear } = await talking();
    const id = talk.respond();
    const reading = talk.transcript$.subscribe(() => {
      reading.unsubscribe();
      talk.withdraw(id);
      void talk.say("New", unanswered);
    });
    await hear(
      server("response.created", { response: { id: "r1", status: "in_progress", output: [] } }),
      ...answerBegins("r1", "a1", null).slice(1),
      ...spoken("r1", "a1", "One", 100),
    );
    expect(received.map(shown)).toEqual(["response.create", "response.cancel", "New"]);
    await session.close();
  });
});
