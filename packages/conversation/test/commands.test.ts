import type { AnySessionConfig, ClientEvent, Item } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { type Conversation, type ConversationProblem, tool } from "../src/index.ts";
import { settle, talking } from "./talking.ts";
import { answerBegins, answerEnds, heard, type LogEntry, server, spoken } from "./wire.ts";

/** The server confirms the items of these commands. */
const confirmed = (received: readonly ClientEvent[]): LogEntry[] =>
  received.flatMap((event) =>
    event.type === "conversation.item.create"
      ? [server("conversation.item.added", { previous_item_id: null, item: event.item })]
      : [],
  );
const manual = server("session.updated", {
  session: {
    type: "realtime",
    audio: { input: { format: { type: "audio/pcm", rate: 24000 }, turn_detection: null } },
  },
});
const types = (events: readonly ClientEvent[]) => events.map(({ type }) => type);

describe("say", () => {
  it("resolves with the id of the item once the server has it, and asks for an answer", async () => {
    const { talk, session, received, hear } = await talking();
    let id: string | undefined;
    talk.say("Hello", { role: "system" }).then((made) => {
      id = made;
    });
    await settle();
    expect(received).toMatchObject([
      { item: { role: "system", content: [{ type: "input_text", text: "Hello" }] } },
      { type: "response.create" },
    ]);
    expect(id).toBeUndefined();
    await hear(...confirmed(received));
    expect(id).toBe(talk.state.items[0]?.id);
    await session.close();
  });

  it("takes an id, a place and what the answer is to be like, or asks for none", async () => {
    const { talk, session, received, hear } = await talking();
    talk.say("One", { id: "one", respond: false });
    talk.say("Two", { id: "two", after: "one", respond: { response: { instructions: "Be brief." } } });
    await settle();
    expect(received).toMatchObject([
      { item: { id: "one" } },
      { item: { id: "two" }, previous_item_id: "one" },
      { type: "response.create", response: { instructions: "Be brief." } },
    ]);
    await hear(...confirmed(received));
    await expect(talk.say("Three", { id: "one" })).rejects.toThrow(
      "The conversation has an item one already.",
    );
    await expect(talk.say("Three", { after: "nobody" })).rejects.toThrow("no item nobody to stand behind");
    await session.close();
  });

  it("is rejected before anything is sent where there is no session", async () => {
    const { talk, session, received } = await talking();
    await session.close();
    await expect(talk.say("Hello")).rejects.toThrow(
      "Cannot send conversation.item.create: the session is closed.",
    );
    expect(received).toEqual([]);
  });

  it("is rejected when the server refuses, and reported where nobody listens", async () => {
    const { talk, session, received, hear } = await talking();
    const problems: ConversationProblem[] = [];
    talk.problems$.subscribe((problem) => void problems.push(problem));
    const said = talk.say("Hello", { respond: false });
    await settle();
    await hear(
      server("error", {
        error: {
          type: "invalid_request_error",
          code: "invalid_value",
          message: "No.",
          event_id: received[0]?.event_id,
        },
      }),
    );
    await expect(said).rejects.toMatchObject({ code: "rejected" });
    expect(problems).toMatchObject([
      { command: { type: "conversation.item.create" }, error: { code: "rejected" } },
    ]);
    await session.close();
  });
});

