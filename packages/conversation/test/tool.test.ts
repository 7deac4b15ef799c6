import { type Clock, systemClock } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { runTool, type ToolContext, tool } from "../src/index.ts";

const open = new AbortController().signal;

function named(run: (args: unknown, context: ToolContext) => unknown, timeoutMs = 1000) {
  return tool<unknown>({ name: "f", description: "A test.", parameters: { type: "object" }, timeoutMs, run });
}

const call = (json = "{}") => ({ callId: "call_1", name: "f", arguments: json });

describe("runTool always gives the model an output", () => {
  it.each([
    ["a string as it is", () => "sunny", "sunny"],
    ["other values as JSON", () => ({ sky: ["sunny"] }), '{"sky":["sunny"]}'],
    ["nothing as the empty string", () => undefined, ""],
    ["null as JSON", () => null, "null"],
    ["a promise's value", async () => 3, "3"],
    [
      "an exception's message",
      () => {
        throw new Error("no such city");
      },
      '{"error":"no such city"}',
    ],
    ["what was thrown that is no error", () => Promise.reject("odd"), '{"error":"odd"}'],
    [
      "why a value has no JSON",
      () => {
        const loop: Record<string, unknown> = {};
        loop.self = loop;
        return loop;
      },
      /^\{"error":".*circular/,
    ],
  ])("%s", async (_, run, expected) => {
    const output = await runTool([named(run)], call(), systemClock(), open);
    if (typeof expected === "string") expect(output).toBe(expected);
    else expect(output).toMatch(expected);
  });

  it("parses the arguments, and takes none for an empty object", async () => {
    const echo = named((args) => args);
    expect(await runTool([echo], call('{"a":1}'), systemClock(), open)).toBe('{"a":1}');
    expect(await runTool([echo], call(""), systemClock(), open)).toBe("{}");
  });

  it("for a name that nobody has, and for arguments that are no JSON", async () => {
    expect(await runTool([], call(), systemClock(), open)).toBe('{"error":"There is no tool named f."}');
    const output = await runTool([named(() => "never")], call("{cut"), systemClock(), open);
    expect(JSON.parse(output)).toEqual({ error: "The arguments are no valid JSON: {cut" });
  });

  it("when the time is up: the tool is told, and its late result is dropped", async () => {
    const due: (() => void)[] = [];
    let cancelled = 0;
    const clock: Clock = {
      now: () => 0,
      after: (delayMs, run) => {
        expect(delayMs).toBe(250);
        due.push(run);
        return () => cancelled++;
      },
    };
    let signal: AbortSignal | undefined;
    const hanging = named((_, context) => {
      signal = context.signal;
      return new Promise(() => {});
    }, 250);
    const output = runTool([hanging], call(), clock, open);
    await Promise.resolve();
    due[0]?.();
    expect(JSON.parse(await output)).toEqual({ error: "f gave no answer within 250 ms." });
    expect(signal?.aborted).toBe(true);
    expect(cancelled).toBe(1);
  });

  it("when the conversation is closed before or while it runs", async () => {
    const hanging = named(() => new Promise(() => {}));
    expect(await runTool([hanging], call(), systemClock(), AbortSignal.abort())).toContain("closed");
    const closing = new AbortController();
    const output = runTool([hanging], call(), systemClock(), closing.signal);
    closing.abort();
    expect(await output).toContain("closed");
  });

  it("describes itself to the session", () => {
    expect(named(() => "").definition).toEqual({
      type: "function",
      name: "f",
      description: "A test.",
      parameters: { type: "object" },
    });
  });
});
