import type { ClientEvent, Item, ResponseInputItem } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConversationItem, type ConversationState, initialState, toldCommand } from "../src/index.ts";
import { toldId } from "../src/told-id.ts";
import { settle, talking } from "./talking.ts";
import { client, fold, type LogEntry, local, opened, server } from "./wire.ts";

/** An id as xAI makes them: longer than others take. */
const long = (name: string) => `${name}_5299a728-79ca-4b75-9359-8f19c4470b4e`;
const [user, answer] = [long("u"), long("a")];
const note: Item = { type: "message", role: "system", content: [{ type: "input_text", text: "Note" }] };

type Create = Extract<ClientEvent, { type: "conversation.item.create" }>;
const behind = (previous: string): Create => ({
  type: "conversation.item.create",
  previous_item_id: previous,
  item: note,
});

const wire = (id: string, role: "user" | "assistant", status = "completed") => ({
  id,
  type: "message",
  role,
  status,
  content: [role === "user" ? { type: "input_text", text: id } : { type: "output_text", text: id }],
});
const added = (item: { readonly id: string }, previous: string | null): LogEntry[] => [
  server("conversation.item.added", { previous_item_id: previous, item }),
  server("conversation.item.done", { previous_item_id: previous, item }),
];

/** A conversation whose link is lost at the end of `meanwhile`, and what its next server session gets behind the history. */
async function lost(
  entries: readonly LogEntry[],
  meanwhile: (talk: Awaited<ReturnType<typeof talking>>) => void,
  afterwards: (talk: Awaited<ReturnType<typeof talking>>) => void = () => {},
) {
  const given = await talking({}, { reconnect: { random: () => 0 } });
  const { session, received, hear, cut } = given;
  await hear(...entries);
  meanwhile(given);
  await settle();
  received.length = 0;
  cut();
  let isAway = false;
  session.status$.subscribe(({ state }) => {
    if (state === "reconnecting" && !isAway) afterwards(given);
    isAway = state === "reconnecting";
  });
  do await settle();
  while (session.status.state !== "ready");
  await settle();
  return given;
}

describe("a command that the lost session never answered", () => {
  it("names items as the next one knows them, and is acknowledged under those names", async () => {
    const outcomes: string[] = [];
    const given = await lost(
      [...added(wire(user, "user"), null), ...added(wire(answer, "assistant"), user)],
      ({ talk }) => {
        talk.addItem({ ...note, id: "n1" }, { after: user }).then((id) => outcomes.push(`added ${id}`));
        talk.deleteItem(user).then(() => outcomes.push("deleted"));
        talk.respond({ response: { conversation: "none", input: [{ type: "item_reference", id: answer }] } });
      },
    );
    const { session, received, hear } = given;
    expect(received).toMatchObject([
      { type: "conversation.item.create", item: { id: toldId(user) } },
      { type: "conversation.item.create", item: { id: toldId(answer) } },
      { type: "conversation.item.create", previous_item_id: toldId(user), item: { id: "n1" } },
      { type: "conversation.item.delete", item_id: toldId(user) },
      { type: "response.create", response: { input: [{ id: toldId(answer) }] } },
    ]);
    await hear(
      ...added({ ...note, id: "n1" } as never, toldId(user)),
      server("conversation.item.deleted", { item_id: toldId(user) }),
    );
    expect(outcomes).toEqual(["added n1", "deleted"]);
    expect(given.talk.state.items.map(({ id }) => id)).toEqual(["n1", answer]);
    await session.close();
  });
});

describe("an answer beside the conversation", () => {
  it("is given calls and outputs of an earlier session by the names under which the present one knows them", () => {
    const callId = long("call");
    const call = {
      ...wire(long("f"), "assistant"),
      ...{ type: "function_call", name: "f", call_id: callId, arguments: "{}" },
    };
    const state = fold([
      opened,
      ...added(call, null),
      local({
        ...{ type: "link.frame", link: 2, from: "server" },
        event: {
          type: "conversation.item.added",
          item: { ...call, id: toldId(call.id), call_id: toldId(callId) },
        },
      }),
      local({ type: "link.switched", link: 2, reason: "reconnected" }),
    ]);
    const asking = (...input: readonly ResponseInputItem[]): ClientEvent => ({
      type: "response.create",
      response: { conversation: "none", input: [...input] },
    });
    const output = (call_id: string): Item => ({ type: "function_call_output", call_id, output: "done" });
    expect(toldCommand(state, asking({ type: "item_reference", id: call.id }, output(callId), note))).toEqual(
      asking({ type: "item_reference", id: toldId(call.id) }, output(toldId(callId)), note),
    );
    const others = asking(output(long("other")), note);
    expect(toldCommand(state, others)).toBe(others);
  });
});