describe("sendImage", () => {
  const png = "data:image/png;base64,iVBORw0KGgo=";

  it("shows a data URI or a Blob, with words and how closely to look", async () => {
    const { talk, session, received } = await talking();
    talk.sendImage(png, { text: "What is it?", detail: "low" });
    const bytes = Uint8Array.from(atob("iVBORw0KGgo="), (character) => character.charCodeAt(0));
    talk.sendImage(new Blob([bytes], { type: "image/png" }), { respond: false });
    await settle();
    await settle();
    expect(received).toMatchObject([
      {
        item: {
          role: "user",
          content: [
            { type: "input_text", text: "What is it?" },
            { type: "input_image", image_url: png, detail: "low" },
          ],
        },
      },
      { type: "response.create" },
      { item: { content: [{ type: "input_image", image_url: png }] } },
    ]);
    await session.close();
  });

  it("takes no address and no other kind of picture", async () => {
    const { talk, session, received } = await talking();
    await expect(talk.sendImage("https://example.org/cat.png")).rejects.toThrow(
      "not as https://example.org/cat.png",
    );
    await expect(talk.sendImage("data:image/gif;base64,AAAA")).rejects.toThrow(
      "not as data:image/gif;base64",
    );
    await expect(talk.sendImage(new Blob([], { type: "text/plain" }))).rejects.toThrow("text/plain");
    expect(received).toEqual([]);
    await session.close();
  });
});

describe("the microphone", () => {
  it("is sent as base64, from bytes, or from samples, little-endian", async () => {
    const { talk, session, received, hear } = await talking();
    await hear(manual);
    talk.appendAudio("AAAAAAAA");
    talk.appendAudio(Uint8Array.of(1, 2, 255, 0));
    talk.appendAudio(Int16Array.of(1, -2));
    talk.appendAudio(new Uint8Array(20_000).fill(7));
    await settle();
    const sounds = received.map((event) => (event.type === "input_audio_buffer.append" ? event.audio : ""));
    expect(sounds.slice(0, 3)).toEqual(["AAAAAAAA", "AQL/AA==", "AQD+/w=="]);
    expect(sounds[3]).toBe(Buffer.alloc(20_000, 7).toString("base64"));
    await session.close();
  });

  it("takes no samples where the session hears another format", async () => {
    const { talk, session, hear } = await talking();
    await hear(
      server("session.updated", {
        session: { type: "realtime", audio: { input: { format: { type: "audio/pcmu" } } } },
      }),
    );
    expect(() => talk.appendAudio(Int16Array.of(1))).toThrow("The session hears audio/pcmu");
    talk.appendAudio(Uint8Array.of(255));
    await session.close();
  });

  it("is committed once there are 100 ms of it, and forgotten on demand", async () => {
    const { talk, session, received, hear } = await talking();
    await hear(manual);
    await expect(talk.commit()).rejects.toThrow("at least 100 ms of sound; 0 ms were sent");
    talk.appendAudio(new Int16Array(2399));
    await expect(talk.commit()).rejects.toThrow("99 ms were sent");
    talk.appendAudio(new Int16Array(1));
    let id: string | undefined;
    talk.commit().then((made) => {
      id = made;
    });
    await expect(talk.commit()).rejects.toThrow("0 ms were sent");
    await settle();
    await hear(server("input_audio_buffer.committed", { item_id: "u1", previous_item_id: null }));
    expect(id).toBe("u1");
    talk.appendAudio(new Int16Array(9600));
    const cleared = talk.clear();
    await expect(talk.commit()).rejects.toThrow("0 ms were sent");
    await settle();
    await hear(server("input_audio_buffer.cleared"));
    await cleared;
    expect(types(received).slice(2)).toEqual([
      "input_audio_buffer.commit",
      "input_audio_buffer.append",
      "input_audio_buffer.clear",
    ]);
    await session.close();
  });
});

