import type { AnswerTo, Protocol, UnknownEvent, WireEvent } from "@duologue/protocol";
import type { Observable } from "rxjs";
import type { Clock } from "./clock.ts";
import type { Continuity } from "./continuity.ts";
import type { Entry, LocalEvent } from "./entry.ts";
import type { Optionally } from "./given.ts";
import type { RequestOptions } from "./pending-commands.ts";
import type { Problem } from "./problem.ts";
import type { RetryPolicy } from "./retry.ts";
import type { Status } from "./status.ts";
import type { Connection, Transport } from "./transport.ts";

/** When a session that is going to expire is replaced. */
export interface RollOverPolicy {
  /**
   * How long before its expiry the next session is opened, in milliseconds; of a short session a tenth is lived
   * first. Default: 120,000.
   */
  readonly beforeMs: number;
  /** How long the next one, once ready, waits for a quiet moment before it takes over anyway. Default: 60,000. */
  readonly patienceMs: number;
}

/** What a session is made of. */
export interface SessionOptions<C extends WireEvent, S extends WireEvent, K extends Connection> {
  readonly transport: Transport<K>;
  readonly protocol: Protocol<C, S>;
  /**
   * Commands that must be acknowledged, in this order, before the session is `ready`: usually one
   * `session.update`. Until then nothing is said, since the server's defaults would answer it.
   */
  readonly configure?: readonly C[] | undefined;
  /**
   * Whether the session waits for the server's greeting; true unless told. A sideband connection joins a session
   * that was greeted elsewhere, so there the link alone has to do.
   */
  readonly awaitGreeting?: boolean | undefined;
  /**
   * Milliseconds from dialling to the server's greeting, or to the open link where none is awaited; 15,000 unless told,
   * `Infinity` for no limit. Where the transport asks a person, as for the microphone, they count from the answer. They
   * hold for every transport: a connection that comes later is closed at once.
   */
  readonly connectTimeoutMs?: number | undefined;
  /** How a lost link is replaced, where there is a `Continuity`; `false`: not at all. */
  readonly reconnect?: false | Optionally<RetryPolicy> | undefined;
  /** How a session that is going to expire is replaced, where there is a `Continuity`; `false`: not at all. */
  readonly rollOver?: false | Optionally<RollOverPolicy> | undefined;
  /** How many bytes of commands may wait while they cannot be sent. Default: 1 MiB. */
  readonly maxQueuedBytes?: number | undefined;
  /** How many bytes may wait in the connection before further commands wait here. Default: 1 MiB. */
  readonly maxBufferedBytes?: number | undefined;
  readonly clock?: Clock | undefined;
  /** What the wall clock shows, in milliseconds since 1970: for the expiry of sessions only. Default: `Date.now`. */
  readonly epochMs?: (() => number) | undefined;
  /**
   * Makes `event_id`s for commands; must not repeat within a conversation, nor in one that is restored. Counts `cmd_1`,
   * `cmd_2` … unless told.
   */
  readonly commandId?: (() => string) | undefined;
  /**
   * Sends commands exactly as they are given: none is checked, given an id, or remembered to be sent again. For
   * replays; false unless told.
   */
  readonly verbatim?: boolean | undefined;
  /** Whether `send` refuses client events that differ from their schema; true unless told. */
  readonly checkCommands?: boolean | undefined;
}

/** One conversation's way to a server: one live link at a time, replaced when it has to be. Everything is in `log$`. */
export interface Session<
  C extends WireEvent = WireEvent,
  S extends WireEvent = WireEvent,
  K extends Connection = Connection,
> {
  readonly protocol: Protocol<C, S>;
  /**
   * Everything, in order. Hot: subscribe before `open`. Completes with `close`, and when opening has failed. A session that
   * the server ended, or whose link is lost for good, stays open for what a player still reports until it is closed; a
   * conversation closes it when all that came has been heard.
   */
  readonly log$: Observable<Entry<C, S>>;
  /**
   * The server's events of `log$`. One that the protocol does not know has a `type` of any name, so a name alone tells
   * none apart; behind `filter(session.protocol.isServerEvent)` it does, and so behind `isServerEvent` of the protocol.
   */
  readonly events$: Observable<S | UnknownEvent>;
  /** The current status at once, then each change. Completes as `log$` does; after that it gives the last one. */
  readonly status$: Observable<Status>;
  readonly status: Status;
  /** What went wrong without ending anything. Never errors; completes as `log$` does. */
  readonly problems$: Observable<Problem>;
  /** The live connection with what its medium offers; `undefined` while there is none. */
  readonly connection: K | undefined;

  /**
   * Dials, waits for the server's greeting, configures, and tells what was said before where a conversation goes on.
   * Resolves when `ready`.
   *
   * Rejects with `RealtimeError`: `connect_failed`, `aborted`, `timeout`, `fatal` (the server refuses key, model
   * or account: do not retry), `rejected` (it refuses the configuration) or `closed`: with whatever came first. The status
   * is `closed` then, `retryable` by that reason, and the log complete. A session opens once.
   */
  open(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;

  /**
   * Sends one command and forgets it. While the session is opening or replaces a lost link, and while the connection
   * is congested, commands wait in their order; of microphone sound only the newest is kept then, and the log says
   * how much was dropped. A command that adds to the conversation and is not acknowledged when a link is lost is sent
   * again.
   *
   * Throws `closed` before `open` and after the end, `invalid_event` when the event differs from its schema,
   * `frame_too_large`, `overflow`; in these cases nothing was sent and nothing is logged.
   */
  send(event: C): void;

  /** Throws `invalid_event` where `send` would: the event differs from its schema. Sends nothing. */
  check(event: C): void;

  /**
   * Sends one command, as `send` does, and waits for its acknowledgement, which it resolves with. Rejects with
   * `rejected` or `fatal` (the server's `error` event named this command), `timeout`, `aborted`, `closed`, `uncertain`
   * (the link was lost, and the command means nothing to the next one), with whatever `send` throws, or with
   * `not_acknowledged` when the protocol never answers such a command.
   *
   * A rejection that nobody awaits ends no program: whatever becomes of a command, it is on `problems$`, too.
   */
  request<T extends C["type"]>(
    event: C & { readonly type: T },
    options?: RequestOptions,
  ): Promise<AnswerTo<T, S>>;

  /**
   * Adds what only this machine knows to the log. Returns false, and adds nothing, once the log is complete. Throws
   * `invalid_argument` for what is no event.
   */
  note(event: LocalEvent): boolean;

  /**
   * Tells how to go on in another server session. With it a lost link is replaced, and a session that is going to
   * expire hands over to the next; `conversation` does this. Without it both end the session. To be called before
   * `open` where the conversation began earlier, or has a word in how sessions are configured.
   *
   * `undefined` takes it back: from then on commands go out as they are given, and no further link takes the place of this
   * one. A link that is lost already is still replaced.
   */
  continueWith(continuity: Continuity<C> | undefined): void;

  /**
   * Ends the link, rejects what waits for an answer, completes the streams. The log says so first, as `session.closing`:
   * a conversation silences its player there and then, and what was heard is in the log. Calling it again is harmless.
   */
  close(info?: { readonly code?: number | undefined; readonly reason?: string | undefined }): Promise<void>;
}
