import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acknowledges, isAcknowledged } from "../src/acknowledgement.ts";
import { clientEvents, serverEvents } from "../src/generated/catalogue.ts";
import type { ClientEvent, ServerEvent, ServerItem } from "../src/index.ts";
import { prepared } from "../src/prepared.ts";

const item: ServerItem = { id: "item_1", type: "message", role: "user", content: [] };
const response = { id: "resp_1", status: "in_progress", output: [] } as const;

/** Answers as a service sends them, which may lack what the schema promises. */
const server = (type: ServerEvent["type"], fields: object = {}) =>
  ({ type, event_id: "event_1", ...fields }) as unknown as ServerEvent;

describe("acknowledges", () => {
  const cases: readonly (readonly [ClientEvent, ServerEvent, boolean])[] = [
    [{ type: "session.update", session: { type: "realtime" } }, server("session.updated"), true],
    [{ type: "session.update", session: { type: "realtime" } }, server("session.created"), false],
    [{ type: "input_audio_buffer.append", audio: "" }, server("input_audio_buffer.committed"), false],
    [{ type: "input_audio_buffer.commit" }, server("input_audio_buffer.committed", { item_id: "i" }), true],
    [{ type: "input_audio_buffer.clear" }, server("input_audio_buffer.cleared"), true],
    [{ type: "input_audio_buffer.clear" }, server("output_audio_buffer.cleared"), false],
    [{ type: "output_audio_buffer.clear" }, server("output_audio_buffer.cleared"), true],
    [{ type: "conversation.item.create", item }, server("conversation.item.added", { item }), true],
    [{ type: "conversation.item.create", item }, server("conversation.item.created", { item }), true],
    [{ type: "conversation.item.create", item }, server("conversation.item.done", { item }), false],
    [
      { type: "conversation.item.create", item },
      server("conversation.item.added", { item: { id: "x" } }),
      false,
    ],
    [{ type: "conversation.item.create", item }, server("conversation.item.added"), false],
    [
      { type: "conversation.item.retrieve", item_id: "item_1" },
      server("conversation.item.retrieved", { item }),
      true,
    ],
    [
      { type: "conversation.item.retrieve", item_id: "x" },
      server("conversation.item.retrieved", { item }),
      false,
    ],
    [
      { type: "conversation.item.truncate", item_id: "i", content_index: 0, audio_end_ms: 9 },
      server("conversation.item.truncated", { item_id: "i", content_index: 0, audio_end_ms: 8 }),
      true,
    ],
    [
      { type: "conversation.item.truncate", item_id: "i", content_index: 0, audio_end_ms: 9 },
      server("conversation.item.truncated", { item_id: "i", content_index: 1, audio_end_ms: 9 }),
      false,
    ],
    [
      { type: "conversation.item.truncate", item_id: "i", content_index: 0, audio_end_ms: 9 },
      server("conversation.item.truncated", { item_id: "j", content_index: 0, audio_end_ms: 9 }),
      false,
    ],
    [
      { type: "conversation.item.delete", item_id: "i" },
      server("conversation.item.deleted", { item_id: "i" }),
      true,
    ],
    [
      { type: "conversation.item.delete", item_id: "i" },
      server("conversation.item.deleted", { item_id: "j" }),
      false,
    ],
    [
      { type: "response.cancel", response_id: "resp_1" },
      server("response.done", { response: { ...response, status: "completed" } }),
      true,
    ],
    [
      { type: "response.cancel", response_id: "resp_2" },
      server("response.done", { response: { ...response, status: "cancelled" } }),
      false,
    ],
    [
      { type: "response.cancel" },
      server("response.done", { response: { ...response, status: "cancelled" } }),
      true,
    ],
    [
      { type: "response.cancel" },
      server("response.done", { response: { ...response, status: "completed" } }),
      false,
    ],
  ];

  it.each(cases)("%j by %j: %s", (command, event, expected) => {
    expect(acknowledges(command, event)).toBe(expected);
  });

  describe("response.create", () => {
    const command = prepared({ type: "response.create" }, "cmd_1");
    const created = (fields: object) => server("response.created", { response: { ...response, ...fields } });

    it("is answered by the response that carries its marker", () => {
      expect(acknowledges(command, created({ metadata: { duologue_event_id: "cmd_1" } }))).toBe(true);
      expect(acknowledges(command, created({ metadata: { duologue_event_id: "cmd_2" } }))).toBe(false);
    });

    it("is not answered by a response that turn detection asked for", () => {
      expect(acknowledges(command, created({ metadata: null }))).toBe(false);
      expect(acknowledges(command, created({ metadata: {} }))).toBe(false);
    });

    it("is answered by any response where the service echoes no metadata", () => {
      expect(acknowledges(command, created({}))).toBe(true);
    });

    it("is answered by any response where it could not be marked", () => {
      const full = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, "v"]));
      const unmarked = prepared({ type: "response.create", response: { metadata: full } }, "cmd_1");
      expect(acknowledges(unmarked, created({ metadata: null }))).toBe(true);
    });
  });

  it("never throws, whatever an event lacks", () => {
    const commands = cases.map(([command]) => prepared(command, "cmd_1"));
    const types = fc.constantFrom(...(Object.keys(serverEvents) as ServerEvent["type"][]));
    const fields = fc.dictionary(fc.constantFrom("item", "response", "item_id"), fc.jsonValue());
    fc.assert(
      fc.property(types, fields, (type, rest) => {
        for (const command of commands) acknowledges(command, server(type, rest));
      }),
    );
  });

  it("agrees with the catalogue", () => {
    const answers = new Map<string, Set<string>>();
    for (const [command, event, expected] of cases) {
      if (expected) answers.set(command.type, (answers.get(command.type) ?? new Set()).add(event.type));
    }
    answers.set("response.create", new Set(["response.created"]));
    for (const [type, { acknowledgedBy }] of Object.entries(clientEvents)) {
      expect({ type, by: [...(answers.get(type) ?? [])] }).toEqual({ type, by: acknowledgedBy });
    }
  });
});

describe("isAcknowledged", () => {
  it("is false for audio alone", () => {
    const answered = Object.keys(clientEvents).filter((type) => isAcknowledged({ type } as ClientEvent));
    expect(Object.keys(clientEvents).filter((type) => !answered.includes(type))).toEqual([
      "input_audio_buffer.append",
    ]);
    expect(isAcknowledged({ type: "constructor" } as unknown as ClientEvent)).toBe(false);
    expect(acknowledges({ type: "constructor" } as unknown as ClientEvent, server("error"))).toBe(false);
  });
});
