import type { ClientEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { type ConversationState, type FindingCode, lint } from "../src/index.ts";
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
  spoken,
} from "./wire.ts";

const codes = (state: ConversationState, command: ClientEvent, options = {}) =>
  lint(state, command, options).map(({ code }) => code);
const having = (...entries: readonly LogEntry[]) => fold([opened, ...entries]);
const session = (fields: object) => server("session.updated", { session: { type: "realtime", ...fields } });
const update = (fields: object) =>
  ({ type: "session.update", session: { type: "realtime", ...fields } }) as ClientEvent;
const append = (ms: number): ClientEvent => ({
  type: "input_audio_buffer.append",
  audio: Buffer.alloc(ms * 48).toString("base64"),
});
const commit: ClientEvent = { type: "input_audio_buffer.commit" };
const manual = session({ audio: { input: { turn_detection: null } } });
const create = (item: object, more: object = {}) =>
  ({ type: "conversation.item.create", item, ...more }) as ClientEvent;
const typed = { type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] };
const truncate = (item_id: string, audio_end_ms: number, content_index = 0): ClientEvent => ({
  type: "conversation.item.truncate",
  item_id,
  content_index,
  audio_end_ms,
});
const answer = [...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "Hello", 1000)];
const answered = [...answer, ...answerEnds("r1", "a1", null, "Hello")];
const media = local({ type: "link.opened", transport: "webrtc", audio: "media" });
const approval = {
  id: "q1",
  type: "mcp_approval_request",
  server_label: "docs",
  name: "search",
  arguments: "{}",
};

