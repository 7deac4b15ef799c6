import type { Protocol, UnknownEvent, WireEvent } from "@duologue/protocol";
import type { Clock } from "./clock.ts";
import type { Continuity } from "./continuity.ts";
import type { LocalEvent } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import { outbox } from "./outbox.ts";
import { pendingCommands, type RequestOptions } from "./pending-commands.ts";
import type { Problem } from "./problem.ts";
import type { Status } from "./status.ts";
import type { Connection } from "./transport.ts";

/** What the dispatch of commands needs from its session. */
export interface DispatchOptions<C extends WireEvent, S extends WireEvent> {
  readonly protocol: Protocol<C, S>;
  readonly clock: Clock;
  readonly commandId: () => string;
  readonly configure: readonly C[];
  readonly verbatim: boolean;
  readonly checkCommands: boolean;
  readonly maxQueuedBytes: number;
  readonly maxBufferedBytes: number;
  readonly state: () => Status["state"];
  readonly connection: () => Connection | undefined;
  /** Sends on the present link; throws where that fails. */
  readonly transmit: (event: C, frame: string) => void;
  /** Whether a lost link is going to be replaced. */
  readonly isReplaceable: () => boolean;
  readonly note: (event: LocalEvent) => void;
  readonly problem: (problem: Problem) => void;
}

/** The way of commands to the server: now, later, again, or not at all, and never silently. */
export interface Dispatch<C extends WireEvent, S extends WireEvent> {
  /** See `Session.send`. */
  send(event: C): void;
  /** See `Session.request`. */
  request(event: C, options?: RequestOptions): Promise<S>;
  /** Takes how commands go out; see `Continuity.outgoing`. */
  continueWith(continuity: Continuity<C> | undefined): void;
  /** Throws `invalid_event` when a command differs from its schema, unless nobody wants to know. */
  check(event: C): void;
  /** Offers an event of the present session to the commands that wait for an answer. */
  offer(event: S | UnknownEvent): void;
  /** Sends what waits, as far as it can be sent now. To be called when the session becomes ready. */
  drain(): void;
  /** Commands that were sent and not answered, the oldest first. */
  readonly unanswered: readonly C[];
  /**
   * The session that follows has refused a command by which it was to be configured: it holds no more, whoever waits for
   * its answer has it, and it is told. Nothing where the present session has refused it, too.
   */
  refuse(command: C, error: RealtimeError): void;
  /** Another link is the session's: sends those of `unanswered` again that still are, then what waits. */
  resume(unanswered: readonly C[]): void;
  /** Nothing is going to be sent any more. */
  end(error: RealtimeError): void;
  /**
   * Commands that are meant to hold for the rest of the conversation, in the order in which they were sent. Of what one
   * replaces, `inForce` leaves out what has no say as long as that one has.
   */
  readonly configuration: readonly C[];
  /** Whether no command is under way that only means something to the present link. */
  readonly isQuiet: boolean;
}

/** Whether the server's own words are what went wrong: they are a problem already. */
function isRefusal({ code, cause }: RealtimeError): boolean {
  return cause !== undefined && (code === "rejected" || code === "fatal");
}

/** Programs without types may have anything where a command is to be. */
function refuseNone(event: WireEvent): void {
  if (typeof event?.type === "string") return;
  throw new RealtimeError("invalid_event", "A command is an event.");
}

/** How often a congested connection is looked at again. */
const congestionMs = 20;
/** Sent commands of which it is remembered that no answer came; more than any program leaves unanswered. */
const maxRemembered = 256;

