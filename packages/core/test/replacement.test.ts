import type { ClientEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { type Continuity, type Entry, type Problem, RealtimeError } from "../src/index.ts";
import { manualClock } from "./manual-clock.ts";
import { type Answer, greeting, withServer } from "./small-server.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Nothing to tell, and always a good moment. */
const easy: Continuity<ClientEvent> = { history: () => [], isQuiet: () => true };

function error(code: string, message = "No.") {
  return {
    type: "error",
    error: { type: "invalid_request_error", code, message, param: null, event_id: null },
  };
}

/** A session that goes on, in time that the test moves; attempts come without a wait. */
async function going(options: Parameters<typeof withServer>[0] = {}, continuity = easy) {
  const clock = manualClock();
  const given = withServer({ clock, reconnect: { random: () => 0 }, epochMs: () => clock.now(), ...options });
  given.session.continueWith(continuity);
  const log: Entry[] = [];
  const problems: Problem[] = [];
  given.session.log$.subscribe((entry) => void log.push(entry));
  given.session.problems$.subscribe((problem) => void problems.push(problem));
  await given.session.open();
  const pass = async (ms = 0) => {
    clock.advance(ms);
    await settle();
    await settle();
  };
  return { ...given, clock, log, problems, pass };
}

describe("a lost link", () => {
  it("is replaced only where the server's last words allow it", async () => {
    for (const [code, retryable] of [
      ["insufficient_quota", false],
      ["billing_hard_limit_reached", false],
      ["invalid_api_key", false],
      ["session_expired", true],
      ["invalid_value", true],
    ] as const) {
      const { session, servers, pass } = await going();
      servers[0]?.say(error(code));
      await settle();
      servers[0]?.peer.break();
      await pass();
      await pass();
      expect([code, session.status.state]).toEqual([code, retryable ? "ready" : "closed"]);
      expect(servers).toHaveLength(retryable ? 2 : 1);
      await session.close();
    }
  });

  it("is replaced by a link that is there yet: one lost as it is told the last thing is tried again", async () => {
    const item = { id: "u1", type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] };
    const told = { type: "conversation.item.create", item } as ClientEvent;
    const { session, servers, pass } = await going(
      {
        answer(_, server) {
          server.say({ type: "conversation.item.added", item });
          // The second link ends in the very task in which it is filled.
          if (server === servers[1]) void server.peer.close({ code: 1011 });
        },
      },
      { history: (seeded) => (seeded.length > 0 ? [] : [told]), isQuiet: () => true },
    );
    servers[0]?.peer.break();
    for (let round = 0; round < 6; round++) await pass();
    expect([session.status.state, servers.length]).toEqual(["ready", 3]);
    expect(session.connection).toBeDefined();
    await session.close();
  });

  it("tells each link's transport when the session is closed, also between two links", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { session, servers, pass } = await going({ onOpen: ({ closing }) => void signals.push(closing) });
    servers[0]?.peer.break();
    await pass();
    await pass();
    expect(session.status.state).toBe("ready");
    servers[1]?.peer.break();
    await settle();
    expect([session.status.state, signals.map((each) => each?.aborted)]).toEqual([
      "reconnecting",
      [false, false],
    ]);
    await session.close();
    expect(signals.map((each) => each?.aborted)).toEqual([true, true]);
  });

  it("waits for as long as the server asks in its refusal", async () => {
    let opens = 0;
    const { session, servers, pass } = await going({
      onOpen() {
        opens += 1;
        if (opens !== 2) return;
        throw new RealtimeError("connect_failed", "Busy.", { cause: { status: 503, retryAfterMs: 7_000 } });
      },
    });
    servers[0]?.peer.break();
    await pass();
    await pass();
    expect(session.status).toMatchObject({ state: "reconnecting", attempt: 2, delayMs: 7_000 });
    await pass(6_999);
    expect(opens).toBe(2);
    await pass(1);
    expect([opens, session.status.state]).toEqual([3, "ready"]);
  });

  it("ends the session where nobody knows how to go on, or where that is not wanted", async () => {
    const { session, servers, pass } = await going({ reconnect: false });
    servers[0]?.peer.break();
    await pass();
    expect(session.status).toMatchObject({ state: "closed", retryable: true });
    const alone = withServer();
    await alone.session.open();
    alone.servers[0]?.peer.break();
    await settle();
    expect(alone.session.status.state).toBe("closed");
  });

  it("counts attempts from 1 again once a link has held", async () => {
    const { session, servers, log, pass } = await going({ reconnect: { random: () => 0, steadyMs: 1000 } });
    for (const heldMs of [10, 10, 5000, 10]) {
      await pass(heldMs);
      servers.at(-1)?.peer.break();
      await pass();
      await pass();
      expect(session.status.state).toBe("ready");
    }
    const attempts = log.flatMap(({ from, event }) =>
      from === "local" && event.type === "link.retry" ? [event.attempt] : [],
    );
    expect(attempts).toEqual([1, 2, 1, 2]);
    await session.close();
  });

  it("is given up at once when the session is closed meanwhile; no timer stays", async () => {
    const { session, servers, clock, pass } = await going({ reconnect: { random: () => 0.9 } });
    servers[0]?.peer.break();
    await pass();
    expect(session.status.state).toBe("reconnecting");
    await session.close();
    await pass();
    expect([clock.pending, servers.length]).toEqual([0, 1]);
  });
});

