import { openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  type Connection,
  type Entry,
  type FrameSink,
  realtimeSession,
  recording,
  type Transport,
} from "../src/index.ts";
import { manualClock } from "./manual-clock.ts";
import { greeting } from "./small-server.ts";

/** Lets promises settle. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A session whose transport asks a person something, as often as the test wants, and never opens. */
function setUp(decorated: (transport: Transport) => Transport = (transport) => transport) {
  const clock = manualClock();
  let asking: (answered: Promise<unknown>) => void = () => {};
  const transport: Transport = {
    name: "asking",
    audio: "media",
    open(_, options = {}) {
      asking = options.asking ?? asking;
      return new Promise((_, reject) =>
        options.signal?.addEventListener("abort", () => reject(options.signal?.reason)),
      );
    },
  };
  const session = realtimeSession({
    transport: decorated(transport),
    protocol: openaiRealtime,
    clock,
    connectTimeoutMs: 5_000,
  });
  const opening = session.open();
  let failure: unknown;
  opening.catch((error: unknown) => {
    failure = error;
  });
  return {
    clock,
    session,
    failure: () => failure,
    ask() {
      const question = Promise.withResolvers<void>();
      asking(question.promise);
      return question;
    },
  };
}

describe("a person who is asked while a session opens", () => {
  it.each(["resolve", "reject"] as const)(
    "has all the time in the world, and the limit begins anew then: %s",
    async (answer) => {
      const { clock, failure, ask } = setUp();
      clock.advance(4_999);
      const question = ask();
      clock.advance(3_600_000);
      await settle();
      expect(failure()).toBeUndefined();
      question[answer]();
      await settle();
      clock.advance(4_999);
      await settle();
      expect(failure()).toBeUndefined();
      clock.advance(1);
      await settle();
      expect(failure()).toMatchObject({
        code: "timeout",
        message:
          "Opening took more than 5000 ms. Nothing answered. Check the address, the network, and the function that gives the key where there is one.",
      });
      expect(clock.pending).toBe(0);
    },
  );

  it("is waited for until the last question", async () => {
    const { clock, failure, ask } = setUp();
    const [first, second] = [ask(), ask()];
    second.resolve();
    await settle();
    clock.advance(60_000);
    await settle();
    expect(failure()).toBeUndefined();
    first.resolve();
    await settle();
    clock.advance(5_000);
    await settle();
    expect(failure()).toMatchObject({ code: "timeout" });
  });

  it("may answer when all is over", async () => {
    const { clock, session, failure, ask } = setUp();
    const question = ask();
    await session.close();
    await settle();
    expect(failure()).toMatchObject({ code: "closed" });
    question.resolve();
    await settle();
    expect(clock.pending).toBe(0);
  });

  it("is waited for behind a recording, too", async () => {
    const lines = { write() {} };
    const { clock, failure, ask } = setUp((inner) => recording(inner, { sink: lines, protocol: "p" }));
    ask();
    clock.advance(60_000);
    await settle();
    expect(failure()).toBeUndefined();
  });
});

/** A session whose transport heeds no signal and opens when the test says so, or never. */
function deaf(options: { readonly awaitGreeting?: boolean; readonly question?: Promise<unknown> } = {}) {
  const { question, ...more } = options;
  const clock = manualClock();
  const dials: PromiseWithResolvers<Connection>[] = [];
  const sinks: FrameSink[] = [];
  const closes: unknown[] = [];
  const transport: Transport = {
    name: "deaf",
    audio: "events",
    open(sink, { asking } = {}) {
      sinks.push(sink);
      if ("question" in options) asking?.(question as Promise<unknown>);
      const dialled = Promise.withResolvers<Connection>();
      dials.push(dialled);
      return dialled.promise;
    },
  };
  const base = { transport, protocol: openaiRealtime, clock, connectTimeoutMs: 5_000, ...more };
  const session = realtimeSession({ ...base, reconnect: { random: () => 0 } });
  session.continueWith({ history: () => [], isQuiet: () => true });
  const log: Entry[] = [];
  session.log$.subscribe((entry) => void log.push(entry));
  const outcome: { code?: string } = {};
  session.open().then(
    () => Object.assign(outcome, { code: "open" }),
    ({ code }) => Object.assign(outcome, { code }),
  );
  const connection = (sink: FrameSink | undefined): Connection => ({
    ...{ bufferedAmount: 0, maxFrameBytes: 1_000, send() {} },
    async close(info) {
      closes.push(info);
      sink?.closed({ code: 1000, reason: "" });
    },
  });
  return {
    ...{ clock, session, log, outcome, closes },
    hear: (event: object) => sinks.at(-1)?.frame(JSON.stringify(event)),
    connect: () => dials.at(-1)?.resolve(connection(sinks.at(-1))),
    lose: () => sinks.at(-1)?.closed({ code: 1006, reason: "" }),
  };
}

