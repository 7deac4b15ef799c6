import type { ClientEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  type ConversationState,
  type ImagePart,
  isQuiet,
  type MessageItem,
  toHistory,
} from "../src/index.ts";
import {
  answerBegins,
  answerEnds,
  called,
  client,
  fold,
  heard,
  local,
  opened,
  server,
  spoken,
  toolOutput,
} from "./wire.ts";

/** Who wants an answer that nobody has asked for yet. */
const wanted = ({ turn }: ConversationState) =>
  turn.requests.flatMap(({ status, by }) => (status === "waiting" ? [by] : []));

const output = (callId: string, previous: string) =>
  server("conversation.item.added", {
    previous_item_id: previous,
    item: { id: "o1", type: "function_call_output", call_id: callId, output: "sunny" },
  });

const turn = [
  opened,
  ...heard("u1", null, "What is the weather?"),
  ...called("r1", "f1", "call_1", "u1"),
  toolOutput("call_1"),
  output("call_1", "f1"),
  client({ type: "response.create", event_id: "tools_r1" }),
  ...answerBegins("r2", "a1", "o1"),
  ...spoken("r2", "a1", "It is sunny, with a light breeze.", 1000),
  ...answerEnds("r2", "a1", "o1", "It is sunny, with a light breeze."),
];
const finished = local({ type: "playback.finished", itemId: "a1", contentIndex: 0, heardMs: 1000 });
const flushed = local({ type: "playback.flushed", itemId: "a1", contentIndex: 0, heardMs: 400 });

describe("toHistory", () => {
  it("tells everything in order, under the same ids, speech in words", () => {
    expect(toHistory(fold([...turn, finished]))).toEqual([
      {
        type: "conversation.item.create",
        item: {
          id: "u1",
          type: "message",
          role: "user",
          content: [{ type: "input_text", text: "What is the weather?" }],
        },
      },
      {
        type: "conversation.item.create",
        item: {
          id: "f1",
          type: "function_call",
          call_id: "call_1",
          name: "get_weather",
          arguments: '{"city":"Lisbon"}',
        },
      },
      {
        type: "conversation.item.create",
        item: { id: "o1", type: "function_call_output", call_id: "call_1", output: "sunny" },
      },
      {
        type: "conversation.item.create",
        item: {
          id: "a1",
          type: "message",
          role: "assistant",
          content: [{ type: "output_text", text: "It is sunny, with a light breeze." }],
        },
      },
    ]);
  });

  it("tells only the heard part of an answer that was cut, and nothing of one that was never heard", () => {
    const last = (state: ReturnType<typeof fold>) => toHistory(state).at(-1);
    expect(last(fold([...turn, flushed]))).toMatchObject({ item: { content: [{ text: "It is sunny," }] } });
    const unheard = local({ type: "playback.flushed", itemId: "a1", contentIndex: 0, heardMs: 0 });
    expect(last(fold([...turn, unheard]))).toMatchObject({ item: { id: "o1" } });
  });

  it("tells later only what changed since: new items, changed ones anew, deleted ones away", () => {
    const before = fold([...turn, finished]);
    const seeded = toHistory(before);
    expect(toHistory(before, { seeded })).toEqual([]);
    const after = fold(
      [server("conversation.item.deleted", { item_id: "u1" }), ...heard("u2", "a1", "And tomorrow?")],
      before,
    );
    const more = toHistory(after, { seeded });
    expect(more).toMatchObject([
      { type: "conversation.item.delete", item_id: "u1" },
      { type: "conversation.item.create", item: { id: "u2" } },
    ]);
    expect(toHistory(after, { seeded: [...seeded, ...more] })).toEqual([]);
    const cut = toHistory(fold([...turn, flushed]), { seeded });
    expect(cut).toMatchObject([
      { type: "conversation.item.delete", item_id: "a1" },
      { type: "conversation.item.create", item: { id: "a1" } },
    ]);
  });

  it("tells calls that nobody has answered only where their tools still run", () => {
    const open = fold([opened, ...heard("u1", null, "Hi"), ...called("r1", "f1", "call_1", "u1")]);
    const tellers = (commands: readonly ClientEvent[]) =>
      commands.map((command) => (command as Create).item.id);
    expect(tellers(toHistory(open))).toEqual(["u1"]);
    expect(tellers(toHistory(open, { openCalls: true }))).toEqual(["u1", "f1"]);
  });

  it("puts pictures into words where somebody does that", () => {
    const image = {
      id: "u1",
      type: "message",
      role: "user",
      content: [
        { type: "input_text", text: "Look" },
        { type: "input_image", image_url: "data:image/png;base64,AAAA", detail: "low" },
      ],
    };
    const state = fold([server("conversation.item.added", { previous_item_id: null, item: image })]);
    const ended = fold([server("conversation.item.done", { item: image })], state);
    const content = (command: ClientEvent | undefined) => ((command as Create).item as MessageShape).content;
    expect(content(toHistory(ended)[0])).toEqual(image.content);
    const describeImage = ({ detail }: ImagePart, { id }: MessageItem) => `a ${detail} picture in ${id}`;
    expect(content(toHistory(ended, { describeImage })[0])).toEqual([
      { type: "input_text", text: "Look" },
      { type: "input_text", text: "a low picture in u1" },
    ]);
  });

  it("takes what speakers said for the words where no whole transcript came", () => {
    const spokenBy = (id: string, speaker: string, text: string, start: number) =>
      server("conversation.item.input_audio_transcription.segment", {
        ...{ item_id: "u1", content_index: 0, id, speaker, text, start, end: start + 1 },
      });
    const state = fold([
      ...heard("u1", null, "").slice(0, 5),
      spokenBy("s2", "B", "Good evening.", 2),
      spokenBy("s1", "A", "Good morning.", 0.5),
    ]);
    expect((toHistory(state)[0] as Create).item).toMatchObject({
      content: [{ type: "input_text", text: "Good morning. Good evening." }],
    });
  });

  it("marks speech that nobody transcribed, keeps pictures, and leaves out what still grows", () => {
    const image = {
      id: "u2",
      type: "message",
      role: "user",
      status: "completed",
      content: [
        { type: "input_text", text: "Look" },
        { type: "input_image", image_url: "data:image/png;base64,AAAA" },
      ],
    };
    const state = fold([
      ...heard("u1", null, "").slice(0, 5),
      server("conversation.item.added", { previous_item_id: "u1", item: image }),
      ...answerBegins("r1", "a1", "u2"),
      ...spoken("r1", "a1", "Nice", 100),
    ]);
    expect(toHistory(state).map((command) => (command as Create).item)).toMatchObject([
      { id: "u1", content: [{ type: "input_text", text: "[speech without a transcript]" }] },
      {
        id: "u2",
        content: [{ text: "Look" }, { type: "input_image", image_url: "data:image/png;base64,AAAA" }],
      },
    ]);
  });
});

