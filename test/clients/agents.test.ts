import {
  RealtimeAgent,
  RealtimeSession,
  type RealtimeSessionEventTypes,
  type TransportEvent,
  tool,
} from "@openai/agents-realtime";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { eventLog } from "./event-log.ts";
import { exchanged, key, service } from "./service.ts";
import { speech } from "./speech.ts";

// `@openai/agents-realtime` as it comes, by WebSocket.

const sessions: RealtimeSession[] = [];
afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
});

/** A session with an agent, what it is told, and the errors that it makes of it. */
async function connected(agent: RealtimeAgent, options: Parameters<typeof service>[0]) {
  const there = await service(options);
  const session = new RealtimeSession(agent, {
    transport: "websocket",
    model: "gpt-realtime",
    tracingDisabled: true,
  });
  sessions.push(session);
  const log = eventLog<TransportEvent>();
  const errors: unknown[] = [];
  session.on("transport_event", log.add);
  session.on("error", (error) => errors.push(error));
  await session.connect({ apiKey: key, url: there.realtimeUrl });
  return {
    ...log,
    there,
    session,
    errors,
    /** What was said in order, once the session is over. */
    async told() {
      session.close();
      const [recording] = await there.recorded();
      return recording;
    },
    /** Resolves when the history has come to this. */
    history: (reached: (history: RealtimeSession["history"]) => boolean) =>
      new Promise<RealtimeSession["history"]>((resolve) => {
        const look = () => reached(session.history) && resolve(session.history);
        session.on("history_updated", look);
        look();
      }),
    approval: () =>
      new Promise<RealtimeSessionEventTypes["tool_approval_requested"][2]>((resolve) => {
        session.on("tool_approval_requested", (_context, _agent, request) => resolve(request));
      }),
  };
}

/** What an item of a history says or gives back. */
function wordsOf(item: RealtimeSession["history"][number]): string {
  if (item.type !== "message") return "output" in item ? `${item.name}: ${item.output}` : item.type;
  const parts = item.content.map((part) =>
    "text" in part ? part.text : "transcript" in part && part.transcript,
  );
  return `${item.role}: ${parts.join()}`;
}

function forecaster() {
  const asked: string[] = [];
  const weather = tool({
    name: "get_weather",
    description: "The weather in a city.",
    parameters: z.object({ city: z.string() }),
    async execute({ city }) {
      asked.push(city);
      return `clear in ${city}`;
    },
  });
  return {
    agent: new RealtimeAgent({ name: "forecaster", instructions: "Be brief.", tools: [weather] }),
    asked,
  };
}

const talker = () => new RealtimeAgent({ name: "talker", instructions: "Be brief." });

