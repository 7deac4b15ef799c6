import { readFileSync } from "node:fs";
import { type Entry, readRecording } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { audioChunk } from "../../src/audio-chunk.ts";
import { type ConversationState, effectsOf, type MessageItem, reduce } from "../../src/index.ts";
import {
  answerBegins,
  answerEnds,
  called,
  client,
  fold,
  heard,
  type LogEntry,
  local,
  opened,
  server,
  silence,
  spoken,
} from "../wire.ts";

// A frame that comes twice counts once, also when it comes again much later.

const greeting = server("session.created", {
  session: { type: "realtime", id: "sess_1" },
  event_id: "event_g",
});

/** The same entries with a name for each, as services give them. */
function named(entries: readonly LogEntry[]): LogEntry[] {
  return entries.map((entry, index) =>
    entry.from === "server" ? { ...entry, event: { ...entry.event, event_id: `event_${index}` } } : entry,
  ) as LogEntry[];
}

const isPiece = ({ event }: LogEntry) => event.type.endsWith(".delta");

/** Folds entries, each piece twice in a row, and sees that the second one changes nothing. */
function foldTwice(entries: readonly LogEntry[], from: ConversationState): ConversationState {
  return entries.reduce((state, entry) => {
    const next = reduce(state, entry);
    if (isPiece(entry)) {
      expect(next, entry.event.type).not.toBe(state);
      expect(reduce(next, entry), entry.event.type).toBe(next);
    }
    return next;
  }, from);
}

const greeted = fold([opened, greeting]);
const place = { response_id: "r1", item_id: "a1", output_index: 0, content_index: 0 };

describe("a piece that comes twice", () => {
  it("counts once: of speech and its sound", () => {
    const begun = fold(named(answerBegins("r1", "a1", null)), greeted);
    const pieces = named([...spoken("r1", "a1", "Good ", 100), ...spoken("r1", "a1", "morning", 60)]).map(
      (entry, index) => ({ ...entry, event: { ...entry.event, event_id: `piece_${index}` } }) as LogEntry,
    );
    const state = foldTwice(pieces, begun);
    const [part] = (state.items[0] as MessageItem).content;
    expect(part).toMatchObject({ transcript: "Good morning", audio: { receivedBytes: 160 * 48 } });
    // Whatever came in between.
    expect(fold(pieces, state)).toBe(state);
  });

  it("is not played twice either, nor given to anybody", () => {
    const begun = fold(named(answerBegins("r1", "a1", null)), greeted);
    const piece = server("response.output_audio.delta", { ...place, delta: silence(20), event_id: "piece" });
    const once = reduce(begun, piece);
    const again = reduce(once, piece);
    expect(effectsOf(begun, piece, once)).toMatchObject([{ type: "play" }]);
    expect(effectsOf(once, piece, again)).toEqual([]);
    expect(audioChunk({ before: begun, entry: piece, after: once })).toMatchObject({ durationMs: 20 });
    expect(audioChunk({ before: once, entry: piece, after: again })).toBeUndefined();
  });

  it("counts once: of text, of arguments, of those of a call at a server, of a transcript", () => {
    const text = server("response.output_text.delta", { ...place, delta: "ha ", event_id: "t1" });
    const json = server("response.mcp_call_arguments.delta", {
      ...{ ...place, item_id: "m1", output_index: 1 },
      ...{ delta: "{", event_id: "m1" },
    });
    const begun = fold([server("response.created", { response: { id: "r1", output: [] } })], greeted);
    foldTwice([text, json, { ...text, event: { ...text.event, event_id: "t2" } } as LogEntry], begun);
    const call = foldTwice(named(called("r1", "f1", "call_1", null)), greeted);
    expect(call.items).toMatchObject([{ arguments: '{"city":"Lisbon"}' }]);
    const words = foldTwice(named(heard("u1", null, "Hello").slice(0, -1)), greeted);
    expect(words.items).toMatchObject([{ content: [{ transcript: "Hello" }] }]);
  });

  it("counts as often as it comes where its service names nothing, or everything alike", () => {
    const twice = (event: object, first: readonly LogEntry[]) => {
      const piece = server("response.output_text.delta", { ...place, delta: "ha ", ...event });
      const begun = server("response.created", { response: { id: "r1", output: [] } });
      const state = fold([opened, ...first, begun, piece, piece]);
      return (state.detached[0] as MessageItem).content[0];
    };
    expect(twice({ event_id: undefined }, [greeting])).toMatchObject({ text: "ha ha " });
    expect(twice({ event_id: "" }, [greeting])).toMatchObject({ text: "ha ha " });
    // LocalAI names every event the same.
    expect(twice({ event_id: "event_g" }, [greeting])).toMatchObject({ text: "ha ha " });
    // Nobody was greeted: there is nothing to tell these services by.
    expect(twice({ event_id: "event_7" }, [])).toMatchObject({ text: "ha ha " });
    // What begins with a name of its own may go on with one for all.
    expect(twice({ event_id: "event_0" }, [greeting])).toMatchObject({ text: "ha ha " });
    expect(twice({ event_id: "event_7" }, [greeting])).toMatchObject({ text: "ha " });
    const piece = (delta: string) =>
      server("conversation.item.input_audio_transcription.delta", {
        ...{ item_id: "u1", content_index: 0, delta, event_id: "event_7" },
      });
    const words = fold([piece("Hel"), piece("lo"), piece("lo")], greeted).detached[0] as MessageItem;
    expect(words.content[0]).toMatchObject({ transcript: "Hello" });
  });

  it("is remembered while something is made, and no longer than that", () => {
    const pieces = Array.from({ length: 100 }, (_, index) =>
      server("response.output_text.delta", { ...place, delta: "a", event_id: `p${index}` }),
    );
    const running = fold(
      [server("response.created", { response: { id: "r1", output: [] } }), ...pieces],
      greeted,
    );
    expect(running.echoes.pieces).toHaveLength(8);
    const done = server("response.done", { response: { id: "r1", status: "completed", output: [] } });
    expect(fold([done], running).echoes.pieces).toEqual([]);
    const lost = fold([local({ type: "link.closed", code: 1006, reason: "" })], running);
    expect(lost.echoes.pieces).toEqual([]);
    const finished = fold(named(heard("u1", null, "Hello")), greeted);
    expect(JSON.stringify(finished.items)).not.toContain("pieces");
  });
});

