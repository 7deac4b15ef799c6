import { chooser, legalOrder, legalSession } from "@duologue/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConversationState, initialState, reduce } from "../../src/index.ts";
import { fold, type LogEntry } from "../wire.ts";
import { ownOrder } from "./own-order.ts";

// What we send and what a player reports has its place in the log by the moment at which it happened, and a server that
// is a little faster or slower puts it elsewhere.

const sessions = fc
  .array(fc.nat(), { maxLength: 300, size: "max" })
  .map((choices) => legalSession(chooser(choices)).entries);
const streams = fc.infiniteStream(fc.nat());
const chooseFrom = (stream: Iterator<number>) => (choices: number) => stream.next().value % choices;

/** Without how the words came with the sound, of which each report keeps what it found. */
const withoutMarks = (state: ConversationState): ConversationState =>
  JSON.parse(JSON.stringify(state, (name, value) => (name === "marks" ? undefined : value)));

const isOwn = ({ from }: LogEntry) => from !== "server";

/** What counts each time: sound that is appended, and the beginning of a link. */
const countsTwice = ({ event }: LogEntry) =>
  event.type === "input_audio_buffer.append" || event.type === "link.opened";

/** What counts as it was said last: told once more, an older word takes the place of a newer one. */
const isLastWord = ({ event: { type } }: LogEntry) =>
  /^(?:session\.|rate_limits\.)|transcription\.completed$/.test(type);

describe("a conversation folded from a log", () => {
  it("is the same wherever our own entries stand among server events that have nothing to do with them", () => {
    let moved = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(sessions, streams, (entries, stream) => {
        const order = ownOrder(entries, chooseFrom(stream));
        for (const [index, entry] of order.entries()) {
          if (!isOwn(entry) || entry === entries[index]) continue;
          moved++;
          kinds.add(entry.event.type);
        }
        expect(withoutMarks(fold(order))).toEqual(withoutMarks(fold(entries)));
      }),
      { numRuns: 300 },
    );
    expect(moved).toBeGreaterThan(300);
    expect([...kinds].sort()).toEqual([
      "conversation.item.create",
      "conversation.item.delete",
      "conversation.item.truncate",
      "input_audio_buffer.append",
      "playback.finished",
      "playback.flushed",
      "playback.progress",
      "response.cancel",
      "response.create",
    ]);
  });

  it("is the same when the server's entries are in another order as well", () => {
    fc.assert(
      fc.property(sessions, streams, (entries, stream) => {
        const choose = chooseFrom(stream);
        const order = legalOrder(ownOrder(legalOrder(entries, choose), choose), choose);
        expect(withoutMarks(fold(order))).toEqual(withoutMarks(fold(entries)));
      }),
      { numRuns: 200 },
    );
  });

  it("takes no notice of an entry that comes twice in a row", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(sessions, (entries) => {
        entries.reduce((state, entry) => {
          const next = reduce(state, entry);
          if (!countsTwice(entry)) {
            kinds.add(entry.event.type);
            expect(reduce(next, entry), entry.event.type).toBe(next);
          }
          return next;
        }, initialState);
      }),
      { numRuns: 100 },
    );
    expect(kinds.size).toBeGreaterThan(40);
  });

  it("takes no notice of what the server says again a little later", () => {
    fc.assert(
      fc.property(sessions, streams, (entries, stream) => {
        const choose = chooseFrom(stream);
        const order = [...entries];
        for (const entry of entries) {
          if (isOwn(entry) || isLastWord(entry) || choose(8) !== 0) continue;
          order.splice(order.indexOf(entry) + 1 + choose(6), 0, entry);
        }
        expect(fold(order)).toEqual(fold(entries));
      }),
      { numRuns: 200 },
    );
  });

  it("is one whatever of our own is lost, wherever the rest stands", () => {
    fc.assert(
      fc.property(sessions, streams, (entries, stream) => {
        const choose = chooseFrom(stream);
        const rest = ownOrder(entries, choose).filter((entry) => !isOwn(entry) || choose(3) !== 0);
        const state = fold(rest);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        // What the server said of its items is there all the same.
        const whole = fold(entries);
        expect(state.items.map(({ id, status }) => [id, status])).toEqual(
          whole.items.map(({ id, status }) => [id, status]),
        );
        expect(state.usage).toEqual(whole.usage);
      }),
      { numRuns: 150 },
    );
  });
});
