import { serverEvents } from "@duologue/protocol";
import { legalOrder } from "@duologue/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ConversationState,
  type FunctionCallItem,
  initialState,
  type MessageItem,
  reduce,
  restore,
  snapshot,
  textOf,
} from "../src/index.ts";
import {
  answerBegins,
  answerEnds,
  assistant,
  called,
  client,
  fold,
  heard,
  type LogEntry,
  local,
  opened,
  server,
  spoken,
  toolOutput,
} from "./wire.ts";

const ids = (state: ConversationState) => state.items.map(({ id }) => id);
/** Who wants an answer that nobody has asked for yet. */
const wanted = ({ turn }: ConversationState) =>
  turn.requests.flatMap(({ status, by }) => (status === "waiting" ? [by] : []));
const user = (id: string, text: string) => ({
  id,
  type: "message",
  role: "user",
  status: "completed",
  content: [{ type: "input_text", text }],
});

/** Two spoken turns with a tool between them, and a barge-in into the second answer. */
const session: LogEntry[] = [
  opened,
  server("session.created", { session: { type: "realtime", id: "sess_1" } }),
  ...heard("u1", null, "What is the weather?"),
  ...called("r1", "f1", "call_1", "u1"),
  toolOutput("call_1"),
  server("conversation.item.added", {
    previous_item_id: "f1",
    item: { id: "o1", type: "function_call_output", call_id: "call_1", output: "sunny" },
  }),
  server("conversation.item.done", {
    previous_item_id: "f1",
    item: { id: "o1", type: "function_call_output", call_id: "call_1", output: "sunny" },
  }),
  client({ type: "response.create", event_id: "tools_r1" }),
  ...answerBegins("r2", "a1", "o1"),
  ...spoken("r2", "a1", "It is sunny,", 1000),
  ...spoken("r2", "a1", " with a breeze.", 1000),
  ...answerEnds("r2", "a1", "o1", "It is sunny, with a breeze."),
  local({ type: "playback.progress", itemId: "a1", contentIndex: 0, heardMs: 600 }),
  ...heard("u2", "a1", "Wait!"),
  local({ type: "playback.flushed", itemId: "a1", contentIndex: 0, heardMs: 640 }),
  client({ type: "conversation.item.truncate", item_id: "a1", content_index: 0, audio_end_ms: 640 }),
  server("conversation.item.truncated", { item_id: "a1", content_index: 0, audio_end_ms: 640 }),
  ...answerBegins("r3", "a2", "u2"),
  ...spoken("r3", "a2", "Yes?", 300),
  ...answerEnds("r3", "a2", "u2", "Yes?"),
];