type Create = Extract<ClientEvent, { type: "conversation.item.create" }>;
type MessageShape = Extract<Create["item"], { type: "message" }>;

describe("isQuiet", () => {
  it("when everything is said, heard and understood", () => {
    expect(isQuiet(fold([opened]))).toBe(true);
    expect(isQuiet(fold([...turn, finished]))).toBe(true);
  });

  it.each([
    ["an answer is generated", [...turn, finished, ...answerBegins("r3", "a2", "a1")]],
    [
      "an answer is heard",
      [...turn, local({ type: "playback.progress", itemId: "a1", contentIndex: 0, heardMs: 20 })],
    ],
    ["the user speaks", [server("input_audio_buffer.speech_started", { item_id: "u9", audio_start_ms: 0 })]],
    ["the server is about to answer", heard("u9", null, "Hi")],
    ["a tool runs", called("r1", "f1", "call_1", null)],
    ["an answer is wanted", [local({ type: "response.requested" })]],
    ["an answer is asked for", [client({ type: "response.create" })]],
  ])("not while %s", (_, entries) => {
    expect(isQuiet(fold([opened, ...entries]))).toBe(false);
  });

  it("not before the user's words are there, where they are going to come", () => {
    const transcribes = server("session.updated", {
      session: {
        type: "realtime",
        audio: { input: { transcription: { model: "whisper-1" }, turn_detection: null } },
      },
    });
    const [, , committed, added, done, delta, completed] = heard("u1", null, "Hi");
    const spokenOf = [opened, transcribes, committed!, added!, done!];
    expect(isQuiet(fold(spokenOf))).toBe(false);
    expect(isQuiet(fold([...spokenOf, delta!]))).toBe(false);
    expect(isQuiet(fold([...spokenOf, delta!, completed!]))).toBe(true);
  });
});

describe("a session that takes the place of another", () => {
  const told = (id: string) =>
    local({
      type: "link.frame",
      link: 2,
      from: "server",
      event: {
        type: "conversation.item.added",
        item: { id, type: "message", role: "user", content: [] },
      } as never,
    });
  const greeted = local({
    type: "link.frame",
    link: 2,
    from: "server",
    event: { type: "session.created", session: { type: "realtime", id: "sess_2" } },
  });
  const switched = local({ type: "link.switched", link: 2, reason: "rolled over" });

  it("brings its configuration, and knows which items it has", () => {
    const state = fold([...turn, finished, greeted, told("u1"), told("o1"), switched]);
    expect(state.session).toMatchObject({ id: "sess_2" });
    expect(state.items.map(({ id, standing }) => [id, standing])).toEqual([
      ["u1", "rebuilt"],
      ["f1", "absent"],
      ["o1", "rebuilt"],
      ["a1", "absent"],
    ]);
    expect(state.successor).toBeNull();
  });

  it("names predecessors as it knows them: what it does not have keeps its place before what follows", () => {
    const state = fold([
      ...turn,
      finished,
      greeted,
      told("u1"),
      told("o1"),
      switched,
      ...heard("u2", "o1", "Next"),
    ]);
    expect(state.items.map(({ id }) => id)).toEqual(["u1", "f1", "o1", "a1", "u2"]);
  });

  it("changes nothing of the conversation before it takes over", () => {
    const before = fold([...turn, finished]);
    const after = fold([greeted, told("u1")], before);
    expect(after.items).toBe(before.items);
    expect(after.session).toBe(before.session);
  });

  it("finds a response that ran ended, and one that was due wanted again", () => {
    const cut = fold([
      opened,
      ...answerBegins("r1", "a1", null),
      ...spoken("r1", "a1", "I was", 100),
      local({ type: "link.closed", code: 1006, reason: "" }),
    ]);
    expect(cut.responses[0]).toMatchObject({ status: "incomplete", reason: "link_lost" });
    expect(cut.items[0]).toMatchObject({ status: "incomplete" });
    expect(wanted(cut)).toEqual([]);
    const due = fold([
      opened,
      ...heard("u1", null, "Hi"),
      local({ type: "link.closed", code: 1006, reason: "" }),
    ]);
    expect(wanted(due)).toEqual(["server"]);
  });
});
