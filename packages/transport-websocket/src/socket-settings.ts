import type { Clock, Connection } from "@duologue/core";

/** A live WebSocket connection. */
export interface WebSocketConnection extends Connection {
  /** The subprotocol on which both sides agreed; empty where they agreed on none. */
  readonly subprotocol: string;
}

/** What both kinds of WebSocket transport can be told. */
export interface SocketSettings {
  /**
   * The largest frame that `send` takes, in bytes of UTF-8. Default: 16 MiB, which is the Realtime service's limit
   * of 15 MiB for the audio of one event, and 1 MiB of slack for the event around it.
   */
  readonly maxFrameBytes?: number;
  /** How long an open may take in all, `url` and `apiKey` functions included, in milliseconds. Default: 10000. */
  readonly connectTimeoutMs?: number;
  /**
   * How long the peer has to answer the closing handshake, in milliseconds; after that the connection is dropped
   * and its end reported as 1006. Default: 5000.
   */
  readonly closeTimeoutMs?: number;
  /** Time for all of this. Default: the system's. */
  readonly clock?: Clock;
  /** Told what a sink threw; the connection goes on as if it had not. Default: `console.error`. */
  readonly onSinkError?: (error: unknown) => void;
}
