import type { Prompt, SessionConfig } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { StoredPrompts } from "../../src/brain/stored-prompt.ts";
import { conversation, one, typesOf } from "../support/conversation.ts";

const tools = [{ type: "function" as const, name: "forecast" }];
const prompts: StoredPrompts = {
  pmpt_1: {
    instructions: "Speak of {{city}} and {{ city }} only, in {{style}}.",
    tools,
    tool_choice: "required",
  },
  "pmpt_1@1": { instructions: "Speak." },
};
const variables = { city: "Oslo", style: { type: "input_text", text: "verse" } };

function opened(given: StoredPrompts = prompts) {
  const talk = conversation({ scenario: { turns: [], prompts: given }, answers: "ask" });
  talk.open();
  const update = (session: Omit<SessionConfig, "type">) =>
    talk.send({ type: "session.update", session: { type: "realtime", ...session } });
  return { talk, update };
}

describe("a stored prompt", () => {
  it("gives the session its instructions and tools, and is shown", () => {
    const { update } = opened();
    expect(one(update({ prompt: { id: "pmpt_1", variables } }), "session.updated").session).toMatchObject({
      prompt: { id: "pmpt_1", version: null, variables },
      instructions: "Speak of Oslo and Oslo only, in verse.",
      tools,
      tool_choice: "required",
    });
    expect(one(update({ prompt: { id: "pmpt_1", version: "1" } }), "session.updated").session).toMatchObject({
      prompt: { id: "pmpt_1", version: "1", variables: null },
      instructions: "Speak.",
      tools,
    });
    expect(one(update({ prompt: null }), "session.updated").session).toMatchObject({
      prompt: null,
      instructions: "Speak.",
    });
  });

  it("gives way to what stands beside it", () => {
    const { update } = opened();
    const events = update({ prompt: { id: "pmpt_1", variables }, instructions: "Be brief.", tools: [] });
    expect(one(events, "session.updated").session).toMatchObject({
      instructions: "Be brief.",
      tools: [],
      tool_choice: "required",
    });
  });

  it("is for one response where that asks for it", () => {
    const { talk } = opened();
    talk.send({ type: "response.create", response: { prompt: { id: "pmpt_1", variables } } });
    const [request] = talk.outputs.flatMap((output) => (output.type === "ask" ? [output.request] : []));
    expect(request).toMatchObject({
      instructions: "Speak of Oslo and Oslo only, in verse.",
      tools,
      toolChoice: "required",
    });
    expect(talk.state.session.prompt).toBeNull();
  });

  it("comes from a function as well", () => {
    const asked: Prompt[] = [];
    const { update } = opened((prompt) => {
      asked.push(prompt);
      return prompt.id === "mine" ? { instructions: "Mine." } : undefined;
    });
    expect(one(update({ prompt: { id: "mine" } }), "session.updated").session).toMatchObject({
      instructions: "Mine.",
    });
    expect(typesOf(update({ prompt: { id: "yours" } }))).toEqual(["error"]);
    expect(asked).toEqual([{ id: "mine" }, { id: "yours" }]);
  });

  it("is refused, and all of the update with it, where it is not there or its variables are not right", () => {
    const { talk, update } = opened();
    const before = talk.state.session;
    const cases: [Prompt, string, string][] = [
      [{ id: "pmpt_2" }, "session.prompt.id", "Prompt with id 'pmpt_2' not found."],
      [{ id: "constructor" }, "session.prompt.id", "Prompt with id 'constructor' not found."],
      [
        { id: "pmpt_1", version: "9" },
        "session.prompt.id",
        "Prompt with id 'pmpt_1' and version '9' not found.",
      ],
      [{ id: "pmpt_1" }, "session.prompt.variables", "Missing prompt variables: 'city', 'style'."],
      [
        { id: "pmpt_1", variables: { ...variables, town: "Bergen" } },
        "session.prompt.variables",
        "Unknown prompt variables: 'town'.",
      ],
    ];
    for (const [prompt, param, message] of cases) {
      const { error } = one(update({ prompt, tools: [] }), "error");
      expect(error).toMatchObject({ param, message });
    }
    const refused = talk.send({ type: "response.create", response: { prompt: { id: "pmpt_2" } } });
    expect(one(refused, "error").error).toMatchObject({
      code: "prompt_not_found",
      param: "response.prompt.id",
    });
    expect(talk.state.session).toEqual(before);
  });
});
