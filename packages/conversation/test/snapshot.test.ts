import { readFileSync } from "node:fs";
import { type Entry, RealtimeError, readRecording } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { type ConversationState, initialState, reduce, restore, snapshot } from "../src/index.ts";
import {
  answerBegins,
  answerEnds,
  called,
  fold,
  heard,
  type LogEntry,
  local,
  opened,
  server,
  spoken,
  toolOutput,
} from "./wire.ts";

const talk: LogEntry[] = [
  opened,
  server("session.created", { session: { type: "realtime", id: "sess_1" } }),
  ...heard("u1", null, "What is the weather?"),
  ...called("r1", "f1", "call_1", "u1"),
  toolOutput("call_1"),
  ...answerBegins("r2", "a1", "f1"),
  ...spoken("r2", "a1", "It is sunny.", 1000),
  local({ type: "playback.progress", itemId: "a1", contentIndex: 0, heardMs: 600 }),
  server("conversation.item.deleted", { item_id: "u1" }),
  ...answerEnds("r2", "a1", "f1", "It is sunny."),
];

/** A change of one place in the JSON of a state. */
function changed(path: string, value: unknown): unknown {
  const copy = JSON.parse(snapshot(fold(talk)));
  const keys = path.split(".");
  const last = keys.pop()!;
  const holder = keys.reduce((part, key) => part[key], copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

function refusal(given: unknown): string {
  try {
    restore(given);
  } catch (error) {
    if (RealtimeError.is(error) && error.code === "bad_snapshot") return error.message;
    throw error;
  }
  return "nothing";
}

describe("a snapshot", () => {
  it("comes back as the state that it was made of, as text and as what that parses to", () => {
    const state = fold(talk);
    expect(restore(snapshot(state))).toEqual(state);
    expect(restore(JSON.parse(snapshot(state)))).toEqual(state);
  });

  it("is the same text for equal states, in whatever order their fields came", () => {
    const state = fold(talk);
    const turned = Object.fromEntries(Object.entries(state).reverse()) as unknown as ConversationState;
    expect(snapshot(turned)).toBe(snapshot(state));
  });

  it("can be taken anywhere: what is folded on from it comes to the same", () => {
    const whole = fold(talk);
    for (let at = 0; at <= talk.length; at++) {
      const kept = restore(snapshot(fold(talk.slice(0, at))));
      expect(fold(talk.slice(at), kept)).toEqual(whole);
    }
  });

  it.each([
    ["{", /it is no JSON/],
    ["3", /it must be an object, and is 3/],
    [null, /it must be an object, and is null/],
    [{}, /link is missing; it must be one of "none", "open", "closed"|version is missing/],
    [changed("version", "two"), /version must be 3, and is "two"/],
    [changed("version", 4), /version 4; this version of Duologue reads 1 to 3\. Update Duologue\./],
    [changed("version", 0), /version 0; this version of Duologue reads 1 to 3\./],
    [changed("items", {}), /items must be a list, and is \{\}/],
    [changed("items.0.status", "done"), /items\[0\]\.status must be one of "pending", .*, and is "done"/],
    [changed("items.0.type", "song"), /items\[0\]\.type must be one of "message", .*, and is "song"/],
    [changed("items.0.callId", undefined), /items\[0\]\.callId is missing; it must be a string/],
    [changed("items.1.content.0.audio.heardMs", -1), /items\[1\]\.content\[0\]\.audio\.heardMs must be/],
    [changed("items.1.content.0.colour", "red"), /items\[1\]\.content\[0\]\.colour is not known/],
    [changed("items.1.id", "f1"), /items\[1\]\.id is "f1", as items\[0\]\.id is/],
    [changed("responses.0.itemIds.0", 7), /responses\[0\]\.itemIds\[0\] must be a string, and is 7/],
    [changed("turn.userSpeaking", "no"), /turn\.userSpeaking must be true or false, and is "no"/],
    [changed("usage.input.audio", "many"), /usage\.input\.audio must be a number, and is "many"/],
  ])("that is none is refused with its place: %#", (given, message) => {
    expect(refusal(given)).toMatch(message);
  });

  it("shows only the beginning of what is wrong", () => {
    expect(refusal(changed("items", "x".repeat(1000))).length).toBeLessThan(150);
  });
});

describe("a snapshot of version 1", () => {
  const folder = new URL("./snapshots/", import.meta.url);
  const kept = readFileSync(new URL("version-1.json", folder), "utf8");
  const { header, entries } = readRecording(readFileSync(new URL("version-1.jsonl", folder), "utf8"));
  // It was recorded from a session of this protocol.
  const log = entries as readonly Entry[] as readonly LogEntry[];
  const before = log.slice(0, Number(header.snapshotAfter));
  const after = log.slice(before.length);

  const withoutMarks = (state: ConversationState): ConversationState =>
    JSON.parse(JSON.stringify(state, (name, value) => (name === "marks" ? undefined : value)));

  /**
   * Without what version 1 did not know: how words came with their sound, how answers were asked for, where deleted items
   * had stood, what the server calls items of unknown kinds, what its ear may hold, and what comes twice.
   */
  const comparable = (state: ConversationState) => {
    const { turn, deleted, items, present, echoes: _, ...rest } = withoutMarks(state);
    const { userSpeaking, serverAnswers } = turn;
    return {
      ...rest,
      ...{ userSpeaking, serverAnswers, hasSpoken: present.hasSpoken },
      deleted: deleted.map(({ id }) => id),
      items: items.map((item) => (item.type === "other" ? { ...item, kind: "" } : item)),
    };
  };

  it("is brought up to this version: as if the log had been folded today", () => {
    const state = restore(kept);
    expect(comparable(state)).toEqual(comparable(fold(before)));
    expect(state.version).toBe(initialState.version);
    expect(state.items.some(({ type }) => type === "mcp_call")).toBe(true);
  });

  it("goes on from there", () => {
    expect(comparable(after.reduce(reduce, restore(kept)))).toEqual(comparable(fold(log)));
  });

  it("keeps the answers that were asked for and wanted", () => {
    const first = { ...JSON.parse(kept), responses: [] };
    const turn = { userSpeaking: false, serverAnswers: false, asked: "ask_3", asks: 3, wanted: "tools" };
    expect(restore({ ...first, turn }).turn).toMatchObject({
      requested: 4,
      requests: [
        { id: "ask_3", status: "asked", sent: { commandId: "ask_3" } },
        { id: "ask_4", status: "waiting", by: "tools" },
      ],
    });
  });

  it("that is damaged is refused, too", () => {
    expect(refusal({ ...JSON.parse(kept), items: [{ id: 3 }] })).toMatch(/items\[0\]\.type/);
    expect(refusal({ version: 1 })).toMatch(/This is no snapshot of a conversation: /);
  });
});

describe("a snapshot of version 2", () => {
  const folder = new URL("./", import.meta.url);
  const kept = readFileSync(new URL("snapshots/version-2.json", folder), "utf8");
  const log = readFileSync(new URL("recordings/barge-in-while-generated.jsonl", folder), "utf8");
  // It was made of the first 50 entries of a recording that is there still.
  const entries = readRecording(log).entries as readonly Entry[] as readonly LogEntry[];
  const withoutEchoes = ({ echoes: _, ...state }: ConversationState) => state;

  it("is brought up to this version, and goes on from there", () => {
    const state = restore(kept);
    expect(state.version).toBe(initialState.version);
    expect(withoutEchoes(state)).toEqual(withoutEchoes(fold(entries.slice(0, 50))));
    expect(withoutEchoes(fold(entries.slice(50), state))).toEqual(withoutEchoes(fold(entries)));
  });

  it("that a log has in it is taken up, too", () => {
    const noted = (state: unknown) => local({ type: "conversation.restored", state: state as object });
    const older = fold([opened, noted(JSON.parse(kept))]);
    expect(older.items.map(({ id, standing }) => [id, standing])).toEqual(
      restore(kept).items.map(({ id }) => [id, "absent"]),
    );
    expect(older).toEqual(fold([opened, noted(restore(kept))]));
  });
});
