import type { ClientEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { base64, conversation, one, silence, typesOf, userText } from "../support/conversation.ts";

function opened() {
  const talk = conversation();
  talk.open();
  const create = (id: string | undefined, previous_item_id?: string) =>
    talk.send({
      type: "conversation.item.create",
      item: userText("Hi", id),
      ...(previous_item_id !== undefined && { previous_item_id }),
    });
  const order = () => talk.state.conversation.map(({ item }) => item.id);
  const refusal = (command: unknown) => {
    // Not a legal command on purpose.
    const events = talk.send(command as ClientEvent);
    expect(typesOf(events)).toEqual(["error"]);
    return one(events, "error").error;
  };
  return { talk, create, order, refusal };
}

describe("conversation.item.create", () => {
  it("appends, begins, or inserts behind", () => {
    const { create, order } = opened();
    expect(one(create("a"), "conversation.item.added").previous_item_id).toBeNull();
    expect(one(create("b", ""), "conversation.item.added").previous_item_id).toBe("a");
    expect(one(create("c", "root"), "conversation.item.added").previous_item_id).toBeNull();
    expect(one(create("d", "a"), "conversation.item.done").previous_item_id).toBe("a");
    expect(order()).toEqual(["c", "a", "d", "b"]);
  });

  it("names what the client leaves unnamed", () => {
    const { create } = opened();
    expect(one(create(undefined), "conversation.item.added").item.id).toMatch(/^item_[0-9A-Za-z]{21}$/);
  });

  it("adds nothing behind an item that is not there", () => {
    const { create, order } = opened();
    expect(one(create("a", "gone"), "error").error.message).toBe(
      "Error creating item: the previous item with id 'gone' does not exist.",
    );
    expect(order()).toEqual([]);
  });

  it("appends an item whose id is there already", () => {
    const { create, order } = opened();
    create("a");
    expect(one(create("a"), "conversation.item.added").previous_item_id).toBe("a");
    expect(order()).toEqual(["a", "a"]);
  });

  it("takes a history: every role, images, sound, calls and their outputs", () => {
    const { talk } = opened();
    const items = [
      { type: "message", role: "system", content: [{ type: "input_text", text: "Be brief." }] },
      {
        type: "message",
        role: "user",
        content: [
          { type: "input_image", image_url: "data:image/png;base64,AA==" },
          { type: "input_audio", audio: base64(silence(20)) },
        ],
      },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "I see." }] },
      { type: "function_call", call_id: "call_1", name: "look", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "Nothing." },
    ] as const;
    const echoed = items.map((item) => {
      // A readonly literal where the type wants a mutable one.
      const events = talk.send({ type: "conversation.item.create", item } as unknown as ClientEvent);
      expect(typesOf(events)).toEqual(["conversation.item.added", "conversation.item.done"]);
      return one(events, "conversation.item.done").item;
    });
    expect(echoed).toMatchObject([
      { status: "completed" },
      { status: "completed", content: [items[1].content[0], { type: "input_audio", transcript: null }] },
      { status: "completed" },
      { status: "completed", call_id: "call_1" },
      { call_id: "call_1", output: "Nothing." },
    ]);
    // Sound is shown by retrieving only.
    expect(JSON.stringify(echoed)).not.toContain('"audio":');
    talk.send({ type: "response.create" });
    const { response } = one(talk.advance(9000), "response.done");
    expect(response.usage?.input_token_details).toMatchObject({ audio_tokens: 1, image_tokens: 85 });
  });

  it("refuses speech of the assistant, long ids and what is not an item", () => {
    const { refusal } = opened();
    const item = { type: "message", role: "assistant", content: [{ type: "output_audio", audio: "" }] };
    expect(refusal({ type: "conversation.item.create", item })).toMatchObject({
      code: "invalid_value",
      message: "Invalid value: 'output_audio'. Value must be 'output_text'.",
      param: "item.content[0].type",
    });
    expect(refusal({ type: "conversation.item.create", item: userText("Hi", "x".repeat(33)) })).toMatchObject(
      {
        code: "string_above_max_length",
        param: "item.id",
      },
    );
    expect(refusal({ type: "conversation.item.create" })).toMatchObject({
      code: "missing_required_parameter",
      param: "item",
    });
    expect(
      refusal({
        type: "conversation.item.create",
        item: { type: "message", role: "user", content: [{ type: "input_audio", audio: "?" }] },
      }),
    ).toMatchObject({ code: "invalid_value", param: "item.content[0].audio" });
    expect(
      refusal({
        type: "conversation.item.create",
        item: { type: "mcp_list_tools", server_label: "x", tools: [] },
      }),
    ).toMatchObject({ code: "invalid_value", param: "item.type" });
    expect(
      refusal({
        type: "conversation.item.create",
        item: { type: "mcp_approval_response", approval_request_id: "x", approve: true },
      }),
    ).toMatchObject({ code: "item_create_invalid_approval_request_id", param: null });
  });
});