describe("a transport that heeds no signal", () => {
  it("is given up when the time is over, and what it opens later is closed and not heard", async () => {
    const { clock, session, log, outcome, closes, hear, connect } = deaf();
    clock.advance(4_999);
    await settle();
    expect(outcome).toEqual({});
    clock.advance(1);
    await settle();
    expect(outcome.code).toBe("timeout");
    expect(session.status.state).toBe("closed");
    connect();
    hear(greeting);
    await settle();
    expect(closes).toHaveLength(1);
    expect(log).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("is not heard by a session that goes on without it", async () => {
    const { clock, session, log, closes, hear, connect, lose } = deaf();
    connect();
    hear(greeting);
    await settle();
    lose();
    clock.advance(0);
    await settle();
    clock.advance(5_000);
    await settle();
    expect(session.status).toMatchObject({ state: "reconnecting", attempt: 2 });
    const logged = log.length;
    hear(greeting);
    connect();
    await settle();
    expect(closes).toHaveLength(1);
    expect(log).toHaveLength(logged);
    await session.close();
  });

  it("is given up when the session is closed, also while it asks for ever", async () => {
    for (const question of [undefined, new Promise<never>(() => {})]) {
      const { clock, session, outcome, closes, connect } = deaf({ ...(question && { question }) });
      if (question) clock.advance(60_000);
      await session.close();
      await settle();
      expect(outcome.code).toBe("closed");
      connect();
      await settle();
      expect(closes).toHaveLength(1);
    }
  });

  it("has no more time where no greeting is awaited, and is free once it is open", async () => {
    const late = deaf({ awaitGreeting: false });
    late.clock.advance(5_000);
    await settle();
    expect(late.outcome.code).toBe("timeout");
    const { clock, session, outcome, connect } = deaf({ awaitGreeting: false });
    clock.advance(4_999);
    connect();
    await settle();
    expect(outcome.code).toBe("open");
    expect(clock.pending).toBe(0);
    await session.close();
  });

  it("is over in the log, too, where it was heard before it opened", async () => {
    const { clock, log, hear } = deaf();
    hear({ type: "rate_limits.updated", event_id: "e", rate_limits: [] });
    clock.advance(5_000);
    await settle();
    expect(log.map(({ event }) => event.type)).toEqual(["link.opened", "rate_limits.updated", "link.closed"]);
  });

  it("asks nobody with what is no promise", async () => {
    const { clock, outcome } = deaf({ question: undefined as never });
    await settle();
    expect(outcome).toEqual({});
    clock.advance(5_000);
    await settle();
    expect(outcome.code).toBe("timeout");
  });
});

describe("a program that closes at the very news that its session dials", () => {
  it("is obeyed, and what opens all the same is closed", async () => {
    let isClosed = false;
    const transport: Transport = {
      ...{ name: "ready", audio: "events" },
      async open(sink) {
        queueMicrotask(() => sink.frame(JSON.stringify(greeting)));
        return {
          ...{ bufferedAmount: 0, maxFrameBytes: 1_000, send() {} },
          async close() {
            isClosed = true;
            sink.closed({ code: 1000, reason: "" });
          },
        };
      },
    };
    const session = realtimeSession({ transport, protocol: openaiRealtime, clock: manualClock() });
    const states: string[] = [];
    session.status$.subscribe(({ state }) => {
      states.push(state);
      if (state === "connecting") void session.close();
    });
    await expect(session.open()).rejects.toMatchObject({
      code: "closed",
      message: "The session was closed.",
    });
    await settle();
    expect(states).toEqual(["idle", "connecting", "closing", "closed"]);
    expect(session.status).toMatchObject({ code: 1006, reason: "The session was closed.", retryable: true });
    expect(isClosed).toBe(true);
  });
});