describe("reduce", () => {
  it("folds a conversation into items in order, with their final words, states and cuts", () => {
    const state = fold(session);
    expect(state.items.map((item) => (item.type === "message" ? textOf(item) : item.type))).toEqual([
      "What is the weather?",
      "function_call",
      "function_call_output",
      "It is sunny, with a breeze.",
      "Wait!",
      "Yes?",
    ]);
    expect(state.items.every(({ status }) => status === "completed")).toBe(true);
    expect(state.items[3]).toMatchObject({
      responseId: "r2",
      content: [{ audio: { receivedBytes: 96000, heardMs: 640, playback: "flushed", truncatedAtMs: 640 } }],
    });
    expect(state.responses.map(({ id, status }) => [id, status])).toEqual([
      ["r1", "completed"],
      ["r2", "completed"],
      ["r3", "completed"],
    ]);
    expect(state.detached).toEqual([]);
    expect(state.turn).toMatchObject({ userSpeaking: false, serverAnswers: false, unconfirmed: [] });
    expect(state.turn.requests).toMatchObject([{ by: "tools", status: "done", responseId: "r2" }]);
  });

  it("comes to the same state from every legal order", () => {
    const expected = fold(session);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const order = legalOrder(session, (choices) => stream.next().value % choices);
        expect(fold(order)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("really is given other orders", () => {
    let seed = 1;
    const next = (choices: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % choices;
    };
    const order = legalOrder(session, next);
    const moved = order.filter((entry, index) => entry !== session[index]).length;
    expect(moved).toBeGreaterThan(session.length / 4);
    expect(new Set(order)).toEqual(new Set(session));
  });

  it("survives JSON, and every state is plain", () => {
    session.reduce((state, entry) => {
      const next = reduce(state, entry);
      expect(JSON.parse(JSON.stringify(next))).toEqual(next);
      return next;
    }, initialState);
  });

  it("returns the same reference for entries that change nothing", () => {
    const state = fold(session);
    const repeated = [
      ...answerEnds("r3", "a2", "u2", "Yes?").filter(({ event }) => event.type !== "rate_limits.updated"),
      server("session.updated", { session: { type: "realtime", id: "sess_1" } }),
      server("conversation.item.truncated", { item_id: "a1", content_index: 0, audio_end_ms: 640 }),
      server("weather.changed", { to: "clear" }),
      server("input_audio_buffer.dtmf_event_received", { event: "1", received_at: 1 }),
      server("conversation.created", { conversation: { id: "c" } }),
      server("conversation.item.deleted", { item_id: "" }),
      client({ type: "conversation.item.retrieve", item_id: "a1" }),
      local({ type: "playback.progress", itemId: "a1", contentIndex: 0, heardMs: 100 }),
      local({ type: "frame.undecodable", from: "server", text: "{", reason: "cut" }),
      local({ type: "from.a.later.version" } as never),
      local({ type: "conversation.restored", state: { version: 1 } }),
      local({ type: "conversation.restored", state: {} }),
    ];
    for (const entry of repeated) expect(reduce(state, entry), entry.event.type).toBe(state);
  });

  it("never throws, whatever a server sends under known names, and always comes to a state", () => {
    const event = fc.record({
      type: fc.constantFrom(...knownTypes),
      fields: fc.dictionary(fc.constantFrom(...knownNames), almost),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const state = events.reduce(
          (next, { type, fields }) => reduce(next, server(type, fields)),
          fold(session.slice(0, 30)),
        );
        // Whatever came, it can be kept and comes back.
        expect(restore(snapshot(state))).toEqual(JSON.parse(JSON.stringify(state)));
      }),
      { numRuns: 2000 },
    );
  });
});

const knownTypes = [
  ...Object.keys(serverEvents),
  "conversation.item.input_audio_transcription.updated",
  "weather.changed",
];

/** Names that handlers look at. */
const knownNames = [
  ...["type", "id", "status", "role", "content", "name", "arguments", "call_id", "output", "object"],
  ...["item", "item_id", "response", "response_id", "content_index", "output_index", "previous_item_id"],
  ...["delta", "part", "text", "transcript", "image_url", "detail", "audio", "format", "rate"],
  ...["session", "error", "code", "message", "reason", "status_details", "event_id", "metadata"],
  ...["audio_end_ms", "usage", "total_tokens", "input_tokens", "seconds", "conversation_id", "languages"],
  ...["server_label", "tools", "approval_request_id", "approve", "start", "end", "speaker", "rate_limits"],
];

/** Values that mean something, in places where they mean something or nothing. */
const meaningful = [
  ...["u1", "a1", "f1", "r1", "r2", "call_1", "message", "function_call", "function_call_output", "mcp_call"],
  ...["mcp_list_tools", "mcp_approval_request", "mcp_approval_response", "user", "assistant", "system"],
  ...["in_progress", "completed", "incomplete", "cancelled", "text", "audio", "input_audio", "input_image"],
  ...["output_text", "output_audio", "input_text", "duration", "tokens", "root", "AAAA", "realtime"],
];

const { almost } = fc.letrec<{ almost: unknown }>((tie) => ({
  almost: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...meaningful),
    fc.constantFrom(null, true, false, 0, 1, -1, 0.5, ""),
    fc.array(tie("almost"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...knownNames), tie("almost"), { maxKeys: 6 }),
  ),
}));

