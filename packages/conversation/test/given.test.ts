import { type LocalEvent, RealtimeError } from "@duologue/core";
import type { ClientEvent, Item } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  bareConversation,
  budget,
  type Conversation,
  conversation,
  editCommands,
  initialState,
  markPlayer,
  snapshot,
  tool,
} from "../src/index.ts";
import { talking, unopened } from "./talking.ts";
import { server } from "./wire.ts";

// What programs without types hand in: each call takes it as left out, or refuses it in words.

const nothing = [null, undefined] as const;
const odd = [Number.NaN, -1, "", [], "x", true] as const;
const values = [...nothing, ...odd];

/** What comes of a call: `fine`, or the code of a `RealtimeError`; anything else that is thrown fails the test. */
async function outcome(act: () => unknown): Promise<string> {
  try {
    await act();
    return "fine";
  } catch (error) {
    if (RealtimeError.is(error)) return error.code;
    throw error;
  }
}

const outcomes = (given: readonly unknown[], act: (value: never) => unknown) =>
  // The compiler would take none of these.
  Promise.all(given.map((value) => outcome(() => act(value as never))));
const all = (given: readonly unknown[], what: string) => given.map(() => what);

/** A conversation whose server takes everything at once. */
async function obliging() {
  const held = await talking({}, { reconnect: false });
  const problems: string[] = [];
  held.talk.problems$.subscribe((problem) => void problems.push("call" in problem ? problem.call : ""));
  const wishes: LocalEvent[] = [];
  held.session.log$.subscribe(({ from, event }) => {
    if (from === "client") {
      const command = event as ClientEvent;
      if (command.type === "conversation.item.create")
        void held.hear(server("conversation.item.added", { item: command.item }));
      if (command.type === "session.update")
        void held.hear(server("session.updated", { session: { id: "sess_1", ...command.session } }));
      if (command.type === "input_audio_buffer.clear") void held.hear(server("input_audio_buffer.cleared"));
    }
    if (from === "local" && event.type === "response.requested") wishes.push(event);
  });
  return { ...held, problems, wishes };
}

const image = "data:image/png;base64,AAAA";
const item: Item = { type: "message", role: "user", content: [{ type: "input_text", text: "a" }] };

describe("commands", () => {
  const withOptions: Record<string, (talk: Conversation, options: never) => unknown> = {
    say: (talk, options) => talk.say("a", options),
    sendImage: (talk, options) => talk.sendImage(image, options),
    addItem: (talk, options) => talk.addItem(item, options),
    clear: (talk, options) => talk.clear(options),
    update: (talk, options) =>
      talk.update({ type: "realtime", instructions: `Be brief: ${options}.` }, options),
  };
  it.each(Object.entries(withOptions))(
    "%s takes null for options, and refuses what is none",
    async (call, act) => {
      const { talk, session, problems } = await obliging();
      expect(await outcomes(nothing, (options) => act(talk, options))).toEqual(["fine", "fine"]);
      expect(problems).toEqual([]);
      expect(await outcomes(odd, (options) => act(talk, options))).toEqual(all(odd, "invalid_argument"));
      for (const name of ["timeoutMs", "signal"]) {
        expect(await outcomes(nothing, (value) => act(talk, { [name]: value } as never))).toEqual([
          "fine",
          "fine",
        ]);
        expect(await outcomes(odd, (value) => act(talk, { [name]: value } as never))).toEqual(
          all(odd, "invalid_argument"),
        );
      }
      expect(problems).toEqual(all([...odd, ...odd, ...odd], call));
      await session.close();
    },
  );

  it("note no wish for an answer to what is not said", async () => {
    const { talk, session, wishes } = await obliging();
    const codes = await Promise.all([
      outcome(() => talk.say("a", { role: "nobody" as never })),
      outcome(() => talk.say("a", { id: 5 as never })),
      outcome(() => talk.say("a", { timeoutMs: -1 })),
      outcome(() => talk.say("a", { signal: AbortSignal.abort() })),
      outcome(() => talk.sendImage(image, { detail: "x" as never })),
    ]);
    expect(codes).toEqual(["invalid_event", "invalid_event", "invalid_argument", "aborted", "invalid_event"]);
    expect(wishes).toEqual([]);
    await session.close();
  });

  it("want ids that are texts, and items that are some", async () => {
    const { talk, session, received } = await obliging();
    const noIds = [...nothing, Number.NaN, -1, "", [], {}, true];
    expect(await outcomes(noIds, talk.deleteItem)).toEqual(all(noIds, "invalid_argument"));
    expect(await outcomes(noIds, (id) => talk.approveMcp(id, true))).toEqual(all(noIds, "invalid_argument"));
    expect(await outcomes(noIds, talk.waitForItem)).toEqual(all(noIds, "invalid_argument"));
    const noItems = [...nothing, Number.NaN, -1, true, "x"];
    expect(await outcomes(noItems, (one) => talk.editHistory([one]))).toEqual(
      all(noItems, "invalid_argument"),
    );
    expect(await outcome(() => talk.addItem({ ...item, extra: 1n } as never))).toBe("invalid_argument");
    // What cannot be carried out as a whole is refused before anything is sent.
    expect(await outcome(() => talk.editHistory([item, {} as never]))).toBe("invalid_event");
    expect(received).toEqual([]);
    expect(values.map((id) => talk.withdraw(id as never))).toEqual(values.map(() => undefined));
    await session.close();
  });

  it("wait for an item as they are told, or say that they cannot", async () => {
    const { talk, session, hear } = await obliging();
    const waiting = nothing.map((options) => talk.waitForItem("a", options as never));
    expect(await outcomes(odd, (options) => talk.waitForItem("b", options))).toEqual(
      all(odd, "invalid_argument"),
    );
    for (const name of ["timeoutMs", "signal"])
      expect(await outcomes(odd, (value) => talk.waitForItem("b", { [name]: value }))).toEqual(
        all(odd, "invalid_argument"),
      );
    expect(await outcome(() => talk.waitForItem("b", { timeoutMs: 0 }))).toBe("timeout");
    await talk.addItem({ ...item, id: "a" });
    await hear(server("conversation.item.done", { item: { ...item, id: "a", status: "completed" } }));
    expect(await Promise.all(waiting)).toMatchObject([{ id: "a" }, { id: "a" }]);
    await session.close();
  });

  it("take no budget for null", async () => {
    const { talk, session } = await obliging();
    expect(await outcomes(nothing, talk.setBudget)).toEqual(["fine", "fine"]);
    expect(await outcomes(odd, talk.setBudget)).toEqual(all(odd, "invalid_argument"));
    await session.close();
  });
});

