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

/** One connection and the server session at its other end. */
export interface Link<C extends WireEvent, S extends WireEvent, K extends Connection> {
  readonly connection: K | undefined;
  /** Whether it has ended, or never came to be. */
  readonly ended: boolean;
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
  /** Carries out a command of our own; resolves when it is acknowledged. Rejects as `Session.request` does. */
  carryOut(command: C, signal?: AbortSignal): Promise<void>;
  /** Offers an event of this link to the commands that `carryOut` waits for. To be called when it is logged. */
  offer(event: S | UnknownEvent): void;
  close(info?: { readonly code?: number; readonly reason?: string }): Promise<void>;
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
  readonly signal?: AbortSignal;
  /** Fires when no link follows any more. */
  readonly closing: AbortSignal;
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
  let ended = false;
  const { promise: end, resolve: tellEnd } = Promise.withResolvers<void>();
  const { promise: ready, resolve: enter } = Promise.withResolvers<void>();
  // What the server said before it closed: why the close came.
  let lastWords: Failure | undefined;

  const opening = startOpening(clock, connectTimeoutMs, signal, () =>
    connection === undefined
      ? "Nothing answered. Check the address, the network, and the function that gives the key where there is one."
      : `The link is open, but no ${protocol.greeting} came. ${lastWords?.message ?? "Is this a Realtime service?"}`,
  );

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
      // Where opening failed, the close is only its consequence.
      const error = opening.failure() ?? closeError(info);
      observer.closed(info, error);
      own.failAll(error);
      opening.fail(error);
      tellEnd();
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
      const error = opening.failure() ?? RealtimeError.from(cause, "connect_failed");
      if (connection === undefined) closeLate(dialling);
      else await connection.close();
      if (isOpen) sink.closed({ code: 1006, reason: error.message });
      connection = undefined;
      ended = true;
      throw error;
    } finally {
      opening.end();
    }
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
    get ended() {
      return ended;
    },
    end,
    greeted,
    enter,
    transmit,
    async carryOut(event, aborting) {
      const command = protocol.prepare(event, event.event_id ?? commandId());
      const requestOptions = aborting === undefined ? {} : { signal: aborting };
      await own.add(command, () => transmit(command, protocol.encode(command)), requestOptions);
    },
    offer(event) {
      const failure = protocol.failureOf(event);
      if (failure?.severity === "fatal" || failure?.severity === "transport") lastWords = failure;
      if (event.type === protocol.greeting) opening.greeted();
      own.offer(event);
    },
    async close(info) {
      opening.fail(new RealtimeError("closed", "The session was closed while it was opening."));
      const open = connection;
      if (open !== undefined) await open.close(info);
    },
  };
}
