import { type Clock, RealtimeError } from "@duologue/core";
import type { ClientEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  budget,
  type ConversationOptions,
  type ConversationProblem,
  type ConversationState,
  editCommands,
  restore,
  snapshot,
  type Tool,
  type ToolMode,
  tool,
} from "../src/index.ts";
import { settle, talking, unopened } from "./talking.ts";
import { called, client, fold, type LogEntry, server, toolOutput } from "./wire.ts";

/** A tool that ends when the test says so. */
function slowTool(mode: ToolMode = "wait") {
  const finish: ((output: string) => void)[] = [];
  const signals: AbortSignal[] = [];
  const made: Tool = tool({
    name: "get_weather",
    description: "Tells the weather.",
    parameters: { type: "object", properties: { city: { type: "string" } } },
    mode,
    run: (_, { signal }) => {
      signals.push(signal);
      return new Promise<string>((resolve) => void finish.push(resolve));
    },
  });
  return {
    tool: made,
    signals,
    finish: async (output: string) => {
      for (const done of finish.splice(0)) done(output);
      await settle();
    },
  };
}

const outputs = (received: readonly ClientEvent[]) =>
  received.flatMap((event) =>
    event.type === "conversation.item.create" && event.item.type === "function_call_output"
      ? [[event.item.call_id, event.item.output]]
      : [],
  );
const count = (received: readonly ClientEvent[], type: string) =>
  received.filter((event) => event.type === type).length;

/** Two calls in one response. */
const two = (response: string) => {
  const call = (n: number) => ({
    id: `f${n}`,
    type: "function_call",
    status: "completed",
    name: "get_weather",
    call_id: `call_${n}`,
    arguments: "{}",
  });
  return [
    server("response.done", {
      response: { id: response, status: "completed", output: [call(1), call(2)], conversation_id: "c" },
    }),
  ];
};

async function calling(options: ConversationOptions & { readonly mode?: ToolMode } = {}) {
  const { mode, ...others } = options;
  const slow = slowTool(mode);
  return { slow, ...(await talking({ tools: [slow.tool], ...others })) };
}