describe("RealtimeSession", () => {
  it("runs a function and keeps the history", async () => {
    const { agent, asked } = forecaster();
    const { session, errors, seen, types } = await connected(agent, {
      scenario: {
        turns: [
          { tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }] },
          { say: "It is clear in Lisbon." },
        ],
      },
    });
    session.sendMessage("What is the weather in Lisbon?");
    await seen("response.done", 2);
    expect(asked).toEqual(["Lisbon"]);
    expect(session.history.map(wordsOf)).toEqual([
      "user: What is the weather in Lisbon?",
      "get_weather: clear in Lisbon",
      "assistant: It is clear in Lisbon.",
    ]);
    expect(errors).toEqual([]);
    expect(types).not.toContain("error");
  });

  it("runs two functions at once, and asks for an answer to each", async () => {
    const { agent, asked } = forecaster();
    const { session, seen, told, errors } = await connected(agent, {
      scenario: {
        turns: [
          {
            tools: [
              { name: "get_weather", arguments: { city: "Porto" } },
              { name: "get_weather", arguments: { city: "Faro" } },
            ],
          },
          { say: "Both are clear." },
          { say: "Nobody wanted this." },
        ],
      },
    });
    session.sendMessage("What is the weather in Porto and Faro?");
    await seen("response.done", 3);
    expect(asked).toEqual(["Porto", "Faro"]);
    expect(session.history.map(wordsOf).slice(-2)).toEqual([
      "assistant: Both are clear.",
      "assistant: Nobody wanted this.",
    ]);
    expect(errors).toEqual([]);
    const recording = await told();
    expect(recording && exchanged(recording).filter((line) => line === "> response.create")).toHaveLength(3);
  });

  it("is interrupted by speech while its answer is generated, and keeps words that were not heard", async () => {
    const { session, seen, met, errors, history } = await connected(talker(), {
      pace: 1,
      scenario: {
        turns: [
          { say: "Once upon a time there was a king.", speech: new Int16Array(24 * 60_000) },
          { heard: "Wait, what about tomorrow?", say: "Tomorrow.", speech: new Int16Array(24 * 100) },
        ],
      },
    });
    let interruptions = 0;
    session.on("audio_interrupted", () => interruptions++);
    session.sendMessage("Tell me a story.");
    await seen("response.output_audio.delta", 2);
    session.sendAudio((await speech("barge-in")).buffer);
    expect(await seen("response.done")).toMatchObject({ response: { status: "cancelled" } });
    await seen("conversation.item.truncated");
    await seen("response.done", 2);
    // It asks for an item whenever it has changed, and keeps the words that it had: the service has none of them.
    const isCut = (event: TransportEvent) =>
      event.type === "conversation.item.retrieved" && JSON.stringify(event).includes('"role":"assistant"');
    expect(JSON.stringify(await met(isCut, 1))).not.toContain("Once");
    const after = await history((items) => items.map(wordsOf).includes("user: Wait, what about tomorrow?"));
    expect(after.map(wordsOf)).toEqual([
      "user: Tell me a story.",
      expect.stringMatching(/^assistant: Once/),
      "user: Wait, what about tomorrow?",
      "assistant: Tomorrow.",
    ]);
    expect(interruptions).toBe(1);
    expect(errors).toEqual([]);
  });

  it("is interrupted after its answer was generated, by the wall clock and not by what was played", async () => {
    const { session, seen, told, errors } = await connected(talker(), {
      scenario: {
        turns: [
          { say: "Once upon a time there was a king.", speech: new Int16Array(24 * 20_000) },
          { heard: "Wait, what about tomorrow?", say: "Tomorrow.", speech: new Int16Array(24 * 100) },
        ],
      },
    });
    session.sendMessage("Tell me a story.");
    await seen("response.done");
    // Nothing of it has been played: there is no player.
    session.sendAudio((await speech("barge-in")).buffer);
    expect(await seen("conversation.item.truncated")).toMatchObject({ audio_end_ms: expect.any(Number) });
    await seen("response.done", 2);
    expect(errors).toEqual([]);
    const recording = await told();
    const truncate = recording?.entries.find(({ event }) => event.type === "conversation.item.truncate");
    expect(truncate).toMatchObject({ event: { audio_end_ms: expect.any(Number) } });
    expect(truncate).not.toMatchObject({ event: { audio_end_ms: 0 } });
    expect(recording && exchanged(recording)).not.toContain("> response.cancel");
  });

  it("changes the history: an item in the middle, and one taken out", async () => {
    const { session, seen, told, errors, history } = await connected(talker(), {
      scenario: { turns: [{ say: "Good day." }] },
    });
    session.sendMessage("Hello.");
    await seen("response.done");
    const [hello, ...others] = session.history;
    if (hello === undefined) throw new Error("There is a greeting in the history.");
    const between = {
      itemId: "item_between",
      type: "message",
      role: "user",
      status: "completed",
      content: [{ type: "input_text", text: "Are you there?" }],
    } as const;
    session.updateHistory([hello, { ...between, content: [...between.content] }, ...others]);
    await history((items) => items.length === 3);
    expect(session.history.map(wordsOf)).toEqual([
      "user: Hello.",
      "user: Are you there?",
      "assistant: Good day.",
    ]);
    session.updateHistory((items) => items.filter(({ itemId }) => itemId !== hello.itemId));
    await history((items) => items.length === 2);
    expect(session.history.map(wordsOf)).toEqual(["user: Are you there?", "assistant: Good day."]);
    expect(errors).toEqual([]);
    expect((await told())?.entries.filter(({ from }) => from === "client").slice(-2)).toMatchObject([
      { event: { type: "conversation.item.create", previous_item_id: hello.itemId } },
      { event: { type: "conversation.item.delete", item_id: hello.itemId } },
    ]);
  });

  it("approves and refuses the calls of an MCP server", async () => {
    const agent = new RealtimeAgent({
      name: "librarian",
      tools: [
        // What `hostedMcpTool` of the package `@openai/agents` makes.
        {
          type: "hosted_tool",
          name: "hosted_mcp",
          providerData: {
            type: "mcp",
            server_label: "library",
            server_url: "https://mcp.example.com",
            require_approval: "always",
          },
        },
      ],
    });
    const search = { name: "search", server: "library", arguments: { about: "kings" } };
    const { session, seen, met, errors, approval, told } = await connected(agent, {
      scenario: {
        mcp: { library: { tools: [{ name: "search" }], calls: { search: "two books" } } },
        turns: [
          { tools: [search] },
          { say: "There are two books." },
          { tools: [search] },
          { say: "As you wish." },
        ],
      },
    });
    await seen("mcp_list_tools.completed");
    expect(session.availableMcpTools).toMatchObject([{ name: "search" }]);
    const asked = approval();
    session.sendMessage("Look for kings.");
    const request = await asked;
    expect(request.type).toBe("mcp_approval_request");
    await session.approve(request.approvalItem);
    await seen("response.mcp_call.completed");
    await seen("response.done", 2);
    expect(session.history.map(wordsOf)).toContain("search: two books");

    const askedAgain = approval();
    session.sendMessage("Again.");
    await session.reject((await askedAgain).approvalItem);
    const isAnswer = (event: TransportEvent) =>
      event.type === "conversation.item.done" && JSON.stringify(event).includes("mcp_approval_response");
    await met(isAnswer, 2);
    expect(errors).toEqual([]);
    const recording = await told();
    const answers = recording?.entries.filter(
      ({ from, event }) => from === "client" && JSON.stringify(event).includes("mcp_approval_response"),
    );
    expect(answers).toMatchObject([
      { event: { item: { approve: true } } },
      { event: { item: { approve: false } } },
    ]);
  });

  it("hands over to another agent, whose function wants an approval", async () => {
    const paid: number[] = [];
    const pay = tool({
      name: "pay",
      description: "Pays.",
      parameters: z.object({ amount: z.number() }),
      needsApproval: true,
      async execute({ amount }) {
        paid.push(amount);
        return `paid ${amount}`;
      },
    });
    const cashier = new RealtimeAgent({ name: "cashier", instructions: "Take money.", tools: [pay] });
    const host = new RealtimeAgent({ name: "host", instructions: "Be brief.", handoffs: [cashier] });
    const { session, seen, errors, approval, events } = await connected(host, {
      scenario: {
        turns: [
          { tools: [{ name: "transfer_to_cashier" }] },
          { tools: [{ name: "pay", arguments: { amount: 3 } }] },
          { say: "It is paid." },
        ],
      },
    });
    const asked = approval();
    session.sendMessage("I want to pay.");
    const request = await asked;
    expect(request.type).toBe("function_approval");
    expect(session.currentAgent.name).toBe("cashier");
    expect(paid).toEqual([]);
    await session.approve(request.approvalItem);
    await seen("response.done", 3);
    expect(paid).toEqual([3]);
    expect(session.history.map(wordsOf)).toEqual([
      "user: I want to pay.",
      'transfer_to_cashier: {"assistant":"cashier"}',
      "pay: paid 3",
      "assistant: It is paid.",
    ]);
    const updates = events.filter(({ type }) => type === "session.updated");
    expect(updates.at(-1)).toMatchObject({
      session: { instructions: "Take money.", tools: [{ name: "pay" }] },
    });
    expect(errors).toEqual([]);
  });
});
