import type { Decoded, Failure, Protocol, UnknownEvent, WireEvent } from "@duologue/protocol";
import type { Clock } from "./clock.ts";
import { RealtimeError } from "./error.ts";
import { startOpening } from "./opening.ts";
import { pendingCommands } from "./pending-commands.ts";
import type { CloseInfo, Connection, FrameSink, Transport } from "./transport.ts";

/** What one link tells whoever it belongs to, in the order in which it happens. */
export interface LinkObserver<C extends WireEvent, S extends WireEvent> {
  /** Frames can flow. Called once, before anything else. */
  opened(): void;
  received(decoded: Decoded<S>): void;
  /** A command goes out: `act` sends it, and throws where that fails. */
  sending(event: C, act: () => void): void;
  /** The end, called once and last. `error` says why, and what to do. */
  closed(info: CloseInfo, error: RealtimeError): void;
}

/** The end of a link: the first reason counts, whatever came of it. */
interface Loss {
  /** How the other side closed it; where we gave it up, 1006 and why. */
  readonly info: CloseInfo;
  readonly error: RealtimeError;
}

/** One connection and the server session at its other end. */
export interface Link<C extends WireEvent, S extends WireEvent, K extends Connection> {
  readonly connection: K | undefined;
  /** Why it has ended, is ending, or never came to be; `undefined` while all is well. */
  readonly loss: Loss | undefined;
  /** Resolves when it ends. */
  readonly end: Promise<void>;
  /**
   * Resolves once the server greeted us, or once it is open where no greeting is awaited; rejects when it does not, with
   * nothing left open, or with nothing heard of what a transport opens that goes on all the same: that is closed.
   */
  readonly greeted: Promise<void>;
  /** The conversation has come to this link: its media may be heard. */
  enter(): void;
  /** Sends. Throws `closed` when the link is not open, or what the connection throws. */
  transmit(event: C, frame: string): void;
  /**
   * Carries out a command of our own; resolves when it is acknowledged. Rejects as `Session.request` does, and with the
   * reason of the loss where the link is lost before. Where a link is nothing without it (`isVital`), that is the reason
   * of its end from that very moment, whatever comes right behind.
   */
  carryOut(command: C, isVital?: boolean): Promise<void>;
  /** Offers an event of this link to the commands that `carryOut` waits for. To be called when it is logged. */
  offer(event: S | UnknownEvent): void;
  /**
   * Ends it: by `why`, unless it was lost before. Where none is given and the conversation has not come to it, what the
   * server has said that no other link can help is the reason. Resolves with the reason that counts, and never rejects.
   */
  close(info?: { readonly code?: number; readonly reason?: string }, why?: RealtimeError): Promise<Loss>;
}

/** What a link is made of. */
export interface LinkOptions<C extends WireEvent, S extends WireEvent, K extends Connection> {
  readonly transport: Transport<K>;
  readonly protocol: Protocol<C, S>;
  readonly clock: Clock;
  readonly commandId: () => string;
  readonly awaitGreeting: boolean;
  readonly connectTimeoutMs: number;
  readonly observer: LinkObserver<C, S>;
  /** Gives the link up, until the conversation has come to it. */
  readonly signal?: AbortSignal;
  /** Fires when no link follows any more. */
  readonly closing: AbortSignal;
}

/** What a server has said, as a sentence that others may follow. */
function sentence(text: string): string {
  return /[.!?…。]$/.test(text) ? text : `${text}.`;
}

