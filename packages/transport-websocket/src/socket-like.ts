/** The fields of WebSocket events that this package reads; each kind of event has some of them. */
export interface SocketEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly error?: unknown;
}

/** The part of the WHATWG `WebSocket` interface that this package uses; `ws` has it as well. */
export interface SocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  readonly protocol: string;
  binaryType: string;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  /** Ends the connection without a closing handshake, where the implementation can. */
  terminate?(): void;
  addEventListener(
    type: "open" | "message" | "error" | "close",
    listener: (event: SocketEvent) => void,
  ): void;
}

/** A WHATWG `WebSocket` constructor: the runtime's own, or another implementation. */
export type WebSocketConstructor = new (url: string, protocols?: string[]) => SocketLike;