describe("what is written otherwise, or is nothing", () => {
  it("is sent as the protocol has it", async () => {
    const { talk, session, received } = await talking();
    for (const head of [
      "DATA:image/PNG;base64,",
      "data:image/png;charset=utf-8;base64,",
      "data:image/jpg;BASE64,",
    ]) {
      talk.sendImage(`${head}AAAA`, { respond: false });
    }
    await settle();
    expect(received).toMatchObject(
      ["png", "png", "jpeg"].map((type) => ({
        item: { content: [{ image_url: `data:image/${type};base64,AAAA` }] },
      })),
    );
    await session.close();
  });

  it("is refused where there is nothing, or something else, with the reason", async () => {
    const { talk, session, received } = await talking();
    await expect(talk.say("")).rejects.toThrow("There is nothing to say: the text is empty.");
    await expect(talk.say(3 as unknown as string)).rejects.toThrow("What is said is a text, not 3.");
    for (const sound of ["", new Uint8Array(), new Int16Array()]) {
      expect(() => talk.appendAudio(sound)).toThrow("There is no sound to append: it is empty.");
    }
    expect(() => talk.appendAudio([1, 2] as unknown as Uint8Array)).toThrow("base64, bytes, or samples");
    for (const text of ["***", "AAAA=AAA", "AAA"]) {
      expect(() => talk.appendAudio(text)).toThrow("Sound that is a text is base64");
    }
    for (const half of ["AAAA", new Uint8Array(3)]) {
      expect(() => talk.appendAudio(half)).toThrow("3 bytes end in the middle of one");
    }
    await settle();
    expect(received).toEqual([]);
    await session.close();
  });

  it.each([
    ["a text", (talk: Conversation) => talk.say(undefined as unknown as string)],
    ["a picture", (talk: Conversation) => talk.sendImage(7 as unknown as string)],
    [
      "a picture of a kind that is taken",
      (talk: Conversation) => talk.sendImage(new Blob([], { type: "image/gif" })),
    ],
    ["an item", (talk: Conversation) => talk.addItem(null as unknown as Item)],
    ["a list", (talk: Conversation) => talk.editHistory(null as unknown as [])],
    ["a session", (talk: Conversation) => talk.update(undefined as unknown as AnySessionConfig)],
  ])("is refused at once where it is not %s", async (_, act) => {
    const { talk, session, received } = await talking();
    await expect(act(talk)).rejects.toMatchObject({ code: "invalid_argument" });
    expect(received).toEqual([]);
    await session.close();
  });

  it("counts what is on its way: nothing is deleted twice, and nothing put behind what goes", async () => {
    const { talk, session, received, hear } = await talking();
    const typed = (id: string, previous: string | null) =>
      server("conversation.item.added", {
        previous_item_id: previous,
        item: { id, type: "message", role: "user", content: [{ type: "input_text", text: id }] },
      });
    await hear(typed("a", null), typed("b", "a"), typed("c", "b"));
    const going = [
      talk.deleteItem("a"),
      talk.editHistory(["b", "c"]),
      talk.editHistory(["c"]),
      talk.editHistory(["c", { id: "d", type: "message", role: "user", content: [] }]),
      talk.editHistory(["d"]),
    ];
    for (const each of going) each.catch(() => {});
    const refusal = expect.objectContaining({ code: "invalid_state" });
    await expect(talk.say("Hm", { after: "b" })).rejects.toThrow(refusal);
    await expect(talk.deleteItem("b")).rejects.toThrow(refusal);
    await expect(talk.editHistory(["b"])).rejects.toThrow(
      expect.objectContaining({ code: "invalid_argument" }),
    );
    await settle();
    expect(received.map((event) => `${event.type} ${"item_id" in event ? event.item_id : ""}`)).toEqual([
      "conversation.item.delete a",
      "conversation.item.delete b",
      "conversation.item.create ",
      "conversation.item.delete c",
    ]);
    await session.close();
  });

  it("is refused where an item is being deleted already", async () => {
    const { talk, session, received, hear } = await talking();
    await hear(...heard("u1", null, "Hello"));
    talk.deleteItem("u1");
    await expect(talk.deleteItem("u1")).rejects.toThrow("Item u1 is being deleted already.");
    await settle();
    expect(types(received)).toEqual(["conversation.item.delete"]);
    await session.close();
  });
});

