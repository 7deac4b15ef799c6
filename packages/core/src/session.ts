import type { Failure, Protocol, UnknownEvent, WireEvent } from "@duologue/protocol";
import { BehaviorSubject, filter, map, type Observable, Subject } from "rxjs";
import { type Clock, systemClock } from "./clock.ts";
import type { Entry, LocalEvent } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import { entryLog } from "./log.ts";
import { type Opening, startOpening } from "./opening.ts";
import { pendingCommands, type RequestOptions } from "./pending-commands.ts";
import type { Problem } from "./problem.ts";
import type { Status } from "./status.ts";
import type { CloseInfo, Connection, FrameSink, Transport } from "./transport.ts";

/** What a session is made of. */
export interface SessionOptions<C extends WireEvent, S extends WireEvent, K extends Connection> {
  readonly transport: Transport<K>;
  readonly protocol: Protocol<C, S>;
  /**
   * Commands that must be acknowledged, in this order, before the session is `ready`: usually one
   * `session.update`. Until then nothing should be said, since the server's defaults would answer it.
   */
  readonly configure?: readonly C[];
  /**
   * Whether the session waits for the server's greeting; true unless told. A sideband connection joins a session
   * that was greeted elsewhere, so there the link alone has to do.
   */
  readonly awaitGreeting?: boolean;
  /** Milliseconds from dialling to the server's greeting; 15,000 unless told, `Infinity` for no limit. */
  readonly connectTimeoutMs?: number;
  readonly clock?: Clock;
  /** Makes `event_id`s for commands; must not repeat within a session. Counts `cmd_1`, `cmd_2` … unless told. */
  readonly commandId?: () => string;
  /** Whether `send` refuses client events that differ from their schema; true unless told. */
  readonly checkCommands?: boolean;
}

/** One transport, one protocol, one live connection. Everything that happens is an entry of `log$`. */
export interface Session<
  C extends WireEvent = WireEvent,
  S extends WireEvent = WireEvent,
  K extends Connection = Connection,
> {
  readonly protocol: Protocol<C, S>;
  /** Everything, in order. Hot: subscribe before `open`. Completes after `close`. */
  readonly log$: Observable<Entry<C, S>>;
  /** The server's events of `log$`. */
  readonly events$: Observable<S | UnknownEvent>;
  /** The current status at once, then each change. Completes after `close`. */
  readonly status$: Observable<Status>;
  readonly status: Status;
  /** What went wrong without ending anything. Never errors. */
  readonly problems$: Observable<Problem>;
  /** The live connection with what its medium offers; `undefined` while there is none. */
  readonly connection: K | undefined;

  /**
   * Dials, waits for the server's greeting, then configures. Resolves when `ready`.
   *
   * Rejects with `RealtimeError`: `connect_failed`, `aborted`, `timeout`, `fatal` (the server refuses key, model
   * or account: do not retry), `rejected` (it refuses the configuration) or `closed`. A session opens once.
   */
  open(options?: { readonly signal?: AbortSignal }): Promise<void>;

  /**
   * Sends one command and forgets it. Throws `closed` when no link is open, `invalid_event` when the event differs
   * from its schema, `frame_too_large`; in these cases nothing was sent and nothing is logged.
   */
  send(event: C): void;

  /**
   * Sends one command and waits for its acknowledgement, which it resolves with. Rejects with `rejected` or
   * `fatal` (the server's `error` event named this command), `timeout`, `aborted`, `closed`, with whatever `send`
   * throws, or with `not_acknowledged` when the protocol never answers such a command.
   */
  request(event: C, options?: RequestOptions): Promise<S>;

  /** Adds what only this machine knows to the log. Returns false, and adds nothing, once `close` was called. */
  note(event: LocalEvent): boolean;

  /** Ends the link, rejects what waits for an answer, completes the streams. Calling it again is harmless. */
  close(info?: { readonly code?: number; readonly reason?: string }): Promise<void>;
}

