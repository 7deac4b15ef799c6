import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readScenario, speechPathsOf } from "../../src/brain/read-scenario.ts";

const notFound = { type: "tool_execution_error", message: "Nothing found." };

describe("readScenario", () => {
  it("reads every field", () => {
    const turn = {
      heard: "Hi",
      say: "Hello",
      tools: [{ name: "look", arguments: { at: 1 } }, { name: "see", arguments: "{}" }, { name: "be" }],
      delayMs: 10,
      status: "failed",
      error: { code: "x", message: "y", type: "z" },
      transcription: { delayMs: 5, outcome: "failed" },
      faults: [{ type: "cut", event: "response.done", afterMs: 5 }],
    };
    const rest = {
      mcp: {
        docs: {
          tools: [{ name: "search", description: "Finds.", input_schema: {}, annotations: null }],
          calls: { search: ["One.", { output: "Two.", delayMs: 3 }, { error: notFound }] },
          listingMs: 1,
          failsToList: false,
        },
      },
      prompts: {
        "pmpt_1@2": { instructions: "Speak of {{city}}.", tools: [{ type: "function", name: "f" }] },
      },
      faults: [{ type: "delay", ms: 5, jitterMs: 3, count: "all" }],
    };
    const cut = { status: "incomplete", reason: "max_output_tokens" };
    const turns = [turn, {}, cut, { tools: [{ server: "docs", name: "search" }] }];
    expect(readScenario({ description: "A test.", turns, ...rest })).toEqual({ turns, ...rest });
  });

  it("exchanges paths for samples", () => {
    const samples = Int16Array.of(1, 2, 3);
    const json = { turns: [{ say: "a", speech: "a.wav" }, { say: "b", speech: "a.wav" }, {}] };
    expect(speechPathsOf(json)).toEqual(["a.wav"]);
    const asked: string[] = [];
    const scenario = readScenario(json, (path) => {
      asked.push(path);
      return samples;
    });
    expect(scenario.turns.map(({ speech }) => speech)).toEqual([samples, samples, undefined]);
    expect(asked).toEqual(["a.wav", "a.wav"]);
  });

  it("reads what the README shows", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const shown = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, json = ""]) => json);
    expect(shown.length).toBeGreaterThan(1);
    for (const json of shown) expect(readScenario(JSON.parse(json)).turns.length).toBeGreaterThan(0);
  });

  it("names the field at fault", () => {
    const cases: [unknown, string][] = [
      [[], "A scenario is a JSON object with 'turns'."],
      [{}, "Missing required parameter: 'turns'."],
      [
        { turns: [{ say: 3 }] },
        "Invalid type for 'turns[0].say': expected a string, but got an integer instead.",
      ],
      [{ turns: [{ sya: "x" }] }, "Unknown parameter: 'turns[0].sya'."],
      [{ turns: [{ status: "done" }] }, "'turns[0].status': Invalid value: 'done'. Supported"],
      [
        { turns: [{ say: "a", reason: "max_output_tokens" }] },
        "Invalid 'turns[0].reason': it needs the 'status' 'incomplete' beside it.",
      ],
      [
        { turns: [{}, { status: "incomplete", error: { code: "x" } }] },
        "Invalid 'turns[1].error': it needs the 'status' 'failed' beside it.",
      ],
      [{ turns: [{ tools: [{ name: "" }] }] }, "Invalid 'turns[0].tools[0].name': string too short."],
      [{ turns: [{ tools: [{}] }] }, "Missing required parameter: 'turns[0].tools[0].name'."],
      [
        { turns: [{ tools: [{ name: "a", arguments: "{" }] }] },
        "'turns[0].tools[0].arguments' is no JSON text",
      ],
      [{ turns: [{ speech: "a.wav" }] }, "'turns[0].speech' needs a 'say' beside it"],
      [{ turns: [{ say: "a", speech: "a.wav" }] }, "nothing was given to read it with"],
      [
        { turns: [{ faults: [{ type: "explode" }] }] },
        "Not a scenario. 'turns[0].faults[0].type': Invalid value: 'explode'. Supported values are: 'delay'",
      ],
      [{ turns: [], faults: [{ type: "delay" }] }, "Missing required parameter: 'faults[0].ms'."],
      [{ turns: [], mcp: { x: {} } }, "Missing required parameter: 'mcp.x.tools'."],
      [
        { turns: [], mcp: { x: { tools: [], calls: { y: { outptu: "" } } } } },
        "Unknown parameter: 'mcp.x.calls.y.outptu'.",
      ],
      [
        { turns: [{ tools: [{ server: "x", name: "y" }] }] },
        "'turns[0].tools[0].server' is 'x', which is not among 'mcp'.",
      ],
      [
        { turns: [{ tools: [{ server: "x", name: "y" }] }], mcp: { x: { tools: [] } } },
        "'turns[0].tools[0].name' is 'y', which 'mcp.x.tools' does not name.",
      ],
    ];
    for (const [json, message] of cases) {
      expect(() => readScenario(json)).toThrow(TypeError);
      expect(() => readScenario(json)).toThrow(message);
    }
    expect(speechPathsOf(null)).toEqual([]);
    expect(speechPathsOf({ turns: [3, { speech: 4 }] })).toEqual([]);
  });

  it("names each mistake in a line of its own, in their order, up to nine", () => {
    const messageOf = (json: unknown) => {
      try {
        readScenario(json);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : undefined;
      }
    };
    const faults = [{ type: "clsoe" }, { type: "delay", ms: -1, skpi: 1 }];
    const json = {
      turns: [
        { sya: "x", faults },
        { status: "done", say: 3 },
      ],
      mcp: { x: {} },
      promts: {},
    };
    expect(messageOf(json)?.split("\n")).toEqual([
      "Not a scenario.",
      "  Unknown parameter: 'turns[0].sya'.",
      expect.stringMatching(/^ {2}'turns\[0\]\.faults\[0\]\.type': Invalid value: 'clsoe'\./),
      expect.stringMatching(/^ {2}Invalid 'turns\[0\]\.faults\[1\]\.ms'/),
      "  Unknown parameter: 'turns[0].faults[1].skpi'.",
      expect.stringMatching(/^ {2}'turns\[1\]\.status': Invalid value: 'done'\./),
      expect.stringMatching(/^ {2}Invalid type for 'turns\[1\]\.say'/),
      "  Missing required parameter: 'mcp.x.tools'.",
      "  Unknown parameter: 'promts'.",
    ]);
    const turn = {
      tools: [
        { name: "a", arguments: "{" },
        { name: "b", server: "x" },
      ],
      speech: "a.wav",
    };
    expect(messageOf({ turns: [turn, { say: "a", speech: "b.wav" }] })?.split("\n")).toHaveLength(5);
    const missing = { description: 3, turn: [] };
    expect(messageOf(missing)).toMatch(/Missing .*'turns'\.\n.*'description'.*\n.*'turn'\.$/);
    const many = Array.from({ length: 10_000 }, () => ({ say: 3 }));
    const lines = messageOf({ turns: many })?.split("\n") ?? [];
    expect(lines).toHaveLength(11);
    expect([lines[9]?.includes("turns[8].say"), lines[10]]).toEqual([true, "  There are more."]);
    expect(messageOf({ turns: many.slice(0, 9) })).not.toContain("There are more");
  });

  it("takes no time without end", () => {
    for (const delayMs of [Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(() => readScenario({ turns: [{ delayMs }] })).toThrow(/'turns\[0\]\.delayMs'/);
    }
  });
});
