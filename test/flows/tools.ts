import { tool } from "@duologue/conversation";
import type { Flow } from "./flow.ts";
import { writing } from "./scenery.ts";

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
const background = tool({
  name: "search",
  description: "Takes its time.",
  parameters: noParameters,
  mode: "background",
  run: (_, { signal }) =>
    new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("stopped"))),
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
  },
  {
    name: "tool-in-the-background",
    about: "A slow function is answered at once, and the conversation goes on while it runs.",
    service: {
      scenario: {
        turns: [{ tools: [{ name: "search" }] }, { say: "I am looking." }, { say: "Still looking." }],
      },
    },
    session: writing,
    options: { tools: [background] },
    async run({ talk, wait }) {
      await talk.say("Find it.");
      await wait(1_000);
      await talk.say("And?");
      await wait(1_000);
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
  },
];