export function dispatch<C extends WireEvent, S extends WireEvent>(
  options: DispatchOptions<C, S>,
): Dispatch<C, S> {
  const { protocol, clock, commandId, verbatim, state, problem } = options;
  const pending = pendingCommands(protocol, clock);
  const queue = outbox<C>(options.maxQueuedBytes);
  /** Commands that were sent without anybody waiting for the answer, while it has not come. */
  const remembered = new Set<C>();
  /** Commands that waited in vain: that is a problem of its own, whether or not somebody awaits their answer. */
  const givenUp = new WeakSet<C>();
  let configuration: readonly C[] = [...options.configure];
  let continuity: Continuity<C> | undefined;
  let dropped = { frames: 0, bytes: 0 };
  let cancelDrain: (() => void) | undefined;

  function check(event: C): void {
    refuseNone(event);
    if (!options.checkCommands) return;
    const issues = protocol.issuesOf(event);
    if (issues.length === 0) return;
    const list = issues
      .map(({ path, message }) => `${path === "" ? "the event" : path}: ${message}`)
      .join("; ");
    throw new RealtimeError("invalid_event", `${event.type} was not sent. ${list}`, { cause: issues });
  }

  const isReady = () => state() === "ready" || state() === "rolling over";

  /** Whether a command can go out now: a ready session, and a connection that keeps up. */
  function isClear(): boolean {
    const connection = options.connection();
    return isReady() && connection !== undefined && connection.bufferedAmount <= options.maxBufferedBytes;
  }

  /** Sends a command, whose frame is `frame` as it was given. */
  function transmit(event: C, frame: string): void {
    const sent = continuity?.outgoing?.(event) ?? event;
    if (sent.type !== event.type || sent.event_id !== event.event_id) {
      const what = `${event.type} was to go out with another type or event_id`;
      throw new RealtimeError("invalid_state", `${what}: Continuity.outgoing keeps both.`);
    }
    pending.sending(event, sent);
    options.transmit(sent, sent === event ? frame : protocol.encode(sent));
    if (protocol.roleOf(event) === "configuration" && !configuration.includes(event)) {
      configuration = [...configuration, event];
    }
  }

  function transmitOrQueue(event: C): void {
    const now = state();
    if (now === "idle" || now === "closing" || now === "closed") {
      throw new RealtimeError("closed", `Cannot send ${event.type}: the session is ${now}.`);
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
    return RealtimeError.is(error) && error.code === "closed" && options.isReplaceable();
  }

  function enqueue(event: C, frame: string): void {
    const more = queue.push({ event, frame, role: protocol.roleOf(event) });
    if (more.frames > 0 && dropped.frames === 0) problem({ kind: "dropping" });
    dropped = { frames: dropped.frames + more.frames, bytes: dropped.bytes + more.bytes };
    watchCongestion();
  }

  /** Looks again soon. While the session is not ready, its becoming ready drains. */
  function watchCongestion(): void {
    if (cancelDrain !== undefined || queue.length === 0 || !isReady()) return;
    cancelDrain = clock.after(congestionMs, () => {
      cancelDrain = undefined;
      drain();
    });
  }

  function drain(): void {
    if (dropped.frames > 0 && isClear()) {
      options.note({ type: "outbox.dropped", ...dropped });
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
        unsent(next.event, RealtimeError.from(cause, "closed"));
      }
    }
    watchCongestion();
  }

  /** Sends a command that the lost link never answered: in its own order, before what has waited since. */
  function sendAgain(command: C): void {
    if (protocol.roleOf(command) === "once") {
      const message = `The link was lost before the server answered ${command.type}; it may have taken effect.`;
      pending.fail(command, new RealtimeError("uncertain", message));
      return;
    }
    try {
      transmit(command, protocol.encode(command));
    } catch (cause) {
      unsent(command, RealtimeError.from(cause, "closed"));
    }
  }

  /** Gives a command up that whoever sent it takes for sent. */
  function unsent(command: C, error: RealtimeError): void {
    const { event_id: commandId } = command;
    if (commandId !== undefined) options.note({ type: "command.unsent", commandId, code: error.code });
    givenUp.add(command);
    pending.fail(command, error);
    problem({ kind: "unsent", commands: 1, error });
  }

  /** Sends a command and remembers it until it is answered, so that it can be sent again where it never is. */
  function sendRemembered(command: C): void {
    let failure: { readonly cause: unknown } | undefined;
    const forget = () => void remembered.delete(command);
    const attempt = () => {
      try {
        transmitOrQueue(command);
      } catch (cause) {
        failure = { cause };
        throw cause;
      }
    };
    pending.add(command, attempt, { timeoutMs: Number.POSITIVE_INFINITY }).then(forget, forget);
    if (failure !== undefined) throw failure.cause;
    remembered.add(command);
    const [oldest] = remembered;
    if (remembered.size > maxRemembered && oldest !== undefined) {
      pending.fail(oldest, new RealtimeError("timeout", "No answer came, and nobody waits for it."));
    }
  }

  async function request(event: C, requestOptions: RequestOptions | undefined): Promise<S> {
    refuseNone(event);
    const command = protocol.prepare(event, event.event_id ?? commandId());
    const attempt = () => {
      if (!protocol.isAcknowledged(event)) {
        throw new RealtimeError("not_acknowledged", `The server never answers ${event.type}: use send.`);
      }
      check(command);
      transmitOrQueue(command);
    };
    return pending.add(command, attempt, requestOptions, (error) => {
      queue.remove(command);
      if (!isRefusal(error) && !givenUp.has(command)) problem({ kind: "request", command, error });
    });
  }

  return {
    continueWith(given) {
      continuity = given;
    },
    check,
    send(event) {
      check(event);
      if (verbatim || protocol.roleOf(event) !== "repeatable") transmitOrQueue(event);
      else sendRemembered(protocol.prepare(event, event.event_id ?? commandId()));
    },
    request(event, requestOptions) {
      const outcome = request(event, requestOptions);
      // Nobody has to look at it: what fails is a problem, too.
      outcome.catch(() => {});
      return outcome;
    },
    offer(event) {
      const refused = protocol.failureOf(event)?.commandId;
      if (refused !== undefined) configuration = configuration.filter(({ event_id }) => event_id !== refused);
      pending.offer(event);
    },
    drain,
    get unanswered() {
      return pending.waiting.filter((command) => !queue.has(command));
    },
    refuse(command, error) {
      if (!configuration.includes(command)) return;
      configuration = configuration.filter((other) => other !== command);
      pending.fail(command, error);
      problem({ kind: "history", error });
    },
    resume(unanswered) {
      const waiting = new Set(pending.waiting);
      for (const command of unanswered) if (waiting.has(command)) sendAgain(command);
      drain();
    },
    end(error) {
      cancelDrain?.();
      cancelDrain = undefined;
      const commands = queue.length;
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) givenUp.add(next.event);
      pending.failAll(error);
      if (commands > 0) problem({ kind: "unsent", commands, error });
    },
    get configuration() {
      return configuration;
    },
    get isQuiet() {
      return pending.waiting.every((command) => protocol.roleOf(command) !== "once");
    },
  };
}