describe("the next session", () => {
  const update = (instructions: string): ClientEvent => ({
    type: "session.update",
    session: { type: "realtime", instructions },
  });
  const obeys: Answer = (event, server) => {
    if (event.type !== "session.update") return;
    const bad = event.session.type === "realtime" && event.session.instructions === "bad";
    server.say(
      bad
        ? { ...error("invalid_value"), error: { ...error("invalid_value").error, event_id: event.event_id } }
        : { ...greeting, type: "session.updated" },
    );
  };

  it("gets the configuration and what was changed later, but not what was refused", async () => {
    const { session, servers, pass } = await going({ configure: [update("first")], answer: obeys });
    session.send({ ...update("bad"), event_id: "mine" });
    await settle();
    session.send({ type: "session.update", session: { type: "realtime", max_output_tokens: 100 } });
    await settle();
    servers[0]?.peer.break();
    await pass();
    await pass();
    const told = servers[1]?.received.map((event) => event.type === "session.update" && event.session);
    expect(told).toMatchObject([{ instructions: "first" }, { max_output_tokens: 100 }]);
    await session.close();
  });

  it("gets before it takes over what is configured while it waits", async () => {
    const expiring = { ...greeting, session: { ...greeting.session, expires_at: 10 } };
    let quiet = false;
    const { session, servers, pass } = await going(
      {
        greet: false,
        answer: obeys,
        configure: [update("first")],
        onAccept: (server) => server.say(expiring),
        rollOver: { beforeMs: 9000, patienceMs: 5000 },
      },
      { history: () => [], isQuiet: () => quiet },
    );
    await pass(1000);
    expect([session.status.state, servers.length]).toEqual(["rolling over", 2]);
    const sent = session.request(update("second"));
    await pass();
    await sent;
    expect(servers[1]?.received).toHaveLength(1);
    quiet = true;
    session.note({ type: "response.requested" });
    await pass();
    await pass();
    expect(session.status.state).toBe("ready");
    const told = servers[1]?.received.map((event) => event.type === "session.update" && event.session);
    expect(told).toMatchObject([{ instructions: "first" }, { instructions: "second" }]);
    await session.close();
  });

  it("is told the history before it takes over; what it refuses is reported and left out", async () => {
    const item = (id: string): ClientEvent => ({
      type: "conversation.item.create",
      item: { id, type: "message", role: "user", content: [{ type: "input_text", text: id }] },
    });
    const answer: Answer = (event, server) => {
      if (event.type !== "conversation.item.create") return;
      if (event.item.id === "refused") {
        const refusal = error("invalid_value", "Not that one.");
        server.say({ ...refusal, error: { ...refusal.error, event_id: event.event_id } });
      } else server.say({ type: "conversation.item.added", previous_item_id: null, item: event.item });
    };
    const history = (seeded: readonly ClientEvent[]) =>
      seeded.length > 0 ? [] : [item("one"), item("refused"), item("two")];
    const { session, servers, problems, log, pass } = await going(
      { answer },
      { history, isQuiet: () => true },
    );
    servers[0]?.peer.break();
    await pass();
    await pass();
    await pass();
    expect(session.status.state).toBe("ready");
    expect(servers[1]?.received).toHaveLength(3);
    expect(problems.filter(({ kind }) => kind === "history")).toMatchObject([
      { error: { code: "rejected", message: /Not that one/ } },
    ]);
    // What passed on the new link before it took over is in the log, as that link's.
    expect(log.filter(({ event }) => event.type === "link.frame").length).toBeGreaterThanOrEqual(6);
    expect(log.filter(({ event }) => event.type === "conversation.item.added")).toEqual([]);
    await session.close();
  });

  it("that carries less goes without what is too large for it, which is reported; so is a command that waits", async () => {
    const item = (id: string, text = id): ClientEvent => ({
      type: "conversation.item.create",
      item: { id, type: "message", role: "user", content: [{ type: "input_text", text }] },
    });
    const answer: Answer = (event, server) => {
      if (event.type === "conversation.item.create" && event.item.id !== "unanswered")
        server.say({ type: "conversation.item.added", previous_item_id: null, item: event.item });
    };
    const large = "x".repeat(5_000);
    const { session, servers, problems, pass } = await going(
      { answer, limits: [1e6, 4_096] },
      {
        history: (seeded) => (seeded.length > 0 ? [] : [item("one"), item("large", large)]),
        isQuiet: () => true,
      },
    );
    session.send(item("unanswered", large));
    await settle();
    servers[0]?.peer.break();
    await settle();
    session.send(item("waiting", large));
    const request = session.request(item("requested", large));
    request.catch(() => {});
    session.send(item("last"));
    await pass();
    await pass();
    expect(session.status.state).toBe("ready");
    await expect(request).rejects.toMatchObject({ code: "frame_too_large" });
    expect(servers[1]?.received.map((event) => "item" in event && event.item.id)).toEqual(["one", "last"]);
    expect(problems.map((problem) => [problem.kind, "error" in problem && problem.error.code])).toEqual([
      ["history", "frame_too_large"],
      ["unsent", "frame_too_large"],
      ["unsent", "frame_too_large"],
      ["unsent", "frame_too_large"],
    ]);
    await session.close();
  });

  it("is not opened by a wall clock that is plainly wrong: no session begins expired", async () => {
    const past = { ...greeting, session: { ...greeting.session, expires_at: 10 } };
    const { session, servers, pass } = await going({
      greet: false,
      onAccept: (server) => server.say(past),
      epochMs: () => 1e12,
    });
    await pass(60_000);
    expect([session.status.state, servers.length]).toEqual(["ready", 1]);
    await session.close();
  });

  it("takes over when patience ends, though a timer is early by a fraction and nothing more is said", async () => {
    const expiring = { ...greeting, session: { ...greeting.session, expires_at: 10 } };
    const exact = manualClock();
    // As platforms do that count whole milliseconds.
    const clock = {
      ...exact,
      after: (ms: number, run: () => void) => exact.after(ms > 1 ? ms - 0.5 : ms, run),
    };
    const given = withServer({
      clock,
      epochMs: () => exact.now(),
      greet: false,
      onAccept: (server) => server.say(expiring),
      rollOver: { beforeMs: 9000, patienceMs: 5000 },
    });
    given.session.continueWith({ history: () => [], isQuiet: () => false });
    await given.session.open();
    const pass = async (ms: number) => {
      exact.advance(ms);
      for (let turn = 0; turn < 3; turn++) await settle();
    };
    await pass(1000);
    expect(given.session.status.state).toBe("rolling over");
    await pass(4999);
    await pass(0.5);
    await pass(0.5);
    expect([given.session.status.state, given.servers.length]).toEqual(["ready", 2]);
    await given.session.close();
  });

  /** A session that rolls over, whose servers refuse what is said to be wrong, by their number, or never answer it. */
  async function fussy(refuses: (link: number) => boolean | "never", quiet = { now: false }) {
    const expiring = { ...greeting, session: { ...greeting.session, expires_at: 10 } };
    const given = await going(
      {
        greet: false,
        configure: [update("first")],
        onAccept: (server) => server.say(expiring),
        rollOver: { beforeMs: 9000, patienceMs: 5000 },
        answer(event, server) {
          const isWrong = JSON.stringify(event).includes("wrong");
          const when = isWrong && refuses(given.servers.indexOf(server) + 1);
          const refusal = error("invalid_value");
          if (when === true)
            server.say({ ...refusal, error: { ...refusal.error, event_id: event.event_id } });
          else if (when === false) obeys(event, server);
        },
      },
      { history: () => [], isQuiet: () => quiet.now },
    );
    return {
      ...given,
      /** Lets the next session take over. */
      async takeOver() {
        quiet.now = true;
        given.session.note({ type: "response.requested" });
        for (let turn = 0; turn < 4; turn++) await given.pass();
        quiet.now = false;
      },
    };
  }

  const codeOf = (request: Promise<unknown>) =>
    request.then(
      () => "fine",
      (cause) => (RealtimeError.is(cause) ? cause.code : cause),
    );

  it.each<[string, boolean | "never", string, string]>([
    ["accepts", false, "fine", "history"],
    ["refuses", true, "rejected", "error"],
    ["has not answered yet", "never", "rejected", "history"],
  ])(
    "is kept where it refuses what the present one %s, and that is told once",
    async (_, present, code, kind) => {
      const { session, servers, problems, pass, takeOver } = await fussy((link) => link === 2 || present);
      await pass(1000);
      expect([session.status.state, servers.length]).toEqual(["rolling over", 2]);
      const outcome = codeOf(session.request(update("wrong")));
      if (present === false) await outcome;
      await takeOver();
      expect([session.status.state, servers.length]).toEqual(["ready", 2]);
      expect(await outcome).toBe(code);
      expect(problems.map((problem) => problem.kind)).toEqual([kind]);
      // It holds no more: no later session is configured with it.
      servers[1]?.peer.break();
      for (let turn = 0; turn < 3; turn++) await pass();
      expect(servers[2]?.received).toMatchObject([{ session: { instructions: "first" } }]);
      await session.close();
    },
  );

  it("is kept where it refuses what was under way when the link was lost, whoever waits for that", async () => {
    const { session, servers, problems, pass } = await fussy((link) => link !== 1 || "never");
    const outcome = codeOf(session.request(update("wrong")));
    await settle();
    servers[0]?.peer.break();
    for (let turn = 0; turn < 4; turn++) await pass();
    expect([session.status.state, servers.length]).toEqual(["ready", 2]);
    expect(await outcome).toBe("rejected");
    expect(problems.map((problem) => problem.kind)).toEqual(["history"]);
    await session.close();
  });

  it("is not kept where it refuses what every session begins with", async () => {
    let links = 0;
    const { session, servers, problems, pass } = await going({
      configure: [update("first")],
      onAccept() {
        links += 1;
      },
      answer(event, server) {
        if (links === 1) return obeys(event, server);
        const refusal = error("invalid_value");
        server.say({ ...refusal, error: { ...refusal.error, event_id: event.event_id } });
      },
    });
    servers[0]?.peer.break();
    for (let turn = 0; turn < 4; turn++) await pass();
    expect(session.status.state).toBe("closed");
    expect(problems).toEqual([]);
  });

  it("is dialled again when it is lost while it waits for a quiet moment", async () => {
    const expiring = { ...greeting, session: { ...greeting.session, expires_at: 10 } };
    let quiet = false;
    const { session, servers, clock, problems, pass } = await going(
      {
        greet: false,
        onAccept: (server) => server.say(expiring),
        rollOver: { beforeMs: 9000, patienceMs: 5000 },
      },
      { history: () => [], isQuiet: () => quiet },
    );
    await pass(1000);
    expect([session.status.state, servers.length]).toEqual(["rolling over", 2]);
    const ends: unknown[] = [];
    session.log$.subscribe(({ event }) => event.type === "link.ended" && ends.push(event));
    servers[1]?.peer.break();
    await pass(500);
    await pass(500);
    expect(problems.map(({ kind }) => kind)).toEqual(["roll over"]);
    expect(ends).toEqual([{ type: "link.ended", link: 2, code: 1006, reason: "" }]);
    quiet = true;
    session.note({ type: "response.requested" });
    await pass();
    expect([session.status.state, servers.length]).toEqual(["ready", 3]);
    await session.close();
    await pass();
    expect(clock.pending).toBe(0);
    // Neither the link that was replaced nor the conversation's own is told of as one that never took over.
    expect(ends).toHaveLength(1);
  });
});

