import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  type Connection,
  type Entry,
  type Problem,
  RealtimeError,
  realtimeSession,
  type SessionOptions,
  type Transport,
} from "../src/index.ts";
import { manualClock } from "./manual-clock.ts";

/** A transport whose connection the test fills up and empties, and whose server the test speaks for. */
function slowTransport() {
  const sent: ClientEvent[] = [];
  const control = { buffered: 0, refuses: (_: ClientEvent) => false, say: (_: object) => {} };
  const transport: Transport<Connection> = {
    name: "slow",
    audio: "events",
    async open(sink) {
      control.say = (event) => sink.frame(JSON.stringify({ event_id: "event_1", ...event }));
      return {
        get bufferedAmount() {
          return control.buffered;
        },
        maxFrameBytes: 1e6,
        send(frame) {
          const event: ClientEvent = JSON.parse(frame);
          if (control.refuses(event)) throw new RealtimeError("frame_too_large", "It is too large.");
          sent.push(event);
        },
        async close() {
          sink.closed({ code: 1000, reason: "" });
        },
      };
    },
  };
  return { transport, sent, control };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const greeting = { type: "session.created", session: { type: "realtime" } };
const audio = (n: number): ClientEvent => ({
  type: "input_audio_buffer.append",
  audio: `${n}`.padStart(40, "A"),
});
const commit: ClientEvent = { type: "input_audio_buffer.commit" };

type Options = Partial<SessionOptions<ClientEvent, never, Connection>>;

async function session(options: Options = {}) {
  const { transport, sent, control } = slowTransport();
  const clock = manualClock();
  const made = realtimeSession({ transport, protocol: openaiRealtime, clock, ...(options as object) });
  const log: Entry[] = [];
  const problems: Problem[] = [];
  made.log$.subscribe((entry) => void log.push(entry));
  made.problems$.subscribe((problem) => void problems.push(problem));
  const opening = made.open();
  await settle();
  return { session: made, opening, sent, control, clock, log, problems };
}

describe("while the session opens", () => {
  it("commands wait in their order, behind the configuration", async () => {
    const configure: ClientEvent = {
      type: "session.update",
      session: { type: "realtime", instructions: "Hi." },
    };
    const { session: made, opening, sent, control } = await session({ configure: [configure] });
    made.send(audio(1));
    made.send(commit);
    control.say(greeting);
    await settle();
    expect(sent.map(({ type }) => type)).toEqual(["session.update"]);
    control.say({ ...greeting, type: "session.updated" });
    await opening;
    expect(sent.map(({ type }) => type)).toEqual([
      "session.update",
      "input_audio_buffer.append",
      "input_audio_buffer.commit",
    ]);
    await made.close();
  });

  it("of the microphone only the newest is kept, and the log says how much was dropped", async () => {
    const { session: made, opening, sent, control, log, problems } = await session({ maxQueuedBytes: 400 });
    for (let n = 0; n < 20; n++) made.send(audio(n));
    made.send(commit);
    control.say(greeting);
    await opening;
    const kept = sent.flatMap((event) => ("audio" in event ? [Number(event.audio.replaceAll("A", ""))] : []));
    expect(kept.at(-1)).toBe(19);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    expect(kept.length).toBeLessThan(6);
    expect(sent.at(-1)).toEqual(commit);
    expect(problems).toEqual([{ kind: "dropping" }]);
    const drops = log.flatMap(({ event }) => (event.type === "outbox.dropped" ? [event] : []));
    expect(drops).toMatchObject([{ frames: 20 - kept.length }]);
    await made.close();
  });

  it("a command that would exceed the bound is refused, not dropped", async () => {
    const { session: made, opening, sent, control } = await session({ maxQueuedBytes: 100 });
    made.send(commit);
    made.send(commit);
    expect(() => made.send(commit)).toThrow(expect.objectContaining({ code: "overflow" }));
    control.say(greeting);
    await opening;
    expect(sent).toEqual([commit, commit]);
    await made.close();
  });

  it("what still waits when it fails is reported, and its requests reject", async () => {
    const { session: made, opening, problems, clock } = await session({ connectTimeoutMs: 100 });
    opening.catch(() => {});
    made.send(commit);
    const request = made.request({ type: "input_audio_buffer.clear" });
    request.catch(() => {});
    clock.advance(100);
    await expect(opening).rejects.toMatchObject({ code: "timeout" });
    await expect(request).rejects.toMatchObject({ code: "timeout" });
    expect(problems).toMatchObject([{ kind: "unsent", commands: 2 }]);
  });
});

describe("while the connection is congested", () => {
  async function ready(options: Options = {}) {
    const given = await session({ maxBufferedBytes: 1000, ...options });
    given.control.say(greeting);
    await given.opening;
    return given;
  }

  it("commands wait, and go out in order when it has caught up", async () => {
    const { session: made, sent, control, clock } = await ready();
    made.send(audio(1));
    control.buffered = 5000;
    made.send(audio(2));
    made.send(commit);
    clock.advance(100);
    expect(sent).toEqual([audio(1)]);
    control.buffered = 0;
    made.send(audio(3));
    clock.advance(20);
    expect(sent).toEqual([audio(1), audio(2), commit, audio(3)]);
    expect(clock.pending).toBe(0);
    await made.close();
  });

  it("memory stays bounded however long it lasts, and every drop is counted", async () => {
    const { session: made, sent, control, clock, log } = await ready({ maxQueuedBytes: 2000 });
    control.buffered = 5000;
    for (let n = 0; n < 10_000; n++) made.send(audio(n));
    control.buffered = 0;
    clock.advance(20);
    const dropped = log.flatMap(({ from, event }) =>
      from === "local" && event.type === "outbox.dropped" ? [event.frames] : [],
    );
    expect(dropped).toHaveLength(1);
    expect((dropped[0] ?? 0) + sent.length).toBe(10_000);
    expect(JSON.stringify(sent).length).toBeLessThan(2500);
    await made.close();
  });

  it("what turns out not to go is given up by name, and the rest goes", async () => {
    const { session: made, sent, control, clock, log, problems } = await ready();
    control.buffered = 5000;
    made.send({ type: "response.create", event_id: "mine" });
    made.send(commit);
    control.refuses = ({ type }) => type === "response.create";
    control.buffered = 0;
    clock.advance(20);
    expect(sent).toEqual([commit]);
    expect(problems).toMatchObject([{ kind: "unsent", commands: 1 }]);
    const unsent = log.filter(({ event }) => event.type === "command.unsent");
    expect(unsent).toMatchObject([{ event: { commandId: "mine", code: "frame_too_large" } }]);
    await made.close();
  });

  it("an aborted request is not sent later", async () => {
    const { session: made, sent, control, clock } = await ready();
    control.buffered = 5000;
    const abort = new AbortController();
    const request = made.request({ type: "input_audio_buffer.clear" }, { signal: abort.signal });
    abort.abort();
    await expect(request).rejects.toMatchObject({ code: "aborted" });
    control.buffered = 0;
    clock.advance(20);
    expect(sent).toEqual([]);
    await made.close();
  });
});
