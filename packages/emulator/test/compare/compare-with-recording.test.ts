import { type Entry, type Recording, readRecording, recordingHeader, recordingLine } from "@duologue/core";
import type { ClientEvent, UnknownEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { compareWithRecording } from "../../src/compare/compare-with-recording.ts";
import { comparisonText } from "../../src/compare/comparison-text.ts";
import type { EngineInput } from "../../src/engine/engine-input.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import { base64, conversation, only, silence, speech, userText } from "../support/conversation.ts";

type Opening = Partial<Omit<Extract<EngineInput, { type: "opened" }>, "type" | "atMs">>;

/** A session whose frames are noted in the order in which they went over the wire. */
function noted(settings: GivenSettings = {}, how: Opening = {}) {
  const talk = conversation(settings, "noted");
  const entries: Entry[] = [];
  const note = (events: readonly object[]) => {
    // Server events as the wire has them.
    for (const event of events) entries.push({ at: null, from: "server", event: event as UnknownEvent });
  };
  note(talk.open(how));
  return {
    talk,
    send(command: ClientEvent) {
      entries.push({ at: null, from: "client", event: command });
      note(talk.send(command));
    },
    wait(ms: number) {
      for (let passed = 0; passed < ms; passed++) note(talk.advance(1));
    },
    speak(words: string) {
      const samples = speech(words);
      for (let at = 0; at < samples.length; at += 2400) {
        this.send({ type: "input_audio_buffer.append", audio: base64(samples.subarray(at, at + 2400)) });
        this.wait(100);
      }
    },
    get recording() {
      return recordingOf(entries);
    },
  };
}

function recordingOf(entries: readonly Entry[]): Recording {
  return readRecording([recordingHeader("openai-realtime"), ...entries.map(recordingLine)].join("\n"));
}

const ask = userText("What is it?");

/** A written question and its written answer. */
function plain(): Recording {
  const session = noted({ scenario: { turns: [{ say: "It is a lamp." }] } });
  session.send({ type: "session.update", session: { type: "realtime", output_modalities: ["text"] } });
  session.send({ type: "conversation.item.create", item: ask });
  session.send({ type: "response.create" });
  session.wait(1000);
  return session.recording;
}

/** The recording with another list of entries. */
function changed(recording: Recording, change: (entries: readonly Entry[]) => readonly Entry[]): Recording {
  return recordingOf(change(recording.entries));
}

function eventsChanged(recording: Recording, type: string, change: (event: UnknownEvent) => UnknownEvent[]) {
  return changed(recording, (entries) =>
    entries.flatMap((entry): Entry[] =>
      entry.from === "server" && entry.event.type === type
        ? change(entry.event as UnknownEvent).map((event) => ({ ...entry, event }))
        : [entry],
    ),
  );
}

function expectSame(recording: Recording) {
  const comparison = compareWithRecording(recording);
  expect(comparison.differences, comparisonText(comparison, { all: true })).toEqual([]);
  return comparison;
}

const lineOf = ({ entries, lines }: Recording, type: string) =>
  lines[entries.findIndex(({ event }) => event.type === type)];

describe("a session of the emulator itself is no different from it", () => {
  it("in writing", () => {
    expect(expectSame(plain())).toMatchObject({ known: [], settled: { announcesConversation: false } });
  });

  it("in speech, with a barge-in and a truncation by the item's id", () => {
    const session = noted({
      scenario: {
        turns: [
          { heard: "Tell me.", say: "It is a very long story, and I shall tell all of it to you now." },
          { heard: "Stop!", say: "As you like." },
        ],
      },
      pace: 2,
    });
    const audio = { input: { transcription: { model: "gpt-4o-transcribe" } } };
    session.send({ type: "session.update", session: { type: "realtime", audio } });
    session.speak("Tell me.");
    session.wait(1200);
    session.speak("Stop!");
    const { item_id } = only(session.talk.events, "response.output_audio.delta")[0]!;
    const cut = { type: "conversation.item.truncate", item_id, content_index: 0, audio_end_ms: 300 } as const;
    session.send(cut);
    session.send({ type: "conversation.item.retrieve", item_id });
    session.wait(4000);
    const types = session.recording.entries.map(({ event }) => event.type);
    for (const type of [
      "conversation.item.truncated",
      "conversation.item.retrieved",
      "rate_limits.updated",
    ]) {
      expect(types).toContain(type);
    }
    expect(types.filter((type) => type === "input_audio_buffer.speech_started")).toHaveLength(2);
    expect(expectSame(session.recording).settled).toMatchObject({ reportsRateLimits: true });
  });

  it("with calls of functions and of MCP tools, cancelled responses, and refusals", () => {
    const docs = {
      type: "mcp",
      server_label: "docs",
      server_url: "https://x",
      require_approval: "always",
    } as const;
    const session = noted({
      scenario: {
        turns: [
          { say: "One moment.", tools: [{ name: "look", arguments: { at: "it" } }] },
          { tools: [{ server: "docs", name: "search", arguments: { q: "it" } }] },
          { say: "It is a very long story, and I shall tell all of it to you now." },
          { status: "failed", error: { code: "rate_limit_exceeded", message: "Slow down." } },
        ],
        mcp: { docs: { tools: [{ name: "search" }], calls: { search: { output: "Found.", delayMs: 77 } } } },
      },
    });
    session.send({ type: "session.update", session: { type: "realtime", tools: [docs] } });
    session.wait(500);
    session.send({ type: "response.create" });
    session.send({ type: "response.create", event_id: "too_early" });
    session.wait(1500);
    const { call_id } = only(session.talk.events, "response.function_call_arguments.done")[0]!;
    const item = { type: "function_call_output", call_id, output: "A lamp." } as const;
    session.send({ type: "conversation.item.create", item });
    session.send({ type: "response.create" });
    session.wait(1500);
    const approval = only(session.talk.events, "conversation.item.added").at(-1)!.item;
    expect(approval.type).toBe("mcp_approval_request");
    session.send({
      type: "conversation.item.create",
      item: { type: "mcp_approval_response", approval_request_id: approval.id, approve: true },
    });
    session.wait(500);
    session.send({ type: "response.create" });
    session.wait(400);
    session.send({ type: "response.cancel" });
    session.send({ type: "conversation.item.delete", item_id: "nobody" });
    session.wait(100);
    session.send({ type: "response.create" });
    session.wait(1000);
    const types = session.recording.entries.map(({ event }) => event.type);
    for (const type of ["error", "response.mcp_call.completed", "mcp_list_tools.completed"]) {
      expect(types).toContain(type);
    }
    expectSame(session.recording);
  });

  it("when it only transcribes", () => {
    const session = noted({ scenario: { turns: [{ heard: "One" }] } }, { kind: "transcription", model: "" });
    const audio = { input: { transcription: { model: "gpt-4o-transcribe" } } };
    session.send({ type: "session.update", session: { type: "transcription", audio } });
    session.speak("One");
    session.wait(1000);
    expectSame(session.recording);
  });

  it("when the client joined it later, and has not been greeted", () => {
    const joined = changed(plain(), (entries) => entries.slice(1));
    expectSame(joined);
  });

  it("when its frames were under way for a while", () => {
    // All that the client sent is noted before anything of the service.
    const early = changed(plain(), (entries) => [
      ...entries.filter(({ from }) => from === "client"),
      ...entries.filter(({ from }) => from === "server"),
    ]);
    expectSame(early);
  });

  it("in as many deltas as the service likes, and whenever a transcript comes", () => {
    const session = noted({ scenario: { turns: [{ heard: "Well?", say: "It is a lamp." }] } });
    const input = { transcription: { model: "gpt-4o-transcribe" }, turn_detection: null };
    session.send({ type: "session.update", session: { type: "realtime", audio: { input } } });
    session.send({ type: "input_audio_buffer.append", audio: base64(silence(200)) });
    session.send({ type: "input_audio_buffer.commit" });
    session.send({ type: "response.create" });
    session.wait(4000);
    const { recording } = session;
    expectSame(recording);
    const isTranscript = ({ event }: Entry) => event.type.includes("input_audio_transcription");
    expect(recording.entries.some(isTranscript)).toBe(true);
    expectSame(
      changed(recording, (entries) => [
        ...entries.filter((entry) => !isTranscript(entry)),
        ...entries.filter(isTranscript),
      ]),
    );
    const twice = (event: UnknownEvent) => [event, { ...event, event_id: "event_again" }];
    expectSame(eventsChanged(recording, "response.output_audio.delta", twice));
  });
});

describe("a service that differs", () => {
  it("by an event that comes instead of another is told at its line", () => {
    const other = eventsChanged(plain(), "response.content_part.added", (event) => [
      { ...event, type: "response.part.added" },
    ]);
    const comparison = compareWithRecording(other);
    expect(comparison.differences).toEqual([
      {
        type: "sequence",
        line: lineOf(other, "response.part.added"),
        before: ["response.created", "response.output_item.added", "conversation.item.added"],
        recorded: "response.part.added",
        emulated: "response.content_part.added",
      },
    ]);
    expect(comparisonText(comparison, { place: "talk.jsonl:" })).toContain(
      `talk.jsonl:${lineOf(other, "response.part.added")}  another event comes\n`,
    );
  });

  it("by an event that does not come, or comes besides, is told", () => {
    const without = eventsChanged(plain(), "response.output_item.done", () => []);
    expect(compareWithRecording(without).differences).toMatchObject([
      { type: "sequence", recorded: "response.done", emulated: "response.output_item.done" },
    ]);
    const besides = eventsChanged(plain(), "response.done", (event) => [event, { type: "mood.changed" }]);
    expect(compareWithRecording(besides).differences).toMatchObject([
      { type: "sequence", recorded: "mood.changed", emulated: undefined },
    ]);
  });

  it("by a field that is null, missing or new is told once, in the order of the recording", () => {
    const other = eventsChanged(plain(), "response.done", (event) => {
      const { usage: _, ...response } = event.response as UnknownEvent;
      return [{ ...event, response: { ...response, metadata: {}, mood: { is: "good" } } }];
    });
    const nulls = eventsChanged(other, "conversation.item.added", (event) => [
      { ...event, previous_item_id: 5 },
    ]);
    const shape = { type: "shape", event: "response.done" };
    expect(compareWithRecording(nulls).differences).toMatchObject([
      { type: "shape", event: "conversation.item.added", recorded: "number", emulated: "null" },
      { ...shape, path: "response.metadata", recorded: "object", emulated: "null" },
      { ...shape, path: "response.mood", recorded: "object", emulated: "missing" },
      { ...shape, path: "response.usage", recorded: "missing", emulated: "object" },
    ]);
  });

  it("by an index, a role, a status or the item before is told, by the ids that correspond", () => {
    const wrongs: [string, string, (event: UnknownEvent) => UnknownEvent][] = [
      ["response.output_text.delta", "output_index", (event) => ({ ...event, output_index: 7 })],
      ["response.output_text.done", "content_index", (event) => ({ ...event, content_index: 2 })],
      [
        "conversation.item.done",
        "item.role",
        (event) => ({ ...event, item: { ...(event.item as object), role: "system" } }),
      ],
      [
        "response.output_item.done",
        "item.status",
        (event) => ({ ...event, item: { ...(event.item as object), status: "incomplete" } }),
      ],
      [
        "conversation.item.added",
        "previous_item_id",
        (event) => (event.previous_item_id === null ? event : { ...event, previous_item_id: "item_wrong" }),
      ],
    ];
    for (const [type, path, wrong] of wrongs) {
      const other = eventsChanged(plain(), type, (event) => [wrong(event)]);
      const { differences } = compareWithRecording(other);
      expect(differences, path).toContainEqual(expect.objectContaining({ type: "value", event: type, path }));
      expect(differences).toHaveLength(1);
    }
  });

  it("so much that it cannot be compared is told with its line", () => {
    const other = eventsChanged(plain(), "response.done", ({ type, event_id }) => [{ type, event_id }]);
    expect(() => compareWithRecording(other)).toThrow(
      /^Line \d+ cannot be compared: response\.done .*response/,
    );
  });

  it("in what is known is no difference, and what is known and not there is not told", () => {
    const other = eventsChanged(plain(), "response.done", (event) => [
      { type: "mood.changed" },
      { ...event, mood: { is: "good" } },
    ]);
    const mood = { events: ["response.*"], what: "fields", paths: ["mood"], reason: "Moods." } as const;
    const moods = { events: ["mood.*"], what: "recorded only", reason: "Moods." } as const;
    const stale = { events: ["weather.*"], what: "recorded only", reason: "None." } as const;
    expect(compareWithRecording(other).differences).not.toEqual([]);
    expect(compareWithRecording(other, { known: [mood, moods, stale] })).toMatchObject({
      differences: [],
      known: [moods, mood],
    });
  });

  it("is asked for: a recording without a service is refused", () => {
    const silent = changed(plain(), (entries) => entries.filter(({ from }) => from === "client"));
    expect(() => compareWithRecording(silent)).toThrow(TypeError);
  });
});