describe("lint", () => {
  it.each<[string, ConversationState, ClientEvent, FindingCode | undefined]>([
    ["sound that is sent", having(), append(20), undefined],
    [
      "speech and text at once",
      having(session({})),
      update({ output_modalities: ["audio", "text"] }),
      "one_modality",
    ],
    [
      "the same in one answer",
      having(),
      { type: "response.create", response: { output_modalities: ["text", "audio"] } },
      "one_modality",
    ],
    ["speech alone", having(session({})), update({ output_modalities: ["audio"] }), undefined],
    [
      "both where the service does both",
      having(session({ output_modalities: ["audio", "text"] })),
      update({ output_modalities: ["text", "audio"] }),
      undefined,
    ],
    ["sound over a media track", fold([media]), append(20), "media_owns_audio"],
    ["an empty commit", having(manual), commit, "commit_too_short"],
    ["a short commit", having(manual, client(append(99))), commit, "commit_too_short"],
    ["a commit of 100 ms", having(manual, client(append(60)), client(append(40))), commit, undefined],
    ["a second commit", having(manual, client(append(200)), client(commit)), commit, "commit_too_short"],
    [
      "a commit after a clear",
      having(manual, client(append(200)), client({ type: "input_audio_buffer.clear" })),
      commit,
      "commit_too_short",
    ],
    [
      "a commit where the server empties the buffer by itself",
      having(session({}), client(append(200)), client(commit), ...heard("u1", null, "Hi")),
      commit,
      undefined,
    ],
    ["a commit over a media track", fold([media, manual]), commit, undefined],
    [
      "a commit in another session",
      having(manual, client(append(200)), local({ type: "link.switched", link: 2, reason: "rolled over" })),
      commit,
      "commit_too_short",
    ],

    [
      "clearing what the client plays",
      having(),
      { type: "output_audio_buffer.clear" },
      "client_owns_playback",
    ],
    ["clearing what the server plays", fold([media]), { type: "output_audio_buffer.clear" }, undefined],

    ["an item", having(), create(typed), undefined],
    ["an item at the beginning", having(), create(typed, { previous_item_id: "root" }), undefined],
    ["an item of an id that is taken", having(...answered), create({ ...typed, id: "a1" }), "duplicate_item"],
    [
      "an item of an id that is on its way",
      having(client(create({ ...typed, id: "u1" }))),
      create({ ...typed, id: "u1" }),
      "duplicate_item",
    ],
    ["a known predecessor", having(...answered), create(typed, { previous_item_id: "a1" }), undefined],
    [
      "a predecessor that is on its way",
      having(client(create({ ...typed, id: "u1" }))),
      create(typed, { previous_item_id: "u1" }),
      undefined,
    ],
    ["an unknown predecessor", having(), create(typed, { previous_item_id: "x" }), "unknown_predecessor"],
    [
      "an output",
      having(...called("r1", "f1", "call_1", null)),
      create({ type: "function_call_output", call_id: "call_1", output: "" }),
      undefined,
    ],
    [
      "an output of nothing",
      having(),
      create({ type: "function_call_output", call_id: "call_1", output: "" }),
      "unknown_call",
    ],
    [
      "an answer to a request",
      having(server("conversation.item.done", { item: approval })),
      create({ type: "mcp_approval_response", approval_request_id: "q1", approve: true }),
      undefined,
    ],
    [
      "an answer to nothing",
      having(),
      create({ type: "mcp_approval_response", approval_request_id: "q1", approve: true }),
      "unknown_approval",
    ],
    ["an item of the service", having(), create({ ...approval, id: "q2" }), "service_item"],
    [
      "speech of the assistant",
      having(),
      create({ type: "message", role: "assistant", content: [{ type: "output_audio", transcript: "Hi" }] }),
      "assistant_sound",
    ],

    [
      "deleting what is there",
      having(...answered),
      { type: "conversation.item.delete", item_id: "a1" },
      undefined,
    ],
    ["deleting nothing", having(), { type: "conversation.item.delete", item_id: "a1" }, "unknown_item"],
    ["fetching nothing", having(), { type: "conversation.item.retrieve", item_id: "a1" }, "unknown_item"],
    [
      "deleting what a later session does not have",
      having(...answered, local({ type: "link.switched", link: 2, reason: "rolled over" })),
      { type: "conversation.item.delete", item_id: "a1" },
      "unknown_item",
    ],

    ["a cut", having(...answered), truncate("a1", 1000), undefined],
    ["a cut of what is being made", having(...answer), truncate("a1", 1000), undefined],
    ["a cut beyond the sound", having(...answered), truncate("a1", 1001), "beyond_audio"],
    [
      "a cut beyond a cut",
      having(
        ...answered,
        server("conversation.item.truncated", { item_id: "a1", content_index: 0, audio_end_ms: 400 }),
      ),
      truncate("a1", 500),
      "beyond_audio",
    ],
    ["a cut of the user", having(...heard("u1", null, "Hi")), truncate("u1", 10), "not_assistant_speech"],
    ["a cut of another part", having(...answered), truncate("a1", 10, 1), "not_assistant_speech"],
    [
      "a cut before any sound",
      having(...answerBegins("r1", "a1", null)),
      truncate("a1", 0),
      "not_assistant_speech",
    ],
    ["a cut of nothing", having(), truncate("a1", 0), "unknown_item"],
    ["a cut over a media track", fold([media, ...answered]), truncate("a1", 5000), undefined],

    ["a response", having(...answered), { type: "response.create" }, undefined],
    ["a response beside another", having(...answer), { type: "response.create" }, "response_active"],
    [
      "a response out of band",
      having(...answer),
      { type: "response.create", response: { conversation: "none" } },
      undefined,
    ],
    [
      "a response to what is not there",
      having(),
      { type: "response.create", response: { input: [{ type: "item_reference", id: "x" }] } },
      "unknown_item",
    ],
    [
      "a response in a transcription session",
      having(server("session.created", { session: { type: "transcription" } })),
      { type: "response.create" },
      "transcription_only",
    ],
    [
      "a response over the budget",
      having(local({ type: "budget.reached", limit: "tokens", spent: 2, most: 1 })),
      { type: "response.create" },
      "budget_reached",
    ],
    ["cancelling nothing, which does no harm", having(), { type: "response.cancel" }, undefined],

    ["the same model", having(session({ model: "m" })), update({ model: "m" }), undefined],
    ["another model", having(session({ model: "m" })), update({ model: "n" }), "model_fixed"],
    [
      "another kind of session",
      having(session({})),
      { type: "session.update", session: { type: "transcription" } },
      "session_type_fixed",
    ],
    [
      "another voice before a word was said",
      having(session({ audio: { output: { voice: "alloy" } } })),
      update({ audio: { output: { voice: "marin" } } }),
      undefined,
    ],
    [
      "another voice",
      having(session({ audio: { output: { voice: "alloy" } } }), ...answered),
      update({ audio: { output: { voice: "marin" } } }),
      "voice_fixed",
    ],
    [
      "another voice where the server has played",
      fold([
        media,
        session({ audio: { output: { voice: "alloy" } } }),
        server("output_audio_buffer.started", { response_id: "r1" }),
      ]),
      update({ audio: { output: { voice: "marin" } } }),
      "voice_fixed",
    ],
    [
      "another speed while a response is made",
      having(session({ audio: { output: { speed: 1 } } }), ...answer),
      update({ audio: { output: { speed: 1.2 } } }),
      "speed_fixed",
    ],
    ["other tracing", having(session({ tracing: "auto" })), update({ tracing: null }), "tracing_fixed"],
    ["tracing", having(session({ tracing: null })), update({ tracing: "auto" }), undefined],
  ])("of %s", (_, state, command, expected) => {
    expect(codes(state, command)).toEqual(expected === undefined ? [] : [expected]);
  });

  it("refuses frames that the connection cannot carry, and sound beyond what a service takes at once", () => {
    const text = create({ ...typed, content: [{ type: "input_text", text: "ü".repeat(100) }] });
    expect(codes(having(), text, { maxFrameBytes: 400 })).toEqual([]);
    expect(codes(having(), text, { maxFrameBytes: 200 })).toEqual(["frame_too_large"]);
    expect(codes(having(), append(20), { maxFrameBytes: 1000 })).toEqual(["frame_too_large"]);
    const huge: ClientEvent = { type: "input_audio_buffer.append", audio: "A".repeat(15 * 2 ** 20 + 4) };
    expect(codes(having(), huge)).toEqual(["frame_too_large"]);
  });

  it("knows of items that wait to be sent, and judges nothing of a session that is not there", () => {
    const behind = create(typed, { previous_item_id: "u1" });
    expect(codes(having(), behind, { waiting: new Set(["u1"]) })).toEqual([]);
    const closed = having(local({ type: "link.closed", code: 1006, reason: "" }));
    expect(codes(closed, behind)).toEqual([]);
    expect(codes(fold([]), { type: "conversation.item.delete", item_id: "a1" })).toEqual([]);
  });

  it("gives every reason there is, in words", () => {
    const state = having(session({ model: "m", audio: { output: { voice: "alloy" } } }), ...answer);
    const found = lint(state, update({ model: "n", audio: { output: { voice: "marin" } } }));
    expect(found).toEqual([
      { code: "model_fixed", message: "The session's model is m and stays it: open another session." },
      {
        code: "voice_fixed",
        message: "The assistant has spoken as alloy in this session, and keeps that voice.",
      },
    ]);
  });

  it("takes no id of a client that is too long", () => {
    expect(codes(having(), create({ ...typed, id: "x".repeat(32) }))).toEqual([]);
    expect(codes(having(), create({ ...typed, id: "x".repeat(33) }))).toEqual(["id_too_long"]);
  });

  it("takes no second deletion while one is under way", () => {
    const remove: ClientEvent = { type: "conversation.item.delete", item_id: "a1" };
    expect(codes(having(...answered), remove)).toEqual([]);
    expect(codes(having(...answered), remove, { leaving: new Set(["a1"]) })).toEqual(["unknown_item"]);
  });

  it("takes no cut outside of the sound, or behind one that is under way", () => {
    const state = having(...answered);
    for (const atMs of [-1, Number.NaN]) expect(codes(state, truncate("a1", atMs))).toEqual(["beyond_audio"]);
    const cutting = having(...answered, client(truncate("a1", 400)));
    expect(codes(cutting, truncate("a1", 500))).toEqual(["beyond_audio"]);
    expect(codes(cutting, truncate("a1", 300))).toEqual([]);
  });
});
