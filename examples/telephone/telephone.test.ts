import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { base64ToBytes } from "@duologue/audio";
import { messagesOf } from "@duologue/conversation";
import { RealtimeError, type Transport } from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { type VirtualClock, virtualClock } from "@duologue/testing";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { call } from "./call.ts";
import { farEnd } from "./far-end.ts";
import { switchboard } from "./switchboard.ts";

const networkMs = 60;
const greeting = "Good morning. What can I do for you?";
const story =
  "This is a long answer, and the caller is not going to hear all of it, but only the first few words.";
const scenario = {
  turns: [
    { say: greeting },
    { heard: "Tell me a story.", say: story },
    { heard: "Enough. Goodbye.", tools: [{ name: "hang_up", arguments: {} }] },
    { say: "Goodbye." },
  ],
};

/** A call between the bridge and a far end in virtual time. */
function ringing(clock: VirtualClock, transport: Transport) {
  const news: string[] = [];
  /** What was sent to be played, between one `clear` and the next. */
  const sent: Uint8Array[][] = [[]];
  /** How much had been heard when a `clear` arrived. */
  const heardAtClears: number[] = [];
  let isClosed = false;
  const line = {
    send(text: string) {
      const message = JSON.parse(text);
      if (message.event === "media") sent.at(-1)?.push(base64ToBytes(message.media.payload));
      if (message.event === "clear") {
        sent.push([]);
        clock.after(networkMs, () => heardAtClears.push(phone.heard().length));
      }
      phone.message(text);
    },
    close() {
      isClosed = true;
      phone.end();
    },
  };
  const answered = call({ line, transport, clock, onNews: (text) => void news.push(text) });
  const phone = farEnd({ clock, send: answered.message, networkMs });
  return {
    ...answered,
    phone,
    news,
    heardAtClears,
    sent: () => sent.map((pieces) => Buffer.concat(pieces)),
    isClosed: () => isClosed,
  };
}

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

