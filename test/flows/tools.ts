import { tool } from "@duologue/conversation";
import type { Clock } from "@duologue/core";
import { expect } from "vitest";
import type { Flow } from "./flow.ts";
import { writing } from "./scenery.ts";
import { came, endings, lines, outputs, sent } from "./shown.ts";

const noParameters = { type: "object", properties: {} } as const;
const weather = tool({
  name: "weather",
  description: "Tells the weather.",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
  },
  run: ({ city }) => ({ city, sky: "sunny" }),
});
const broken = tool({
  name: "broken",
  description: "Never works.",
  parameters: noParameters,
  run: () => {
    throw new Error("out of order");
  },
});
const hanging = tool({
  name: "hanging",
  description: "Never answers.",
  parameters: noParameters,
  timeoutMs: 500,
  run: () => new Promise<never>(() => {}),
});
const background = (clock: Clock) =>
  tool({
    name: "search",
    description: "Takes its time.",
    parameters: noParameters,
    mode: "background",
    run: () => new Promise<string>((resolve) => void clock.after(2_500, () => resolve("It is in Lisbon."))),
  });
const deletion = tool({
  name: "delete",
  description: "Deletes things.",
  parameters: { type: "object", properties: { what: { type: "string" } }, required: ["what"] },
  approve: ({ what }) => what !== "everything" || { approved: false, reason: "That is too much." },
  run: ({ what }) => `${what} deleted`,
});

const library = {
  type: "mcp",
  server_label: "library",
  server_url: "https://library.example/mcp",
} as const;

