import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  type Entry,
  type Problem,
  RealtimeError,
  realtimeSession,
  type Status,
  type Transport,
} from "../src/index.ts";
import { manualClock } from "./manual-clock.ts";
import { greeting, withServer } from "./small-server.ts";

const configure: ClientEvent = {
  type: "session.update",
  session: { type: "realtime", instructions: "Be brief." },
};

const append: ClientEvent = { type: "input_audio_buffer.append", audio: "AAAA" };

function errorEvent(error: Record<string, unknown>) {
  return {
    type: "error",
    error: {
      type: "invalid_request_error",
      code: null,
      message: "No.",
      param: null,
      event_id: null,
      ...error,
    },
  };
}

/** Lets everything that is in flight in memory arrive. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("opening", () => {
  it("is ready after the greeting and the acknowledged configuration, and says each step", async () => {
    const { session, servers } = withServer({
      configure: [configure],
      answer: (event, server) => {
        if (event.type === "session.update") server.say({ ...greeting, type: "session.updated" });
      },
    });
    const states: Status["state"][] = [];
    const log: string[] = [];
    session.status$.subscribe(({ state }) => void states.push(state));
    session.log$.subscribe(({ from, event }) => void log.push(`${from} ${event.type}`));
    await session.open();
    expect(states).toEqual(["idle", "connecting", "configuring", "ready"]);
    expect(log).toEqual([
      "local link.opened",
      "server session.created",
      "client session.update",
      "server session.updated",
    ]);
    expect(servers[0]?.received).toEqual([{ ...configure, event_id: "cmd_1" }]);
    await session.close();
  });

  it("does not count an open link as a session: without a greeting it times out, and closes", async () => {
    const clock = manualClock();
    const { session, closes } = withServer({ greet: false, clock, connectTimeoutMs: 5000 });
    const opening = session.open();
    await settle();
    expect(session.status.state).toBe("connecting");
    clock.advance(5000);
    await expect(opening).rejects.toMatchObject({ code: "timeout" });
    await expect(opening).rejects.toThrow("no session.created came");
    await settle();
    expect(closes).toHaveLength(1);
    expect(session.status).toMatchObject({ state: "closed", retryable: true });
    expect(clock.pending).toBe(0);
  });

  it("says what may be missing where nothing answers", async () => {
    const clock = manualClock();
    const transport: Transport = {
      name: "stalled",
      audio: "events",
      open: (_, { signal } = {}) =>
        new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
    };
    const opening = realtimeSession({ transport, protocol: openaiRealtime, clock }).open();
    clock.advance(15_000);
    const message =
      "Opening took more than 15000 ms. Nothing answered. Check the address, the network, and the function that gives the key where there is one.";
    await expect(opening).rejects.toMatchObject({ code: "timeout", message });
  });

  it("tells a refused key from a lost link", async () => {
    const refused = withServer({
      greet: false,
      onAccept(server) {
        server.say(errorEvent({ code: "invalid_api_key", message: "Incorrect API key provided." }));
        void Promise.resolve().then(() =>
          server.peer.close({ code: 3000, reason: "invalid_request_error.invalid_api_key" }),
        );
      },
    });
    await expect(refused.session.open()).rejects.toMatchObject({ code: "fatal" });
    expect(refused.session.status).toMatchObject({ state: "closed", code: 3000, retryable: false });

    const lost = withServer({
      greet: false,
      onAccept: (server) => void setImmediate(() => server.peer.break()),
    });
    await expect(lost.session.open()).rejects.toMatchObject({ code: "closed" });
    expect(lost.session.status).toMatchObject({ state: "closed", code: 1006, retryable: true });
  });

  it("carries the server's sentence and what to do in the error of a refused session", async () => {
    const { session } = withServer({
      greet: false,
      onAccept(server) {
        server.say(errorEvent({ code: "invalid_model", message: "The model does not exist." }));
        void Promise.resolve().then(() =>
          server.peer.close({ code: 4000, reason: "invalid_request_error.invalid_model" }),
        );
      },
    });
    const error: unknown = await session.open().catch((reason: unknown) => reason);
    expect(RealtimeError.is(error) && error.message).toMatch(/The model does not exist\..*\w+/);
  });

  it("fails when the configuration is refused, with the server's reason", async () => {
    const { session } = withServer({
      configure: [configure],
      answer: (event, server) =>
        server.say(
          errorEvent({ code: "unknown_parameter", message: "Unknown parameter.", event_id: event.event_id }),
        ),
    });
    const opening = session.open();
    await expect(opening).rejects.toMatchObject({ code: "rejected" });
    await expect(opening).rejects.toThrow("Unknown parameter.");
    expect(session.status.state).toBe("closed");
  });

  it("can be aborted before it begins, while it waits, and by close", async () => {
    const aborted = withServer();
    await expect(aborted.session.open({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
    expect(aborted.servers).toHaveLength(0);

    const waiting = withServer({ greet: false });
    const abort = new AbortController();
    const opening = waiting.session.open({ signal: abort.signal });
    await settle();
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: "aborted" });
    await settle();
    expect(waiting.closes).toHaveLength(1);

    const closed = withServer({ greet: false });
    const closing = closed.session.open();
    await settle();
    await closed.session.close();
    await expect(closing).rejects.toMatchObject({ code: "closed" });
    expect(closed.session.status.state).toBe("closed");
  });

  it("happens once", async () => {
    const { session } = withServer();
    await session.open();
    await expect(session.open()).rejects.toMatchObject({ code: "invalid_state" });
    await session.close();
  });

  it("reports a transport that cannot dial", async () => {
    const session = realtimeSession({
      protocol: openaiRealtime,
      transport: {
        name: "broken",
        audio: "events",
        open: () => Promise.reject(new Error("no network")),
      },
    });
    await expect(session.open()).rejects.toMatchObject({ code: "connect_failed", message: "no network" });
    expect(session.status).toMatchObject({ state: "closed", retryable: true });
  });
});

describe("send", () => {
  it("throws when no link is open, and logs nothing", async () => {
    const { session } = withServer();
    expect(() => session.send(append)).toThrow(RealtimeError);
    expect(() => session.send(append)).toThrow("the session is idle");
    await session.open();
    const log: Entry[] = [];
    session.log$.subscribe((entry) => void log.push(entry));
    await session.close();
    expect(() => session.send(append)).toThrow("closed");
    expect(log.map(({ from }) => from)).not.toContain("client");
  });

  it("refuses an event that differs from its schema, naming the place, unless told not to check", async () => {
    const { session, servers } = withServer();
    await session.open();
    // A program in plain JavaScript can send this.
    const wrong = { type: "conversation.item.truncate", item_id: "item_1", content_index: 0 } as ClientEvent;
    expect(() => session.send(wrong)).toThrow(/truncate was not sent.*audio_end_ms/);
    await settle();
    expect(servers[0]?.received).toEqual([]);
    await session.close();

    const lax = withServer({ checkCommands: false });
    await lax.session.open();
    lax.session.send(wrong);
    await settle();
    expect(lax.servers[0]?.received).toEqual([wrong]);
    await lax.session.close();
  });
});

describe("request", () => {
  it("resolves with the acknowledgement of its own command, whatever order answers come in", async () => {
    const { session } = withServer({
      answer(event, server) {
        if (event.type !== "conversation.item.retrieve" || event.item_id !== "b") return;
        const item = (id: string) => ({
          id,
          type: "message",
          role: "user",
          status: "completed",
          content: [],
        });
        server.say({ type: "conversation.item.retrieved", item: item("b") });
        server.say({ type: "conversation.item.retrieved", item: item("a") });
      },
    });
    await session.open();
    const a = session.request({ type: "conversation.item.retrieve", item_id: "a" });
    const b = session.request({ type: "conversation.item.retrieve", item_id: "b" });
    expect(await a).toMatchObject({ item: { id: "a" } });
    expect(await b).toMatchObject({ item: { id: "b" } });
    await session.close();
  });

  it("rejects on the error event that names it, and leaves the others waiting", async () => {
    const { session } = withServer({
      answer(event, server) {
        if (event.type !== "conversation.item.delete") return;
        server.say(
          errorEvent({ code: "item_delete_invalid_item_id", message: "Gone.", event_id: event.event_id }),
        );
      },
    });
    await session.open();
    const problems: Problem[] = [];
    session.problems$.subscribe((problem) => void problems.push(problem));
    const other = session.request({ type: "input_audio_buffer.clear" });
    await expect(session.request({ type: "conversation.item.delete", item_id: "x" })).rejects.toMatchObject({
      code: "rejected",
      cause: { code: "item_delete_invalid_item_id" },
    });
    expect(problems).toMatchObject([{ kind: "error", failure: { message: "Gone." } }]);
    await session.close();
    await expect(other).rejects.toMatchObject({ code: "closed" });
  });

  it("settles once: by time-out, by abort, by a lost link", async () => {
    const clock = manualClock();
    const { session, servers } = withServer({ clock });
    await session.open();
    const late = session.request({ type: "input_audio_buffer.clear" }, { timeoutMs: 100 });
    clock.advance(100);
    await expect(late).rejects.toMatchObject({ code: "timeout" });

    const abort = new AbortController();
    const aborted = session.request({ type: "input_audio_buffer.clear" }, { signal: abort.signal });
    abort.abort();
    await expect(aborted).rejects.toMatchObject({ code: "aborted" });

    const cut = session.request({ type: "input_audio_buffer.clear" });
    servers[0]?.peer.break();
    await expect(cut).rejects.toMatchObject({ code: "closed" });
    expect(clock.pending).toBe(0);
    await session.close();
  });

  it("ends no program where nobody awaits it, and is on problems$ once, whatever came in the way", async () => {
    const clock = manualClock();
    const { session } = withServer({
      clock,
      answer(event, server) {
        if (event.type !== "conversation.item.delete") return;
        server.say(errorEvent({ message: "Gone.", event_id: event.event_id }));
      },
    });
    const problems: string[] = [];
    session.problems$.subscribe((problem) => {
      const what = problem.kind === "request" ? `${problem.command.type} ${problem.error.code}` : "";
      problems.push(`${problem.kind} ${what}`.trim());
    });
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    void session.request({ type: "input_audio_buffer.clear" });
    await session.open();
    void session.request({ type: "conversation.item.delete", item_id: "x" });
    void session.request(append);
    void session.request({ type: "conversation.item.delete" } as ClientEvent);
    void session.request({ type: "input_audio_buffer.clear" }, { signal: AbortSignal.abort() });
    void session.request({ type: "input_audio_buffer.clear" }, { timeoutMs: 100 });
    await settle();
    clock.advance(100);
    void session.request({ type: "input_audio_buffer.commit" });
    await session.close();
    await settle();
    process.off("unhandledRejection", note);
    expect(problems).toEqual([
      "request input_audio_buffer.clear closed",
      "request input_audio_buffer.append not_acknowledged",
      "request conversation.item.delete invalid_event",
      "request input_audio_buffer.clear aborted",
      "error",
      "request input_audio_buffer.clear timeout",
      "request input_audio_buffer.commit closed",
    ]);
    expect(unhandled).toEqual([]);
  });

  it("refuses to wait for what is never answered", async () => {
    const { session } = withServer();
    await session.open();
    await expect(session.request(append)).rejects.toMatchObject({ code: "not_acknowledged" });
    await session.close();
  });
});

describe("what a server sends", () => {
  it("never ends a stream: frames that are no event are logged and reported with their text", async () => {
    const { session, servers } = withServer();
    const log: Entry[] = [];
    const problems: Problem[] = [];
    session.log$.subscribe((entry) => void log.push(entry));
    session.problems$.subscribe((problem) => void problems.push(problem));
    await session.open();
    const frames = ["{", "[]", "null", '"text"', "", '{"no":"type"}'];
    for (const frame of frames) servers[0]?.peer.send(frame);
    servers[0]?.say({ type: "rate_limits.updated", rate_limits: [] });
    await settle();
    const kept = log.flatMap(({ event }) =>
      "text" in event && typeof event.text === "string" ? [event.text] : [],
    );
    expect(kept).toEqual(frames);
    expect(problems.map(({ kind }) => kind)).toEqual(frames.map(() => "undecodable"));
    expect(log.at(-1)?.event.type).toBe("rate_limits.updated");
    await session.close();
  });

  it("delivers an unknown event whole, and a known one that is wrong with its issues beside it", async () => {
    const { session, servers } = withServer();
    const events: unknown[] = [];
    const problems: Problem[] = [];
    session.events$.subscribe((event) => void events.push(event));
    session.problems$.subscribe((problem) => void problems.push(problem));
    await session.open();
    servers[0]?.say({ type: "weather.changed", to: { sky: "clear" } });
    servers[0]?.say({ type: "input_audio_buffer.speech_started", audio_start_ms: "soon", item_id: "item_1" });
    await settle();
    expect(events.slice(1)).toMatchObject([
      { type: "weather.changed", to: { sky: "clear" } },
      { type: "input_audio_buffer.speech_started", audio_start_ms: "soon" },
    ]);
    expect(problems).toMatchObject([{ kind: "invalid", issues: [{ path: "/audio_start_ms" }] }]);
    await session.close();
  });

  it("keeps an error event from becoming anything but a value", async () => {
    const { session, servers } = withServer();
    await session.open();
    servers[0]?.say(errorEvent({ code: null, message: "The server had an error." }));
    await settle();
    expect(session.status.state).toBe("ready");
    await session.close();
  });
});

describe("closing", () => {
  it("ends the log with the close, completes the streams, and is idempotent", async () => {
    const { session, closes } = withServer();
    const log: string[] = [];
    let completed = 0;
    session.log$.subscribe({ next: ({ event }) => void log.push(event.type), complete: () => completed++ });
    session.status$.subscribe({ complete: () => completed++ });
    session.problems$.subscribe({ complete: () => completed++ });
    await session.open();
    await session.close({ code: 4321, reason: "enough" });
    await session.close();
    expect(log.slice(-2)).toEqual(["session.closing", "link.closed"]);
    expect(closes).toEqual([{ code: 4321, reason: "enough" }]);
    expect(completed).toBe(3);
    expect(session.connection).toBeUndefined();
    expect(session.note({ type: "interrupt.requested" })).toBe(false);
  });

  it("says so at once, and takes notes until the log is complete", async () => {
    const { session } = withServer();
    const log: string[] = [];
    session.log$.subscribe(({ event }) => {
      log.push(event.type);
      if (event.type === "session.closing") void session.close();
    });
    await session.open();
    const closing = session.close();
    expect(log.at(-1)).toBe("session.closing");
    const heard = { type: "playback.flushed", itemId: "item_1", contentIndex: 0, heardMs: 20 } as const;
    expect(session.note(heard)).toBe(true);
    await closing;
    expect(log.slice(-3)).toEqual(["session.closing", "playback.flushed", "link.closed"]);
    expect(session.note(heard)).toBe(false);

    const idle = withServer();
    idle.session.log$.subscribe(({ event }) => void log.push(event.type));
    await idle.session.close();
    expect(log.at(-1)).toBe("link.closed");
  });

  it("leaves the last status to whoever comes later", async () => {
    const { session } = withServer();
    await session.open();
    await session.close();
    const seen: string[] = [];
    session.status$.subscribe({
      next: ({ state }) => void seen.push(state),
      complete: () => void seen.push("complete"),
    });
    expect(seen).toEqual(["closed", "complete"]);
  });

  it("follows by itself where a session cannot be opened", async () => {
    let closing: AbortSignal | undefined;
    const { session } = withServer({
      greet: false,
      onAccept: (server) => void setImmediate(() => server.peer.break()),
      onOpen: (opening) => {
        closing = opening.closing;
      },
    });
    const seen: string[] = [];
    session.log$.subscribe({
      next: ({ event }) => void seen.push(event.type),
      complete: () => void seen.push("complete"),
    });
    await expect(session.open()).rejects.toMatchObject({ code: "closed" });
    expect(seen.slice(-2)).toEqual(["link.closed", "complete"]);
    expect(closing?.aborted).toBe(true);
    await session.close();
  });

  it("by the server leaves the log open for what a player still reports", async () => {
    const { session, servers } = withServer();
    const log: string[] = [];
    session.log$.subscribe(({ event }) => void log.push(event.type));
    await session.open();
    await servers[0]?.peer.close({ code: 1001, reason: "going away" });
    await settle();
    expect(session.status).toEqual({ state: "closed", code: 1001, reason: "going away", retryable: true });
    expect(session.note({ type: "playback.finished", itemId: "item_1", contentIndex: 0, heardMs: 20 })).toBe(
      true,
    );
    expect(log.slice(-2)).toEqual(["link.closed", "playback.finished"]);
    await session.close();
  });
});

describe("time", () => {
  it("counts from opening, to the microsecond", async () => {
    const clock = manualClock();
    clock.advance(1000);
    const { session } = withServer({ clock });
    const times: (number | null)[] = [];
    session.log$.subscribe(({ at }) => void times.push(at));
    await session.open();
    clock.advance(1.23456789);
    session.note({ type: "interrupt.requested" });
    expect(times).toEqual([0, 0, 1.235]);
    await session.close();
  });
});
