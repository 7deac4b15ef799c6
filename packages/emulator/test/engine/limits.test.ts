import { describe, expect, it } from "vitest";
import { engine } from "../../src/engine/engine.ts";
import { heldBytes } from "../../src/engine/held-bytes.ts";
import { base64, conversation, one, only, silence, typesOf, userText } from "../support/conversation.ts";

const limited = { code: "limit_exceeded", type: "invalid_request_error", param: null };

describe("the bounds of a session", () => {
  it("refuse items beyond their number, whoever makes them, until some are deleted", () => {
    const talk = conversation({ maxItems: 2 });
    talk.open();
    const create = (id: string) => talk.send({ type: "conversation.item.create", item: userText("Hi", id) });
    create("a");
    create("b");
    expect(one(create("c"), "error").error).toMatchObject({
      ...limited,
      message: expect.stringContaining("2 items"),
    });
    expect(one(talk.send({ type: "response.create" }), "error").error).toMatchObject(limited);
    // One out of band adds no item.
    const aside = talk.send({ type: "response.create", response: { conversation: "none" } });
    expect(typesOf(aside)).toEqual(["response.created"]);
    expect(one(talk.advance(10_000), "response.done").response.status).toBe("completed");
    const spoken = talk.speak("Hello there");
    expect(typesOf(spoken)).toEqual([
      "input_audio_buffer.speech_started",
      "input_audio_buffer.speech_stopped",
      "error",
    ]);
    talk.append(silence(200));
    expect(one(talk.send({ type: "input_audio_buffer.commit" }), "error").error).toMatchObject(limited);
    talk.send({ type: "conversation.item.delete", item_id: "a" });
    expect(typesOf(create("c"))).toEqual(["conversation.item.added", "conversation.item.done"]);
  });

  it("refuse sound and words beyond their bytes, and take them again when there is room", () => {
    const talk = conversation({ maxHeldBytes: 20_000 });
    talk.open();
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection: null } } },
    });
    const append = (ms: number) =>
      talk.send({ type: "input_audio_buffer.append", audio: base64(silence(ms)) });
    expect(append(400)).toEqual([]);
    expect(one(append(400), "error").error).toMatchObject(limited);
    const long = userText("x".repeat(5000));
    expect(one(talk.send({ type: "conversation.item.create", item: long }), "error").error).toMatchObject(
      limited,
    );
    expect(heldBytes(talk.state)).toBeLessThanOrEqual(20_000);
    talk.send({ type: "input_audio_buffer.clear" });
    expect(append(400)).toEqual([]);
  });

  it("count what responses are going to say", () => {
    const speech = new Int16Array(24_000);
    const talk = conversation({ maxHeldBytes: 40_000, scenario: { turns: [{ say: "Hi", speech }] } });
    talk.open();
    talk.send({ type: "response.create" });
    const other = { type: "response.create", response: { conversation: "none" } } as const;
    expect(one(talk.send(other), "error").error).toMatchObject(limited);
  });

  it("refuse responses beyond those that run at once", () => {
    const talk = conversation({ maxResponses: 2 });
    talk.open();
    const ask = () => talk.send({ type: "response.create", response: { conversation: "none" } });
    ask();
    ask();
    expect(one(ask(), "error").error).toMatchObject({
      ...limited,
      message: expect.stringMatching(/^2 resp/),
    });
    talk.advance(10_000);
    expect(typesOf(ask())).toEqual(["response.created"]);
  });

  it("refuse MCP servers beyond their number, with all of the update", () => {
    const talk = conversation({ maxMcpServers: 2 });
    talk.open();
    const update = (...labels: string[]) => {
      const tools = labels.map((server_label) => ({
        type: "mcp" as const,
        server_label,
        server_url: "https://x",
      }));
      return talk.send({ type: "session.update", session: { type: "realtime", tools } });
    };
    update("a");
    update("b");
    expect(one(update("a", "c"), "error").error).toMatchObject(limited);
    expect(talk.state.session.tools).toMatchObject([{ server_label: "b" }]);
    expect(typesOf(update("a"))).toEqual(["session.updated"]);
  });

  it("hold crumbs of sound in no more room than they take", () => {
    const talk = conversation();
    talk.open();
    talk.send({
      type: "session.update",
      session: { type: "realtime", audio: { input: { turn_detection: null } } },
    });
    const audio = base64(new Int16Array(1));
    for (let sent = 0; sent < 5000; sent++) talk.send({ type: "input_audio_buffer.append", audio });
    let links = 0;
    for (let link = talk.state.input.buffer; link !== undefined; link = link.before) links++;
    expect(links).toBeLessThan(50);
    expect(talk.state.input.buffer?.sampleCount).toBe(5000);
  });

  it("forget what was put off about an item that is deleted", () => {
    const talk = conversation({ transcriptionMs: 10_000, scenario: { turns: [{ heard: "One two three" }] } });
    talk.open();
    const transcription = { model: "gpt-4o-transcribe" };
    const input = { transcription, turn_detection: null };
    talk.send({ type: "session.update", session: { type: "realtime", audio: { input } } });
    talk.append(silence(200));
    const { item_id } = one(talk.send({ type: "input_audio_buffer.commit" }), "input_audio_buffer.committed");
    expect(talk.state.later.length).toBeGreaterThan(3);
    talk.send({ type: "conversation.item.delete", item_id });
    expect(talk.state.later).toEqual([]);
  });

  it("have to be one or more", () => {
    const bounds = ["maxInputTokens", "maxItems", "maxHeldBytes", "maxResponses", "maxSpokenCharacters"];
    for (const name of [...bounds, "maxMcpServers"]) {
      expect(() => engine({ [name]: 0 })).toThrow(RangeError);
    }
  });

  it("let an answer fail that is too long to be spoken, and not to be written", () => {
    let voiced = 0;
    const voice = () => new Int16Array(++voiced);
    const say = "word ".repeat(3);
    const talk = conversation({ voice, maxSpokenCharacters: 14, scenario: { turns: [{ say }, { say }] } });
    talk.open();
    talk.send({ type: "response.create" });
    const { status, status_details } = one(talk.advance(60_000), "response.done").response;
    expect({ status, error: status_details?.error?.code }).toEqual({
      status: "failed",
      error: "voice_failed",
    });
    expect(JSON.stringify(talk.events)).toContain("15 characters");
    expect(voiced).toBe(0);
    talk.send({ type: "response.create", response: { output_modalities: ["text"] } });
    expect(one(talk.advance(60_000), "response.done").response.status).toBe("completed");
  });

  it("keep an echo short", () => {
    const talk = conversation({ maxInputTokens: Number.POSITIVE_INFINITY });
    talk.open();
    const item = userText("word ".repeat(100_000));
    talk.send({ type: "conversation.item.create", item });
    talk.send({ type: "response.create", response: { output_modalities: ["text"] } });
    const said = only(talk.advance(60_000), "response.output_text.done")[0]!.text;
    expect(said.length).toBeLessThan(1100);
    expect(said.startsWith("You said: word word")).toBe(true);
    expect(said.endsWith(" …")).toBe(true);
  });

  it("reckons each item once, however many there are", () => {
    const reckoned = (items: number) => {
      const talk = conversation();
      talk.open();
      for (let made = 0; made < items; made++)
        talk.send({ type: "conversation.item.create", item: userText("Hi.") });
      const { conversation: kept } = talk.state;
      let looks = 0;
      const watched = new Proxy(kept, {
        get(target, key, receiver) {
          if (typeof key === "string" && /^\d+$/.test(key)) looks++;
          return Reflect.get(target, key, receiver);
        },
      });
      const bytes = heldBytes({ ...talk.state, conversation: watched });
      return { looks, bytes };
    };
    const [few, many] = [reckoned(10), reckoned(100)];
    expect({ few: few.looks, many: many.looks }).toEqual({ few: 0, many: 0 });
    expect(many.bytes).toBe(10 * few.bytes);
  });
});
