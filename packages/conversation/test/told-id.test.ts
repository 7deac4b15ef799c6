import type { ClientEvent, Item } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  type ConversationState,
  editCommands,
  effectsOf,
  fromHistory,
  heardTextOfItem,
  type MessageItem,
  restore,
  snapshot,
  textOf,
  toHistory,
  toldCommand,
  tool,
} from "../src/index.ts";
import { prologueOf } from "../src/resumption.ts";
import { toldId } from "../src/told-id.ts";
import { settle, talking, unopened } from "./talking.ts";
import {
  answerBegins,
  answerEnds,
  called,
  client,
  fold,
  heard,
  type LogEntry,
  local,
  opened,
  server,
  spoken,
  toolOutput,
} from "./wire.ts";

// Services make ids longer than others take. A session that is told of such items knows them by shorter ones, and
// nobody else notices.

/** An id as xAI makes them. */
const long = (name: string) => `${name}_5299a728-79ca-4b75-9359-8f19c4470b4e`;
const [user, call, callId, answer] = [long("u"), long("f"), long("call"), long("a")];
const output = "o1";

const wireOutput = { id: output, type: "function_call_output", call_id: callId, output: "sunny" };
const words = "It is sunny, with a light breeze.";
const talk: readonly LogEntry[] = [
  opened,
  ...heard(user, null, "What is the weather?"),
  ...called("r1", call, callId, user),
  toolOutput(callId),
  server("conversation.item.added", { previous_item_id: call, item: wireOutput }),
  ...answerBegins("r2", answer, output),
  ...spoken("r2", answer, words, 1000),
  ...answerEnds("r2", answer, output, words),
];
const played = local({ type: "playback.progress", itemId: answer, contentIndex: 0, heardMs: 400 });
const flushed = local({ type: "playback.flushed", itemId: answer, contentIndex: 0, heardMs: 400 });

type Create = Extract<ClientEvent, { type: "conversation.item.create" }>;
const creations = (commands: readonly ClientEvent[]) =>
  commands.filter((command): command is Create => command.type === "conversation.item.create");
const ids = ({ items }: ConversationState) => items.map(({ id }) => id);

/** What a server says to the commands that tell it a history. */
function echoes(commands: readonly ClientEvent[]): LogEntry[] {
  let last: string | null = null;
  return creations(commands).flatMap(({ item }) => {
    const named = { item: { ...item, status: "completed" }, previous_item_id: last };
    last = item.id ?? null;
    return [server("conversation.item.added", named), server("conversation.item.done", named)];
  });
}

/** The conversation in another session, which was told of it beside the present one. */
function rolledOver(state: ConversationState, link = 2): ConversationState {
  const told = echoes(toHistory(state)).map(({ event }) =>
    local({ type: "link.frame", link, from: "server", event: event as never }),
  );
  return fold([...told, local({ type: "link.switched", link, reason: "rolled over" })], state);
}

/** The same in a session of a later program, which is told over its own link. */
function resumed(state: ConversationState): ConversationState {
  const kept = restore(snapshot(state));
  const prologue = prologueOf(kept);
  const first = [opened, local({ type: "conversation.restored", state: kept })];
  return fold([...first, ...prologue.map(client), ...echoes(prologue)]);
}

describe("an id that is told", () => {
  it("is the same where it is short enough, and else one of 32 characters, always the same", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: "binary" }), fc.string(), (id, other) => {
        const told = toldId(id);
        expect(told).toBe(toldId(id));
        expect(toldId(told)).toBe(told);
        if (id.length <= 32) expect(told).toBe(id);
        else expect(told).toMatch(/^told_[0-9a-z]{7}_[A-Za-z0-9_-]{19}$/);
        if (id.length > 32 && other !== id) expect(toldId(other)).not.toBe(told);
      }),
    );
  });

  it("goes with the item everywhere: in commands of 32 characters at most, calls with their outputs", () => {
    const commands = creations(toHistory(fold(talk)));
    expect(commands.map(({ item }) => item.id)).toEqual([toldId(user), toldId(call), output, toldId(answer)]);
    expect(JSON.stringify(commands)).not.toMatch(/"(?:id|call_id|previous_item_id)":"[^"]{33}/);
    const [, f, o] = commands.map(({ item }) => ("call_id" in item ? item.call_id : undefined));
    expect([f, o]).toEqual([toldId(callId), toldId(callId)]);
  });

  it("is what a later telling goes by", () => {
    const state = fold(talk);
    const seeded = toHistory(state);
    expect(toHistory(state, { seeded })).toEqual([]);
    const after = fold([server("conversation.item.deleted", { item_id: user })], state);
    expect(toHistory(after, { seeded })).toEqual([
      { type: "conversation.item.delete", item_id: toldId(user) },
    ]);
  });
});