describe("update", () => {
  it("says what is missing where the type of the session is", async () => {
    const { talk, session, received } = await talking();
    // The compiler wants a type.
    const update = talk.update({ instructions: "Be kind." } as never);
    await expect(update).rejects.toMatchObject({
      code: "invalid_argument",
      message: 'A session names its type, "realtime" or "transcription", not undefined.',
    });
    expect(received).toEqual([]);
    await session.close();
  });

  const reported = (session: object) =>
    server("session.updated", { session: { type: "realtime", ...session } });

  it("sends only what is new to the server, and nothing where nothing is", async () => {
    const { talk, session, received, hear } = await talking();
    await hear(reported({ instructions: "Be kind.", audio: { output: { voice: "alloy", speed: 1 } } }));
    await talk.update({ type: "realtime", instructions: "Be kind." });
    expect(received).toEqual([]);
    const updated = talk.update({
      type: "realtime",
      instructions: "Be kind.",
      audio: { output: { voice: "alloy", speed: 1.2 } },
    });
    await settle();
    expect(received).toMatchObject([{ session: { type: "realtime", audio: { output: { speed: 1.2 } } } }]);
    expect(received[0]).not.toHaveProperty("session.instructions");
    await hear(reported({ instructions: "Be kind.", audio: { output: { voice: "alloy", speed: 1.2 } } }));
    await updated;
    await session.close();
  });

  it("compares with updates that are under way as well", async () => {
    const { talk, session, received, hear } = await talking();
    const [a, b] = ["A", "B"].map((instructions) => reported({ instructions, id: "sess_1" }));
    const wanted = (instructions: string) => ({ type: "realtime", instructions }) as const;
    await hear(a!);
    talk.update(wanted("B"));
    talk.update(wanted("A"));
    await settle();
    expect(received).toMatchObject([{ session: wanted("B") }, { session: wanted("A") }]);
    await hear(b!, a!);
    const outcomes: string[] = [];
    talk.update(wanted("B")).then(() => outcomes.push("first"));
    talk.update(wanted("B")).then(() => outcomes.push("second"));
    await settle();
    expect(received).toHaveLength(3);
    expect(outcomes).toEqual([]);
    await hear(b!);
    expect(outcomes).toEqual(["first", "second"]);
    await session.close();
  });

  it("sends a change again that was refused", async () => {
    const { talk, session, received, hear } = await talking();
    await hear(reported({ instructions: "A" }));
    const wanted = { type: "realtime", instructions: "B" } as const;
    const outcome = talk.update(wanted).catch(({ code }) => code);
    await settle();
    const { event_id } = received[0]!;
    await hear(server("error", { error: { type: "invalid_request_error", message: "No.", event_id } }));
    expect(await outcome).toBe("rejected");
    talk.update(wanted);
    await settle();
    expect(received).toHaveLength(2);
    await session.close();
  });

  it("refuses what can't change, with the reason", async () => {
    const { talk, session, received, hear } = await talking();
    await hear(reported({ model: "gpt-realtime", audio: { output: { voice: "alloy" } } }));
    const voice = { type: "realtime", audio: { output: { voice: "marin" } } } as const;
    await expect(talk.update({ type: "realtime", model: "gpt-realtime-2" })).rejects.toThrow(
      "model is gpt-realtime",
    );
    talk.update(voice);
    await hear(...answerBegins("r1", "a1", null), ...spoken("r1", "a1", "Hi", 100));
    await expect(talk.update(voice)).rejects.toThrow("has spoken as alloy");
    await settle();
    expect(received).toHaveLength(1);
    await session.close();
  });

  it("keeps the conversation's own tools", async () => {
    const own = tool({ name: "own", description: "Ours.", parameters: { type: "object" }, run: () => 1 });
    const { talk, session, received, hear } = await talking({ tools: [own] });
    await hear(reported({ tools: [own.definition] }));
    await talk.update({ type: "realtime", tools: [] });
    talk.update({ type: "realtime", tools: [{ type: "function", name: "other" }] });
    await settle();
    expect(received.slice(1)).toMatchObject([{ session: { tools: [{ name: "other" }, own.definition] } }]);
    await session.close();
  });
});