describe("function calls", () => {
  it("run beside each other, and one answer is asked for after the last output", async () => {
    const { session, received, slow, hear } = await calling();
    await hear(...two("r1"));
    expect(slow.signals).toHaveLength(2);
    expect(count(received, "response.create")).toBe(0);
    await slow.finish("done");
    expect(outputs(received)).toEqual([
      ["call_1", "done"],
      ["call_2", "done"],
    ]);
    expect(count(received, "response.create")).toBe(1);
    await session.close();
  });

  it("run once, though their response is told again", async () => {
    const { session, received, slow, hear } = await calling();
    const events = called("r1", "f1", "call_1", null);
    await hear(...events, ...events.slice(-1));
    expect(slow.signals).toHaveLength(1);
    await slow.finish("once");
    expect(outputs(received)).toEqual([["call_1", "once"]]);
    await session.close();
  });

  it("run each, and are all answered, where a later response uses a call id again", async () => {
    const { session, talk, received, slow, hear } = await calling();
    await hear(...called("r1", "f1", "call_0", null));
    await slow.finish("first");
    await hear(...called("r2", "f2", "call_0", "f1"));
    expect(slow.signals).toHaveLength(1 + 1);
    await slow.finish("second");
    expect(outputs(received)).toEqual([
      ["call_0", "first"],
      ["call_0", "second"],
    ]);
    expect(talk.state.turn.requests.map(({ id }) => id)).toEqual(["tools_r1", "tools_r2"]);
    await session.close();
  });

  it("run each, and lead to one answer, where a response gives two of them one call id", async () => {
    const { session, received, slow, hear } = await calling();
    const twins = JSON.parse(JSON.stringify(two("r1")).replaceAll("call_2", "call_1"));
    await hear(...twins);
    expect(slow.signals).toHaveLength(2);
    await slow.finish("done");
    expect(outputs(received)).toEqual([
      ["call_1", "done"],
      ["call_1", "done"],
    ]);
    expect(count(received, "response.create")).toBe(1);
    await session.close();
  });

  it("are not answered by the confirmation of an output that another call of their id was given", async () => {
    const { session, talk, received, slow, hear } = await calling();
    const twins = JSON.parse(JSON.stringify(two("r1")).replaceAll("call_2", "call_1"));
    await hear(...twins);
    const item = { type: "function_call_output", call_id: "call_1", output: "by hand" } as const;
    session.send({ type: "conversation.item.create", item: { ...item, id: "o1" } });
    await hear(server("conversation.item.added", { previous_item_id: null, item: { ...item, id: "o1" } }));
    const answered = () =>
      [...talk.state.items, ...talk.state.detached].flatMap((one) =>
        one.type === "function_call" ? [one.answered] : [],
      );
    expect(answered()).toEqual([true, false]);
    await slow.finish("done");
    expect(answered()).toEqual([true, true]);
    expect(outputs(received).map(([, output]) => output)).toEqual(["by hand", "done"]);
    expect(count(received, "response.create")).toBe(1);
    await session.close();
  });

  it.each([
    ["that the program configured by itself", "session"],
    ["that an answer was asked for with", "response"],
  ])("of functions %s are left to it, and one answer follows its output", async (_, where) => {
    const theirs = { type: "function", name: "get_weather" } as const;
    const tools = where === "session" ? [theirs] : [];
    const greeting = server("session.created", { session: { type: "realtime", id: "sess_1", tools } });
    const { session, talk, received, hear } = await talking({}, {}, [greeting]);
    talk.respond(where === "response" ? { response: { tools: [theirs] } } : {});
    const marker = received.flatMap((event) =>
      event.type === "response.create" ? [event.response?.metadata] : [],
    )[0];
    const asked = called("r1", "f1", "call_1", null).map((entry) =>
      entry.event.type === "response.created"
        ? server("response.created", {
            response: { id: "r1", status: "in_progress", output: [], conversation_id: "c", metadata: marker },
          })
        : entry,
    );
    await hear(...asked);
    expect(outputs(received)).toEqual([]);
    session.send({
      type: "conversation.item.create",
      item: { type: "function_call_output", call_id: "call_1", output: "by hand" },
    });
    await settle();
    expect(outputs(received)).toEqual([["call_1", "by hand"]]);
    expect(count(received, "response.create")).toBe(2);
    await session.close();
  });

  it("tell the model when their result is more than the connection carries", async () => {
    const { session, talk, received, slow, hear } = await calling();
    const codes: string[] = [];
    talk.problems$.subscribe(({ error }) => codes.push(error.code));
    await hear(...called("r1", "f1", "call_1", null));
    await slow.finish("x".repeat(20_000_000));
    expect(codes).toEqual(["frame_too_large"]);
    expect(outputs(received)).toMatchObject([
      ["call_1", expect.stringMatching(/The result is 200\d+ bytes; the connection carries \d+ at once/)],
    ]);
    expect(count(received, "response.create")).toBe(1);
    await session.close();
  });

  it("tell the model of a tool of the program's own making that breaks its promise", async () => {
    const broken: Tool = {
      definition: { type: "function", name: "get_weather" },
      mode: "wait",
      call: () => Promise.reject(Object.create(null)),
    };
    const { session, received, hear } = await talking({ tools: [broken] });
    await hear(...called("r1", "f1", "call_1", null));
    expect(outputs(received)).toMatchObject([["call_1", expect.stringContaining("says nothing of itself")]]);
    await session.close();
  });

  it("in the background are answered at once, and again in words when they have run", async () => {
    const { session, received, slow, hear } = await calling({ mode: "background" });
    await hear(...called("r1", "f1", "call_1", null));
    expect(outputs(received)).toMatchObject([["call_1", expect.stringContaining('"status":"started"')]]);
    expect(count(received, "response.create")).toBe(1);
    await hear(...answered("r2"));
    await slow.finish("sunny");
    const told = received.at(-1);
    expect(told).toMatchObject({
      type: "conversation.item.create",
      item: {
        role: "system",
        content: [
          { text: expect.stringMatching(/^The function get_weather, called before as call_1, .* sunny$/) },
        ],
      },
    });
    // The answer is asked for when the server has what it is to be about.
    expect(count(received, "response.create")).toBe(1);
    await hear(acknowledged(told));
    expect(received.slice(-2).map(({ type }) => type)).toEqual([
      "conversation.item.create",
      "response.create",
    ]);
    await session.close();
  });

  const answered = (response: string) =>
    (["in_progress", "completed"] as const).map((status) =>
      server(status === "completed" ? "response.done" : "response.created", {
        response: { id: response, status, output: [], conversation_id: "c" },
      }),
    );

  const acknowledged = (command: ClientEvent | undefined) =>
    server("conversation.item.added", {
      item: command !== undefined && "item" in command ? command.item : {},
    });

  it.each([
    [
      "the connection that comes carries",
      { maxFrameBytes: 4_096 },
      "x".repeat(5_000),
      "carries 4096 at once",
    ],
    ["can wait", {}, "x".repeat(2 ** 20), "more than can wait"],
  ])(
    "tell the model when they end while the link is away, with more than %s",
    async (_, settings, text, why) => {
      const slow = slowTool();
      const soon = { random: () => 0 };
      const { session, received, hear, cut } = await talking(
        { tools: [slow.tool] },
        { reconnect: soon, ...settings },
      );
      await hear(...two("r1"));
      received.length = 0;
      session.status$.subscribe(({ state }) => {
        if (state === "reconnecting") void slow.finish(text);
      });
      cut();
      do await settle();
      while (session.status.state !== "ready");
      await settle();
      expect(outputs(received)).toEqual([
        ["call_1", expect.stringContaining(why)],
        ["call_2", expect.stringContaining(why)],
      ]);
      expect(count(received, "response.create")).toBe(1);
      expect(received.at(-1)?.type).toBe("response.create");
      await session.close();
    },
  );

  it("in the background tell it too, before the answer is asked for", async () => {
    const slow = slowTool("background");
    const { session, received, hear, cut } = await talking(
      { tools: [slow.tool] },
      { reconnect: { random: () => 0 }, maxFrameBytes: 4_096 },
    );
    await hear(...called("r1", "f1", "call_1", null), ...answered("r2"));
    received.length = 0;
    session.status$.subscribe(({ state }) => {
      if (state === "reconnecting") void slow.finish("x".repeat(5_000));
    });
    cut();
    do await settle();
    while (session.status.state !== "ready");
    await settle();
    const told = received.at(-1);
    expect(JSON.stringify(told)).toContain("carries 4096 at once");
    expect(count(received, "response.create")).toBe(0);
    await hear(acknowledged(told));
    expect(count(received, "response.create")).toBe(1);
    await session.close();
  });

  it("in the background say at once what is wrong with their arguments", async () => {
    const { session, received, slow, hear } = await calling({ mode: "background" });
    const wrong = called("r1", "f1", "call_1", null).map((entry) =>
      JSON.parse(JSON.stringify(entry).replaceAll('{\\"city\\":\\"Lisbon\\"}', '{\\"city\\":5}')),
    );
    await hear(...wrong.filter(({ event }) => !event.type.endsWith("delta")));
    expect(outputs(received)).toMatchObject([
      ["call_1", expect.stringContaining("/city: expected a string")],
    ]);
    expect(slow.signals).toHaveLength(0);
    await session.close();
  });

  it("go on when the assistant is interrupted, unless the policy says otherwise", async () => {
    const speech = server("input_audio_buffer.speech_started", { item_id: "u9", audio_start_ms: 0 });
    const patient = await calling();
    await patient.hear(...called("r1", "f1", "call_1", null), speech);
    patient.talk.interrupt();
    expect(patient.slow.signals.map(({ aborted }) => aborted)).toEqual([false]);
    for (const interrupt of ["voice", "program"]) {
      const { session, talk, received, slow, hear } = await calling({
        policy: { toolsAtInterruption: "abort" },
      });
      await hear(...called("r1", "f1", "call_1", null));
      if (interrupt === "voice") await hear(speech);
      else talk.interrupt();
      await settle();
      expect(slow.signals[0]?.reason).toMatchObject({ code: "aborted" });
      expect(outputs(received)).toMatchObject([["call_1", expect.stringContaining("interrupted")]]);
      await slow.finish("late");
      expect(outputs(received)).toHaveLength(1);
      await session.close();
    }
    await patient.session.close();
  });

  it("go on when speech that is over is told of once more", async () => {
    const said = { item_id: "u9", audio_start_ms: 0 };
    const speech = server("input_audio_buffer.speech_started", said);
    const { session, slow, hear } = await calling({ policy: { toolsAtInterruption: "abort" } });
    await hear(speech, server("input_audio_buffer.speech_stopped", { item_id: "u9", audio_end_ms: 400 }));
    await hear(...called("r1", "f1", "call_1", null), speech);
    expect(slow.signals.map(({ aborted }) => aborted)).toEqual([false]);
    await hear(server("input_audio_buffer.speech_started", { item_id: "u10", audio_start_ms: 900 }));
    expect(slow.signals.map(({ aborted }) => aborted)).toEqual([true]);
    await session.close();
  });

  it("are told, and not answered, when they are deleted", async () => {
    const { session, received, slow, hear } = await calling();
    await hear(...called("r1", "f1", "call_1", null));
    await hear(server("conversation.item.deleted", { item_id: "f1" }));
    expect(slow.signals[0]?.aborted).toBe(true);
    await slow.finish("late");
    expect(outputs(received)).toEqual([]);
    await session.close();
  });

  it("are not waited for any more when they are deleted, before their response has ended or after", async () => {
    const item = (id: string) => ({
      ...{
        id,
        type: "function_call",
        status: "completed",
        name: "slow",
        call_id: `call_${id}`,
        arguments: "{}",
      },
    });
    const response = { id: "r1", conversation_id: "c" };
    const begins = [
      server("response.created", { response: { ...response, status: "in_progress", output: [] } }),
      ...["f1", "f2"].map((id, output_index) =>
        server("response.output_item.done", { response_id: "r1", output_index, item: item(id) }),
      ),
    ];
    const ends = server("response.done", {
      response: { ...response, status: "completed", output: [item("f1"), item("f2")] },
    });
    const deleted = server("conversation.item.deleted", { item_id: "f2" });
    const output = toolOutput("call_f1", "sunny");
    for (const order of [
      [deleted, ends, output],
      [ends, deleted, output],
      [ends, output, deleted],
    ]) {
      const asked = (state: ConversationState) => state.turn.requests.map(({ id }) => id);
      const before = fold([...begins, ...order.slice(0, -1)]);
      expect(asked(before)).toEqual([]);
      const state = fold(order.slice(-1), before);
      expect(asked(state)).toEqual(["tools_r1"]);
      expect(fold([deleted], state)).toBe(state);
    }
    // One that has its output is waited for by nobody, and its end asks for nothing.
    const answered = fold([...begins, ends, output, toolOutput("call_f2", "dry")]);
    expect(fold([deleted], { ...answered, turn: { ...answered.turn, requests: [] } }).turn.requests).toEqual(
      [],
    );
  });

  describe("that lie behind, or that an edit of the history takes away,", () => {
    const message = (id: string, role: "user" | "assistant" = "user") => ({
      ...{ id, type: "message", role, status: "completed", content: [] },
    });
    const answered = (id: string, items: readonly { readonly id: string }[], outOfBand = false) => {
      const response = { id, output: items, conversation_id: outOfBand ? null : "c" };
      return server("response.done", { response: { ...response, status: "completed" } });
    };
    const placed = (item: { readonly id: string }, previous: string | null) =>
      server("conversation.item.added", { previous_item_id: previous, item });
    const f1 = { ...message("f1"), type: "function_call", name: "f", call_id: "call_1", arguments: "{}" };
    const f2 = { ...f1, id: "f2", call_id: "call_2" };
    /** Two calls, of which the first is not answered. */
    const half = [
      placed(message("u1"), null),
      ...[placed(f1, "u1"), placed(f2, "f1"), answered("r1", [f1, f2])],
      toolOutput("call_2"),
    ];
    const deleted = (id: string) => server("conversation.item.deleted", { event_id: `d_${id}`, item_id: id });
    const isAsked = (...since: readonly LogEntry[]) =>
      fold([...half, ...since, deleted("f1")]).turn.requests.some(({ id }) => id === "tools_r1");

    it("ask for nothing when they are deleted", () => {
      expect(isAsked()).toBe(true);
      expect(isAsked(answered("r2", [message("a2", "assistant")], true))).toBe(true);
      expect(isAsked(placed({ ...message("s1"), role: "system" } as never, "f2"))).toBe(true);
      expect(isAsked(placed(message("u2"), "f2"))).toBe(false);
      expect(isAsked(answered("r2", [message("a2", "assistant")]))).toBe(false);
    });

    it("let nobody speak where a history is trimmed", async () => {
      for (const since of [[], [placed(message("u2"), "o2")]]) {
        // The function is the program's own.
        const tools = [{ type: "function", name: "f", parameters: {} }];
        const greeting = server("session.created", { session: { type: "realtime", id: "sess_1", tools } });
        const { talk, session, received, hear } = await talking({}, {}, [greeting]);
        await hear(...half.slice(0, -1));
        session.send({
          type: "conversation.item.create",
          item: { id: "o2", type: "function_call_output", call_id: "call_2", output: "sunny" },
        });
        await settle();
        await hear(
          placed(
            { id: "o2", type: "function_call_output", call_id: "call_2", output: "sunny" } as never,
            "f2",
          ),
          ...since,
        );
        const edited = talk.editHistory(["o2"]);
        await settle();
        const deletions = received.flatMap((event) =>
          event.type === "conversation.item.delete" ? [event.item_id] : [],
        );
        expect(deletions).toEqual(["u1", "f1", "f2", ...(since.length === 0 ? [] : ["u2"])]);
        await hear(...deletions.map(deleted));
        await edited;
        expect(talk.state.items.map(({ id }) => id)).toEqual(["o2"]);
        expect(count(received, "response.create")).toBe(0);
        await session.close();
      }
    });

    it("ask all the same when an edit was refused and they are deleted one by one", () => {
      const deletion = (event_id?: string) =>
        client({ type: "conversation.item.delete", item_id: "f1", ...(event_id && { event_id }) });
      const [edit] = editCommands(fold(half), ["u1", "f2"]);
      expect(edit).toMatchObject({ type: "conversation.item.delete", item_id: "f1" });
      expect(isAsked(deletion(edit?.event_id))).toBe(false);
      expect(isAsked(deletion(edit?.event_id), deletion("mine"))).toBe(true);
    });
  });

  it("are those of a response of which only the end is told", () => {
    const item = {
      id: "f1",
      type: "function_call",
      status: "completed",
      name: "f",
      call_id: "call_1",
      arguments: "{}",
    };
    const state = fold([
      server("conversation.item.added", { previous_item_id: null, item }),
      server("response.done", {
        response: { id: "r1", status: "completed", output: [item], conversation_id: "c" },
      }),
      toolOutput("call_1"),
    ]);
    expect(state.items).toMatchObject([{ id: "f1", responseId: "r1", answered: true }]);
    expect(state.turn.requests).toMatchObject([{ id: "tools_r1", status: "waiting" }]);
  });

  it("are not answered again when the program has answered while they ran", async () => {
    const { session, received, slow, hear } = await calling();
    await hear(...called("r1", "f1", "call_1", null));
    session.send({
      type: "conversation.item.create",
      item: { type: "function_call_output", call_id: "call_1", output: "by hand" },
    });
    await slow.finish("late");
    expect(outputs(received)).toEqual([["call_1", "by hand"]]);
    await session.close();
  });

  it("have their outputs sent over the next link when theirs is lost", async () => {
    const { session, talk, slow, hear, cut, received } = await calling();
    await hear(...called("r1", "f1", "call_1", null));
    cut();
    await settle();
    expect(talk.state.link).toBe("closed");
    await slow.finish("sunny");
    // The session keeps it until it is back.
    expect(outputs(received)).toEqual([]);
    expect(session.status.state).toBe("reconnecting");
    await session.close();
  });
});

