import type { Decoded, UnknownEvent, WireEvent } from "@duologue/protocol";
import { Observable, ReplaySubject, Subject } from "rxjs";
import { systemClock } from "./clock.ts";
import type { Successor } from "./continuity.ts";
import { type Dispatch, dispatch } from "./dispatch.ts";
import type { LocalEvent } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import { type Kinds, optionsOf, refuse, waitingKinds } from "./given.ts";
import { type Link, type LinkObserver, link } from "./link.ts";
import { entryLog } from "./log.ts";
import type { Problem } from "./problem.ts";
import { replacement } from "./replacement.ts";
import { isRetryable } from "./retry.ts";
import type { Session, SessionOptions } from "./session-options.ts";
import { following, type Happening, type Status } from "./status.ts";
import type { CloseInfo, Connection } from "./transport.ts";

const kinds: Kinds = {
  transport: "open",
  protocol: "decode",
  configure: "map",
  clock: "after",
  epochMs: "function",
  commandId: "function",
  connectTimeoutMs: "number",
  maxQueuedBytes: "number",
  maxBufferedBytes: "number",
};

const orderly: CloseInfo = { code: 1000, reason: "" };

/**
 * A session that is not open yet. Throws `invalid_argument` for options of another type, and for numbers that are none or
 * negative.
 */