describe("a conversation", () => {
  const idle = () => unopened().session;
  it("takes null for what is left out, and refuses what is none, with nothing left behind", async () => {
    for (const make of [conversation, bareConversation]) {
      expect(await outcomes(values, make)).toEqual(all(values, "invalid_argument"));
      const { session, talk } = unopened();
      talk.close();
      expect(await outcomes(odd, (options) => make(session, options))).toEqual(all(odd, "invalid_argument"));
      for (const name of ["player", "from", "clock", "budget", "onMcpApproval", "tools", "policy"]) {
        const wrong = name === "tools" || name === "policy" ? odd.filter((one) => !Array.isArray(one)) : odd;
        expect([name, ...(await outcomes(wrong, (value) => make(session, { [name]: value })))]).toEqual([
          name,
          ...all(wrong, "invalid_argument"),
        ]);
        make(session, { [name]: null }).close();
      }
      for (const name of ["truncationMarginMs", "unheard", "respondToTools", "toolsAtInterruption"]) {
        const wrong = name === "respondToTools" ? odd.filter((one) => one !== true) : odd;
        expect(await outcomes(wrong, (value) => make(session, { policy: { [name]: value } }))).toEqual(
          all(wrong, "invalid_argument"),
        );
        make(session, { policy: { [name]: null } }).close();
      }
    }
  });

  it("is made of a state, and not of the text of a snapshot", async () => {
    expect(await outcome(() => conversation(idle(), { from: snapshot(initialState) as never }))).toBe(
      "invalid_argument",
    );
    expect(await outcomes(values, snapshot)).toEqual(all(values, "invalid_argument"));
  });
});

describe("what conversations are given", () => {
  const options = { name: "a", description: "b", parameters: { type: "object" }, run() {} } as const;
  it("takes null for what is left out, and refuses what is none", async () => {
    expect(await outcomes(values, tool)).toEqual(all(values, "invalid_argument"));
    for (const name of ["mode", "timeoutMs", "approve"])
      expect(await outcomes(nothing, (value) => tool({ ...options, [name]: value }))).toEqual([
        "fine",
        "fine",
      ]);
    expect(await outcomes(values, budget)).toEqual(all(values, "invalid_argument"));
    for (const name of ["maxTokens", "maxCost"])
      expect(await outcomes(values, (value) => budget({ [name]: value, prices: {} }))).toEqual(
        all(values, "invalid_argument"),
      );
    const noPrices = [...nothing, Number.NaN, -1, "", "x", true];
    expect(await outcomes(noPrices, (prices) => budget({ maxCost: 1, prices }))).toEqual(
      all(noPrices, "invalid_argument"),
    );
    expect(await outcome(() => budget({ maxTokens: 1, maxCost: null as never }))).toBe("fine");
    expect(await outcomes(values, markPlayer)).toEqual(all(values, "invalid_argument"));
    expect(await outcomes(values, (wanted) => editCommands(initialState, wanted))).toEqual(
      values.map((value) => (Array.isArray(value) ? "fine" : "invalid_argument")),
    );
  });
});