describe("the order of items", () => {
  it("inserts behind a predecessor, at the root, and at the end", () => {
    const state = fold([
      server("conversation.item.added", { previous_item_id: null, item: user("a", "1") }),
      server("conversation.item.added", { previous_item_id: "a", item: user("c", "3") }),
      server("conversation.item.added", { previous_item_id: "a", item: user("b", "2") }),
      server("conversation.item.added", { previous_item_id: null, item: user("z", "0") }),
      server("conversation.item.created", { item: user("d", "4") }),
    ]);
    expect(ids(state)).toEqual(["z", "a", "b", "c", "d"]);
  });

  it("keeps items whose predecessor is unknown at the end, and moves them when it appears", () => {
    const late = fold([
      server("conversation.item.added", { previous_item_id: null, item: user("a", "1") }),
      server("conversation.item.added", { previous_item_id: "b", item: user("c", "3") }),
      server("conversation.item.added", { previous_item_id: "a", item: user("x", "9") }),
    ]);
    expect(ids(late)).toEqual(["a", "x", "c"]);
    expect(late.items[2]).toMatchObject({ awaits: "b" });
    const settled = fold(
      [server("conversation.item.added", { previous_item_id: "a", item: user("b", "2") })],
      late,
    );
    expect(ids(settled)).toEqual(["a", "b", "c", "x"]);
    expect(settled.items.some((item) => "awaits" in item)).toBe(false);
  });

  it("is decided by the first mention: a null in `done` says nothing", () => {
    const state = fold([
      server("conversation.item.added", { previous_item_id: null, item: user("a", "1") }),
      server("conversation.item.added", { previous_item_id: "a", item: assistant("b", "in_progress") }),
      server("conversation.item.done", { previous_item_id: null, item: assistant("b", "completed") }),
    ]);
    expect(ids(state)).toEqual(["a", "b"]);
  });

  it("goes on without a deleted item", () => {
    const state = fold([
      server("conversation.item.added", { previous_item_id: null, item: user("a", "1") }),
      server("conversation.item.added", { previous_item_id: "a", item: user("b", "2") }),
      server("conversation.item.deleted", { item_id: "a" }),
      server("conversation.item.added", { previous_item_id: "b", item: user("c", "3") }),
    ]);
    expect(ids(state)).toEqual(["b", "c"]);
  });

  it("leaves the items of an out-of-band response beside the conversation", () => {
    const state = fold([
      ...heard("u1", null, "Hi"),
      server("response.created", {
        response: { id: "r9", status: "in_progress", output: [], conversation_id: null },
      }),
      server("response.output_item.added", {
        response_id: "r9",
        output_index: 0,
        item: assistant("x1", "in_progress"),
      }),
      server("response.output_text.delta", {
        response_id: "r9",
        item_id: "x1",
        output_index: 0,
        content_index: 0,
        delta: "aside",
      }),
      server("response.done", {
        response: { id: "r9", status: "completed", output: [], conversation_id: null, usage: null },
      }),
    ]);
    expect(ids(state)).toEqual(["u1"]);
    expect(state.detached.map((item) => (item.type === "message" ? textOf(item) : ""))).toEqual(["aside"]);
    expect(state.responses[0]).toMatchObject({ outOfBand: true, status: "completed" });
  });

  it("forgets speech that was announced and then cleared", () => {
    const state = fold([
      server("input_audio_buffer.speech_started", { item_id: "u1", audio_start_ms: 0 }),
      server("input_audio_buffer.cleared"),
    ]);
    expect([state.items, state.detached]).toEqual([[], []]);
    expect(state.turn.userSpeaking).toBe(false);
  });
});