describe.each([
  ["after a roll-over", rolledOver],
  ["after two of them", (state: ConversationState) => rolledOver(rolledOver(state), 3)],
  ["in a later program", resumed],
  ["in a later program, kept and rolled over", (state: ConversationState) => rolledOver(resumed(state), 2)],
])("items whose ids are too long, %s", (_, moved) => {
  const before = fold([...talk, flushed]);
  const state = moved(before);

  it("are each there once, in their places, with what was known of them", () => {
    expect(ids(state)).toEqual([user, call, output, answer]);
    expect(state.items.map(({ standing }) => standing)).toEqual(Array(4).fill("rebuilt"));
    expect(state.detached).toEqual([]);
    for (const [index, item] of state.items.entries()) {
      const { standing: _, ...known } = item;
      expect(known).toEqual(before.items[index]);
    }
    const item = state.items[3] as MessageItem;
    expect([textOf(item), heardTextOfItem(item)]).toEqual([words, "It is sunny,"]);
  });

  it("stay so when they are told again, and survive being kept", () => {
    for (const entry of echoes(toHistory(before))) expect(fold([entry], state), entry.event.type).toBe(state);
    expect(restore(snapshot(state))).toEqual(state);
  });

  it("are predecessors under the ids that the server has for them", () => {
    const next = fold(heard("u2", toldId(answer), "Thanks"), state);
    expect(ids(next)).toEqual([user, call, output, answer, "u2"]);
    const note = { id: "n1", type: "message", role: "system", content: [{ type: "input_text", text: "!" }] };
    const put = server("conversation.item.added", { previous_item_id: toldId(user), item: note });
    expect(ids(fold([put], next))).toEqual([user, "n1", call, output, answer, "u2"]);
    expect(next.items.some(({ awaits }) => awaits !== undefined)).toBe(false);
  });

  it("can be named in commands, which then name what the server has", () => {
    const told = <C extends ClientEvent>(command: C) => toldCommand(state, command);
    expect(told({ type: "conversation.item.delete", item_id: user })).toEqual({
      type: "conversation.item.delete",
      item_id: toldId(user),
    });
    const made: ClientEvent = {
      type: "conversation.item.create",
      previous_item_id: answer,
      item: { type: "function_call_output", call_id: callId, output: "late" },
    };
    expect(told(made)).toMatchObject({
      previous_item_id: toldId(answer),
      item: { call_id: toldId(callId) },
    });
    expect(told(told(made))).toEqual(told(made));
    const input = [{ type: "item_reference" as const, id: user }];
    expect(told({ type: "response.create", response: { input } })).toEqual({
      type: "response.create",
      response: { input: [{ type: "item_reference", id: toldId(user) }] },
    });
    for (const command of [
      { type: "conversation.item.delete", item_id: output },
      { type: "conversation.item.delete", item_id: long("nobody") },
      { type: "response.create" },
      { type: "input_audio_buffer.commit" },
    ] satisfies ClientEvent[]) {
      expect(told(command)).toBe(command);
    }
    // In the session that made them they go by their own.
    const own: ClientEvent = { type: "conversation.item.delete", item_id: user };
    expect(toldCommand(before, own)).toBe(own);
  });

  it("can be deleted, and stay so", () => {
    const gone = fold([server("conversation.item.deleted", { item_id: toldId(user) })], state);
    expect(ids(gone)).toEqual([call, output, answer]);
    const late = echoes(toHistory(before)).slice(0, 2);
    for (const entry of late) expect(fold([entry], gone)).toBe(gone);
    expect(ids(fold([server("conversation.item.deleted", { item_id: toldId(user) })], gone))).toEqual(
      ids(gone),
    );
  });

  it("can be moved by an edit, and are told anew under ids that the server does not know yet", () => {
    const commands = editCommands(state, [answer, user]);
    const known = toHistory(before).flatMap((command) => ("item" in command ? [command.item.id] : []));
    const created = creations(commands);
    expect(created).toHaveLength(1);
    expect(known).not.toContain(created[0]?.item.id);
    expect(created[0]?.item.id).toMatch(/^told_.{27}$/);
    const answered = commands.map((command) =>
      "item_id" in command
        ? server("conversation.item.deleted", { item_id: toldId(command.item_id) })
        : server("conversation.item.added", {
            previous_item_id: (command as Create).previous_item_id,
            item: { ...(command as Create).item, status: "completed" },
          }),
    );
    const edited = fold([...commands.map(client), ...answered], state);
    expect(edited.items.map((item) => textOf(item as MessageItem))).toEqual([words, "What is the weather?"]);
  });
});

