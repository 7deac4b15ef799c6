import { OpenAIRealtimeWS } from "openai/realtime/ws";
import { describe, expect, it } from "vitest";
import { listenedTo, openaiOf, userMessage } from "./openai-client.ts";
import { type Service, service } from "./service.ts";

// What the option `reconnect` of the `openai` package does, and what it leaves to do.

/** A connection that recovers, at once; what it is told, and what becomes of its links. */
function recovering(there: Service, props: { maxQueueBytes?: number; maxReconnectAttempts?: number } = {}) {
  const realtime = new OpenAIRealtimeWS(
    {
      model: "gpt-realtime",
      reconnect: true,
      reconnectInitialDelay: 0,
      maxReconnectAttempts: 5,
      ...props,
    },
    openaiOf(there),
  );
  const links: string[] = [];
  realtime.on("reconnecting", ({ closeCode, attempt }) =>
    links.push(`reconnecting ${attempt} after ${closeCode}`),
  );
  realtime.on("reconnected", () => links.push("reconnected"));
  const closed = new Promise<{ code: number; unsent: unknown }>((resolve) => {
    realtime.on("close", (code, _reason, unsent) => {
      links.push(`closed ${code}`);
      resolve({ code, unsent });
    });
  });
  return { ...listenedTo(realtime), realtime, links, closed };
}

/** How a session ends, and the code that its client sees. */
const interruptions: readonly [string, number, (there: Service) => void][] = [
  ["a cut", 1006, ({ control }) => control.cut("all")],
  ["a restart", 1012, ({ control }) => control.close("all", 1012, "service restart")],
];

describe("the recovery option", () => {
  it.each(interruptions)(
    "dials again after %s, code %i, and finds an empty session",
    async (_name, code, interrupt) => {
      const there = await service({ scenario: { turns: [{ say: "Good day." }] } });
      const { realtime, links, errors, events, seen, closed } = recovering(there);
      const first = await seen("session.created");
      realtime.send({ type: "session.update", session: { type: "realtime", instructions: "Be brief." } });
      await seen("session.updated");
      realtime.send(userMessage("Hello."));
      const { item } = await seen("conversation.item.done");
      interrupt(there);

      const second = await seen("session.created", 2);
      expect(links).toEqual([`reconnecting 1 after ${code}`, "reconnected"]);
      expect(second.session).not.toMatchObject({ id: "id" in first.session && first.session.id });
      expect(second.session).not.toMatchObject({ instructions: "Be brief." });
      realtime.send({ type: "conversation.item.retrieve", item_id: item.id ?? "" });
      expect((await seen("error")).error.message).toContain("does not exist");
      realtime.send({ type: "response.create" });
      await seen("response.done");
      realtime.close();
      expect((await closed).code).toBe(1000);
      expect(errors).toHaveLength(1);
      expect(events.filter(({ type }) => type === "session.created")).toHaveLength(2);
      const [before, after] = await there.recorded();
      expect(before?.entries.at(-1)).toMatchObject({ event: { type: "link.closed" } });
      // The client itself sends nothing to the new session.
      expect(after?.entries.filter(({ from }) => from === "client").map(({ event }) => event.type)).toEqual([
        "conversation.item.retrieve",
        "response.create",
      ]);
    },
  );

  it("loses what is sent between two links, unless it is given a queue, and then keeps it back", async () => {
    for (const maxQueueBytes of [0, 10_000]) {
      const there = await service();
      const { realtime, errors, seen, closed } = recovering(there, { maxQueueBytes });
      await seen("session.created");
      const between = new Promise<void>((resolve) => {
        realtime.on("reconnecting", () => {
          // The link is gone, and the next one not yet dialled.
          queueMicrotask(() => {
            realtime.send(userMessage("Are you still there?"));
            resolve();
          });
        });
      });
      there.control.cut("all");
      await between;
      await seen("session.created", 2);
      expect(errors.map(({ message }) => message)).toEqual(
        maxQueueBytes === 0 ? ["send queue is full, message discarded"] : [],
      );
      realtime.send({
        type: "response.create",
        response: { output_modalities: ["text"], conversation: "none" },
      });
      await seen("response.done");
      realtime.flushPending();
      if (maxQueueBytes > 0) await seen("conversation.item.done");
      realtime.close();
      await closed;
      const sent = (await there.recorded())[1]?.entries.filter(({ from }) => from === "client");
      expect(sent?.map(({ event }) => event.type)).toEqual([
        "response.create",
        ...(maxQueueBytes === 0 ? [] : ["conversation.item.create"]),
      ]);
    }
  });

  it("counts its attempts over its whole life, however well each of them went", async () => {
    const there = await service();
    const { realtime, links, errors, seen, closed } = recovering(there, { maxReconnectAttempts: 2 });
    for (const session of [1, 2, 3]) {
      await seen("session.created", session);
      realtime.send({ type: "input_audio_buffer.clear" });
      await seen("input_audio_buffer.cleared", session);
      there.control.cut("all");
    }
    expect(await closed).toEqual({ code: 1006, unsent: [] });
    expect(links).toEqual([
      "reconnecting 1 after 1006",
      "reconnected",
      "reconnecting 2 after 1006",
      "reconnected",
      "closed 1006",
    ]);
    expect(errors).toMatchObject([{ message: expect.stringContaining("failed after 2 attempts") }]);
  });

  it("takes the end of a session for an interruption of it", async () => {
    const there = await service();
    const { realtime, links, seen, closed } = recovering(there);
    await seen("session.created");
    there.control.expire("all");
    expect((await seen("error")).error.code).toBe("session_expired");
    await seen("session.created", 2);
    expect(links).toEqual(["reconnecting 1 after 1001", "reconnected"]);
    realtime.close();
    await closed;
  });

  it("says that it has reconnected before it is let in", async () => {
    let epochMs = Date.now();
    const there = await service({ epochMs: () => epochMs });
    const { value } = await openaiOf(there).realtime.clientSecrets.create({
      expires_after: { anchor: "created_at", seconds: 10 },
    });
    const realtime = new OpenAIRealtimeWS(
      { model: "gpt-realtime", reconnect: true, reconnectInitialDelay: 0 },
      openaiOf(there, value),
    );
    const { seen } = listenedTo(realtime);
    const told: string[] = [];
    realtime.on("event", ({ type }) => told.push(type));
    realtime.on("reconnected", () => told.push("reconnected"));
    const closed = new Promise<number>((resolve) => realtime.on("close", resolve));
    await seen("session.created");
    epochMs += 10_000;
    there.control.cut("all");
    expect(await closed).toBe(3000);
    expect(told).toEqual(["session.created", "reconnected", "error"]);
  });
});
