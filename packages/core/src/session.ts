import type { Decoded, UnknownEvent, WireEvent } from "@duologue/protocol";
import { BehaviorSubject, filter, map, Subject } from "rxjs";
import { systemClock } from "./clock.ts";
import type { Continuity } from "./continuity.ts";
import type { LocalEvent } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import { type Link, type LinkObserver, link } from "./link.ts";
import { entryLog } from "./log.ts";
import { outbox } from "./outbox.ts";
import { pendingCommands, type RequestOptions } from "./pending-commands.ts";
import type { Problem } from "./problem.ts";
import { replacement } from "./replacement.ts";
import type { Session, SessionOptions } from "./session-options.ts";
import { following, type Happening, type Status } from "./status.ts";
import type { CloseInfo, Connection } from "./transport.ts";

/** How often a congested connection is looked at again. */
const congestionMs = 20;
/** Sent commands of which it is remembered that no answer came; more than any program leaves unanswered. */
const maxRemembered = 256;

/** A session that is not open yet. */
export function realtimeSession<C extends WireEvent, S extends WireEvent, K extends Connection>(
  options: SessionOptions<C, S, K>,
): Session<C, S, K> {
  const { transport, protocol, configure = [], awaitGreeting = true, verbatim = false } = options;
  const { checkCommands = !verbatim } = options;
  const { connectTimeoutMs = 15_000, maxQueuedBytes = 2 ** 20, maxBufferedBytes = 2 ** 20 } = options;
  const clock = options.clock ?? systemClock();
  let counter = 0;
  const commandId = options.commandId ?? (() => `cmd_${++counter}`);

  const log = entryLog<C, S>();
  const statusSubject = new BehaviorSubject<Status>({ state: "idle" });
  const problems = new Subject<Problem>();
  const pending = pendingCommands(protocol, clock);
  const queue = outbox<C>(maxQueuedBytes);
  const closing = new AbortController();
  /** Commands that hold for the rest of the conversation, in the order in which they were sent. */
  let configuration: readonly C[] = [...configure];
  /** Commands that were sent without anybody waiting for the answer, while it has not come. */
  const remembered = new Set<C>();
  let dropped = { frames: 0, bytes: 0 };
  let cancelDrain: (() => void) | undefined;
  let openedAtMs = 0;
  let linkCount = 0;
  let current: { readonly number: number; readonly link: Link<C, S, K> } | undefined;

  const at = () => Math.round((clock.now() - openedAtMs) * 1000) / 1000;
  const local = (event: LocalEvent) => log.append({ at: at(), from: "local", event });
  const over = () => closing.signal.aborted;

  function happen(happening: Happening): void {
    const next = following(statusSubject.value, happening);
    if (next !== statusSubject.value) statusSubject.next(next);
  }

  /** Dials. The first link is the conversation's own; what passes on others is logged as theirs until they are. */
  function dial(signal: AbortSignal | undefined) {
    const number = ++linkCount;
    const isCurrent = () => current?.number === number;
    const foreign = (
      from: "server" | "client",
      frame: { readonly event?: WireEvent; readonly text?: string },
    ) => ({ type: "link.frame", link: number, from, ...frame }) as const;
    const observer: LinkObserver<C, S> = {
      opened() {
        if (isCurrent()) local({ type: "link.opened", transport: transport.name, audio: transport.audio });
      },
      received(decoded) {
        if (isCurrent()) received(decoded);
        else
          local(
            foreign(
              "server",
              decoded.kind === "undecodable" ? { text: decoded.text } : { event: decoded.event },
            ),
          );
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
      },
    };
    const base = { transport, protocol, clock, commandId, awaitGreeting, connectTimeoutMs, observer };
    return { number, link: link({ ...base, ...(signal === undefined ? {} : { signal }) }) };
  }

  function received(decoded: Decoded<S>): void {
    if (decoded.kind === "undecodable") {
      const { text, reason } = decoded;
      local({ type: "frame.undecodable", from: "server", text, reason });
      problems.next({ kind: "undecodable", text, reason });
      return;
    }
    const { event } = decoded;
    log.append({ at: at(), from: "server", event });
    if (decoded.kind === "known" && decoded.issues.length > 0) {
      problems.next({ kind: "invalid", event, issues: decoded.issues });
    }
  }

  const replacing = replacement<C, S, K>({
    clock,
    epochMs: options.epochMs ?? Date.now,
    entries$: log.entries$,
    reconnect: options.reconnect,
    rollOver: options.rollOver,
    closing: closing.signal,
    configuration: () => configuration,
    expiryOf: (event) => (protocol.isServerEvent(event) ? protocol.expiryOf(event) : undefined),
    isQuiet: () => pending.waiting.every((command) => protocol.roleOf(command) !== "once"),
    dial: () => dial(closing.signal),
    note: local,
    happen,
    problem: (problem) => problems.next(problem),
    switchTo,
    end,
  });

  log.entries$.subscribe(({ from, event }) => {
    if (from === "server") answered(event);
    else if (
      from === "local" &&
      event.type === "link.frame" &&
      event.from === "server" &&
      event.event !== undefined
    ) {
      replacing.offer(event.link, event.event);
    }
  });

  function answered(event: S | UnknownEvent): void {
    const failure = protocol.failureOf(event);
    if (failure !== undefined) {
      const refused = failure.commandId;
      if (refused !== undefined) configuration = configuration.filter(({ event_id }) => event_id !== refused);
      problems.next({ kind: "error", failure, event });
    } else if (protocol.isServerEvent(event)) {
      replacing.expires(protocol.expiryOf(event));
    }
    current?.link.offer(event);
    pending.offer(event);
  }

  function lost(info: CloseInfo, error: RealtimeError): void {
    const { state } = statusSubject.value;
    local({ type: "link.closed", code: info.code, reason: info.reason });
    const established = state === "ready" || state === "rolling over";
    if (!established || !replacing.lost(info, error)) end(info, error);
  }

  function end(info: CloseInfo, error: RealtimeError): void {
    happen({ type: "end", ...info, retryable: error.code !== "fatal" && error.code !== "rejected" });
    pending.failAll(error);
    const unsent = queue.length;
    while (queue.shift() !== undefined);
    if (unsent > 0) problems.next({ kind: "unsent", commands: unsent, error });
  }

  function switchTo(next: NonNullable<typeof current>, reason: "reconnected" | "rolled over"): void {
    const previous = current;
    current = next;
    local({ type: "link.switched", link: next.number, reason });
    happen({ type: "switched" });
    // Its close is of no interest any more; the connection sees to it that it comes.
    void previous?.link.close();
    for (const command of pending.waiting) {
      if (!queue.has(command)) sendAgain(command);
    }
    drain();
  }

  /** Sends a command that the lost link never answered; in its own order, before what has waited since. */
  function sendAgain(command: C): void {
    if (protocol.roleOf(command) === "once") {
      const message = `The link was lost before the server answered ${command.type}; it may have taken effect.`;
      pending.fail(command, new RealtimeError("uncertain", message));
      return;
    }
    try {
      transmit(command, protocol.encode(command));
    } catch (cause) {
      pending.fail(command, RealtimeError.from(cause, "closed"));
    }
  }

  async function open({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    if (statusSubject.value.state !== "idle" || over()) {
      throw new RealtimeError(
        "invalid_state",
        "A session opens once. Make a new one for the next conversation.",
      );
    }
    for (const command of configure) check(command);
    openedAtMs = clock.now();
    happen({ type: "dial" });
    // Frames can come before `dial` returns its link, and they are the conversation's.
    const first = dial(signal);
    current = first;
    try {
      await first.link.greeted;
      happen({ type: "greeted" });
      for (const command of configure) await first.link.carryOut(command, signal);
      happen({ type: "configured" });
      drain();
    } catch (cause) {
      const error = RealtimeError.from(cause, "connect_failed");
      await first.link.close();
      end({ code: 1006, reason: error.message }, error);
      throw error;
    }
  }

  function check(event: C): void {
    if (!checkCommands) return;
    const issues = protocol.issuesOf(event);
    if (issues.length === 0) return;
    const list = issues
      .map(({ path, message }) => `${path === "" ? "the event" : path}: ${message}`)
      .join("; ");
    throw new RealtimeError("invalid_event", `${event.type} was not sent. ${list}`, { cause: issues });
  }

  function transmitOrQueue(event: C): void {
    const { state } = statusSubject.value;
    if (state === "idle" || state === "closing" || state === "closed") {
      throw new RealtimeError("closed", `Cannot send ${event.type}: the session is ${state}.`);
    }
    const frame = protocol.encode(event);
    if (!isClear() || queue.length > 0) {
      enqueue(event, frame);
      return;
    }
    try {
      transmit(event, frame);
    } catch (error) {
      if (!isAboutToBeReplaced(error)) throw error;
      enqueue(event, frame);
    }
  }

  /** Whether a command failed only because the link is gone, of which we have not heard yet, and another is to come. */
  function isAboutToBeReplaced(error: unknown): boolean {
    return RealtimeError.is(error) && error.code === "closed" && replacing.isPossible;
  }

  function transmit(event: C, frame: string): void {
    current?.link.transmit(event, frame);
    if (protocol.roleOf(event) === "configuration" && !configuration.includes(event)) {
      configuration = [...configuration, event];
    }
  }

  /** Whether a command can go out now: a ready session, and a connection that keeps up. */
  function isClear(): boolean {
    const { state } = statusSubject.value;
    const connection = current?.link.connection;
    if ((state !== "ready" && state !== "rolling over") || connection === undefined) return false;
    return connection.bufferedAmount <= maxBufferedBytes;
  }

  function enqueue(event: C, frame: string): void {
    const more = queue.push({ event, frame, role: protocol.roleOf(event) });
    if (more.frames > 0 && dropped.frames === 0) problems.next({ kind: "dropping" });
    dropped = { frames: dropped.frames + more.frames, bytes: dropped.bytes + more.bytes };
    watchCongestion();
  }

  function watchCongestion(): void {
    const { state } = statusSubject.value;
    // Otherwise the change to `ready` drains.
    if (cancelDrain !== undefined || queue.length === 0 || (state !== "ready" && state !== "rolling over"))
      return;
    cancelDrain = clock.after(congestionMs, () => {
      cancelDrain = undefined;
      drain();
    });
  }

  function drain(): void {
    if (dropped.frames > 0 && isClear()) {
      local({ type: "outbox.dropped", ...dropped });
      dropped = { frames: 0, bytes: 0 };
    }
    while (isClear()) {
      const next = queue.shift();
      if (next === undefined) break;
      try {
        transmit(next.event, next.frame);
      } catch (cause) {
        if (isAboutToBeReplaced(cause)) {
          queue.putBack(next);
          break;
        }
        const error = RealtimeError.from(cause, "closed");
        pending.fail(next.event, error);
        problems.next({ kind: "unsent", commands: 1, error });
      }
    }
    watchCongestion();
  }

  function send(event: C): void {
    check(event);
    if (verbatim || protocol.roleOf(event) !== "repeatable") {
      transmitOrQueue(event);
      return;
    }
    // Remembered until it is answered, so that it can be sent again where the answer never comes.
    const command = protocol.prepare(event, event.event_id ?? commandId());
    let failure: { readonly cause: unknown } | undefined;
    const attempt = () => {
      try {
        transmitOrQueue(command);
      } catch (cause) {
        failure = { cause };
        throw cause;
      }
    };
    pending.add(command, attempt, { timeoutMs: Number.POSITIVE_INFINITY }).then(
      () => remembered.delete(command),
      () => remembered.delete(command),
    );
    if (failure !== undefined) throw failure.cause;
    remembered.add(command);
    const [oldest] = remembered;
    if (remembered.size > maxRemembered && oldest !== undefined) {
      pending.fail(oldest, new RealtimeError("timeout", "No answer came, and nobody waits for it."));
    }
  }

  async function request(event: C, requestOptions: RequestOptions = {}): Promise<S> {
    if (!protocol.isAcknowledged(event)) {
      throw new RealtimeError("not_acknowledged", `The server never answers ${event.type}: use send.`);
    }
    const command = protocol.prepare(event, event.event_id ?? commandId());
    check(command);
    try {
      return await pending.add(command, () => transmitOrQueue(command), requestOptions);
    } catch (error) {
      queue.remove(command);
      throw error;
    }
  }

  async function close(info?: { readonly code?: number; readonly reason?: string }): Promise<void> {
    if (over()) return;
    closing.abort();
    cancelDrain?.();
    happen({ type: "close" });
    await Promise.all([current?.link.close(info), replacing.close()]);
    end({ code: 1000, reason: "" }, new RealtimeError("closed", "The session was closed."));
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
      return current?.link.connection;
    },
    open,
    send,
    request,
    note(event) {
      if (over()) return false;
      local(event);
      return true;
    },
    continueWith: (continuity: Continuity<C>) => replacing.continueWith(continuity),
    close,
  };
}