describe("an output that is sent twice", () => {
  it("answers one call, also where another has the same call id", () => {
    const calls = fold([...called("r1", "f1", "call_1", null), ...called("r2", "f2", "call_1", "f1")]);
    const item = { id: "o1", type: "function_call_output", call_id: "call_1", output: "sunny" } as const;
    const sent = client({ type: "conversation.item.create", item });
    const state = fold([sent, sent], calls);
    expect(state.items).toMatchObject([{ answered: true }, { answered: false }]);
  });
});

describe("a deletion that is told twice", () => {
  it("changes nothing the second time, also where the item was billed for", () => {
    const gone = fold([
      ...heard("u1", null, "Hello"),
      server("conversation.item.deleted", { item_id: "u1" }),
    ]);
    expect(fold([server("conversation.item.deleted", { item_id: "u1" })], gone)).toBe(gone);
  });
});

describe("a deletion that is told again when another item has the id", () => {
  const recorded = (name: string): readonly LogEntry[] => {
    const file = new URL(`../recordings/${name}.jsonl`, import.meta.url);
    // It was recorded from a session of this protocol.
    return readRecording(readFileSync(file, "utf8")).entries as readonly Entry[] as readonly LogEntry[];
  };

  it.each(["retold-after-a-loss", "rolled-over-while-played", "history-edited"])(
    "changes nothing, wherever it comes: %s",
    (name) => {
      const entries = recorded(name);
      const deletions = entries.filter(({ event }) => event.type === "conversation.item.deleted");
      expect(deletions.length).toBeGreaterThan(0);
      for (const deletion of deletions) {
        let state = fold(entries.slice(0, entries.indexOf(deletion) + 1));
        for (const entry of entries.slice(entries.indexOf(deletion) + 1)) {
          if (entry.event.type === "link.switched") break;
          expect(fold([deletion], state)).toBe(state);
          state = fold([entry], state);
        }
      }
    },
  );
});