describe("transcripts of the user", () => {
  const part = (state: ConversationState) => (state.items[0] as MessageItem).content[0];

  it("may come before the item, and are not undone by its null", () => {
    const state = fold([
      server("conversation.item.input_audio_transcription.completed", {
        item_id: "u1",
        content_index: 0,
        transcript: "Early",
        usage: { type: "duration", seconds: 1 },
      }),
      ...heard("u1", null, "").slice(2, 5),
    ]);
    expect(part(state)).toMatchObject({ transcript: "Early", transcription: "completed" });
  });

  it("may fail, with the reason kept", () => {
    const state = fold([
      ...heard("u1", null, "").slice(0, 5),
      server("conversation.item.input_audio_transcription.failed", {
        item_id: "u1",
        content_index: 0,
        error: { type: "server_error", message: "unintelligible" },
      }),
    ]);
    expect(part(state)).toMatchObject({ transcription: "failed", error: "unintelligible" });
  });

  it("may be corrected by a further completion", () => {
    const again = server("conversation.item.input_audio_transcription.completed", {
      item_id: "u1",
      content_index: 0,
      transcript: "Corrected",
    });
    expect(part(fold([...heard("u1", null, "First"), again]))).toMatchObject({ transcript: "Corrected" });
  });
});

describe("what speakers said", () => {
  const segment = (id: string, speaker: string, start: number) =>
    server("conversation.item.input_audio_transcription.segment", {
      ...{ item_id: "u1", content_index: 0, id, speaker, start, end: start + 1, text: `${speaker}.` },
    });
  const part = (state: ConversationState) => (state.items[0] as MessageItem).content[0];

  it("is kept by time, once each, beside the whole transcript", () => {
    const state = fold([
      ...heard("u1", null, "").slice(0, 5),
      segment("s2", "B", 1.5),
      segment("s1", "?", 0.5),
      segment("s1", "A", 0.25),
      segment("s1", "A", 0.25),
      server("conversation.item.input_audio_transcription.completed", {
        ...{ item_id: "u1", content_index: 0, transcript: "A. B." },
        languages: [{ code: "en" }],
      }),
    ]);
    expect(part(state)).toEqual({
      type: "input_audio",
      transcript: "A. B.",
      transcription: "completed",
      languages: ["en"],
      segments: [
        { id: "s1", speaker: "A", text: "A.", startMs: 250, endMs: 1250 },
        { id: "s2", speaker: "B", text: "B.", startMs: 1500, endMs: 2500 },
      ],
    });
  });
});

describe("transcripts of xAI", () => {
  const updated = (transcript: string) =>
    server("conversation.item.input_audio_transcription.updated", { item_id: "u1", transcript });
  const completed = (transcript: string, status?: string) =>
    server("conversation.item.input_audio_transcription.completed", {
      ...{ item_id: "u1", content_index: 0, transcript, status },
    });
  const part = (state: ConversationState) => (state.items[0] as MessageItem).content[0];
  const spokenOf = heard("u1", null, "").slice(0, 5);

  it("replace what was understood before, until the last one", () => {
    const half = fold([...spokenOf, updated("what is"), updated("What's the")]);
    expect(part(half)).toMatchObject({ transcript: "What's the", transcription: "in_progress" });
    const more = fold([completed("What's the weather", "in_progress")], half);
    expect(part(more)).toMatchObject({ transcript: "What's the weather", transcription: "in_progress" });
    const whole = fold([completed("What's the weather?"), updated("too late")], more);
    expect(part(whole)).toMatchObject({ transcript: "What's the weather?", transcription: "completed" });
    // One that says of itself that it is not the last comes late behind that.
    expect(fold([completed("What's the weather", "in_progress")], whole)).toBe(whole);
  });

  it("come once, however late one of them is told again", () => {
    const greeted = fold([
      opened,
      server("session.created", { event_id: "e0", session: { type: "realtime" } }),
    ]);
    const named = (event_id: string, transcript: string) => {
      const { event } = completed(transcript, "in_progress");
      return server(event.type, { ...event, event_id });
    };
    const [first, second] = [named("e1", "What's the"), named("e2", "What's the weather")];
    const state = fold([...spokenOf, first, second], greeted);
    expect(part(state)).toMatchObject({ transcript: "What's the weather" });
    expect(fold([first, second], state)).toBe(state);
  });
});