describe("a function that fails", () => {
  const problemsOf = async (tools: readonly Tool[], options: ConversationOptions = {}) => {
    const held = await talking({ tools, ...options });
    const problems: ConversationProblem[] = [];
    held.talk.problems$.subscribe((problem) => problems.push(problem));
    return { ...held, problems };
  };
  const weather = (run: () => unknown) =>
    tool({ name: "get_weather", description: "A test.", parameters: { type: "object" }, run });

  it("is a problem with what it threw, stack and all, and the model has a sentence", async () => {
    const thrown = new TypeError("no such city");
    const broken = weather(() => {
      throw thrown;
    });
    const { session, received, hear, problems } = await problemsOf([broken]);
    await hear(...called("r1", "f1", "call_1", null));
    const call = { itemId: "f1", callId: "call_1", name: "get_weather", arguments: '{"city":"Lisbon"}' };
    expect(problems).toEqual([{ effect: { type: "run-tool", ...call }, error: expect.any(RealtimeError) }]);
    expect(problems[0]?.error).toMatchObject({
      code: "tool_failed",
      message: "The function get_weather failed when it was called as call_1: no such city",
    });
    expect(problems[0]?.error.cause).toBe(thrown);
    expect(outputs(received)).toEqual([["call_1", '{"error":"no such city"}']]);
    expect(count(received, "response.create")).toBe(1);
    await session.close();
  });

  it("is none where it was stopped, where the model was wrong, or where nobody has it", async () => {
    const slow = slowTool();
    const { session, talk, received, hear, problems } = await problemsOf([slow.tool], {
      policy: { toolsAtInterruption: "abort" },
    });
    await hear(...called("r1", "f1", "call_1", null));
    talk.interrupt();
    await settle();
    const other = JSON.parse(JSON.stringify(called("r2", "f2", "call_2", null)).replaceAll("get_w", "get_n"));
    await hear(...other);
    const wrong = JSON.stringify(called("r3", "f3", "call_3", null)).replaceAll('\\"Lisbon\\"', "5");
    await hear(...JSON.parse(wrong));
    expect(outputs(received)).toMatchObject([
      ["call_1", expect.stringContaining("interrupted")],
      ["call_2", expect.stringContaining("no tool named get_neather")],
      ["call_3", expect.stringContaining("/city: expected a string")],
    ]);
    expect(problems).toEqual([]);
    await session.close();
  });

  it("is one in the background and when it takes too long, and so is an approver that throws", async () => {
    const late = tool({
      name: "get_weather",
      description: "A test.",
      parameters: { type: "object" },
      mode: "background",
      timeoutMs: 0,
      run: () => new Promise(() => {}),
    });
    const due: (() => void)[] = [];
    const clock: Clock = {
      now: () => 0,
      after(_, run) {
        due.push(run);
        return () => {};
      },
    };
    const onMcpApproval = () => Promise.reject(new Error("no window"));
    const { session, hear, problems } = await problemsOf([late], { clock, onMcpApproval });
    await hear(...called("r1", "f1", "call_1", null));
    for (const run of due) run();
    const request = {
      id: "m1",
      type: "mcp_approval_request",
      server_label: "docs",
      name: "x",
      arguments: "",
    };
    await hear(server("conversation.item.done", { previous_item_id: null, item: request }));
    expect(problems).toMatchObject([
      { effect: { type: "run-tool", callId: "call_1" }, error: { cause: { code: "timeout" } } },
      { effect: { type: "ask-approval", requestId: "m1" }, error: { cause: { message: "no window" } } },
    ]);
    expect(problems.map(({ error }) => error.code)).toEqual(["tool_failed", "tool_failed"]);
    await session.close();
  });
});