describe("a conversation that is closed, whose session goes on,", () => {
  it("leaves commands as they are given, and ends with its link", async () => {
    const { talk, session, received, hear, cut } = await lost(
      [...added(wire(user, "user"), null), ...added(wire("t", "user"), user)],
      () => {},
    );
    await hear(server("conversation.item.deleted", { item_id: "t" }));
    received.length = 0;
    session.send(behind("t"));
    talk.close();
    session.send(behind("t"));
    await settle();
    expect(received).toMatchObject([{ previous_item_id: toldId(user) }, { previous_item_id: "t" }]);
    cut();
    await settle();
    expect(session.status.state).toBe("closed");
    await session.close();
  });
});

describe("what is said behind an item while the link is away", () => {
  it("comes behind the nearest item before it that the next session has", async () => {
    const growing = { ...wire("g", "assistant", "in_progress"), content: [] };
    const before = [
      ...added(wire(user, "user"), null),
      server("conversation.item.added", { item: growing, previous_item_id: user }),
    ];
    const { session, talk, received, hear } = await lost(
      before,
      () => {},
      (away) => {
        away.talk.addItem({ ...note, id: "n1" }, { after: "g" }).catch(() => {});
      },
    );
    expect(received).toMatchObject([
      { item: { id: toldId(user) } },
      { previous_item_id: toldId(user), item: { role: "system" } },
    ]);
    await hear(...added({ ...note, id: "n1" } as never, toldId(user)));
    expect(talk.state.items.map(({ id }) => id)).toEqual([user, "g", "n1"]);
    await session.close();
  });
});

describe("the place of a new item, as the present session understands it,", () => {
  /** Items in their order: made in this session, told to it, or not there, and maybe deleted since. */
  const items = fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,3}$/),
      isLong: fc.boolean(),
      standing: fc.constantFrom(undefined, "rebuilt", "absent"),
      isDeleted: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8, selector: ({ name }) => name },
  );

  it("is one that it has, and not behind anything that was to come later", () => {
    fc.assert(
      fc.property(items, fc.nat(), (made, pick) => {
        const named = made.map((item) => ({ ...item, id: item.isLong ? long(item.name) : item.name }));
        const all = named.map(
          ({ id, standing }): ConversationItem => ({
            ...{ id, type: "message", role: "user", status: "completed", content: [] },
            ...(standing === undefined ? {} : { standing }),
          }),
        );
        const whole: ConversationState = { ...initialState, link: "open", items: all };
        const deletions = named.filter(({ isDeleted, standing }) => isDeleted && standing !== "absent");
        const state = fold(
          deletions.map(({ id }) => server("conversation.item.deleted", { item_id: id })),
          whole,
        );
        const asked = pick % named.length;
        const sent = toldCommand(state, behind(named[asked]?.id ?? ""));
        // What the server has, by its own names.
        const there = named
          .filter(({ isDeleted, standing }) => !isDeleted && standing !== "absent")
          .map(({ id, standing }) => ({ id, told: standing === undefined ? id : toldId(id) }));
        const before = there.filter(({ id }) => named.findIndex((item) => item.id === id) <= asked);
        expect(sent.previous_item_id).toBe(before.at(-1)?.told ?? "root");
        // Said once more it means the same.
        expect(toldCommand(state, sent)).toEqual(sent);
      }),
      { numRuns: 500 },
    );
  });

  it("is the end where nobody knows the place, and as it was given where that is on its way, or nobody's", () => {
    const shell = wire("beside", "assistant");
    const beside = fold([
      opened,
      server("response.output_item.added", { response_id: "r1", output_index: 0, item: shell }),
    ]);
    const elsewhere = fold([local({ type: "link.switched", link: 2, reason: "reconnected" })], beside);
    expect(toldCommand(beside, behind("beside"))).toEqual(behind("beside"));
    expect(toldCommand(elsewhere, behind("beside"))).not.toHaveProperty("previous_item_id");
    const sent = fold([opened, client({ ...behind("root"), item: { ...note, id: "n1" } })]);
    for (const previous of ["n1", "nobody", "root", ""]) {
      expect(toldCommand(sent, behind(previous))).toEqual(behind(previous));
    }
  });

  it("is behind an item that is made anew, once it is on its way", () => {
    const gone = fold([
      ...added(wire("t", "user"), null),
      server("conversation.item.deleted", { item_id: "t" }),
    ]);
    expect(toldCommand(gone, behind("t"))).toMatchObject({ previous_item_id: "root" });
    const remade = fold([client({ type: "conversation.item.create", item: { ...note, id: "t" } })], gone);
    expect(toldCommand(remade, behind("t"))).toMatchObject({ previous_item_id: "t" });
  });
});
