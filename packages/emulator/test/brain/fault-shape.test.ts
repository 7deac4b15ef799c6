import { describe, expect, it } from "vitest";
import { readFault } from "../../src/brain/fault-shape.ts";

describe("readFault", () => {
  it("reads every kind of fault as it is", () => {
    const choice = { event: "response.*", skip: 1, count: 2, chance: 0.5 };
    const moment = { event: "response.done", skip: 1, afterMs: 10 };
    const faults = [
      { type: "delay", ms: 100, jitterMs: 20, ...choice },
      { type: "reorder", by: 2, ...choice, count: "all" },
      { type: "duplicate", ...choice },
      { type: "withhold" },
      { type: "half_frame" },
      { type: "missing_event_id" },
      { type: "unknown_event", frame: { type: "response.thought.delta", delta: "Hm" }, ...moment },
      { type: "error", error: { type: "server_error", code: "x", message: "y" }, ...moment },
      { type: "end_response", status: "failed", error: { code: "rate_limit_exceeded" }, ...moment },
      { type: "end_response", status: "incomplete", reason: "max_output_tokens" },
      { type: "close", code: 1011, reason: "Restarting.", ...moment },
      { type: "cut", ...moment },
      { type: "late_deltas", count: 2 },
    ];
    for (const fault of faults) expect(readFault(fault)).toBe(fault);
  });

  it("names the field at fault", () => {
    const cases: [unknown, string][] = [
      [null, "Invalid type for 'fault': expected an object, but got null instead."],
      [{}, "Missing required parameter: 'fault.type'."],
      [{ type: "melt" }, "Invalid value: 'melt'. Supported values are: 'delay', 'reorder'"],
      [{ type: "delay", ms: -1 }, "Invalid 'fault.ms'"],
      [{ type: "withhold", count: "some" }, "Invalid value: 'some'. Value must be 'all'."],
      [{ type: "withhold", chance: 2 }, "Invalid 'fault.chance'"],
      [{ type: "withhold", afterMs: 3 }, "Unknown parameter: 'fault.afterMs'."],
      [{ type: "end_response" }, "Missing required parameter: 'fault.status'."],
      [{ type: "unknown_event", frame: {} }, "Invalid type for 'fault.frame.type'"],
      [{ type: "close", code: 1006 }, "a WebSocket cannot be closed with 1006. For 1006 use 'cut'."],
      [{ type: "close", code: 2000 }, "a WebSocket cannot be closed with 2000"],
    ];
    for (const [value, message] of cases) {
      expect(() => readFault(value)).toThrow(TypeError);
      expect(() => readFault(value)).toThrow(message);
    }
    expect(() => readFault({ type: "cut", at: 1 }, "body.fault")).toThrow("'body.fault.at'");
  });

  it("takes the events that there are, and the beginnings of some", () => {
    for (const event of ["response.done", "session.closed", "response.*", "*"]) {
      expect(readFault({ type: "withhold", event })).toEqual({ type: "withhold", event });
    }
    for (const event of ["resposne.done", "respnose.*", ""]) {
      expect(() => readFault({ type: "withhold", event })).toThrow(/'fault\.event'/);
    }
  });
});