describe("the tools of a session", () => {
  it("are there before the first answer is asked for, however early a program asks", async () => {
    const slow = slowTool();
    const { session, received, open } = unopened({ tools: [slow.tool] });
    const opening = open((talk) => void talk.say("Hello"));
    await opening;
    await settle();
    expect(received.map(({ type }) => type)).toEqual([
      "session.update",
      "conversation.item.create",
      "response.create",
    ]);
    await session.close();
  });

  const updates = (received: readonly ClientEvent[]) =>
    received.flatMap((event) =>
      event.type === "session.update" && event.session.type === "realtime" ? [event.session] : [],
    );
  const mcp = {
    type: "mcp",
    server_label: "docs",
    server_url: "https://docs.example",
    authorization: "token",
  } as const;

  it("get ours before anything else is asked", async () => {
    const { session, received, slow } = await calling();
    expect(updates(received)).toEqual([{ type: "realtime", tools: [slow.tool.definition] }]);
    await session.close();
  });

  it("are in the program's own configuration: a session is configured once, and never lists an MCP server twice", async () => {
    const slow = slowTool();
    const configure: ClientEvent[] = [
      { type: "session.update", session: { type: "realtime", instructions: "Be brief." } },
      { type: "session.update", session: { type: "realtime", tools: [mcp] } },
      { type: "session.update", session: { type: "realtime", tools: [mcp], max_output_tokens: 100 } },
    ];
    const { session, received } = await talking({ tools: [slow.tool] }, { configure });
    expect(updates(received)).toEqual([
      { type: "realtime", instructions: "Be brief.", tools: [mcp, slow.tool.definition] },
      { type: "realtime", max_output_tokens: 100 },
    ]);
    await session.close();
  });

  it("are in the first update of the next session, as they were at last", async () => {
    const slow = slowTool();
    const other = { type: "function", name: "other" } as const;
    const configure: ClientEvent[] = [
      { type: "session.update", session: { type: "realtime", instructions: "Be brief.", tools: [mcp] } },
    ];
    const soon = { random: () => 0 };
    const { session, received, cut } = await talking({ tools: [slow.tool] }, { configure, reconnect: soon });
    session.send({ type: "session.update", session: { type: "realtime", tools: [other] } });
    await settle();
    received.length = 0;
    cut();
    do await settle();
    while (session.status.state !== "ready");
    expect(updates(received)).toEqual([
      { type: "realtime", instructions: "Be brief.", tools: [other, slow.tool.definition] },
    ]);
    await session.close();
  });

  it.each([{ tools: 5 }, { tools: [null, 7, [], "x"] }, { tools: {} }])(
    "are there beside whatever the server says that its are: %j",
    async (odd) => {
      const greeting = server("session.created", { session: { type: "realtime", id: "sess_1", ...odd } });
      const slow = slowTool();
      const { session, received, hear } = await talking({ tools: [slow.tool] }, {}, [greeting]);
      expect(updates(received)).toEqual([{ type: "realtime", tools: [slow.tool.definition] }]);
      await hear(...called("r1", "f1", "call_1", null));
      await slow.finish("done");
      expect(outputs(received)).toEqual([["call_1", "done"]]);
      await session.close();
    },
  );

  it("are none in a transcription session, which takes none", async () => {
    const slow = slowTool();
    const configure: ClientEvent[] = [{ type: "session.update", session: { type: "transcription" } }];
    const { session, received } = await talking({ tools: [slow.tool] }, { configure });
    expect(received).toMatchObject([{ session: { type: "transcription" } }]);
    await session.close();
    const greeting = server("session.created", { session: { type: "transcription", id: "sess_1" } });
    const unconfigured = await talking({ tools: [slow.tool] }, {}, [greeting]);
    expect(unconfigured.received).toEqual([]);
    await unconfigured.session.close();
  });

  it("keep ours, and those of others with their credentials, when a program sets tools by hand", async () => {
    const { session, received, slow } = await calling();
    const own = slow.tool.definition;
    const impostor = { ...own, description: "Another one." };
    const other = { type: "function", name: "other" } as const;
    session.send({ type: "session.update", session: { type: "realtime", tools: [impostor, mcp, other] } });
    await settle();
    expect(updates(received).at(-1)).toEqual({ type: "realtime", tools: [mcp, other, own] });
    expect(updates(received)).toHaveLength(3);
    // What does not touch the tools, or has ours, is left alone.
    session.send({ type: "session.update", session: { type: "realtime", instructions: "Be brief." } });
    session.send({ type: "session.update", session: { type: "realtime", tools: [own, other] } });
    await settle();
    expect(updates(received)).toHaveLength(5);
    await session.close();
  });

  it("get ours beside those that the session was opened with, of which the server reports no credentials", async () => {
    const slow = slowTool();
    const { session, received } = await talking({ tools: [slow.tool] }, {}, [
      server("session.created", {
        session: {
          type: "realtime",
          id: "sess_1",
          tools: [{ type: "mcp", server_label: "docs", server_url: "https://docs.example" }],
        },
      }),
    ]);
    expect(updates(received)).toEqual([
      { type: "realtime", tools: [{ type: "mcp", server_label: "docs" }, slow.tool.definition] },
    ]);
    await session.close();
    const there = await talking({ tools: [slow.tool] }, {}, [
      server("session.created", {
        session: { type: "realtime", id: "sess_1", tools: [slow.tool.definition] },
      }),
    ]);
    expect(updates(there.received)).toEqual([]);
    await there.session.close();
  });
});

