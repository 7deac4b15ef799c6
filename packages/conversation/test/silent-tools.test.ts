import { memorySink, readRecording, recordLog, replaySession } from "@duologue/core";
import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { conversation, restore, snapshot, type Tool, type ToolOptions, tool } from "../src/index.ts";
import { settle, unopened } from "./talking.ts";
import { server } from "./wire.ts";

type Options = Partial<
  Pick<ToolOptions<object>, "mode" | "respond" | "approve" | "timeoutMs" | "parameters">
>;

/** A tool that ends, well or badly, when the test says so. */
function held(name: string, options: Options = {}) {
  const ends: PromiseWithResolvers<unknown>[] = [];
  const made: Tool = tool({
    name,
    description: "A test.",
    parameters: { type: "object", properties: { city: { type: "string" } } },
    ...options,
    run() {
      const end = Promise.withResolvers<unknown>();
      ends.push(end);
      return end.promise;
    },
  });
  return {
    tool: made,
    async end(value: unknown = "done") {
      for (const { resolve, reject } of ends.splice(0))
        value instanceof Error ? reject(value) : resolve(value);
      await settle();
    },
  };
}

const call = (name: string, json = "{}") => ({
  id: `item_${name}`,
  type: "function_call",
  status: "completed",
  name,
  call_id: `call_${name}`,
  arguments: json,
});

/** One response that calls all of these. */
const calls = (...output: readonly object[]) =>
  server("response.done", { response: { id: "r1", status: "completed", output, conversation_id: "c" } });

/** A conversation whose server takes every item, and what is recorded of it. */
async function talking(tools: readonly Tool[], maxFrameBytes = 100_000) {
  const one = unopened({ tools }, { maxFrameBytes });
  const sink = memorySink();
  const writing = recordLog(one.session.log$, sink, { protocol: openaiRealtime.name });
  await one.open();
  one.session.log$.subscribe(({ from, event }) => {
    const command = event as ClientEvent;
    if (from === "client" && command.type === "conversation.item.create")
      void one.hear(server("conversation.item.added", { item: command.item }));
  });
  return {
    ...one,
    asked: () => one.received.filter(({ type }) => type === "response.create").length,
    /** Ends the session, and holds its state against those of a replay and of a snapshot. */
    async close() {
      await one.session.close();
      await writing.finished;
      const { session, run } = replaySession({
        recording: readRecording(sink.text),
        protocol: openaiRealtime,
      });
      const replayed = conversation(session, { live: false });
      await run();
      expect(replayed.state).toEqual(one.talk.state);
      expect(restore(snapshot(one.talk.state))).toEqual(one.talk.state);
      await session.close();
    },
  };
}

describe("a tool with respond: false", () => {
  it("sends its result, and nothing is asked for; the conversation is quiet", async () => {
    const note = held("note", { respond: false });
    const { talk, received, hear, asked, close } = await talking([note.tool]);
    await hear(calls(call("note")));
    await note.end("noted");
    expect(received.at(-1)).toMatchObject({ item: { type: "function_call_output", output: "noted" } });
    expect([asked(), talk.isQuiet, talk.state.turn.requests]).toEqual([0, true, []]);
    await close();
  });

  it.each([
    ["note", "ask"],
    ["ask", "note"],
  ])(
    "beside others: one answer, when the last output is in, whichever is first: %s, %s",
    async (...order) => {
      const tools = { note: held("note", { respond: false }), ask: held("ask") };
      const { hear, asked, close } = await talking([tools.note.tool, tools.ask.tool]);
      await hear(calls(call("note"), call("ask")));
      const [first, second] = order as ("note" | "ask")[];
      await tools[first ?? "note"].end();
      expect(asked()).toBe(0);
      await tools[second ?? "ask"].end();
      expect(asked()).toBe(1);
      await close();
    },
  );

  it("beside another such, or one that is deleted, asks for nothing", async () => {
    const note = held("note", { respond: false });
    const mark = held("mark", { respond: false });
    const ask = held("ask");
    const { hear, asked, close } = await talking([note.tool, mark.tool, ask.tool]);
    await hear(calls(call("note"), call("mark"), call("ask")));
    await note.end();
    await mark.end();
    await hear(server("conversation.item.deleted", { item_id: "item_ask" }));
    await ask.end();
    expect(asked()).toBe(0);
    await close();
  });

  it("beside one in the background: its beginning is answered, and its result", async () => {
    const note = held("note", { respond: false });
    const long = held("long", { mode: "background" });
    const { hear, asked, close } = await talking([note.tool, long.tool]);
    await hear(calls(call("note"), call("long")));
    expect(asked()).toBe(0);
    await note.end();
    expect(asked()).toBe(1);
    await hear(server("response.created", { response: { id: "r2", status: "in_progress", output: [] } }));
    await hear(server("response.done", { response: { id: "r2", status: "completed", output: [] } }));
    await long.end();
    expect(asked()).toBe(2);
    await close();
  });

  it("in the background neither its beginning nor its result is answered, but what goes wrong is", async () => {
    const long = held("long", { mode: "background", respond: false });
    const { received, hear, asked, close } = await talking([long.tool]);
    await hear(calls(call("long")));
    await long.end("all is well");
    expect(received.at(-1)).toMatchObject({ item: { role: "system" } });
    expect(asked()).toBe(0);
    await hear(
      server("response.done", {
        response: { id: "r2", status: "completed", output: [{ ...call("long"), id: "again" }] },
      }),
    );
    await long.end(new Error("It broke."));
    expect(asked()).toBe(1);
    await close();
  });

  it.each<[string, Options, unknown, string]>([
    ["throws", {}, new Error("It broke."), "{}"],
    ["gives an error", {}, Promise.resolve(new Error("It broke.")), "{}"],
    ["gives what cannot be written", {}, { is: () => {}, toJSON: () => undefined }, "{}"],
    ["is not allowed to run", { approve: () => false }, undefined, "{}"],
    ["is called wrongly", {}, undefined, '{"city":5}'],
    ["gives more than the connection carries", {}, "x".repeat(5000), "{}"],
  ])("that %s is answered, since the model has to hear of it", async (_, options, value, json) => {
    const note = held("note", { respond: false, ...options });
    const { received, hear, asked, close } = await talking([note.tool], 2000);
    await hear(calls(call("note", json)));
    await note.end(value);
    const outputs = received.filter((event) => event.type === "conversation.item.create");
    expect(outputs).toMatchObject([{ item: { output: expect.stringContaining("error") } }]);
    expect(asked()).toBe(1);
    await close();
  });

  it("has neither true nor false in another word", () => {
    expect(() => held("note", { respond: "no" as never })).toThrow(
      "The respond of note is neither true nor false.",
    );
  });
});
