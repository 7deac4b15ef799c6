/** Why and how a connection ended. */
export interface CloseInfo {
  /** The close code of the medium; 1006 where the peer vanished without one. */
  readonly code: number;
  readonly reason: string;
}

/**
 * Where an open connection delivers. Handed in when dialling, so that no frame can be missed: frames may come before
 * whoever awaits `open` goes on. A sink should not throw; an adapter reports what it throws and goes on.
 */
export interface FrameSink {
  /** One text frame, in the order in which the peer sent them. Never called from within `send`. */
  frame(text: string): void;
  /** The end: called exactly once for each connection that opened, and always last. */
  closed(info: CloseInfo): void;
}

/** A live connection. What one medium has and others lack lives on its own, wider type. */
export interface Connection {
  /** Hands one text frame to the medium. Throws `RealtimeError` when closed or too large; never drops. */
  send(frame: string): void;
  /** Bytes accepted by `send` and not yet handed to the network. */
  readonly bufferedAmount: number;
  /** The largest frame that `send` takes, in bytes of UTF-8. */
  readonly maxFrameBytes: number;
  /**
   * Ends the connection; resolves after `FrameSink.closed`. Whether frames still come until then is up to the medium.
   * Calling it again is harmless.
   */
  close(info?: { readonly code?: number; readonly reason?: string }): Promise<void>;
}

/**
 * A reusable dialler: the only thing that an adapter's author implements. It carries text frames and knows no
 * event by name.
 */
export interface Transport<C extends Connection = Connection> {
  readonly name: string;
  /** Whether speech travels as events on this connection or on a media track beside it. */
  readonly audio: "events" | "media";
  /**
   * Dials once. Resolves when frames can flow; rejects with a `RealtimeError` that says which step failed and
   * what to do, and then leaves nothing open and never calls `sink.closed`. Aborting `signal` rejects too.
   *
   * `ready` resolves when the conversation has come to this connection, configured and filled, and may never do so.
   * What carries speech beside the frames is silent until then; without a `ready`, from the start.
   *
   * `closing` fires when no connection follows this one, whether it is open at that time or was lost: what is kept from
   * one to the next, such as a microphone, can be let go of.
   *
   * `asking` is called when a person is asked something before the dial can go on, as for the microphone: no time-out of
   * the caller runs until `answered` has settled, either way, and then it begins anew.
   */
  open(
    sink: FrameSink,
    options?: {
      readonly signal?: AbortSignal;
      readonly ready?: Promise<void>;
      readonly closing?: AbortSignal;
      readonly asking?: (answered: Promise<unknown>) => void;
    },
  ): Promise<C>;
}
