import type { Entry, RealtimeError } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { conversation, textOf, tool } from "../src/index.ts";
import { fakePlayer, settle, talking, unopened } from "./talking.ts";
import { answerBegins, answerEnds, called, heard, server, spoken } from "./wire.ts";

const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

describe("conversation", () => {
  it("must be there before the session opens, since it would miss what came before", async () => {
    const { session } = await talking();
    expect(() => conversation(session)).toThrow("before the session is opened");
    await session.close();
  });

  it("says something and asks for the answer; the states show it growing", async () => {
    const { talk, session, received, hear } = await talking();
    const texts = new Set<string>();
    talk.state$.subscribe(({ items }) => {
      const item = items.at(-1);
      if (item?.type === "message" && item.role === "assistant") texts.add(textOf(item));
    });
    talk.say("Hello");
    await settle();
    expect(received).toMatchObject([
      {
        type: "conversation.item.create",
        item: { role: "user", content: [{ type: "input_text", text: "Hello" }] },
      },
      { type: "response.create" },
    ]);
    await hear(
      ...answerBegins("r1", "a1", null),
      ...spoken("r1", "a1", "Good", 100),
      ...spoken("r1", "a1", " day", 100),
      ...answerEnds("r1", "a1", null, "Good day"),
    );
    expect([...texts]).toEqual(["", "Good", "Good day"]);
    await session.close();
  });

  it("plays, and at the user's voice silences and truncates at what the player heard", async () => {
    const { player, told, report } = fakePlayer();
    const { talk, session, received, hear } = await talking({ player });
    await hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "One two three", 1000));
    report({ type: "progress", itemId: "a1", contentIndex: 0, heardMs: 240 });
    await hear(...heard("u1", "a1", "Stop"));
    expect(told).toEqual(["play a1 64000", "flush"]);
    expect(received).toMatchObject([
      { type: "conversation.item.truncate", item_id: "a1", content_index: 0, audio_end_ms: 250 },
    ]);
    expect(talk.state.items[0]).toMatchObject({
      content: [{ audio: { heardMs: 250, playback: "flushed" } }],
    });
    await session.close();
  });

  it("orders its own commands as everybody sees them: flush report, then truncate", async () => {
    const { player } = fakePlayer();
    const { talk, session, hear } = await talking({ player });
    const log: string[] = [];
    talk.steps$.subscribe(({ entry }) => void log.push(`${entry.from} ${entry.event.type}`));
    await hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "One", 1000));
    log.length = 0;
    await hear(server("input_audio_buffer.speech_started", { item_id: "u1", audio_start_ms: 0 }));
    expect(log).toEqual([
      "server input_audio_buffer.speech_started",
      "local playback.flushed",
      "client conversation.item.truncate",
    ]);
    await session.close();
  });

  it("runs tools, sends their outputs, and asks once for the answer", async () => {
    const asked: unknown[] = [];
    const weather = tool({
      name: "get_weather",
      description: "Tells the weather.",
      parameters: { type: "object", properties: { city: { type: "string" } } },
      run: (args) => {
        asked.push(args);
        return { sky: "sunny" };
      },
    });
    const { session, received, hear } = await talking({ tools: [weather] });
    await hear(...called("r1", "f1", "call_1", null));
    expect(asked).toEqual([{ city: "Lisbon" }]);
    expect(received).toMatchObject([
      { type: "session.update", session: { tools: [{ name: "get_weather" }] } },
      {
        type: "conversation.item.create",
        item: { type: "function_call_output", call_id: "call_1", output: '{"sky":"sunny"}' },
      },
      { type: "response.create" },
    ]);
    await session.close();
  });

  it("does nothing but fold when it is not live", async () => {
    const { player, told } = fakePlayer();
    const { talk, session, received, hear } = await talking({ live: false, player });
    await hear(...called("r1", "f1", "call_1", null), ...answerBegins("r2", "a1", "f1"));
    await hear(...spoken("r2", "a1", "One", 100), ...heard("u1", "a1", "Stop"));
    expect([received, told]).toEqual([[], []]);
    expect(talk.state.items).toHaveLength(3);
    await session.close();
  });

  it("reports a command that could not be sent, and goes on", async () => {
    let finish = (_: string) => {};
    const slow = tool({
      name: "get_weather",
      description: "Slow.",
      parameters: { type: "object" },
      run: () =>
        new Promise<string>((resolve) => {
          finish = resolve;
        }),
    });
    const { player, told } = fakePlayer();
    const { talk, session, cut, hear } = await talking({ tools: [slow], player }, { reconnect: false });
    const problems: RealtimeError[] = [];
    talk.problems$.subscribe(({ error }) => void problems.push(error));
    await hear(...called("r1", "f1", "call_1", null));
    await hear(...answerBegins("r2", "a1", "f1"), ...spoken("r2", "a1", "One", 1000));
    cut();
    await settle();
    finish("late");
    await settle();
    expect(problems.map(({ code }) => code)).toEqual(["closed"]);
    // The player still plays; the program stops it. Nobody is there to be told where.
    talk.interrupt();
    expect(told.at(-1)).toBe("flush");
    expect(talk.state.items[1]).toMatchObject({ content: [{ audio: { playback: "flushed" } }] });
    expect(problems).toHaveLength(1);
    await session.close();
  });

  it("lets go of everything on close: running tools are told, late outputs are not sent", async () => {
    const { player, connected } = fakePlayer();
    let aborted = false;
    let finish = (_: string) => {};
    const slow = tool({
      name: "get_weather",
      description: "Slow.",
      parameters: { type: "object" },
      run: (_, { signal }) => {
        signal.addEventListener("abort", () => {
          aborted = true;
        });
        return new Promise<string>((resolve) => {
          finish = resolve;
        });
      },
    });
    const { talk, session, received, hear } = await talking({ tools: [slow], player });
    await hear(...called("r1", "f1", "call_1", null));
    expect(connected()).toBe(true);
    talk.close();
    finish("late");
    await settle();
    expect([aborted, types(received), connected()]).toEqual([true, ["session.update"], false]);
    const entries: Entry[] = [];
    session.log$.subscribe((entry) => void entries.push(entry));
    await session.close();
    expect(entries.at(-1)?.event.type).toBe("link.closed");
  });

  it("takes no margin that is none, and no two tools of one name", async () => {
    for (const truncationMarginMs of [-500, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(talking({ policy: { truncationMarginMs } })).rejects.toMatchObject({
        code: "invalid_argument",
        message: expect.stringContaining("truncationMarginMs is "),
      });
    }
    const one = tool({ name: "one", description: "One.", parameters: { type: "object" }, run: () => 1 });
    await expect(talking({ tools: [one, { ...one }] })).rejects.toMatchObject({
      code: "invalid_argument",
      message: "Two tools are named one: the model could not tell them apart.",
    });
  });

  it("is the only one that acts for its session, until it is closed", async () => {
    const { talk, session } = unopened();
    expect(() => conversation(session)).toThrow(expect.objectContaining({ code: "invalid_state" }));
    conversation(session, { live: false }).close();
    expect(() => conversation(session)).toThrow(expect.objectContaining({ code: "invalid_state" }));
    talk.close();
    conversation(session).close();
    await session.close();
  });

  it("takes no commands once it is closed", async () => {
    const { talk, session, received } = await talking();
    talk.close();
    for (const command of [
      () => talk.say("Hello"),
      () => talk.update({ type: "realtime", instructions: "Be brief." }),
      () => talk.deleteItem("nobody"),
      () => talk.commit(),
      () => talk.approveMcp("nobody", true),
      () => talk.sendImage(new Blob([], { type: "image/png" })),
    ]) {
      await expect(command()).rejects.toMatchObject({ code: "closed" });
    }
    expect(() => talk.respond()).toThrow(expect.objectContaining({ code: "closed" }));
    await settle();
    expect(received).toEqual([]);
    await session.close();
  });
});
