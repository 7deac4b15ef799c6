/** An event as it travels: a JSON object that says what it is in `type`. */
export interface WireEvent {
  readonly type: string;
  readonly event_id?: string;
}

/** An event whose `type` this package does not know. Every field is kept as it came. */
export interface UnknownEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** One place where a frame differs from its schema. */
export interface Issue {
  /** JSON Pointer (RFC 6901) into the event; the empty string is the event itself. */
  readonly path: string;
  /** What was expected and what was found, as one sentence fragment. */
  readonly message: string;
}

/**
 * What a frame turned out to be. Nothing is ever lost: an unknown event keeps all its fields, a frame that is
 * no event keeps its text.
 */
export type Decoded<E extends WireEvent> =
  | { readonly kind: "known"; readonly event: E; readonly issues: readonly Issue[] }
  | { readonly kind: "unknown"; readonly event: UnknownEvent }
  | { readonly kind: "undecodable"; readonly text: string; readonly reason: string };

/**
 * How bad a server error is: `benign` is the loser of a harmless race and needs no action, `rejected` means that
 * one command had no effect, `transport` that this link ends and a new one can go on, `fatal` that the session
 * cannot go on and dialling again as before cannot help.
 */
export type Severity = "benign" | "rejected" | "transport" | "fatal";

/** A server's `error` event, read. */
export interface Failure {
  readonly severity: Severity;
  /** The server's code, or `null` where it sent none. */
  readonly code: string | null;
  /** The server's own sentence. */
  readonly message: string;
  /** The `event_id` of the command that failed, where the server names it. */
  readonly commandId?: string;
}

/**
 * How a command stands to the server session that it is sent to.
 *
 * - `media`: microphone sound; when too much of it waits, the oldest may be dropped.
 * - `configuration`: holds for the rest of a session; a session that takes its place gets it again.
 * - `repeatable`: means the same in a session that takes the place of the one it was meant for.
 * - `once`: belongs to the session that it was sent to, and means nothing in another.
 */
export type CommandRole = "media" | "configuration" | "repeatable" | "once";

/**
 * An event protocol as a value. `core` is written against this and names no event itself.
 *
 * `C` is the union of client events, `S` the union of server events.
 */
export interface Protocol<C extends WireEvent = WireEvent, S extends WireEvent = WireEvent> {
  /** Stands in the first line of a recording. */
  readonly name: string;

  /** Reads a frame that a server sent. Never throws. */
  decode(text: string): Decoded<S>;

  /** Reads a frame that a client sent: for servers, proxies and recordings. Never throws. */
  decodeClient(text: string): Decoded<C>;

  /** Writes an event of either side as one text frame. */
  encode(event: C | S | UnknownEvent): string;

  /** Compares a client event with its schema; an empty list means that it conforms. */
  issuesOf(event: C): readonly Issue[];

  /** Tells a server event that this protocol knows from one that it does not. */
  isServerEvent(event: WireEvent | UnknownEvent): event is S;

  /** The type of the event by which a server says that the session exists. */
  readonly greeting: S["type"];

  /**
   * Gives a command the ids by which its acknowledgement can be told from others: `event_id`, and where the
   * protocol echoes something else (an item id, a response's metadata), that as well. Ids already there stay.
   */
  prepare(command: C, id: string): C;

  /** Whether the protocol answers this command at all; `input_audio_buffer.append`, say, has no answer. */
  isAcknowledged(command: C): boolean;

  /**
   * Whether `event` is the acknowledgement of the prepared `command`. A command that is named as one of the catalogues
   * (`clientEvents`) is answered as it: callers are told so by the type `AnswerTo`.
   */
  acknowledges(command: C, event: S): boolean;

  /** How a command stands to the server session that it is sent to. */
  roleOf(command: C): CommandRole;

  /** When the server is going to end the session, in milliseconds since 1970, where this event says so. */
  expiryOf(event: S): number | undefined;

  /** Reads an event as a failure; `undefined` when it is none. */
  failureOf(event: S | UnknownEvent): Failure | undefined;

  /** What a close code means: whether dialling again as before can help, and what a person should do. */
  judgeClose(info: { readonly code: number; readonly reason: string }): {
    readonly retryable: boolean;
    readonly advice: string;
  };
}