describe("items", () => {
  it("are deleted, and edited as a list, each by as few commands as will do", async () => {
    const { talk, session, received, hear } = await talking();
    await hear(...heard("u1", null, "Hi"), ...heard("u2", "u1", "Ho"));
    await expect(talk.deleteItem("nobody")).rejects.toThrow("The server has no item nobody");
    const deleted = talk.deleteItem("u1");
    await settle();
    await hear(server("conversation.item.deleted", { item_id: "u1" }));
    await deleted;
    const edited = talk.editHistory([
      { id: "s1", type: "message", role: "system", content: [{ type: "input_text", text: "Be kind." }] },
      "u2",
    ]);
    await settle();
    expect(received.at(-1)).toMatchObject({ previous_item_id: "root", item: { id: "s1" } });
    await hear(...confirmed(received));
    await edited;
    expect(talk.state.items.map(({ id }) => id)).toEqual(["s1", "u2"]);
    await talk.editHistory(["s1", "u2"]);
    expect(types(received)).toEqual(["conversation.item.delete", "conversation.item.create"]);
    // Nobody could name what is being said, to keep it or not.
    talk.say("And?", { respond: false }).catch(() => {});
    await expect(talk.editHistory(["u2"])).rejects.toThrow("An item without an id is on its way.");
    await settle();
    await hear(...confirmed(received));
    talk.editHistory(["u2"]).catch(() => {});
    await settle();
    expect(types(received).slice(3)).toEqual(["conversation.item.delete", "conversation.item.delete"]);
    await expect(talk.editHistory(["u9"])).rejects.toThrow("no item u9 to keep");
    await session.close();
  });

  it("are waited for: by id until they have ended, or by what they are", async () => {
    const { talk, session, hear } = await talking();
    const answer = talk.waitForItem("a1");
    const user = talk.waitForItem((item) => item.type === "message" && item.role === "user");
    await hear(...heard("u1", null, "Hi"), ...answerBegins("r1", "a1", "u1"));
    expect((await user).id).toBe("u1");
    await hear(...answerEnds("r1", "a1", "u1", "Hello"));
    expect(await answer).toMatchObject({ id: "a1", status: "completed" });
    expect(await talk.waitForItem("u1")).toMatchObject({ id: "u1" });
    await expect(
      talk.waitForItem(() => {
        throw new Error("odd");
      }),
    ).rejects.toThrow("odd");
    await session.close();
  });

  it("are waited for no longer than is wanted, and not beyond the end", async () => {
    const clock = virtualClock();
    const { talk, session } = await talking({ clock });
    const stopping = new AbortController();
    const never = { name: "RealtimeError" };
    const late = expect(talk.waitForItem("a", { timeoutMs: 500 })).rejects.toMatchObject({
      ...never,
      code: "timeout",
    });
    const aborted = expect(talk.waitForItem("b", { signal: stopping.signal })).rejects.toMatchObject({
      code: "aborted",
    });
    const closed = expect(talk.waitForItem("c")).rejects.toMatchObject({ code: "closed" });
    stopping.abort();
    await clock.advance(500);
    await Promise.all([late, aborted]);
    await expect(talk.waitForItem("d", { signal: stopping.signal })).rejects.toMatchObject({
      code: "aborted",
    });
    expect(clock.pending).toBe(0);
    await session.close();
    await closed;
    talk.close();
    await expect(talk.waitForItem("e")).rejects.toMatchObject({ code: "closed" });
  });
});

describe("respond", () => {
  it("gives each request a name under which its fate can be read", async () => {
    const { talk, session, received } = await talking();
    const first = talk.respond();
    const second = talk.respond({ policy: "queue", response: { instructions: "Once more." } });
    const own = talk.respond({ id: "mine", response: { conversation: "none" } });
    expect(new Set([first, second, own]).size).toBe(3);
    expect(talk.state.turn.requests.map(({ id }) => id)).toEqual([first, second, "mine"]);
    talk.withdraw(second);
    await settle();
    expect(talk.state.turn.requests.map(({ status }) => status)).toEqual(["asked", "dropped", "asked"]);
    expect(types(received)).toEqual(["response.create", "response.create"]);
    await session.close();
  });
});