describe("conversation.item.delete and retrieve", () => {
  it("know an item until it is deleted", () => {
    const { talk, create, order, refusal } = opened();
    create("a");
    create("b");
    const retrieved = talk.send({ type: "conversation.item.retrieve", item_id: "a" });
    expect(one(retrieved, "conversation.item.retrieved").item).toMatchObject({ id: "a", role: "user" });
    const deleted = talk.send({ type: "conversation.item.delete", item_id: "a" });
    expect(deleted).toMatchObject([{ type: "conversation.item.deleted", item_id: "a" }]);
    expect(refusal({ type: "conversation.item.delete", item_id: "a", event_id: "twice" })).toEqual({
      type: "invalid_request_error",
      code: "item_delete_invalid_item_id",
      message: "Error deleting item: the item with id 'a' does not exist.",
      param: null,
      event_id: "twice",
    });
    expect(refusal({ type: "conversation.item.retrieve", item_id: "a" })).toMatchObject({
      code: "item_retrieve_invalid_item_id",
      message: "Error retrieving item: the item with id 'a' does not exist.",
      event_id: null,
    });
    expect(one(create("c", "b"), "conversation.item.added").previous_item_id).toBe("b");
    expect(order()).toEqual(["b", "c"]);
  });

  it("of an item in the making lets the response go on without it", () => {
    const { talk } = opened();
    talk.send({ type: "response.create" });
    const { item } = one(talk.advance(250), "conversation.item.added");
    talk.send({ type: "conversation.item.delete", item_id: item.id });
    const rest = talk.advance(5000);
    expect(typesOf(rest)).not.toContain("conversation.item.done");
    expect(one(rest, "response.done").response.output).toMatchObject([{ id: item.id, status: "completed" }]);
    expect(talk.state.conversation).toEqual([]);
  });

  it("tells half a sample from what is no base64", () => {
    const talk = conversation();
    talk.open();
    const create = (audio: string) =>
      talk.send({
        type: "conversation.item.create",
        item: { type: "message", role: "user", content: [{ type: "input_audio", audio }] },
      });
    const param = "item.content[0].audio";
    expect(create("AAAA")).toMatchObject([
      { error: { param, message: expect.stringContaining("odd number") } },
    ]);
    expect(create("no base64")).toMatchObject([
      { error: { param, message: expect.stringContaining("base64") } },
    ]);
    expect(create("AAA=")).toMatchObject([{ type: "conversation.item.added" }, {}]);
  });

  it("gives each part of sound its own, and none of an item that is too long for one event", () => {
    const { talk, refusal } = opened();
    const parts = [100, 0, 250].map((ms, index) => base64(silence(ms).fill(index + 1)));
    const [first = "", second = "", third = ""] = parts;
    const content = [
      { type: "input_audio" as const, audio: first },
      { type: "input_text" as const, text: "Listen." },
      { type: "input_audio" as const, audio: second },
      { type: "input_audio" as const, audio: third },
    ];
    talk.send({
      type: "conversation.item.create",
      item: { id: "a", type: "message", role: "user", content },
    });
    const { item } = one(
      talk.send({ type: "conversation.item.retrieve", item_id: "a" }),
      "conversation.item.retrieved",
    );
    const sounds = "content" in item ? item.content.map((part) => ("audio" in part ? part.audio : "—")) : [];
    expect(sounds).toEqual([first, "—", second, third]);
    const long = [{ type: "input_audio" as const, audio: base64(silence(200_000)) }];
    talk.send({
      type: "conversation.item.create",
      item: { id: "b", type: "message", role: "user", content: long },
    });
    expect(refusal({ type: "conversation.item.retrieve", item_id: "b" })).toMatchObject({
      code: "limit_exceeded",
      message: expect.stringContaining("9600000 bytes of sound"),
    });
  });
});