/** Dials at once. */
export function link<C extends WireEvent, S extends WireEvent, K extends Connection>(
  options: LinkOptions<C, S, K>,
): Link<C, S, K> {
  const { transport, protocol, clock, observer, awaitGreeting, connectTimeoutMs, signal, commandId } =
    options;
  const own = pendingCommands(protocol, clock);
  let connection: K | undefined;
  let isOpen = false;
  let isEntered = false;
  let ended = false;
  let closeInfo: CloseInfo | undefined;
  const { promise: end, resolve: tellEnd } = Promise.withResolvers<void>();
  const { promise: ready, resolve: enter } = Promise.withResolvers<void>();
  // What the server said before it closed: why the close came.
  let lastWords: Failure | undefined;

  const opening = startOpening(clock, connectTimeoutMs, signal, () =>
    connection === undefined
      ? "Nothing answered. Check the address, the network, and the function that gives the key where there is one."
      : `The link is open, but no ${protocol.greeting} came. ${lastWords?.message ?? "Is this a Realtime service?"}`,
  );
  opening.failed.catch(own.failAll);

  function opened(): void {
    if (isOpen) return;
    isOpen = true;
    observer.opened();
  }

  const sink: FrameSink = {
    frame(text) {
      if (ended) return;
      opened();
      observer.received(protocol.decode(text));
    },
    closed(info) {
      if (ended) return;
      connection = undefined;
      ended = true;
      // Where we gave it up, the close is only the consequence.
      const given = opening.failure();
      if (given === undefined) closeInfo = info;
      const error = given ?? closeError(info);
      opening.fail(error);
      observer.closed(info, error);
      tellEnd();
    },
  };

  function closeError(info: CloseInfo): RealtimeError {
    const { retryable, advice } = protocol.judgeClose(info);
    if (lastWords !== undefined) {
      const code = lastWords.severity === "fatal" ? "fatal" : "closed";
      const message = `The server ended the session: ${sentence(lastWords.message)}`;
      // What the server has said counts. A close code that says otherwise has no advice for it.
      const more = retryable === (code === "closed") ? ` ${advice}` : "";
      return new RealtimeError(code, message + more, { cause: lastWords });
    }
    const reason = info.reason === "" ? "" : ` (${info.reason})`;
    const message = `The link was closed with code ${info.code}${reason}. ${advice}`;
    return new RealtimeError(retryable ? "closed" : "fatal", message);
  }

  async function dial(): Promise<void> {
    let dialling: Promise<K> | undefined;
    try {
      const { signal: givenUp, asking } = opening;
      dialling = transport.open(sink, { signal: givenUp, ready, closing: options.closing, asking });
      connection = await Promise.race([dialling, opening.failed]);
      // The link may be lost again by the time that we hear of it.
      const lost = opening.failure();
      if (lost !== undefined) throw lost;
      opened();
      if (!awaitGreeting) opening.greeted();
      await opening.greeting;
    } catch (cause) {
      if (connection === undefined) closeLate(dialling);
      const { error } = await close({}, RealtimeError.from(cause, "connect_failed"));
      ended = true;
      throw error;
    }
  }

  async function close(
    info?: { readonly code?: number; readonly reason?: string },
    why = lastWords?.severity === "fatal" && !isEntered
      ? closeError({ code: 1006, reason: "" })
      : new RealtimeError("closed", "The session was closed."),
  ): Promise<Loss> {
    opening.fail(why);
    try {
      await connection?.close(info);
    } catch {
      // A connection that does not close as it should is over all the same.
    }
    if (isOpen) sink.closed({ code: 1006, reason: why.message });
    return lossBy(opening.failure() ?? why);
  }

  function lossBy(error: RealtimeError): Loss {
    return { info: closeInfo ?? { code: 1006, reason: error.message }, error };
  }

  /** Closes what a transport opens that did not heed the signal to give up. */
  function closeLate(dialling: Promise<K> | undefined): void {
    Promise.resolve(dialling)
      .then((late) => late?.close())
      .catch(() => {});
  }

  const greeted = dial();
  // Whoever made the link awaits this, but maybe not at once.
  greeted.catch(() => {});

  function transmit(event: C, frame: string): void {
    const open = connection;
    if (open === undefined)
      throw new RealtimeError("closed", `Cannot send ${event.type}: the link is closed.`);
    observer.sending(event, () => open.send(frame));
  }

  return {
    get connection() {
      return connection;
    },
    get loss() {
      const error = opening.failure();
      return error && lossBy(error);
    },
    end,
    greeted,
    enter() {
      isEntered = true;
      opening.succeed();
      enter();
    },
    transmit,
    async carryOut(event, isVital) {
      const lost = opening.failure();
      if (lost !== undefined) throw lost;
      const command = protocol.prepare(event, event.event_id ?? commandId());
      const send = () => transmit(command, protocol.encode(command));
      await own.add(command, send, undefined, isVital ? opening.fail : undefined);
    },
    offer(event) {
      const failure = protocol.failureOf(event);
      if (failure?.severity === "fatal" || failure?.severity === "transport") lastWords = failure;
      if (event.type === protocol.greeting) opening.greeted();
      own.offer(event);
    },
    close,
  };
}
