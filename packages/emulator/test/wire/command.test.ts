import { describe, expect, it } from "vitest";
import { readFrame } from "../../src/wire/command.ts";

function refusal(event: unknown) {
  const read = readFrame(typeof event === "string" ? event : JSON.stringify(event));
  if (!("refused" in read)) throw new Error("a refusal is expected");
  return { ...read.refused, commandId: read.commandId };
}

describe("reading a frame", () => {
  it("names every supported type when it meets another", () => {
    expect(refusal({ type: "nope", event_id: "e1" })).toEqual({
      code: "invalid_value",
      message:
        "Invalid value: 'nope'. Supported values are: 'session.update', 'session.close', 'input_audio_buffer.append', 'session.input_audio_buffer.append', 'input_audio_buffer.commit', 'input_audio_buffer.clear', 'conversation.item.create', 'conversation.item.truncate', 'conversation.item.delete', 'conversation.item.retrieve', 'response.create', and 'response.cancel'.",
      param: "type",
      commandId: "e1",
    });
    expect(refusal({ type: "output_audio_buffer.clear" }).message).toMatch(
      /^Invalid value: 'output_audio_buffer\.clear'\./,
    );
    expect(refusal({ type: "__proto__" }).code).toBe("invalid_value");
    expect(refusal({ type: "constructor" }).code).toBe("invalid_value");
  });

  it("says so where a command belongs to another kind of session", () => {
    expect(refusal({ type: "session.close" })).toMatchObject({ code: "invalid_value", param: "type" });
  });

  it("tells no JSON from no event", () => {
    expect(refusal("{nope")).toMatchObject({ code: "invalid_json", param: null, commandId: null });
    expect(refusal("")).toMatchObject({ code: "invalid_json" });
    for (const text of ["[]", "3", "null", '"session.update"']) {
      expect(refusal(text)).toMatchObject({ code: "invalid_event" });
    }
  });

  it("refuses what is nested so deep that no client could read the answer", () => {
    const frame = (levels: number) => {
      const parameters = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
      const tools = `[{"type":"function","name":"look","parameters":${parameters}}]`;
      return `{"type":"session.update","event_id":"e1","session":{"type":"realtime","tools":${tools}}}`;
    };
    // The event, its session, the list of tools and the tool stand around the parameters.
    expect("command" in readFrame(frame(996))).toBe(true);
    for (const levels of [997, 3_000, 20_000]) {
      expect(refusal(frame(levels))).toMatchObject({ code: "nested_too_deep", param: null, commandId: "e1" });
    }
  });

  it("wants a type that is a string", () => {
    expect(refusal({})).toMatchObject({
      code: "missing_required_parameter",
      message: "Missing required parameter: 'type'.",
    });
    expect(refusal({ type: 3 })).toMatchObject({
      code: "invalid_type",
      message: "Invalid type for 'type': expected a string, but got an integer instead.",
    });
  });

  it("words each kind of fault as the service does", () => {
    const truncate = { type: "conversation.item.truncate", item_id: "a", content_index: 0 };
    const create = { type: "response.create" };
    const cases: [unknown, string, string][] = [
      [truncate, "missing_required_parameter", "Missing required parameter: 'audio_end_ms'."],
      [
        { ...truncate, audio_end_ms: 1.5 },
        "invalid_type",
        "Invalid type for 'audio_end_ms': expected an integer, but got a decimal number instead.",
      ],
      [
        { ...truncate, audio_end_ms: null },
        "invalid_type",
        "Invalid type for 'audio_end_ms': expected an integer, but got null instead.",
      ],
      [
        { ...truncate, audio_end_ms: -1 },
        "integer_below_min_value",
        "Invalid 'audio_end_ms': integer below minimum value. Expected a value >= 0, but got -1 instead.",
      ],
      [
        { ...create, response: { max_output_tokens: 4097 } },
        "integer_above_max_value",
        "Invalid 'response.max_output_tokens': integer above maximum value. Expected a value <= 4096, but got 4097 instead.",
      ],
      [
        { ...create, response: { turn_detection: null } },
        "unknown_parameter",
        "Unknown parameter: 'response.turn_detection'.",
      ],
      [
        { ...create, response: { metadata: { key: 3 } } },
        "invalid_type",
        "Invalid type for 'response.metadata.key': expected a string, but got an integer instead.",
      ],
      [
        {
          ...create,
          response: { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`k${n}`, ""])) },
        },
        "object_above_max_properties",
        "Invalid 'response.metadata': too many properties. Expected an object with at most 16 properties, but got an object with 17 properties instead.",
      ],
      [
        { ...create, response: { output_modalities: [] } },
        "array_below_min_length",
        "Invalid 'response.output_modalities': array too short. Expected an array with minimum length 1, but got an array with length 0 instead.",
      ],
      [
        { ...create, event_id: "x".repeat(513) },
        "string_above_max_length",
        "Invalid 'event_id': string too long. Expected a string with maximum length 512, but got a string with length 513 instead.",
      ],
      [
        { ...create, response: [] },
        "invalid_type",
        "Invalid type for 'response': expected an object, but got an array instead.",
      ],
      [
        { ...create, response: { tools: {} } },
        "invalid_type",
        "Invalid type for 'response.tools': expected an array, but got an object instead.",
      ],
      [
        { ...create, response: { parallel_tool_calls: "yes" } },
        "invalid_type",
        "Invalid type for 'response.parallel_tool_calls': expected a boolean, but got a string instead.",
      ],
    ];
    for (const [event, code, message] of cases) expect(refusal(event)).toMatchObject({ code, message });
  });

  it("reads what is legal as it is", () => {
    const legal = { type: "response.create", event_id: "e", response: { metadata: { a: "b" }, input: [] } };
    expect(readFrame(JSON.stringify(legal))).toEqual({ command: legal, commandId: "e" });
    expect(readFrame('{"type":"input_audio_buffer.clear"}')).toEqual({
      command: { type: "input_audio_buffer.clear" },
      commandId: null,
    });
  });
});
