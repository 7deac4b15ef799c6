import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { Continuity, Entry } from "../src/index.ts";
import { type Answer, withServer } from "./small-server.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const deletion = (item_id: string): ClientEvent => ({ type: "conversation.item.delete", item_id });

/** A server that deletes whatever it is asked to, where `which` says so. */
const deletes =
  (which: (link: number) => boolean, links: readonly unknown[]): Answer =>
  (event, server) => {
    if (event.type === "conversation.item.delete" && which(links.length))
      server.say({ type: "conversation.item.deleted", item_id: event.item_id });
  };

/** A session in whose later links every item goes by its name and the number of the link. */
function going(which: (link: number) => boolean) {
  const links: unknown[] = [];
  const given: ClientEvent[] = [];
  const { session, servers } = withServer({
    answer: deletes(which, links),
    onAccept: (server) => void links.push(server),
    reconnect: { random: () => 0 },
  });
  const continuity: Continuity<ClientEvent> = {
    history: () => [],
    isQuiet: () => true,
    outgoing(command) {
      given.push(command);
      return command.type === "conversation.item.delete" && links.length > 1
        ? { ...command, item_id: `${command.item_id}${links.length}` }
        : command;
    },
  };
  session.continueWith(continuity);
  const log: Entry[] = [];
  session.log$.subscribe((entry) => void log.push(entry));
  const lose = async () => {
    const count = servers.length;
    await settle();
    servers.at(-1)?.peer.break();
    while (session.status.state !== "ready" || servers.length === count) await settle();
    await settle();
  };
  const named = () =>
    servers.map(({ received }) => received.map((event) => ("item_id" in event ? event.item_id : event.type)));
  return { session, servers, lose, log, given, named };
}

describe("what goes out", () => {
  it("is what the conversation makes of the command as it was given, on each link anew, and is acknowledged", async () => {
    const { session, lose, named, given, log } = going((link) => link === 3);
    await session.open();
    const outcome = session.request(deletion("a"));
    await lose();
    await lose();
    await expect(outcome).resolves.toMatchObject({ type: "conversation.item.deleted", item_id: "a3" });
    expect(named()).toEqual([["a"], ["a2"], ["a3"]]);
    expect(new Set(given.map((command) => "item_id" in command && command.item_id))).toEqual(new Set(["a"]));
    const sent = log.flatMap(({ from, event }) => (from === "client" ? [event] : []));
    expect(sent).toMatchObject([{ item_id: "a" }, { item_id: "a2" }, { item_id: "a3" }]);
    await session.close();
  });

  it("is decided when it does, not when it began to wait", async () => {
    const { session, servers, named } = going(() => true);
    await session.open();
    const asked: Promise<unknown>[] = [];
    session.status$.subscribe(({ state }) => {
      if (state === "reconnecting")
        asked.push(session.request(deletion("a")), session.request(deletion("b")));
    });
    servers[0]?.peer.break();
    while (session.status.state !== "ready" || servers.length < 2) await settle();
    await Promise.all(asked);
    expect(named()).toEqual([[], ["a2", "b2"]]);
    await session.close();
  });

  it("is the frame of the command itself where nothing else is wanted", async () => {
    const { session, servers } = going(() => true);
    await session.open();
    await session.request({ ...deletion("a"), event_id: "mine" });
    expect(servers[0]?.received).toEqual([
      JSON.parse(openaiRealtime.encode({ ...deletion("a"), event_id: "mine" })),
    ]);
    await session.close();
  });

  it("is what was given once the conversation has nothing to say any more", async () => {
    const { session, lose, named } = going(() => true);
    await session.open();
    await lose();
    await session.request(deletion("a"));
    session.continueWith(undefined);
    await session.request(deletion("a"));
    expect(named()).toEqual([[], ["a2", "a"]]);
    await session.close();
  });

  it("bears the type and the id of the command, or stays here and is a clear error", async () => {
    const changes: Partial<ClientEvent>[] = [{ event_id: "other" }, { type: "response.cancel" }];
    for (const change of changes) {
      const { session, servers } = withServer();
      await session.open();
      // Nobody's type says that it stays.
      const outgoing = <C>(command: C) => ({ ...command, ...change }) as C;
      session.continueWith({ history: () => [], isQuiet: () => true, outgoing });
      const refusal = expect.objectContaining({ code: "invalid_state" });
      expect(() => session.send(deletion("a"))).toThrow(refusal);
      await expect(session.request(deletion("a"))).rejects.toThrow("Continuity.outgoing keeps both");
      expect(servers[0]?.received).toEqual([]);
      await session.close();
    }
  });
});