describe("approval of MCP calls", () => {
  const request = {
    id: "m1",
    type: "mcp_approval_request",
    server_label: "docs",
    name: "search",
    arguments: '{"q":1}',
  };
  const asked = [
    server("conversation.item.added", { previous_item_id: null, item: request }),
    server("conversation.item.done", { previous_item_id: null, item: request }),
  ];
  const answers = (received: readonly ClientEvent[]) =>
    received.flatMap((event) =>
      event.type === "conversation.item.create" && event.item.type === "mcp_approval_response"
        ? [event.item]
        : [],
    );

  it("is asked of one function, once, and answered with what it says", async () => {
    const requests: unknown[] = [];
    const { session, received, hear } = await talking({
      async onMcpApproval(call) {
        requests.push(call);
        return { approved: false, reason: "not today" };
      },
    });
    await hear(...asked, ...asked);
    expect(requests).toMatchObject([
      { requestId: "m1", serverLabel: "docs", name: "search", arguments: '{"q":1}' },
    ]);
    expect(answers(received)).toMatchObject([
      { approval_request_id: "m1", approve: false, reason: "not today" },
    ]);
    await session.close();
  });

  it("is refused when nobody can decide", async () => {
    const { session, received, hear } = await talking({
      onMcpApproval: () => {
        throw new Error("no window");
      },
    });
    await hear(...asked);
    expect(answers(received)).toMatchObject([{ approve: false, reason: "Nobody could decide: no window" }]);
    await session.close();
  });

  it("is refused whatever is thrown", async () => {
    const { session, received, hear } = await talking({
      onMcpApproval: () => {
        throw Object.create(null);
      },
    });
    await hear(...asked);
    expect(answers(received)).toMatchObject(
      [{ approve: false, reason: /^Nobody could decide: Something/ }].map((answer) => ({
        ...answer,
        reason: expect.stringMatching(answer.reason),
      })),
    );
    await session.close();
  });

  it("waits for the program where there is no such function", async () => {
    const { session, talk, received, hear } = await talking();
    await hear(...asked);
    expect(answers(received)).toEqual([]);
    talk.approveMcp("m1", true);
    await settle();
    expect(answers(received)).toMatchObject([{ approval_request_id: "m1", approve: true }]);
    await session.close();
  });

  it("leads to an answer: after the call, after a refusal, and not where the service goes on by itself", async () => {
    const creates = async (entries: ReturnType<typeof server>[], respondToTools = true) => {
      const { talk, session, received, hear } = await talking({
        onMcpApproval: () => false,
        policy: { respondToTools },
      });
      await hear(...entries);
      expect(talk.state.turn.requests.filter(({ by }) => by !== "tools")).toEqual([]);
      await session.close();
      return count(received, "response.create");
    };
    const call = { id: "m2", type: "mcp_call", server_label: "docs", name: "search", arguments: "{}" };
    const result = { ...call, output: "found" };
    const begun = [
      server("response.created", {
        response: { id: "r1", status: "in_progress", output: [], conversation_id: "c" },
      }),
      server("conversation.item.added", { previous_item_id: null, item: call }),
      server("response.output_item.added", { response_id: "r1", output_index: 0, item: call }),
    ];
    const ended = [
      server("response.mcp_call.completed", { item_id: "m2", output_index: 0 }),
      server("conversation.item.done", { previous_item_id: null, item: result }),
    ];
    const done = server("response.done", {
      response: { id: "r1", status: "completed", output: [result], conversation_id: "c" },
    });
    expect(await creates([...begun, ...ended])).toBe(0);
    expect(await creates([...begun, ...ended, done])).toBe(1);
    expect(await creates([...begun, done, ...ended])).toBe(1);
    expect(await creates([...begun, done, ...ended], false)).toBe(0);
    const said = { id: "a1", type: "message", role: "assistant", status: "completed", content: [] };
    const goesOn = server("conversation.item.added", { previous_item_id: "m2", item: said });
    expect(await creates([...begun, ...ended, goesOn, done])).toBe(0);
    const early = server("response.done", {
      response: { id: "r1", status: "completed", output: [call], conversation_id: "c" },
    });
    const [second, over] = ["created", "done"].map((end) =>
      server(`response.${end}`, {
        response: {
          id: "r2",
          status: end === "done" ? "completed" : "in_progress",
          output: [],
          conversation_id: "c",
        },
      }),
    );
    expect(await creates([...begun, early, second!, ...ended, goesOn, over!])).toBe(0);
    const refusal = { id: "m3", type: "mcp_approval_response", approval_request_id: "m1", approve: false };
    const refused = server("conversation.item.added", { previous_item_id: "m1", item: refusal });
    expect(await creates([...asked, refused])).toBe(1);
    const allowed = server("conversation.item.added", {
      previous_item_id: "m1",
      item: { ...refusal, approve: true },
    });
    expect(await creates([...asked, allowed])).toBe(0);
  });
});