describe("a continuity that is taken back", () => {
  const expiring = { ...greeting, session: { ...greeting.session, expires_at: 10 } };

  it("lets a loss end the session", async () => {
    const { session, servers, pass } = await going();
    session.continueWith(undefined);
    servers[0]?.peer.break();
    await pass();
    expect([session.status.state, servers.length]).toEqual(["closed", 1]);
    await session.close();
  });

  it("is followed to its end by a session that is without a link already", async () => {
    const { session, servers, pass } = await going();
    servers[0]?.peer.break();
    await settle();
    expect(session.status.state).toBe("reconnecting");
    session.continueWith(undefined);
    await pass();
    await pass();
    expect([session.status.state, servers.length]).toEqual(["ready", 2]);
    await session.close();
  });

  it.each([
    ["is going to expire", async () => {}],
    ["waits for a quiet moment to hand over", (pass: (ms: number) => Promise<void>) => pass(1000)],
  ] as const)("keeps the session that %s", async (_, meanwhile) => {
    const { session, servers, clock, log, problems, closes, pass } = await going(
      {
        greet: false,
        onAccept: (server) => server.say(expiring),
        rollOver: { beforeMs: 9000, patienceMs: 5000 },
      },
      { history: () => [], isQuiet: () => false },
    );
    await meanwhile(pass);
    const links = servers.length;
    session.continueWith(undefined);
    await pass(1000);
    await pass(10_000);
    expect([session.status.state, servers.length]).toEqual(["ready", links]);
    expect(closes).toHaveLength(links - 1);
    expect(problems).toEqual([]);
    expect(log.some(({ event }) => event.type === "link.switched")).toBe(false);
    expect(clock.pending).toBe(0);
    servers[0]?.peer.break();
    await pass();
    expect(session.status.state).toBe("closed");
    await session.close();
  });

  it("keeps the session that is just being replaced", async () => {
    let asked = 0;
    const { session, servers, log, pass } = await going(
      {
        greet: false,
        onAccept: (server) => server.say(expiring),
        rollOver: { beforeMs: 9000, patienceMs: 5000 },
      },
      {
        history() {
          // Asked once to fill the next session, and once more when that is to take over.
          if (++asked === 2) session.continueWith(undefined);
          return [];
        },
        isQuiet: () => true,
      },
    );
    await pass(1000);
    await pass();
    expect([session.status.state, servers.length]).toEqual(["ready", 2]);
    expect(log.some(({ event }) => event.type === "link.switched")).toBe(false);
    await session.close();
  });

  it("leaves the ids taken that it called so", async () => {
    const { session, servers, pass } = await going({}, { ...easy, isTaken: (id) => id === "cmd_1" });
    session.continueWith(undefined);
    session.request({ type: "conversation.item.delete", item_id: "a" }).catch(() => {});
    await pass();
    expect(servers[0]?.received).toMatchObject([{ event_id: "cmd_2" }]);
    await session.close();
  });
});
