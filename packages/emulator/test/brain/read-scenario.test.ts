import { describe, expect, it } from "vitest";
import { readScenario, speechPathsOf } from "../../src/brain/read-scenario.ts";

describe("readScenario", () => {
  it("reads every field", () => {
    const turn = {
      heard: "Hi",
      say: "Hello",
      tools: [{ name: "look", arguments: { at: 1 } }, { name: "see", arguments: "{}" }, { name: "be" }],
      delayMs: 10,
      status: "failed",
      reason: "content_filter",
      error: { code: "x", message: "y", type: "z" },
      transcription: { delayMs: 5, outcome: "failed" },
    };
    expect(readScenario({ description: "A test.", turns: [turn, {}] })).toEqual({ turns: [turn, {}] });
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

  it("names the field at fault", () => {
    const cases: [unknown, string][] = [
      [[], "A scenario is a JSON object with 'turns'."],
      [{}, "Missing required parameter: 'turns'."],
      [
        { turns: [{ say: 3 }] },
        "Invalid type for 'turns[0].say': expected a string, but got an integer instead.",
      ],
      [{ turns: [{ sya: "x" }] }, "Unknown parameter: 'turns[0].sya'."],
      [{ turns: [{ status: "done" }] }, "Supported values are: 'completed', 'incomplete', and 'failed'."],
      [{ turns: [{ tools: [{}] }] }, "Missing required parameter: 'turns[0].tools[0].name'."],
      [
        { turns: [{ tools: [{ name: "a", arguments: "{" }] }] },
        "'turns[0].tools[0].arguments' is no JSON text",
      ],
      [{ turns: [{ speech: "a.wav" }] }, "'turns[0].speech' needs a 'say' beside it"],
      [{ turns: [{ say: "a", speech: "a.wav" }] }, "nothing was given to read it with"],
    ];
    for (const [json, message] of cases) {
      expect(() => readScenario(json)).toThrow(TypeError);
      expect(() => readScenario(json)).toThrow(message);
    }
    expect(speechPathsOf(null)).toEqual([]);
    expect(speechPathsOf({ turns: [3, { speech: 4 }] })).toEqual([]);
  });
});