describe("a budget", () => {
  it("stops what asks for answers, says so in the state, and lets go on when it is raised", async () => {
    const { session, talk, received, hear } = await talking({ budget: budget({ maxTokens: 25 }) });
    const usage = { total_tokens: 30, input_tokens: 10, output_tokens: 20 };
    const detection = { type: "server_vad", threshold: 0.4, create_response: true };
    await hear(
      server("session.updated", {
        session: { type: "realtime", audio: { input: { turn_detection: detection } } },
      }),
      server("response.created", {
        response: { id: "r1", status: "in_progress", output: [], conversation_id: "c" },
      }),
    );
    talk.respond();
    await hear(
      server("response.done", {
        response: { id: "r1", status: "completed", output: [], conversation_id: "c", usage },
      }),
    );
    expect(talk.state.budget).toEqual({ limit: "tokens", spent: 30, most: 25, serverAnswered: true });
    expect(received.map(({ type }) => type)).toEqual(["session.update"]);
    expect(received[0]).toMatchObject({
      session: { audio: { input: { turn_detection: { ...detection, create_response: false } } } },
    });
    expect(talk.state.turn.requests).toMatchObject([{ status: "waiting" }]);
    talk.setBudget(budget({ maxTokens: 100 }));
    expect(talk.state.budget).toBeNull();
    await settle();
    expect(received.slice(1)).toMatchObject([
      { session: { audio: { input: { turn_detection: { create_response: true } } } } },
      { type: "response.create" },
    ]);
    await session.close();
  });

  const detection = { type: "server_vad", create_response: true } as const;
  const greeting = server("session.created", {
    session: { type: "realtime", id: "sess_1", audio: { input: { turn_detection: detection } } },
  });
  const used = server("response.done", {
    response: {
      id: "r1",
      status: "completed",
      output: [],
      conversation_id: "c",
      usage: { total_tokens: 30, input_tokens: 10, output_tokens: 20 },
    },
  });
  const detections = (received: readonly ClientEvent[]) =>
    received.flatMap((event) =>
      event.type === "session.update" && event.session.type === "realtime"
        ? [event.session.audio?.input?.turn_detection]
        : [],
    );
  const silent = { ...detection, create_response: false };

  it("holds back the server in the session that a restored conversation goes on in", async () => {
    const first = await talking({ budget: budget({ maxTokens: 25 }) }, {}, [greeting]);
    await first.hear(used);
    const from = restore(snapshot(first.talk.state));
    await first.session.close();
    const { session, talk, received } = await talking({ from, budget: budget({ maxTokens: 25 }) }, {}, [
      greeting,
    ]);
    await settle();
    expect(detections(received)).toEqual([silent]);
    talk.setBudget(undefined);
    await settle();
    expect(detections(received)).toEqual([silent, detection]);
    await session.close();
  });

  it("holds back the server when its turn detection is set meanwhile", async () => {
    const manual = server("session.updated", {
      session: { type: "realtime", id: "sess_1", audio: { input: { turn_detection: null } } },
    });
    const { session, talk, received, hear } = await talking({ budget: budget({ maxTokens: 25 }) }, {}, [
      greeting,
    ]);
    await hear(manual, used);
    expect(detections(received)).toEqual([]);
    const semantic = { type: "semantic_vad" } as const;
    talk.update({ type: "realtime", audio: { input: { turn_detection: semantic } } });
    await settle();
    const held = { ...semantic, create_response: false };
    expect(detections(received)).toEqual([semantic, held]);
    expect(talk.state.budget).toMatchObject({ serverAnswered: true });
    await hear(
      server("session.updated", {
        session: { type: "realtime", id: "sess_1", audio: { input: { turn_detection: held } } },
      }),
    );
    talk.setBudget(undefined);
    await settle();
    expect(detections(received).slice(2)).toEqual([{ ...semantic, create_response: true }]);
    await session.close();
  });
});
