import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { describe, expect, it, vi } from "vitest";
import { type ConversationOptions, initialState, reduce, type Tool, tool } from "../src/index.ts";
import { settle, talking, unopened } from "./talking.ts";
import { called, server } from "./wire.ts";

function named(name: string, run: () => unknown = () => name, description = "A test."): Tool {
  return tool({ name, description, parameters: { type: "object" }, run });
}

const updates = (received: readonly ClientEvent[]) =>
  received.flatMap((event) =>
    event.type === "session.update" && event.session.type === "realtime" ? [event.session] : [],
  );
const names = (received: readonly ClientEvent[]) =>
  updates(received).map(({ tools }) => tools?.map((one) => ("name" in one ? one.name : one.server_label)));
const outputs = (received: readonly ClientEvent[]) =>
  received.flatMap((event) =>
    event.type === "conversation.item.create" && event.item.type === "function_call_output"
      ? [event.item.output]
      : [],
  );

/** Says what the server has of the latest update. */
const acknowledged = (received: readonly ClientEvent[]) =>
  server("session.updated", { session: { id: "sess_1", ...updates(received).at(-1) } });

const soon = { reconnect: { random: () => 0 } } as const;

async function open(options: ConversationOptions = {}, settings: Parameters<typeof talking>[1] = {}) {
  const held = await talking(options, settings);
  return {
    ...held,
    /** Loses the link and waits for the next one; gives what that was told. */
    async reconnected(meanwhile: () => void = () => {}) {
      held.received.length = 0;
      const watching = held.session.status$.subscribe(({ state }) => state === "reconnecting" && meanwhile());
      held.cut();
      do await settle();
      while (held.session.status.state !== "ready");
      watching.unsubscribe();
      await settle();
      return held.received;
    },
  };
}