describe("an item whose id is too long", () => {
  it("that is a call without an answer gets one in a later program", () => {
    const open = fold([opened, ...heard(user, null, "Hi"), ...called("r1", call, callId, user)]);
    expect(prologueOf(open).slice(1)).toMatchObject([
      { item: { type: "function_call", id: toldId(call), call_id: toldId(callId) } },
      { item: { type: "function_call_output", call_id: toldId(callId) } },
    ]);
  });

  it("is told otherwise when it was heard less than was thought, and is still the same", () => {
    const state = rolledOver(fold([...talk, played]));
    const cut = fold([flushed], state);
    const commands = effectsOf(state, flushed, cut).flatMap((effect) =>
      effect.type === "send" ? [toldCommand(cut, effect.event)] : [],
    );
    expect(commands).toMatchObject([
      { type: "conversation.item.delete", item_id: toldId(answer) },
      {
        type: "conversation.item.create",
        previous_item_id: output,
        item: { id: toldId(answer), content: [{ text: "It is sunny," }] },
      },
    ]);
    const item = { ...(commands[1] as Create).item, status: "completed" };
    const after = fold(
      [
        ...commands.map(client),
        server("conversation.item.deleted", { item_id: toldId(answer) }),
        server("conversation.item.deleted", { item_id: toldId(answer) }),
        server("conversation.item.added", { previous_item_id: output, item }),
        server("conversation.item.done", { previous_item_id: output, item }),
      ],
      cut,
    );
    expect(ids(after)).toEqual([user, call, output, answer]);
    expect(after.items.at(-1)).toMatchObject({ standing: "rebuilt" });
    expect(textOf(after.items.at(-1) as MessageItem)).toBe(words);
    expect(after.echoes.recreated).toEqual([]);
  });

  it("is answered by the output of its tool, which ran across the roll-over", () => {
    const open = fold([opened, ...heard(user, null, "Hi"), ...called("r1", call, callId, user)]);
    const told = echoes(toHistory(open, { openCalls: true })).map(({ event }) =>
      local({ type: "link.frame", link: 2, from: "server", event: event as never }),
    );
    const state = fold([...told, local({ type: "link.switched", link: 2, reason: "rolled over" })], open);
    expect(state.items.at(-1)).toMatchObject({ id: call, answered: false });
    const sent = toldCommand(state, toolOutput(callId).event as ClientEvent);
    expect(sent).toMatchObject({ item: { call_id: toldId(callId) } });
    const answered = fold([client(sent)], state);
    expect(answered.items.at(-1)).toMatchObject({ id: call, answered: true });
    const item = { ...(sent as Create).item, id: "o2" };
    const added = fold(
      [server("conversation.item.added", { previous_item_id: toldId(call), item })],
      answered,
    );
    expect(added.items.at(-1)).toMatchObject({ id: "o2", callId });
  });
});

describe("while the link is away, an item whose id is too long", () => {
  const wireUser = {
    id: user,
    type: "message",
    role: "user",
    status: "completed",
    content: [{ type: "input_text", text: "Hi" }],
  };
  const wireCall = { id: call, type: "function_call", status: "completed", name: "slow", call_id: callId };
  const added = (item: object, previous: string | null) => [
    server("conversation.item.added", { previous_item_id: previous, item }),
    server("conversation.item.done", { previous_item_id: previous, item }),
  ];

  it("is named in commands, and answered, by the id that the next session knows", async () => {
    const results: ((text: string) => void)[] = [];
    const slow = tool({
      name: "slow",
      description: "Takes long.",
      parameters: { type: "object", properties: {} },
      run: () => new Promise<string>((resolve) => results.push(resolve)),
    });
    const { session, talk, received, hear, cut } = await talking(
      { tools: [slow] },
      { reconnect: { random: () => 0 } },
    );
    const whole = { ...wireCall, arguments: "{}" };
    const response = { id: "r1", status: "completed", output: [whole], conversation_id: "c" };
    const made = { response_id: "r1", output_index: 0, item: whole };
    await hear(
      ...added(wireUser, null),
      server("response.output_item.added", made),
      ...added(whole, user),
      server("response.done", { response }),
    );
    received.length = 0;
    cut();
    const note: Item = { type: "message", role: "system", content: [{ type: "input_text", text: "Note" }] };
    session.status$.subscribe(({ state }) => {
      if (state !== "reconnecting") return;
      for (const resolve of results.splice(0)) resolve("sunny");
      talk.addItem(note, { after: user }).catch(() => {});
      talk.deleteItem(user).catch(() => {});
    });
    do await settle();
    while (session.status.state !== "ready");
    await settle();
    expect(received).toMatchObject([
      { type: "session.update", session: { tools: [{ name: "slow" }] } },
      { type: "conversation.item.create", item: { id: toldId(user) } },
      { type: "conversation.item.create", item: { id: toldId(call), call_id: toldId(callId) } },
      { type: "conversation.item.create", previous_item_id: toldId(user), item: { role: "system" } },
      { type: "conversation.item.delete", item_id: toldId(user) },
      { type: "conversation.item.create", item: { type: "function_call_output", call_id: toldId(callId) } },
      { type: "response.create" },
    ]);
    await session.close();
  });
});

describe("the ids of many items", () => {
  it("are shortened a few times each, however many events name them", async () => {
    const counted = async (count: number) => {
      const lines = Array.from({ length: count }, (_, index) => ({
        role: "user" as const,
        text: "Hi",
        id: long(`i${index}`),
      }));
      const { session, open } = unopened({ from: fromHistory(lines) });
      // Once for each character of an id that is shortened.
      const hashed = vi.spyOn(Math, "imul");
      await open();
      await session.close();
      const characters = hashed.mock.calls.length;
      hashed.mockRestore();
      return characters;
    };
    const [some, more] = [await counted(50), await counted(200)];
    expect(some).toBeGreaterThan(50 * long("i0").length);
    expect(more).toBeLessThan(some * 5);
  });
});