describe("a silence that is told again behind its turn", () => {
  it("changes nothing: nobody waits for another answer", () => {
    const timeout = server("input_audio_buffer.timeout_triggered", {
      audio_start_ms: 0,
      audio_end_ms: 900,
      item_id: "u1",
    });
    const [, , ...turn] = heard("u1", null, "");
    const state = fold([
      opened,
      timeout,
      ...turn,
      ...answerBegins("r1", "a1", "u1"),
      ...answerEnds("r1", "a1", "u1", "Still there?"),
    ]);
    expect(state.turn.serverAnswers).toBe(false);
    expect(fold([timeout], state)).toBe(state);
  });
});

describe("what this machine reports twice", () => {
  const closed = local({ type: "link.closed", code: 1006, reason: "" });
  const frame = local({
    type: "link.frame",
    link: 2,
    from: "server",
    event: { type: "session.created", session: { type: "realtime", id: "sess_2" } },
  });

  it.each([
    ["the beginning of a link", [opened, ...heard("u1", null, "Hi")], opened],
    ["its end", [opened, ...heard("u1", null, "Hi"), closed], closed],
    ["a frame of the next one", [opened, frame], frame],
  ])("changes nothing the second time: %s", (_, entries, again) => {
    const state = fold(entries);
    expect(fold([again], state)).toBe(state);
  });

  it("changes nothing the second time: that an item is told otherwise", () => {
    const switched = local({ type: "link.switched", link: 2, reason: "reconnected" });
    const told = local({
      type: "link.frame",
      link: 2,
      from: "server",
      event: { type: "conversation.item.added", item: { id: "a1" } },
    });
    const retelling = client({ type: "conversation.item.delete", event_id: "retell_a1", item_id: "a1" });
    const state = fold([
      opened,
      ...answerBegins("r1", "a1", null),
      ...spoken("r1", "a1", "Hello", 900),
      ...answerEnds("r1", "a1", null, "Hello"),
      closed,
      told,
      switched,
      retelling,
    ]);
    expect(state.items).toMatchObject([{ standing: "rebuilt", retelling: true }]);
    expect(fold([retelling], state)).toBe(state);
  });
});

describe("a response that is told again long after", () => {
  const response = (index: number) => `r${index}`;
  const turns = (count: number, from: number) =>
    Array.from({ length: count }, (_, offset) => {
      const index = from + offset;
      return answerEnds(response(index), `a${index}`, null, "Yes.").slice(-2, -1);
    }).flat();
  const first = [
    ...answerBegins("r0", "a0", null),
    ...spoken("r0", "a0", "Yes.", 100),
    ...answerEnds("r0", "a0", null, "Yes.").slice(0, -1),
  ];
  const beside = [
    server("response.created", { response: { id: "x", conversation_id: null, output: [] } }),
    server("response.output_item.added", {
      ...{ response_id: "x", output_index: 0 },
      item: { id: "xi", type: "message", role: "assistant", content: [] },
    }),
    server("response.done", {
      response: { id: "x", conversation_id: null, status: "completed", output: [] },
    }),
  ];

  it("changes nothing, and is billed once", () => {
    const state = fold([...first, ...beside, ...turns(400, 1)]);
    expect(state.responses).toHaveLength(256);
    expect(state.usage.responses).toBe(401);
    const late = [...first, ...beside];
    for (const entry of late) expect(reduce(state, entry), entry.event.type).toBe(state);
  });

  it("is known again among thousands, and not for ever", () => {
    const state = fold([...first, ...turns(5000, 1)]);
    expect(state.echoes.responseIds).toHaveLength(4096);
    expect(fold(turns(1, 1000), state)).toBe(state);
  });

  it("is none of the next server session's, which has its own", () => {
    const state = fold([opened, ...first, ...turns(300, 1)]);
    const greeted2 = { type: "link.frame", link: 2, from: "server", event: greeting.event } as never;
    const next = fold(
      [local(greeted2), local({ type: "link.switched", link: 2, reason: "rolled over" })],
      state,
    );
    expect(next.echoes.responseIds).toEqual([]);
  });
});
