import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientEvent, ConversationItemCreateEvent } from "../src/index.ts";
import { prepared, responseMarker } from "../src/prepared.ts";
import { fullValidation } from "../src/validation.ts";

const create: ConversationItemCreateEvent = {
  type: "conversation.item.create",
  item: { type: "message", role: "user", content: [{ type: "input_text", text: "Hello!" }] },
};

function itemId(command: ClientEvent): string | undefined {
  return command.type === "conversation.item.create" ? command.item.id : undefined;
}

function metadata(command: ClientEvent): Readonly<Record<string, string>> | null | undefined {
  return command.type === "response.create" ? command.response?.metadata : undefined;
}

describe("prepared", () => {
  it("names a command that has no name", () => {
    expect(prepared({ type: "response.cancel" }, "cmd_1")).toEqual({
      type: "response.cancel",
      event_id: "cmd_1",
    });
    expect(prepared({ type: "response.cancel", event_id: "" }, "cmd_1")).toMatchObject({ event_id: "cmd_1" });
    expect(prepared({ type: "response.cancel", event_id: "mine" }, "cmd_1")).toMatchObject({
      event_id: "mine",
    });
  });

  it("names a new item", () => {
    expect(itemId(prepared(create, "cmd_1"))).toBe("item_cmd_1");
    expect(itemId(prepared({ ...create, item: { ...create.item, id: "mine" } }, "cmd_1"))).toBe("mine");
  });

  it("makes item ids that the service takes, and different ones for different commands", () => {
    const ids = fc.uniqueArray(fc.string({ unit: "binary", minLength: 1, maxLength: 80 }), { maxLength: 20 });
    fc.assert(
      fc.property(ids, (names) => {
        const made = names.map((name) => itemId(prepared(create, name)) ?? "");
        for (const id of made) expect(id).toMatch(/^item_[A-Za-z0-9_-]{1,27}$/);
        expect(new Set(made).size).toBe(names.length);
      }),
    );
    const uuid = "123e4567-e89b-12d3-a456-426614174000";
    expect(itemId(prepared(create, uuid))).toBe(itemId(prepared(create, uuid)));
    expect(itemId(prepared(create, uuid))).toHaveLength(32);
  });

  it("marks a response so that its answer can be told from others", () => {
    expect(metadata(prepared({ type: "response.create" }, "cmd_1"))).toEqual({ [responseMarker]: "cmd_1" });
    expect(metadata(prepared({ type: "response.create", event_id: "mine" }, "cmd_1"))).toEqual({
      [responseMarker]: "mine",
    });
    const command = {
      type: "response.create",
      response: { conversation: "none", metadata: { a: "b" } },
    } as const;
    expect(prepared(command, "cmd_1")).toMatchObject({
      response: { conversation: "none", metadata: { a: "b", [responseMarker]: "cmd_1" } },
    });
    expect(metadata(prepared({ type: "response.create", response: { metadata: null } }, "c"))).toEqual({
      [responseMarker]: "c",
    });
  });

  it("leaves metadata alone that is full or marked", () => {
    const pairs = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
    const marked = (given: Record<string, string>) =>
      metadata(prepared({ type: "response.create", response: { metadata: given } }, "cmd_1"));
    expect(marked(pairs(16))).toEqual(pairs(16));
    expect(marked(pairs(15))).toEqual({ ...pairs(15), [responseMarker]: "cmd_1" });
    expect(marked({ [responseMarker]: "mine" })).toEqual({ [responseMarker]: "mine" });
  });

  it("does not touch the command and keeps it valid", () => {
    const command = Object.freeze({ ...create, item: Object.freeze({ ...create.item }) });
    expect(fullValidation.client(prepared(command, "cmd_1"))).toEqual([]);
    expect(command).toEqual(create);
  });

  it("is settled after one time", () => {
    for (const command of [
      create,
      { type: "response.create" } as const,
      { type: "response.cancel" } as const,
    ]) {
      const once = prepared(command, "cmd_1");
      expect(prepared(once, "cmd_2")).toEqual(once);
    }
  });
});