export function realtimeSession<C extends WireEvent, S extends WireEvent, K extends Connection>(
  given: SessionOptions<C, S, K>,
): Session<C, S, K> {
  const options = optionsOf(given, kinds);
  if (!options.transport || !options.protocol) refuse("A session has a transport and a protocol", given);
  const { transport, protocol, configure = [], awaitGreeting = true, verbatim = false } = options;
  const { connectTimeoutMs = 15_000, clock = systemClock() } = options;
  let counter = 0;
  const { commandId = countedId } = options;

  const log = entryLog<C, S>();
  /** The latest one is also for those who come after the end. */
  const statuses = new ReplaySubject<Status>(1);
  let status: Status = { state: "idle" };
  statuses.next(status);
  const problems = new Subject<Problem>();
  const closing = new AbortController();
  let openedAtMs = 0;
  let linkCount = 0;
  /** Whether `open` is under way, which alone ends the session then. */
  let isOpening = false;
  let isComplete = false;
  let current: { readonly number: number; readonly link: Link<C, S, K> } | undefined;

  const at = () => Math.round((clock.now() - openedAtMs) * 1000) / 1000;
  const local = (event: LocalEvent) => log.append({ at: at(), from: "local", event });
  const problem = (what: Problem) => problems.next(what);
  const state = () => status.state;

  function happen(happening: Happening): void {
    const next = following(status, happening);
    if (next === status) return;
    status = next;
    statuses.next(status);
  }

  const commands: Dispatch<C, S> = dispatch({
    protocol,
    clock,
    commandId,
    configure,
    verbatim,
    checkCommands: options.checkCommands ?? !verbatim,
    maxQueuedBytes: options.maxQueuedBytes ?? 2 ** 20,
    maxBufferedBytes: options.maxBufferedBytes ?? 2 ** 20,
    state,
    connection: () => current?.link.connection,
    transmit: (event, frame) => current?.link.transmit(event, frame),
    isReplaceable: () => replacing.isPossible,
    note: local,
    problem,
  });

  const replacing = replacement<C, S, K>({
    clock,
    epochMs: options.epochMs ?? Date.now,
    entries$: log.entries$,
    reconnect: options.reconnect,
    rollOver: options.rollOver,
    closing: closing.signal,
    configure,
    configuration: () => commands.configuration,
    isQuiet: () => commands.isQuiet,
    expiryOf: (event) => (protocol.isServerEvent(event) ? protocol.expiryOf(event) : undefined),
    dial: () => dial(closing.signal),
    note: local,
    happen,
    problem,
    switchTo,
    end,
  });

  function countedId(): string {
    let id: string;
    do id = `cmd_${++counter}`;
    while (replacing.isTaken(id));
    return id;
  }

  /** Dials. The first link is the conversation's own; what passes on others is logged as theirs until they are. */
  function dial(signal: AbortSignal | undefined) {
    const number = ++linkCount;
    const observer = observerOf(number);
    const base = { transport, protocol, clock, commandId, awaitGreeting, connectTimeoutMs, observer };
    const given = signal === undefined ? base : { ...base, signal };
    return { number, link: link({ ...given, closing: closing.signal }) };
  }

  function observerOf(number: number): LinkObserver<C, S> {
    const isCurrent = () => current?.number === number;
    const foreign = (
      from: "server" | "client",
      frame: { readonly event?: WireEvent; readonly text?: string },
    ) => ({ type: "link.frame", link: number, from, ...frame }) as const;
    return {
      opened() {
        if (isCurrent()) local({ type: "link.opened", transport: transport.name, audio: transport.audio });
      },
      received(decoded) {
        if (isCurrent()) received(decoded);
        else if (decoded.kind === "undecodable") local(foreign("server", { text: decoded.text }));
        else local(foreign("server", { event: decoded.event }));
      },
      sending(event, act) {
        log.appendAfter(act, () =>
          isCurrent()
            ? { at: at(), from: "client", event }
            : { at: at(), from: "local", event: foreign("client", { event }) },
        );
      },
      closed(info, error) {
        if (isCurrent()) lost(info, error);
        // The end of a link that was replaced is of no interest; the switch was the news.
        else if (number > (current?.number ?? 0)) local({ type: "link.ended", link: number, ...info });
      },
    };
  }

  function received(decoded: Decoded<S>): void {
    if (decoded.kind === "undecodable") {
      const { text, reason } = decoded;
      local({ type: "frame.undecodable", from: "server", text, reason });
      problem({ kind: "undecodable", text, reason });
      return;
    }
    const { event } = decoded;
    log.append({ at: at(), from: "server", event });
    if (decoded.kind === "known" && decoded.issues.length > 0) {
      problem({ kind: "invalid", event, issues: decoded.issues });
    }
  }

  log.entries$.subscribe({
    next({ from, event }) {
      if (from === "server") answered(event);
      if (from !== "local" || event.type !== "link.frame") return;
      if (event.from === "server" && event.event !== undefined) replacing.offer(event.link, event.event);
    },
    complete() {
      statuses.complete();
      problems.complete();
    },
  });

  function answered(event: S | UnknownEvent): void {
    // Before anybody is told, and may close: what was refused is the first reason.
    current?.link.offer(event);
    const failure = protocol.failureOf(event);
    if (failure !== undefined) problem({ kind: "error", failure, event });
    if (protocol.isServerEvent(event)) replacing.expires(protocol.expiryOf(event));
    commands.offer(event);
  }

  function lost(info: CloseInfo, error: RealtimeError): void {
    const before = state();
    local({ type: "link.closed", code: info.code, reason: info.reason });
    if (isOpening) return;
    if (before === "closing" || !replacing.lost(info, error)) end(info, error);
  }

  function end(info: CloseInfo, error: RealtimeError): void {
    happen({ type: "end", ...info, retryable: isRetryable(error) });
    commands.end(error);
  }

  function switchTo(next: Successor<C, S, K>, reason: "reconnected" | "rolled over"): void {
    const previous = current;
    // What subscribers send at the news goes to the new link already.
    const { unanswered } = commands;
    current = next;
    local({ type: "link.switched", link: next.number, reason });
    happen({ type: "switched" });
    next.link.enter();
    // Its close is of no interest any more; the connection sees to it that it comes.
    void previous?.link.close();
    for (const { command, error } of next.refused) commands.refuse(command, error);
    commands.resume(unanswered);
  }

  async function open(openOptions?: { readonly signal?: AbortSignal }): Promise<void> {
    const { signal } = optionsOf(openOptions, waitingKinds);
    if (state() !== "idle" || closing.signal.aborted) {
      const message = "A session opens once. Make a new one for the next conversation.";
      throw new RealtimeError("invalid_state", message);
    }
    for (const command of configure) commands.check(command);
    openedAtMs = clock.now();
    isOpening = true;
    happen({ type: "dial" });
    const first = dial(signal);
    current = first;
    // The news that it dials may have been reason enough.
    if (closing.signal.aborted) void first.link.close();
    try {
      await first.link.greeted;
      happen({ type: "greeted" });
      const configuration = replacing.configured(configure);
      for (const command of configuration) commands.check(command);
      for (const command of configuration) await first.link.carryOut(command, true);
      await replacing.begin(first.link);
      if (first.link.loss !== undefined) throw first.link.loss.error;
      isOpening = false;
      happen({ type: "configured" });
      first.link.enter();
      commands.drain();
    } catch (cause) {
      const why = RealtimeError.from(cause, "connect_failed");
      const { info, error } = await first.link.close({}, why);
      end(info, error);
      // Nothing was said: nobody has anything to add.
      complete();
      throw error;
    }
  }

  async function close(closeInfo?: { readonly code?: number; readonly reason?: string }): Promise<void> {
    const info = optionsOf(closeInfo);
    if (closing.signal.aborted) return;
    closing.abort();
    // Before the link ends, which may take its time: what plays falls silent at once.
    if (state() !== "idle") local({ type: "session.closing" });
    happen({ type: "close" });
    await Promise.all([current?.link.close(info), replacing.close()]);
    const loss = isOpening && current?.link.loss;
    if (loss) end(loss.info, loss.error);
    end(orderly, new RealtimeError("closed", "The session was closed."));
    complete();
  }

  /** Nothing is logged any more, and no link follows. */
  function complete(): void {
    isComplete = true;
    closing.abort();
    log.complete();
  }

  return {
    protocol,
    log$: log.entries$,
    // As `filter` and `map`, without what operators bring into a bundle.
    events$: new Observable((subscriber) =>
      log.entries$.subscribe({
        next({ from, event }) {
          if (from === "server") subscriber.next(event);
        },
        complete: () => subscriber.complete(),
      }),
    ),
    status$: statuses.asObservable(),
    get status() {
      return status;
    },
    problems$: problems.asObservable(),
    get connection() {
      return current?.link.connection;
    },
    open,
    check: commands.check,
    send: commands.send,
    // That the acknowledgement is of the type that is promised is the protocol's word; see `Protocol.acknowledges`.
    request: commands.request as Session<C, S, K>["request"],
    note(event) {
      if (typeof event?.type !== "string") refuse("A note is an event", event);
      if (isComplete) return false;
      local(event);
      return true;
    },
    continueWith(given) {
      const continuity = given ?? undefined;
      optionsOf(continuity, { history: "function" });
      commands.continueWith(continuity);
      replacing.continueWith(continuity);
    },
    close,
  };
}