describe("a call", () => {
  it("is heard as it was said, cut where the caller was, and ended behind the goodbye", async () => {
    const clock = virtualClock();
    const ring = ringing(clock, emulator({ clock, scenario }).transport());
    const { talk, phone, sent, heardAtClears } = ring;
    const speak = async (ms: number) => {
      phone.speak();
      await clock.advance(ms);
      phone.quiet();
    };
    await clock.advance(6_000);
    const greeted = { role: "assistant", text: greeting, heardText: greeting };
    expect(messagesOf(talk.state.items)).toMatchObject([greeted]);
    await speak(1_000);
    await clock.advance(3_000);
    await speak(1_000);
    const cut = talk.state.items.flatMap((item) => (item.type === "message" ? item.content : []))[2];
    if (cut?.type !== "output_audio") throw new Error("The third message is no speech.");
    expect(cut.transcript).toBe(story);
    const cutAtMs = cut.audio?.truncatedAtMs ?? Number.NaN;
    const heardMs = ((heardAtClears.at(-1) ?? 0) - (heardAtClears[0] ?? 0)) / 8;
    expect(cutAtMs).toBeGreaterThan(500);
    expect(cutAtMs).toBeLessThanOrEqual(heardMs);
    // What is not known: up to 100 ms behind the last mark, and what was played while that and the `clear` travelled.
    expect(cutAtMs).toBeGreaterThanOrEqual(Math.floor(heardMs) - 100 - 2 * networkMs);

    await clock.advance(10_000);
    expect(ring.isClosed()).toBe(true);
    expect(messagesOf(talk.state.items).at(-1)).toMatchObject({ text: "Goodbye.", heardText: "Goodbye." });
    // Of each stretch between two clears the caller heard the beginning, byte by byte, and the last one whole.
    const heard = Buffer.from(phone.heard());
    const ends = [...heardAtClears, heard.length];
    const pieces = ends.map((end, index) => heard.subarray(ends[index - 1] ?? 0, end));
    expect(pieces.map((piece, index) => sent()[index]?.subarray(0, piece.length).equals(piece))).toEqual(
      pieces.map(() => true),
    );
    expect(pieces.at(-1)).toHaveLength(sent().at(-1)?.length ?? Number.NaN);
    expect(clock.pending).toBe(0);
  });

  it("outlives whatever the line says, and is told once which stream it is", async () => {
    const clock = virtualClock();
    const ring = ringing(clock, emulator({ clock, scenario }).transport());
    await clock.advance(1_000);
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      '"media"',
      '{"event":"media"}',
      '{"event":"media","media":null}',
      '{"event":"media","media":{"payload":5}}',
      '{"event":"media","media":{"payload":""}}',
      '{"event":"media","media":{"payload":"no base64!"}}',
      '{"event":"mark","mark":{}}',
      '{"event":"mark","mark":{"name":"of nobody"}}',
      '{"event":"dtmf","dtmf":{"digit":"1"}}',
      '{"event":"start","start":{}}',
      '{"event":"start","start":{"streamSid":"MZ_another"}}',
    ])
      ring.message(text);
    expect(ring.news.length).toBeGreaterThan(0);
    expect(ring.news.filter((text) => !text.startsWith("not heard: "))).toEqual([]);
    await clock.advance(5_000);
    expect(messagesOf(ring.talk.state.items)).toMatchObject([{ text: greeting, heardText: greeting }]);
    ring.phone.hangUp();
    await clock.advance(1_000);
    expect(clock.pending).toBe(0);
  });

  it("ends with `stop`, also in the middle of a word, and with a line that is gone before it was answered", async () => {
    const clock = virtualClock();
    const stopped = ringing(clock, emulator({ clock, scenario }).transport());
    await clock.advance(1_500);
    stopped.phone.hangUp();
    await clock.advance(1_000);
    const [message] = messagesOf(stopped.talk.state.items);
    expect(message?.text).toBe(greeting);
    expect(greeting.startsWith(message?.heardText ?? "none")).toBe(true);
    expect(message?.heardText?.length).toBeLessThan(greeting.length);
    expect(stopped.isClosed()).toBe(true);

    let opened = 0;
    const never: Transport = {
      name: "never",
      audio: "events",
      open(_, { signal } = {}) {
        opened += 1;
        return new Promise((__, reject) =>
          signal?.addEventListener("abort", () => reject(new Error("gone"))),
        );
      },
    };
    const gone = ringing(clock, never);
    await clock.advance(1_000);
    expect(opened).toBe(1);
    gone.end();
    await clock.advance(1_000);
    expect(gone.isClosed()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("that nobody can answer is hung up, with the reason", async () => {
    const clock = virtualClock();
    const refusing: Transport = {
      name: "refusing",
      audio: "events",
      open: () => Promise.reject(new RealtimeError("connect_failed", "The service is away.")),
    };
    const ring = ringing(clock, refusing);
    await clock.advance(1_000);
    expect(ring.isClosed()).toBe(true);
    expect(ring.news).toEqual(["not answered: The service is away."]);
    expect(clock.pending).toBe(0);
  });
});

describe("a switchboard", () => {
  it("says where the sound goes, takes a call after bad messages, and hangs up when it closes", async () => {
    const board = await switchboard({ transport: emulator({ scenario }).transport(), port: 0 });
    stops.push(() => board.close());
    const base = `http://127.0.0.1:${board.port}`;
    const answer = await fetch(`${base}/incoming`, { method: "POST" });
    expect(answer.headers.get("content-type")).toBe("text/xml");
    expect(await answer.text()).toContain(`<Stream url="wss://127.0.0.1:${board.port}/media"/>`);
    expect((await fetch(`${base}/incoming`)).status).toBe(404);

    const socket = new WebSocket(`ws://127.0.0.1:${board.port}/media`);
    await once(socket, "open");
    const closed = once(socket, "close");
    for (const text of ["nonsense", '{"event":"media","media":{"payload":"!"}}']) socket.send(text);
    socket.send(Buffer.from([255, 254]));
    socket.send(JSON.stringify({ event: "start", start: { streamSid: "MZ_7" } }));
    const [first] = await once(socket, "message");
    expect(JSON.parse(String(first))).toMatchObject({ event: "media", streamSid: "MZ_7" });
    socket.send('{"event":"stop"}');
    await closed;

    const other = new WebSocket(`ws://127.0.0.1:${board.port}/media`);
    await once(other, "open");
    const hungUp = once(other, "close");
    await board.close();
    stops.pop();
    await hungUp;
  });

  it("is started and rung by the programs of the README", async () => {
    const program = (url: URL, args: readonly string[] = []) =>
      spawn(process.execPath, [fileURLToPath(url), ...args], {
        env: { ...process.env, OPENAI_API_KEY: "", PORT: "0" },
        stdio: ["ignore", "pipe", "inherit"],
      });
    const board = program(new URL("./main.ts", import.meta.url));
    const ended = once(board, "exit");
    stops.push(() => {
      board.kill();
      return ended;
    });
    const [address] = await once(board.stdout, "data");
    const phone = program(new URL("./ring.ts", import.meta.url), [String(address).trim()]);
    const said = await text(phone.stdout);
    const [, heardMs] = /heard (\d+) ms in all\n$/.exec(said) ?? [];
    expect(Number(heardMs), said).toBeGreaterThan(0);
  });
});