/** Functions of ours, and of MCP servers. */
export const tools: readonly Flow[] = [
  {
    name: "parallel-tools",
    about: "Two functions are called at once, and one answer follows both outputs.",
    service: {
      scenario: {
        turns: [
          {
            tools: [
              { name: "weather", arguments: { city: "Lisbon" } },
              { name: "weather", arguments: { city: "Porto" } },
            ],
          },
          { say: "Sunny in both." },
        ],
      },
    },
    session: writing,
    options: { tools: [weather] },
    async run({ talk, wait }) {
      await talk.say("Lisbon and Porto?");
      await wait(2_000);
    },
    shows(lived) {
      expect(outputs(lived)).toEqual(['{"city":"Lisbon","sky":"sunny"}', '{"city":"Porto","sky":"sunny"}']);
      expect(sent(lived, "response.create")).toHaveLength(2);
      expect(lines(lived).at(-1)).toBe("assistant: Sunny in both.");
      // The tools are in the first and only configuration.
      expect(sent(lived, "session.update")).toMatchObject([{ session: { tools: [{ name: "weather" }] } }]);
    },
  },
  {
    name: "tools-that-fail",
    about: "Functions that throw, hang, are unknown or get wrong arguments: each call is answered.",
    service: {
      scenario: {
        turns: [
          {
            tools: [
              { name: "broken" },
              { name: "hanging" },
              { name: "nobody" },
              { name: "weather", arguments: { city: 3 } },
              { name: "weather", arguments: '{"city":' },
            ],
          },
          { say: "None of that worked." },
        ],
      },
    },
    session: writing,
    options: { tools: [weather, broken, hanging] },
    async run({ talk, wait }) {
      await talk.say("Try everything.");
      await wait(3_000);
    },
    shows(lived) {
      expect(outputs(lived).map((output) => JSON.parse(output).error)).toEqual([
        "There is no tool named nobody.",
        "The arguments do not conform to the function's parameters. /city: expected a string, found 3",
        'The arguments are no valid JSON: {"city":',
        "out of order",
        "hanging gave no answer within 500 ms.",
      ]);
      expect(sent(lived, "response.create")).toHaveLength(2);
      expect(lines(lived).at(-1)).toBe("assistant: None of that worked.");
    },
  },
  {
    name: "tool-in-the-background",
    about:
      "A slow function is answered at once, the conversation goes on, and its result is told when it is there.",
    service: {
      scenario: {
        turns: [
          { tools: [{ name: "search" }] },
          { say: "I am looking." },
          { say: "Still looking." },
          { say: "It is in Lisbon." },
        ],
      },
    },
    session: writing,
    options: (clock) => ({ tools: [background(clock)] }),
    async run({ talk, wait }) {
      await talk.say("Find it.");
      await wait(1_000);
      await talk.say("And?");
      await wait(3_000);
    },
    shows(lived) {
      expect(outputs(lived)).toEqual([expect.stringContaining('"status":"started"')]);
      expect(lines(lived).slice(3)).toEqual([
        ...["assistant: I am looking.", "user: And?", "assistant: Still looking."],
        expect.stringMatching(/^system: The function search, .* Its result: It is in Lisbon\.$/),
        "assistant: It is in Lisbon.",
      ]);
    },
  },
  {
    name: "calls-of-a-broken-response",
    about: "Calls of a response that does not complete are not run.",
    service: {
      scenario: {
        turns: [
          {
            tools: [{ name: "weather", arguments: { city: "Lisbon" } }],
            status: "incomplete",
            reason: "max_output_tokens",
          },
          { tools: [{ name: "weather", arguments: { city: "Lisbon" } }], status: "failed" },
        ],
      },
    },
    session: writing,
    options: { tools: [weather] },
    async run({ talk, wait }) {
      await talk.say("Lisbon?");
      await wait(1_000);
      await talk.say("Again?");
      await wait(1_000);
    },
    shows(lived) {
      expect(endings(lived)).toEqual(["incomplete: max_output_tokens", "failed"]);
      expect(outputs(lived)).toEqual([]);
      expect(sent(lived, "response.create")).toHaveLength(2);
    },
  },
  {
    name: "mcp-with-approval",
    about: "Tools of an MCP server are listed; a call is approved, another one refused.",
    service: {
      scenario: {
        mcp: {
          library: {
            tools: [{ name: "search", description: "Looks something up.", input_schema: { type: "object" } }],
            calls: { search: "High tide is at six." },
          },
        },
        turns: [
          { tools: [{ name: "search", server: "library", arguments: { query: "tides" } }] },
          { say: "High tide is at six." },
          { tools: [{ name: "search", server: "library", arguments: { query: "secrets" } }] },
          { say: "I may not look that up." },
        ],
      },
    },
    session: { ...writing, tools: [{ ...library, require_approval: "always" }] },
    options: {
      onMcpApproval: ({ arguments: json }) => !json.includes("secrets"),
    },
    async run({ talk, wait }) {
      await wait(1_000);
      await talk.say("When is high tide?");
      await wait(3_000);
      await talk.say("And the secrets?");
      await wait(3_000);
    },
    shows(lived) {
      const answers = sent(lived, "conversation.item.create").flatMap(({ item }) =>
        item.type === "mcp_approval_response" ? [item.approve] : [],
      );
      expect(answers).toEqual([true, false]);
      const calls = lived.state.items.filter(({ type }) => type === "mcp_call");
      expect(calls).toMatchObject([{ output: "High tide is at six." }, { status: "incomplete" }]);
      expect(lines(lived).filter((line) => line.startsWith("assistant"))).toEqual([
        "assistant: High tide is at six.",
        "assistant: I may not look that up.",
      ]);
    },
  },
  {
    name: "mcp-failures",
    about: "An MCP server that cannot list its tools, and a call that fails.",
    service: {
      scenario: {
        mcp: {
          library: {
            tools: [{ name: "search", input_schema: { type: "object" } }],
            calls: { search: { error: { type: "tool_execution_error", message: "The shelf is empty." } } },
          },
          archive: { tools: [], failsToList: true },
        },
        turns: [{ tools: [{ name: "search", server: "library" }] }, { say: "I found nothing." }],
      },
    },
    session: {
      ...writing,
      tools: [
        { ...library, require_approval: "never" },
        { ...library, server_label: "archive", require_approval: "never" },
      ],
    },
    async run({ talk, wait }) {
      await wait(1_000);
      await talk.say("Find it.");
      await wait(3_000);
    },
    shows(lived) {
      expect(came(lived, "mcp_list_tools.failed")).toHaveLength(1);
      expect(came(lived, "response.mcp_call.failed")).toHaveLength(1);
      expect(lines(lived).at(-1)).toBe("assistant: I found nothing.");
    },
  },
  {
    name: "tools-with-approval",
    about: "A person is asked before functions run: one may, one may not, and the model is told why.",
    service: {
      scenario: {
        turns: [
          {
            tools: [
              { name: "delete", arguments: { what: "drafts" } },
              { name: "delete", arguments: { what: "everything" } },
            ],
          },
          { say: "The drafts are gone." },
        ],
      },
    },
    session: writing,
    options: { tools: [deletion] },
    async run({ talk, wait }) {
      await talk.say("Delete all that you can.");
      await wait(1_000);
    },
    shows(lived) {
      expect(outputs(lived).toSorted()).toEqual([
        "drafts deleted",
        '{"error":"The user did not allow delete to run: That is too much."}',
      ]);
      expect(sent(lived, "response.create")).toHaveLength(2);
    },
  },
];