/** A session that is not open yet. */
export function realtimeSession<C extends WireEvent, S extends WireEvent, K extends Connection>(
  options: SessionOptions<C, S, K>,
): Session<C, S, K> {
  const { transport, protocol, configure = [], awaitGreeting = true, checkCommands = true } = options;
  const { connectTimeoutMs = 15_000 } = options;
  const clock = options.clock ?? systemClock();
  let counter = 0;
  const commandId = options.commandId ?? (() => `cmd_${++counter}`);

  const log = entryLog<C, S>();
  const statusSubject = new BehaviorSubject<Status>({ state: "idle" });
  const problems = new Subject<Problem>();
  const pending = pendingCommands(protocol, clock);

  let openedAtMs = 0;
  let connection: K | undefined;
  let linked = false;
  let over = false;
  // What the server said before it closed: why the close came.
  let lastWords: Failure | undefined;
  let opening: Opening | undefined;

  const at = () => Math.round((clock.now() - openedAtMs) * 1000) / 1000;
  const local = (event: LocalEvent) => log.append({ at: at(), from: "local", event });

  const isClosed = () => statusSubject.value.state === "closed";

  function setStatus(status: Status): void {
    if (over && status.state !== "closed" && status.state !== "closing") return;
    statusSubject.next(status);
  }

  function linkOpened(): void {
    if (linked) return;
    linked = true;
    local({ type: "link.opened", transport: transport.name, audio: transport.audio });
  }

  const sink: FrameSink = {
    frame(text) {
      linkOpened();
      const decoded = protocol.decode(text);
      if (decoded.kind === "undecodable") {
        local({ type: "frame.undecodable", from: "server", text: decoded.text, reason: decoded.reason });
        problems.next({ kind: "undecodable", text: decoded.text, reason: decoded.reason });
        return;
      }
      log.append({ at: at(), from: "server", event: decoded.event });
      if (decoded.kind === "known" && decoded.issues.length > 0) {
        problems.next({ kind: "invalid", event: decoded.event, issues: decoded.issues });
      }
    },
    closed(info) {
      connection = undefined;
      linked = false;
      local({ type: "link.closed", code: info.code, reason: info.reason });
      const error = closeError(info);
      setStatus({ state: "closed", code: info.code, reason: info.reason, retryable: error.code !== "fatal" });
      pending.failAll(error);
      opening?.fail(error);
    },
  };

  function closeError(info: CloseInfo): RealtimeError {
    const { retryable, advice } = protocol.judgeClose(info);
    if (lastWords !== undefined) {
      const message = `The server ended the session: ${lastWords.message} ${advice}`;
      const code = lastWords.severity === "fatal" ? "fatal" : "closed";
      return new RealtimeError(code, message, { cause: lastWords });
    }
    const reason = info.reason === "" ? "" : ` (${info.reason})`;
    const message = `The link was closed with code ${info.code}${reason}. ${advice}`;
    return new RealtimeError(retryable ? "closed" : "fatal", message);
  }

  log.entries$.subscribe(({ from, event }) => {
    if (from !== "server") return;
    const failure = protocol.failureOf(event);
    if (failure !== undefined) {
      if (failure.severity === "fatal" || failure.severity === "transport") lastWords = failure;
      problems.next({ kind: "error", failure, event });
    } else if (event.type === protocol.greeting) {
      opening?.greeted();
    }
    pending.offer(event);
  });

  async function open({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    if (statusSubject.value.state !== "idle" || over) {
      throw new RealtimeError(
        "invalid_state",
        "A session opens once. Make a new one for the next conversation.",
      );
    }
    openedAtMs = clock.now();
    setStatus({ state: "connecting" });
    opening = startOpening(clock, connectTimeoutMs, signal, () =>
      connection === undefined
        ? "Nothing answered. Check the address and the network."
        : `The link is open, but no ${protocol.greeting} came. ${lastWords?.message ?? "Is this a Realtime service?"}`,
    );
    const { greeting, signal: dialSignal } = opening;
    if (!awaitGreeting) opening.greeted();
    try {
      connection = await transport.open(sink, { signal: dialSignal });
      // The link may be lost again by the time that we hear of it.
      const lost = opening.failure();
      if (lost !== undefined) throw lost;
      linkOpened();
      await greeting;
      setStatus({ state: "configuring" });
      for (const command of configure) await request(command, { signal: dialSignal });
      setStatus({ state: "ready" });
    } catch (cause) {
      const error = opening.failure() ?? RealtimeError.from(cause, "connect_failed");
      await connection?.close();
      connection = undefined;
      if (!isClosed()) {
        setStatus({ state: "closed", code: 1006, reason: error.message, retryable: error.code !== "fatal" });
      }
      throw error;
    } finally {
      opening.end();
      opening = undefined;
    }
  }

  function transmit(event: C): void {
    const link = connection;
    if (link === undefined) {
      throw new RealtimeError(
        "closed",
        `Cannot send ${event.type}: the session is ${statusSubject.value.state}.`,
      );
    }
    if (checkCommands) {
      const issues = protocol.issuesOf(event);
      if (issues.length > 0) {
        const list = issues
          .map(({ path, message }) => `${path === "" ? "the event" : path}: ${message}`)
          .join("; ");
        throw new RealtimeError("invalid_event", `${event.type} was not sent. ${list}`, { cause: issues });
      }
    }
    log.appendAfter(
      () => link.send(protocol.encode(event)),
      () => ({ at: at(), from: "client", event }),
    );
  }

  async function request(event: C, requestOptions: RequestOptions = {}): Promise<S> {
    if (!protocol.isAcknowledged(event)) {
      throw new RealtimeError("not_acknowledged", `The server never answers ${event.type}: use send.`);
    }
    const command = protocol.prepare(event, event.event_id ?? commandId());
    return pending.add(command, () => transmit(command), requestOptions);
  }

  async function close(info?: { readonly code?: number; readonly reason?: string }): Promise<void> {
    if (over) return;
    over = true;
    opening?.fail(new RealtimeError("closed", "The session was closed while it was opening."));
    const link = connection;
    if (link !== undefined) {
      setStatus({ state: "closing" });
      await link.close(info);
    } else if (!isClosed()) {
      setStatus({ state: "closed", code: 1000, reason: "closed before it was opened", retryable: true });
    }
    pending.failAll(new RealtimeError("closed", "The session was closed."));
    log.complete();
    statusSubject.complete();
    problems.complete();
  }

  return {
    protocol,
    log$: log.entries$,
    events$: log.entries$.pipe(
      filter((entry) => entry.from === "server"),
      map((entry) => entry.event),
    ),
    status$: statusSubject.asObservable(),
    get status() {
      return statusSubject.value;
    },
    problems$: problems.asObservable(),
    get connection() {
      return connection;
    },
    open,
    send: transmit,
    request,
    note(event) {
      if (over) return false;
      local(event);
      return true;
    },
    close,
  };
}
