import type { ClientEvent } from "@duologue/protocol";
import { filter, firstValueFrom } from "rxjs";
import { describe, expect, it } from "vitest";
import type { Continuity } from "../src/index.ts";
import { type Answer, withServer } from "./small-server.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const update = (instructions: string): ClientEvent => ({
  type: "session.update",
  session: { type: "realtime", instructions },
});

const brief: ClientEvent = {
  type: "session.update",
  session: { type: "realtime", instructions: "Be brief.", max_output_tokens: 100 },
};

/** A conversation that wants every update to end in an exclamation mark, and one more. */
const loud: Continuity<ClientEvent> = {
  history: () => [],
  isQuiet: () => true,
  configuration: (commands) => [
    ...commands.map((command) =>
      command.type === "session.update" && command.session.type === "realtime"
        ? update(`${command.session.instructions}!`)
        : command,
    ),
    update("And more"),
  ],
};

const obeys: Answer = (event, server) => {
  if (event.type === "session.update")
    server.say({ type: "session.updated", session: { type: "realtime", id: "sess_1" } });
};

const instructions = (received: readonly ClientEvent[]) =>
  received.map((event) =>
    event.type === "session.update" && event.session.type === "realtime" ? event.session.instructions : "?",
  );

describe("the configuration of a session", () => {
  it("is what the conversation makes of the program's, on every link", async () => {
    const { session, servers } = withServer({
      answer: obeys,
      configure: [update("one")],
      reconnect: { random: () => 0 },
    });
    session.continueWith(loud);
    await session.open();
    await session.request(brief);
    await session.request(update("two"));
    servers[0]?.peer.break();
    while (session.status.state !== "ready" || servers.length < 2) await settle();
    expect(servers.map(({ received }) => instructions(received))).toEqual([
      ["one!", "And more", "Be brief.", "two"],
      // What was set anew since is not set twice.
      ["Be brief.!", "two!", "And more"],
    ]);
    await session.close();
  });

  it("is what a conversation makes of it to the end of a replacement, though that is taken back meanwhile", async () => {
    const { session, servers } = withServer({
      answer: obeys,
      configure: [update("one")],
      reconnect: { random: () => 0 },
    });
    session.continueWith(loud);
    await session.open();
    const isLost = firstValueFrom(session.status$.pipe(filter(({ state }) => state === "reconnecting")));
    servers[0]?.peer.break();
    await isLost;
    session.continueWith(undefined);
    while (session.status.state !== "ready") await settle();
    expect(servers.map(({ received }) => instructions(received))).toEqual([
      ["one!", "And more"],
      ["one!", "And more"],
    ]);
    await session.close();
  });

  it("is asked for when the server has greeted, and checked before any of it is sent", async () => {
    const { session, servers } = withServer({ answer: obeys, configure: [update("one")] });
    const states: string[] = [];
    session.continueWith({
      ...loud,
      configuration(commands) {
        states.push(session.status.state);
        // Not a client event: what a program in plain JavaScript may come up with.
        return [...commands, { type: "session.update" } as ClientEvent];
      },
    });
    await expect(session.open()).rejects.toMatchObject({ code: "invalid_event" });
    expect(states).toEqual(["configuring"]);
    expect(servers[0]?.received).toEqual([]);
  });
});
