import type { ClientEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { Continuity, Problem } from "../src/index.ts";
import { type Answer, withServer } from "./small-server.ts";

const note = (id: string): ClientEvent => ({
  type: "conversation.item.create",
  item: { id, type: "message", role: "system", content: [{ type: "input_text", text: id }] },
});

/** A conversation of two items, told by commands that were counted once before. */
const begun: Continuity<ClientEvent> = {
  history: () => [],
  isQuiet: () => true,
  prologue: () => [note("item_a"), note("item_b")],
  isTaken: (id) => id === "cmd_2" || id === "cmd_3",
};

/** Configures and adds what it is told; of items, it refuses those in `refused`. */
const obeying =
  (refused: readonly string[] = []): Answer =>
  (command, server) => {
    if (command.type === "session.update") server.say({ type: "session.updated", session: {} });
    if (command.type !== "conversation.item.create") return;
    const { item, event_id } = command;
    if (!refused.includes(item.id ?? "")) server.say({ type: "conversation.item.added", item });
    else server.say({ type: "error", error: { type: "invalid_request_error", message: "No.", event_id } });
  };

const configure: ClientEvent[] = [{ type: "session.update", session: { type: "realtime" } }];

describe("a conversation that began earlier", () => {
  it("is told to the first server session, after its configuration and before anything else", async () => {
    const { session, servers } = withServer({ answer: obeying(), configure });
    session.continueWith(begun);
    const opening = session.open();
    session.send(note("item_c"));
    await opening;
    expect(servers[0]?.received.map((event) => ("item" in event ? event.item.id : event.type))).toEqual([
      "session.update",
      "item_a",
      "item_b",
      "item_c",
    ]);
    await session.close();
  });

  it("has its ids left alone by the commands of the session that goes on", async () => {
    const { session, servers } = withServer({ answer: obeying(), configure });
    session.continueWith(begun);
    await session.open();
    expect(servers[0]?.received.map(({ event_id }) => event_id)).toEqual(["cmd_1", "cmd_4", "cmd_5"]);
    await session.close();
  });

  it("goes on without an item that the server refuses, and says so", async () => {
    const { session } = withServer({ answer: obeying(["item_a"]), configure });
    session.continueWith(begun);
    const problems: Problem[] = [];
    session.problems$.subscribe((problem) => void problems.push(problem));
    await session.open();
    expect(session.status.state).toBe("ready");
    expect(problems.map(({ kind }) => kind)).toContain("history");
    await session.close();
  });
});
