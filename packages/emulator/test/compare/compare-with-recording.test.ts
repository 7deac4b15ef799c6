import { type Entry, type Recording, readRecording, recordingHeader, recordingLine } from "@duologue/core";
import type { ClientEvent, UnknownEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { scenarioOf } from "../../src/brain/scenario-of.ts";
import { compareWithRecording } from "../../src/compare/compare-with-recording.ts";
import { comparisonText } from "../../src/compare/comparison-text.ts";
import type { EngineInput } from "../../src/engine/engine-input.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import type { InterruptionStep } from "../../src/engine/unsettled.ts";
import { base64, conversation, only, silence, speech, typesOf, userText } from "../support/conversation.ts";

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
    /** Says something on the microphone of a media track, which nobody notes. */
    say(words: string, silenceMs = 600) {
      const samples = speech(words, silenceMs);
      for (let at = 0; at < samples.length; at += 480) {
        this.wait(20);
        note(talk.feed({ type: "microphone", atMs: talk.nowMs, samples: samples.subarray(at, at + 480) }));
      }
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

/** A session with a service that has voices of its own. */
function ofOtherVoices(): Recording {
  const session = noted({ voices: null });
  const audio = { output: { voice: "ara" } };
  session.send({ type: "session.update", session: { type: "realtime", audio } });
  session.send({ type: "response.create", response: { audio: { output: { voice: "rex" } } } });
  session.wait(3000);
  return session.recording;
}

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

  it("with voices that only this service has", () => {
    expectSame(ofOtherVoices());
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

describe("a session on a media track", () => {
  const say = "It is a lamp, of brass, with a green shade, and it stands on the table by the window.";
  const spoken = (talksMs = 1200, interruptionOrder?: readonly InterruptionStep[]) => {
    const settings = {
      scenario: {
        turns: [
          { heard: "What is it?", say },
          { heard: "Wait", say: "Yes?" },
        ],
      },
      ...(interruptionOrder && { unsettled: { interruptionOrder } }),
    };
    const session = noted(settings, { audio: "media" });
    session.say("What is it?");
    session.wait(talksMs);
    session.say("Wait");
    session.wait(4000);
    const opened = { type: "link.opened", transport: "webrtc", audio: "media" } as const;
    return changed(session.recording, (entries) => [
      { at: null, from: "local", event: opened },
      ...entries.map((entry, index) => ({ ...entry, at: index * 40 })),
    ]);
  };

  it("is compared but for its tracks, also where the user interrupts", () => {
    const recording = spoken();
    const types = recording.entries.map(({ event }) => event.type);
    for (const type of ["stopped", "cleared"]) expect(types).toContain(`output_audio_buffer.${type}`);
    expect(types).toContain("conversation.item.truncated");
    const comparison = compareWithRecording(recording);
    expect(comparison.differences, comparisonText(comparison, { all: true })).toEqual([]);
    expect(comparison.uncompared).toEqual(["microphone", "loudspeaker"]);
    expect(comparisonText(comparison)).toContain(
      "not in a recording, and not compared: microphone, loudspeaker",
    );
    expect(compareWithRecording(plain()).uncompared).toEqual([]);
  });

  it("is interrupted in the order of the recording", () => {
    const order = ["response.done", "conversation.item.truncated", "output_audio_buffer.cleared"] as const;
    const comparison = compareWithRecording(spoken(0, order));
    expect(comparison.settled.interruptionOrder).toEqual(order);
    expect(comparison.differences).toEqual([]);
  });

  it("differs where an event does", () => {
    const shortened = eventsChanged(spoken(), "output_audio_buffer.cleared", () => []);
    expect(compareWithRecording(shortened).differences).toMatchObject([
      { type: "sequence", recorded: "output_audio_buffer.started", emulated: "output_audio_buffer.cleared" },
    ]);
  });

  it("sounds for as long as it sounded when it is played as a server", () => {
    const talk = conversation({ scenario: scenarioOf(spoken()) });
    talk.open({ audio: "media" });
    talk.send({ type: "response.create" });
    talk.advance(60_000);
    talk.send({ type: "response.create" });
    const second = talk.advance(60_000);
    expect(typesOf(second)).toContain("output_audio_buffer.stopped");
  });
});

describe("a session with several links", () => {
  const link = (entries: readonly Entry[], number: number, isAside: boolean): Entry[] =>
    entries.flatMap((entry): Entry[] => {
      if (!isAside || entry.from === "local") return [entry];
      const { at, from, event } = entry;
      return [{ at, from: "local", event: { type: "link.frame", link: number, from, event } }];
    });
  const local = (event: Extract<Entry, { from: "local" }>["event"]): Entry => ({
    at: null,
    from: "local",
    event,
  });
  const opened = local({ type: "link.opened", transport: "websocket", audio: "events" });

  /** One link after the other, of which the second was made ready aside, and one more that never was. */
  const switched = (second: Recording = plain()) => {
    const ready = second.entries.slice(0, 3);
    return recordingOf([
      opened,
      ...plain().entries,
      ...link(plain().entries.slice(0, 1), 2, true),
      local({ type: "link.ended", link: 2, code: 1006, reason: "" }),
      ...link(ready, 3, true),
      local({ type: "link.switched", link: 3, reason: "rolled over" }),
      ...second.entries.slice(ready.length),
    ]);
  };

  it("is compared link by link", () => {
    const comparison = compareWithRecording(switched());
    const { events } = compareWithRecording(plain());
    expect(comparison).toMatchObject({ differences: [], links: 3, events: 2 * events + 1 });
    expect(comparisonText(comparison)).toContain(`${2 * events + 1} events of 3 links compared`);
  });

  it("is told of with the line and the link that differs", () => {
    const other = eventsChanged(plain(), "response.output_text.done", () => []);
    const recording = switched(other);
    const { differences } = compareWithRecording(recording);
    expect(differences).toMatchObject([
      {
        type: "sequence",
        link: 3,
        recorded: "response.content_part.done",
        emulated: "response.output_text.done",
      },
    ]);
    const { line = 0 } = differences[0] ?? {};
    const index = recording.lines.indexOf(line);
    expect(recording.entries[index]?.event.type).toBe("response.content_part.done");
    expect(index).toBeGreaterThan(plain().entries.length + 5);
    const cut = changed(switched(), (entries) =>
      entries.filter(({ event }, at) => at < 30 || event.type !== "response.output_item.done"),
    );
    expect(compareWithRecording(cut).differences).toMatchObject([{ link: 3 }]);
  });

  it("is told of with the link whose end is meant", () => {
    const comparison = compareWithRecording(switched());
    const end = {
      type: "sequence",
      link: 3,
      line: undefined,
      before: [],
      recorded: "x",
      emulated: "y",
    } as const;
    expect(comparisonText({ ...comparison, differences: [end] })).toMatch(
      /^behind the last event of link 3 {2}another event comes/,
    );
    expect(comparisonText({ ...comparison, links: 1, differences: [end] })).toMatch(
      /^behind the last event {2}another event comes/,
    );
  });

  it("has another one where one is opened after the end of the last, and nothing tells of a switch", () => {
    const closed = local({ type: "link.closed", code: 1006, reason: "" });
    const twice = [opened, ...plain().entries, closed, opened, ...plain().entries];
    expect(compareWithRecording(recordingOf(twice))).toMatchObject({ differences: [], links: 2 });
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
        link: 1,
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

  it("is none in a session that ended because its time was up", () => {
    const session = noted({ expireAfterMs: 300, scenario: { turns: [{ say: "It is a lamp." }] } });
    session.send({ type: "conversation.item.create", item: ask });
    session.send({ type: "response.create" });
    session.wait(1000);
    const { recording } = session;
    expect(recording.entries.at(-1)?.event).toMatchObject({
      type: "error",
      error: { code: "session_expired" },
    });
    expect(compareWithRecording(recording).differences).toEqual([]);
  });

  it("is asked for: a recording without a service is refused", () => {
    const silent = changed(plain(), (entries) => entries.filter(({ from }) => from === "client"));
    expect(() => compareWithRecording(silent)).toThrow(TypeError);
  });
});