describe("what an earlier session made", () => {
  const words = (id: string, text: string) => assistant(id, "completed", [{ type: "output_text", text }]);

  it("is not changed by the words in which the present one has it", () => {
    const before = fold([...session, local({ type: "link.switched", link: 2, reason: "reconnected" })]);
    const after = fold(
      [
        server("conversation.item.added", { previous_item_id: null, item: words("a1", "It is sunny,") }),
        server("conversation.item.done", { previous_item_id: null, item: words("a1", "It is sunny,") }),
      ],
      before,
    );
    expect(after.items[3]).toEqual({ ...before.items[3], standing: "rebuilt" });
    expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
  });
});

describe("responses", () => {
  it("that end cancelled leave their items cancelled, and are known without a `created`", () => {
    const cancelled = fold([
      ...answerBegins("r1", "a1", null),
      ...spoken("r1", "a1", "I was about", 400),
      server("response.done", {
        response: {
          id: "r1",
          status: "cancelled",
          status_details: { type: "cancelled", reason: "turn_detected" },
          output: [],
          conversation_id: "c",
          usage: null,
        },
      }),
    ]);
    expect(cancelled.responses[0]).toMatchObject({ status: "cancelled", reason: "turn_detected" });
    expect(cancelled.items[0]).toMatchObject({ status: "cancelled" });
    const unseen = fold([
      server("response.done", { response: { id: "r2", status: "failed", status_details: null, output: [] } }),
    ]);
    expect(unseen.responses).toMatchObject([{ id: "r2", status: "failed" }]);
  });

  it("are forgotten, the oldest first, with what they made beside the conversation", () => {
    const many = Array.from({ length: 300 }, (_, index) => {
      const response = { id: `r${index}`, conversation_id: null, output: [], usage: { total_tokens: 2 } };
      return [
        server("response.created", { response: { ...response, status: "in_progress" } }),
        server("response.output_item.added", {
          response_id: `r${index}`,
          output_index: 0,
          item: assistant(`x${index}`, "in_progress"),
        }),
        // The first one goes on until the end.
        ...(index === 0 ? [] : [server("response.done", { response: { ...response, status: "completed" } })]),
      ];
    });
    const running = fold(many.flat());
    const kept = [0, ...Array.from({ length: 255 }, (_, index) => index + 45)];
    expect(running.responses.map(({ id }) => id)).toEqual(kept.map((index) => `r${index}`));
    const end = server("response.done", {
      response: { id: "r0", status: "completed", conversation_id: null, output: [] },
    });
    const { responses, detached, usage } = fold([end], running);
    expect(responses.map(({ id }) => id)).toEqual(kept.map((index) => `r${index}`));
    expect(detached.map(({ id }) => id)).toEqual(kept.map((index) => `x${index}`));
    expect(usage.totalTokens).toBe(2 * 299);
  });

  it("and what stands beside the conversation take no memory without end, what is over going first", () => {
    const unending = Array.from({ length: 1500 }, (_, index) =>
      server("response.created", { response: { id: `n${index}`, status: "in_progress", output: [] } }),
    );
    expect(fold(unending).responses).toHaveLength(1024);
    const made = (id: string, end: "added" | "done") =>
      server(`response.output_item.${end}`, {
        response_id: "beside",
        output_index: 0,
        item: assistant(id, end === "done" ? "completed" : "in_progress"),
      });
    const beside = [
      made("growing", "added"),
      ...Array.from({ length: 150 }, (_, index) =>
        server("conversation.item.input_audio_transcription.delta", { item_id: `u${index}`, delta: "Hi" }),
      ),
      ...Array.from({ length: 150 }, (_, index) => made(`x${index}`, "done")),
    ];
    const ids = (entries: readonly LogEntry[]) => fold(entries).detached.map(({ id }) => id);
    expect(ids(beside)).toHaveLength(256);
    expect(ids(beside).slice(0, 152)).toEqual([
      "growing",
      ...Array.from({ length: 150 }, (_, index) => `u${index}`),
      "x45",
    ]);
    const never = beside.slice(0, 151);
    const later = never.map(({ event }) =>
      server(event.type, { ...event, item_id: `later ${"item_id" in event ? event.item_id : ""}` }),
    );
    expect(ids([...never, ...later.slice(1)])).toEqual(expect.arrayContaining(["growing", "later u149"]));
    expect(ids([...never, ...later.slice(1)])).toHaveLength(256);
  });

  it("that are asked for and never heard of again take none either", () => {
    const asked = Array.from({ length: 900 }, (_, index) =>
      client({ type: "response.create", event_id: `mine${index}` }),
    );
    const { requests } = fold(asked).turn;
    expect(requests.length).toBeLessThanOrEqual(288);
    expect(requests.at(-1)).toMatchObject({ id: "mine899", status: "asked" });
  });

  it("that fail keep the code and the sentence, though no error event comes", () => {
    const state = fold([
      server("response.done", {
        response: {
          id: "r1",
          status: "failed",
          status_details: {
            type: "failed",
            error: { type: "tokens", code: "rate_limit_exceeded", message: "Wait 3 s." },
          },
          output: [],
        },
      }),
    ]);
    expect(state.responses[0]).toMatchObject({ reason: "rate_limit_exceeded", message: "Wait 3 s." });
  });

  it("are interrupted by the user's voice, unless the session forbids that", () => {
    const speaks = server("input_audio_buffer.speech_started", { item_id: "u2", audio_start_ms: 0 });
    const running = answerBegins("r1", "a1", null);
    expect(fold([...running, speaks]).responses[0]?.interrupted).toBe(true);
    const forbids = server("session.updated", {
      session: {
        type: "realtime",
        audio: { input: { turn_detection: { type: "server_vad", interrupt_response: false } } },
      },
    });
    expect(fold([forbids, ...running, speaks]).responses[0]?.interrupted).toBe(false);
  });
});