describe("tools that come and go", () => {
  it("are looked at once for a task, however many came and went in it", async () => {
    const { session, talk, received } = await open();
    const reviews = vi.spyOn(globalThis, "queueMicrotask");
    for (let count = 0; count < 500; count++) talk.addTool(named(`tool_${count}`));
    for (let count = 0; count < 500; count++) talk.addTool(named("again"))();
    expect(reviews).toHaveBeenCalledTimes(1);
    reviews.mockRestore();
    await settle();
    expect(names(received).map((each) => each?.length)).toEqual([500]);
    await session.close();
  });

  it("are told with one update for all that changed in a task, and none where nothing did", async () => {
    const { session, talk, received } = await open({ tools: [named("a")] });
    const remove = talk.addTool(named("b"));
    const c = talk.addTool(named("c"));
    c();
    talk.addTool(named("d"));
    expect(talk.tools.map(({ definition }) => definition.name)).toEqual(["a", "b", "d"]);
    expect(names(received)).toEqual([["a"]]);
    await settle();
    expect(names(received)).toEqual([["a"], ["a", "b", "d"]]);
    // As a component does that is mounted twice.
    remove();
    talk.addTool(named("b"))();
    talk.addTool(named("b"));
    await settle();
    expect(names(received)).toHaveLength(2);
    // The second time is no other one.
    remove();
    await settle();
    expect(names(received)).toHaveLength(2);
    await session.close();
  });

  it("are in the first configuration where they come before the session opens, or none is needed", async () => {
    const { session, talk, received, open: connect } = unopened();
    talk.addTool(named("a"))();
    talk.addTool(named("b"));
    await connect();
    await settle();
    expect(names(received)).toEqual([["b"]]);
    await session.close();
    const without = unopened();
    without.talk.addTool(named("a"))();
    await without.open();
    await settle();
    expect(without.received).toEqual([]);
    await without.session.close();
  });

  it("are told behind the configuration where they come while that is on its way", async () => {
    const { session, talk, received, open: connect } = unopened({ tools: [named("a")] });
    const opening = connect();
    session.status$.subscribe(({ state }) => {
      if (state === "configuring") queueMicrotask(() => queueMicrotask(() => talk.addTool(named("b"))));
    });
    await opening;
    await settle();
    expect(names(received)).toEqual([["a"], ["a", "b"]]);
    await session.close();
  });

  it("are run, and typed errors tell of what is none", async () => {
    const { session, talk, received, hear } = await open();
    talk.addTool(named("get_weather", () => "sunny"));
    await settle();
    await hear(acknowledged(received), ...called("r1", "f1", "call_1", null));
    expect(outputs(received)).toEqual(["sunny"]);
    for (const none of [undefined, {}, { name: "x", run: () => 1 }]) {
      expect(() => talk.addTool(none as unknown as Tool)).toThrow(
        expect.objectContaining({
          code: "invalid_argument",
          message: expect.stringContaining("tool({ name"),
        }),
      );
    }
    expect(() => unopened({ tools: [{} as Tool] })).toThrow("tool({ name");
    await session.close();
  });

  it.each(["before the server has heard of that", "after it"])(
    "are answered when they are called though they are gone: %s",
    async (when) => {
      const { session, talk, received, hear } = await open();
      let runs = 0;
      const remove = talk.addTool(named("get_weather", () => runs++));
      await settle();
      await hear(acknowledged(received));
      remove();
      if (when === "after it") {
        await settle();
        await hear(acknowledged(received));
      }
      await hear(...called("r1", "f1", "call_1", null));
      expect(outputs(received)).toEqual([
        '{"error":"get_weather is not there any more: it was taken away."}',
      ]);
      expect(received.filter(({ type }) => type === "response.create")).toHaveLength(1);
      expect(runs).toBe(0);
      await session.close();
    },
  );

  it("go on running when they are taken away", async () => {
    const { session, talk, received, hear } = await open();
    let finish = (_: string) => {};
    const remove = talk.addTool(
      named("get_weather", () => new Promise<string>((resolve) => (finish = resolve))),
    );
    await settle();
    await hear(...called("r1", "f1", "call_1", null));
    remove();
    await settle();
    finish("sunny");
    await settle();
    expect(outputs(received)).toEqual(["sunny"]);
    await session.close();
  });

  it("leave calls to whoever has given the model a function of that name since", async () => {
    const { session, talk, received, hear } = await open();
    const remove = talk.addTool(named("get_weather"));
    await settle();
    remove();
    await settle();
    const theirs = { type: "function", name: "get_weather", description: "Another one." } as const;
    session.send({ type: "session.update", session: { type: "realtime", tools: [theirs] } });
    await settle();
    await hear(acknowledged(received), ...called("r1", "f1", "call_1", null));
    expect(names(received).slice(-1)).toEqual([["get_weather"]]);
    expect(outputs(received)).toEqual([]);
    await session.close();
  });

  it("hide others of their name as long as they are there", async () => {
    const { session, talk, received, hear } = await open({
      tools: [named("get_weather", () => "old", "Old.")],
    });
    const remove = talk.addTool(named("get_weather", () => "new", "New."));
    await settle();
    expect(updates(received).at(-1)?.tools).toMatchObject([{ description: "New." }]);
    await hear(acknowledged(received), ...called("r1", "f1", "call_1", null));
    remove();
    await settle();
    expect(updates(received).at(-1)?.tools).toMatchObject([{ description: "Old." }]);
    await hear(acknowledged(received), ...called("r2", "f2", "call_2", "f1"));
    expect(outputs(received)).toEqual(["new", "old"]);
    await session.close();
  });

  it("stand beside what others have set, whether the server has answered or not", async () => {
    const { session, talk, received, hear } = await open({ tools: [named("a")] });
    const mcp = {
      type: "mcp",
      server_label: "docs",
      server_url: "https://x.example",
      authorization: "t",
    } as const;
    session.send({ type: "session.update", session: { type: "realtime", tools: [mcp] } });
    talk.addTool(named("b"));
    await settle();
    expect(updates(received).at(-1)?.tools?.[0]).toEqual(mcp);
    expect(names(received).slice(1)).toEqual([["docs"], ["docs", "a"], ["docs", "a", "b"]]);
    // By now a sideband connection has set its own.
    for (let answers = 0; answers < 3; answers++) await hear(acknowledged(received));
    const elsewhere = { type: "function", name: "elsewhere" } as const;
    await hear(
      server("session.updated", { session: { type: "realtime", id: "sess_1", tools: [elsewhere] } }),
    );
    talk.addTool(named("c"));
    await settle();
    expect(names(received).at(-1)).toEqual(["elsewhere", "a", "b", "c"]);
    await session.close();
  });

  it("do not bring back what the server has refused", async () => {
    const { session, talk, received, hear } = await open({ tools: [named("a")] });
    await hear(acknowledged(received));
    const mcp = { type: "mcp", server_label: "bad", server_url: "https://example.com" } as const;
    session.send({ type: "session.update", event_id: "mine", session: { type: "realtime", tools: [mcp] } });
    await settle();
    expect(names(received).slice(1)).toEqual([["bad"], ["bad", "a"]]);
    const refused = received.filter(({ type }) => type === "session.update").slice(1);
    const error = { type: "invalid_request_error", code: "invalid_value", message: "No.", param: null };
    for (const { event_id } of refused) await hear(server("error", { error: { ...error, event_id } }));
    talk.addTool(named("b"));
    await settle();
    expect(names(received).at(-1)).toEqual(["a", "b"]);
    await session.close();
  });

  it("stay gone when an update that had them is sent once more", async () => {
    const { session, talk, received } = await open();
    const sent: ClientEvent[] = [];
    talk.steps$.subscribe(({ entry }) => entry.from === "client" && sent.push(entry.event as ClientEvent));
    const remove = talk.addTool(named("a"));
    await settle();
    const [stale] = sent;
    remove();
    await settle();
    if (stale !== undefined) session.send(stale);
    await settle();
    expect(names(received)).toEqual([["a"], [], ["a"], []]);
    await session.close();
  });

  it("are in later sessions as they are by then", async () => {
    const { session, talk, reconnected } = await open({ tools: [named("a")] }, soon);
    const remove = talk.addTool(named("b"));
    await settle();
    expect(names(await reconnected())).toEqual([["a", "b"]]);
    expect(names(await reconnected(remove))).toEqual([["a"]]);
    expect(names(await reconnected(() => void talk.addTool(named("c"))))).toEqual([["a", "c"]]);
    await session.close();
  });

  it("are in a later session though nothing else is configured, whatever the lost one had", async () => {
    const { session, talk, hear, received, reconnected } = await open({ tools: [named("a")] }, soon);
    await hear(acknowledged(received));
    expect(talk.state.session).toMatchObject({ tools: [{ name: "a" }] });
    expect(names(await reconnected())).toEqual([["a"]]);
    await session.close();
  });

  it("are none of a transcription session, and none after the end", async () => {
    const configure: ClientEvent[] = [{ type: "session.update", session: { type: "transcription" } }];
    const { session, talk, received } = await open({}, { configure });
    talk.addTool(named("a"));
    await settle();
    expect(received).toHaveLength(1);
    await session.close();
    const over = await open();
    over.talk.close();
    over.talk.addTool(named("a"))();
    await settle();
    expect(over.received).toEqual([]);
    await over.session.close();
  });

  it("lead to the state that a replay of the log comes to", async () => {
    const { session, talk, hear, received, open: connect } = unopened({ tools: [named("a")] });
    const log: Entry<ClientEvent, ServerEvent>[] = [];
    session.log$.subscribe((entry) => log.push(entry));
    await connect();
    const remove = talk.addTool(named("get_weather", () => "sunny"));
    await settle();
    await hear(acknowledged(received), ...called("r1", "f1", "call_1", null));
    remove();
    await settle();
    await hear(acknowledged(received), ...called("r2", "f2", "call_2", "f1"));
    expect(outputs(received)).toEqual(["sunny", expect.stringContaining("not there any more")]);
    expect(log.reduce(reduce, initialState)).toEqual(talk.state);
    await session.close();
  });
});
