import { type Connection, RealtimeError, realtimeSession, type Transport } from "@duologue/core";
import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { type PeerEvent, scriptedPeer, virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { type Conversation, conversation, tool } from "../src/index.ts";

/** Lets everything happen that is due. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const created = {
  type: "session.created",
  event_id: "event_1",
  session: { type: "realtime", object: "realtime.session", id: "sess_1", expires_at: 3_600 },
};
const configuration: ClientEvent = {
  type: "session.update",
  event_id: "cfg",
  session: { type: "realtime", instructions: "Be brief." },
};

function failure(code: string, message: string, commandId?: string): PeerEvent {
  const error = { type: "invalid_request_error", code, message, param: null, event_id: commandId ?? null };
  return { type: "error", event_id: "event_2", error };
}

/** A session that is being opened, alone or with a conversation. */
function opening(isFollowed: boolean, { configure = [configuration], broken }: Case["settings"] = {}) {
  const clock = virtualClock();
  const peer = scriptedPeer({ ignore: ["session.update"] });
  const abort = new AbortController();
  const session = realtimeSession({
    transport: broken?.(peer.transport) ?? peer.transport,
    protocol: openaiRealtime,
    configure,
    clock,
    epochMs: () => 0,
    reconnect: { random: () => 0 },
  });
  const talk = isFollowed ? conversation(session, { clock }) : undefined;
  let isLogComplete = false;
  session.log$.subscribe({
    complete() {
      isLogComplete = true;
    },
  });
  const outcome = session.open({ signal: abort.signal }).then(
    () => "open" as const,
    (error: RealtimeError) => error,
  );
  return { clock, peer, abort, session, talk, outcome, isLogComplete: () => isLogComplete };
}

type Opening = ReturnType<typeof opening>;

interface Case {
  readonly settings?: {
    readonly configure?: readonly ClientEvent[];
    readonly broken?: (transport: Transport) => Transport;
  };
  readonly end: (held: Opening) => unknown;
  readonly code: string;
  readonly message: string;
  readonly closed: { readonly code: number; readonly reason: string; readonly retryable: boolean };
}

/** A transport that cannot dial. */
function refusing(error: Error): (transport: Transport) => Transport {
  return (transport) => ({ ...transport, open: () => Promise.reject(error) });
}

/** A transport whose connections cannot be closed. */
function stuck(transport: Transport): Transport {
  const close = () => Promise.reject(new Error("It does not close."));
  const open: Transport["open"] = async (sink, options): Promise<Connection> => {
    const connection = await transport.open(sink, options);
    return { ...connection, bufferedAmount: 0, close };
  };
  return { ...transport, open };
}

const badKey = "Incorrect API key provided.";
const keyAdvice = "The service does not accept the API key; check it.";
const abortedMessage = "Opening was aborted.";
const closedMessage = "The session was closed.";
const refusedMessage = "The server refused session.update: No such modalities.";
const unanswered = "The server did not answer session.update within 10000 ms; it may still take effect.";
const late =
  "Opening took more than 15000 ms. The link is open, but no session.created came. Is this a Realtime service?";

/** What we have ended ourselves is told by the reason of the error. */
const byUs = (reason: string, retryable = true) => ({ code: 1006, reason, retryable });

const cases: Readonly<Record<string, Case>> = {
  "a key that is refused in words": {
    async end({ peer }) {
      peer.send(failure("invalid_api_key", badKey));
      peer.close({ code: 3000, reason: "invalid_api_key" });
    },
    code: "fatal",
    message: `The server ended the session: ${badKey} ${keyAdvice}`,
    closed: { code: 3000, reason: "invalid_api_key", retryable: false },
  },
  "a key that is refused by a close code alone": {
    end: ({ peer }) => peer.close({ code: 3000 }),
    code: "fatal",
    message: `The link was closed with code 3000. ${keyAdvice}`,
    closed: { code: 3000, reason: "", retryable: false },
  },
  "a key that is refused by HTTP": {
    settings: {
      broken: refusing(
        new RealtimeError("connect_failed", "401: check the key.", { cause: { status: 401 } }),
      ),
    },
    end() {},
    code: "connect_failed",
    message: "401: check the key.",
    closed: byUs("401: check the key.", false),
  },
  "a service that is away": {
    settings: {
      broken: refusing(new RealtimeError("connect_failed", "503: later.", { cause: { status: 503 } })),
    },
    end() {},
    code: "connect_failed",
    message: "503: later.",
    closed: byUs("503: later."),
  },
  "a quota that is used up, without a full stop and closed in good order": {
    async end({ peer }) {
      peer.send(failure("insufficient_quota", "You exceeded your current quota"));
      peer.close({ code: 1000 });
    },
    code: "fatal",
    message: "The server ended the session: You exceeded your current quota.",
    closed: { code: 1000, reason: "", retryable: false },
  },
  "a service that fails before its greeting": {
    end: ({ peer }) => peer.close({ code: 1011, reason: "internal" }),
    code: "closed",
    message:
      "The link was closed with code 1011 (internal). The service failed or restarts; open a new session after a while.",
    closed: { code: 1011, reason: "internal", retryable: true },
  },
  "a link that is lost right behind the greeting": {
    settings: { configure: [] },
    end({ peer }) {
      peer.send(created, failure("invalid_api_key", badKey));
      peer.close({ code: 3000 });
    },
    code: "fatal",
    message: `The server ended the session: ${badKey} ${keyAdvice}`,
    closed: { code: 3000, reason: "", retryable: false },
  },
  "the same, with something to configure": {
    end({ peer }) {
      peer.send(created, failure("invalid_api_key", badKey));
      peer.close({ code: 3000 });
    },
    code: "fatal",
    message: `The server ended the session: ${badKey} ${keyAdvice}`,
    closed: { code: 3000, reason: "", retryable: false },
  },
  "a service that fails while it is configured": {
    async end({ peer }) {
      peer.send(created);
      await settle();
      peer.close({ code: 1011 });
    },
    code: "closed",
    message:
      "The link was closed with code 1011. The service failed or restarts; open a new session after a while.",
    closed: { code: 1011, reason: "", retryable: true },
  },
  "a refused configuration": {
    async end({ peer }) {
      peer.send(created);
      await settle();
      peer.send(failure("invalid_value", "No such modalities.", "cfg"));
    },
    code: "rejected",
    message: refusedMessage,
    closed: byUs(refusedMessage, false),
  },
  "a refused configuration on a connection that cannot be closed": {
    settings: { broken: stuck },
    async end({ peer }) {
      peer.send(created);
      await settle();
      peer.send(failure("invalid_value", "No such modalities.", "cfg"));
    },
    code: "rejected",
    message: refusedMessage,
    closed: byUs(refusedMessage, false),
  },
  ...Object.fromEntries(
    [1000, 1006, 1011, 3000, 4000].map((code): [string, Case] => [
      `a refused configuration that a close of ${code} follows at once`,
      {
        async end({ peer }) {
          peer.send(created);
          await settle();
          peer.send(failure("invalid_value", "No such modalities.", "cfg"));
          peer.close({ code });
        },
        code: "rejected",
        message: refusedMessage,
        closed: byUs(refusedMessage, false),
      },
    ]),
  ),
  "a refused configuration at whose news the program closes": {
    async end({ peer, session }) {
      session.problems$.subscribe(() => void session.close());
      peer.send(created);
      await settle();
      peer.send(failure("invalid_value", "No such modalities.", "cfg"));
    },
    code: "rejected",
    message: refusedMessage,
    closed: byUs(refusedMessage, false),
  },
  "a key that is refused, at whose news the program closes": {
    async end({ peer, session }) {
      session.problems$.subscribe(() => void session.close());
      peer.send(failure("invalid_api_key", badKey));
      peer.close({ code: 3000, reason: "invalid_api_key" });
    },
    code: "fatal",
    message: `The server ended the session: ${badKey}`,
    closed: byUs(`The server ended the session: ${badKey}`, false),
  },
  "a key that is refused, of which the program learns in the log": {
    async end({ peer, session }) {
      session.log$.subscribe(({ event }) => {
        if (event.type === "error") void session.close();
      });
      peer.send(failure("invalid_api_key", badKey));
      peer.close({ code: 3000, reason: "invalid_api_key" });
    },
    code: "fatal",
    message: `The server ended the session: ${badKey}`,
    closed: byUs(`The server ended the session: ${badKey}`, false),
  },
  "a close by the server at whose news the program closes": {
    end({ peer, session }) {
      session.log$.subscribe(({ event }) => {
        if (event.type === "link.closed") void session.close();
      });
      peer.close({ code: 3000 });
    },
    code: "fatal",
    message: `The link was closed with code 3000. ${keyAdvice}`,
    closed: { code: 3000, reason: "", retryable: false },
  },
  "a configuration that is never answered": {
    async end({ peer, clock }) {
      peer.send(created);
      await settle();
      await clock.advance(10_000);
    },
    code: "timeout",
    message: unanswered,
    closed: byUs(unanswered),
  },
  "no greeting in time": {
    end: ({ clock }) => clock.advance(15_000),
    code: "timeout",
    message: late,
    closed: byUs(late),
  },
  "no greeting in time on a connection that cannot be closed": {
    settings: { broken: stuck },
    end: ({ clock }) => clock.advance(15_000),
    code: "timeout",
    message: late,
    closed: byUs(late),
  },
  "an abort while it dials": {
    settings: { broken: (inner) => ({ ...inner, open: () => new Promise<never>(() => {}) }) },
    end: ({ abort }) => abort.abort(),
    code: "aborted",
    message: abortedMessage,
    closed: byUs(abortedMessage),
  },
  "an abort before the greeting": {
    end: ({ abort }) => abort.abort(),
    code: "aborted",
    message: abortedMessage,
    closed: byUs(abortedMessage),
  },
  "an abort while it is configured": {
    async end({ peer, abort }) {
      peer.send(created);
      await settle();
      abort.abort();
    },
    code: "aborted",
    message: abortedMessage,
    closed: byUs(abortedMessage),
  },
  "session.close() while it dials": {
    settings: { broken: (inner) => ({ ...inner, open: () => new Promise<never>(() => {}) }) },
    end: ({ session }) => session.close(),
    code: "closed",
    message: closedMessage,
    closed: byUs(closedMessage),
  },
  "session.close() before the greeting": {
    end: ({ session }) => session.close(),
    code: "closed",
    message: closedMessage,
    closed: byUs(closedMessage),
  },
  "session.close() while the greeting is on its way": {
    end({ peer, session }) {
      peer.send(created);
      return session.close();
    },
    code: "closed",
    message: closedMessage,
    closed: byUs(closedMessage),
  },
  "session.close() before a close by the server": {
    end({ peer, session }) {
      peer.close({ code: 3000, reason: "x" });
      return session.close();
    },
    code: "closed",
    message: closedMessage,
    closed: byUs(closedMessage),
  },
  "an abort, and session.close() behind it": {
    end({ abort, session }) {
      abort.abort();
      return session.close();
    },
    code: "aborted",
    message: abortedMessage,
    closed: byUs(abortedMessage),
  },
  "session.close(), and an abort behind it": {
    end({ abort, session }) {
      const closing = session.close();
      abort.abort();
      return closing;
    },
    code: "closed",
    message: closedMessage,
    closed: byUs(closedMessage),
  },
  "session.close() while it is configured": {
    async end({ peer, session }) {
      peer.send(created);
      await settle();
      await session.close();
    },
    code: "closed",
    message: closedMessage,
    closed: byUs(closedMessage),
  },
};

describe("an opening that fails", () => {
  describe.each(Object.keys(cases))("by %s", (name) => {
    it.each([
      ["alone", false],
      ["with a conversation", true],
    ])("says so everywhere in one way, and leaves nothing behind: %s", async (_, isFollowed) => {
      const { settings, end, code, message, closed } = cases[name] as Case;
      const held = opening(isFollowed, settings);
      await settle();
      await end(held);
      await settle();
      expect(await held.outcome).toMatchObject({ code, message });
      expect(held.session.status).toEqual({ state: "closed", ...closed });
      expect(held.isLogComplete()).toBe(true);
      expect(held.clock.pending).toBe(0);
      await held.session.close();
      held.talk?.close();
    });
  });
});

describe("session.close() while a session opens", () => {
  it.each(Array.from({ length: 12 }, (_, microtasks) => microtasks))(
    "says the same whenever it comes: %s microtasks behind the beginning",
    async (microtasks) => {
      const held = opening(true);
      held.peer.send(created);
      for (let passed = 0; passed < microtasks; passed++) await undefined;
      await held.session.close();
      expect(held.session.status).toEqual({ state: "closed", ...byUs(closedMessage) });
      expect(await held.outcome).toMatchObject({ code: "closed", message: closedMessage });
      expect(held.isLogComplete()).toBe(true);
      expect(held.clock.pending).toBe(0);
    },
  );
});

describe("session.close() of a session that is there", () => {
  it("is a close in good order, whatever the server has said", async () => {
    const held = opening(false, { configure: [] });
    held.peer.send(created);
    expect(await held.outcome).toBe("open");
    held.peer.send(failure("insufficient_quota", "You exceeded your current quota."));
    await settle();
    await held.session.close();
    expect(held.session.status).toEqual({ state: "closed", code: 1000, reason: "", retryable: true });
  });
});

describe("a conversation's own tools, in the first command", () => {
  it("are the reason where they are refused, and the close right behind is not", async () => {
    const held = opening(true, { configure: [] });
    const parameters = { type: "object" };
    held.talk?.addTool(tool({ name: "lookup", description: "Looks up.", parameters, run: () => "" }));
    held.peer.send(created);
    await settle();
    const [update] = held.peer.received;
    held.peer.send(failure("invalid_value", "No such tools.", String(update?.event_id)));
    held.peer.close({ code: 1011 });
    const message = "The server refused session.update: No such tools.";
    expect(await held.outcome).toMatchObject({ code: "rejected", message });
    expect(held.session.status).toEqual({ state: "closed", ...byUs(message, false) });
    expect(held.clock.pending).toBe(0);
    await held.session.close();
  });
});

describe("talk.close() while a session opens", () => {
  it.each([
    ["before the greeting", async (_: Opening, talk: Conversation) => talk.close()],
    [
      "while it is configured",
      async ({ peer }: Opening, talk: Conversation) => {
        peer.send(created);
        await settle();
        talk.close();
      },
    ],
  ])("lets go of the session alone, which opens: %s", async (when, close) => {
    const held = opening(true);
    await settle();
    await close(held, held.talk as Conversation);
    if (when === "before the greeting") held.peer.send(created);
    await settle();
    held.peer.send({ type: "session.updated", event_id: "event_3", session: configuration.session });
    expect(await held.outcome).toBe("open");
    await held.session.close();
    expect(held.clock.pending).toBe(0);
  });
});