describe("function calls", () => {
  it("stream their arguments, and know when they were answered", () => {
    const begun = called("r1", "f1", "call_1", null);
    const half = fold(begun.slice(0, 4));
    expect(half.items[0]).toMatchObject({ arguments: '{"city":', status: "in_progress" });
    const whole = fold(begun);
    expect(whole.items[0]).toMatchObject({
      arguments: '{"city":"Lisbon"}',
      status: "completed",
      answered: false,
    });
    expect(wanted(whole)).toEqual([]);
    const answered = fold([toolOutput("call_1")], whole);
    expect((answered.items[0] as FunctionCallItem).answered).toBe(true);
    expect(wanted(answered)).toEqual(["tools"]);
  });

  it("are waited for until the last one is answered, whichever comes last: the output or the end", () => {
    const early = fold([...called("r1", "f1", "call_1", null).slice(0, 6), toolOutput("call_1")]);
    expect(wanted(early)).toEqual([]);
    const done = fold(called("r1", "f1", "call_1", null).slice(6), early);
    expect(wanted(done)).toEqual(["tools"]);
  });
});

describe("where the server plays", () => {
  it("its buffer events and its own cut say what was heard", () => {
    const media = local({ type: "link.opened", transport: "webrtc", audio: "media" });
    const words = server("response.output_audio_transcript.delta", {
      response_id: "r1",
      item_id: "a1",
      output_index: 0,
      content_index: 0,
      delta: "Hello there",
    });
    const playing = fold([
      media,
      ...answerBegins("r1", "a1", null),
      words,
      server("output_audio_buffer.started", { response_id: "r1" }),
    ]);
    expect(playing.items[0]).toMatchObject({ content: [{ audio: { playback: "playing" } }] });
    const cut = fold(
      [
        server("output_audio_buffer.cleared", { response_id: "r1" }),
        server("conversation.item.truncated", { item_id: "a1", content_index: 0, audio_end_ms: 800 }),
      ],
      playing,
    );
    expect(cut.items[0]).toMatchObject({
      content: [{ audio: { playback: "flushed", truncatedAtMs: 800, heardMs: 800 } }],
    });
  });
});
