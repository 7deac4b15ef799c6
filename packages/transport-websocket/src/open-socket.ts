import { type CloseInfo, type FrameSink, RealtimeError, systemClock } from "@duologue/core";
import { arrivals } from "./arrivals.ts";
import { type Callee, connectFailed } from "./connect-failed.ts";
import type { SocketLike } from "./socket-like.ts";
import type { SocketSettings, WebSocketConnection } from "./socket-settings.ts";

/** A dial of which everything is known. */
export interface Dial {
  readonly callee: Callee;
  /** Makes the socket. `refuse` ends the dial with an error that the socket's own events would not tell. */
  create(refuse: (error: RealtimeError) => void): SocketLike;
  /** Watches over the socket once it is open, and calls `lose` when the peer is gone. Returns what stops it. */
  watch?(lose: (reason: string) => void): () => void;
}

const openState = 1;
const utf8 = new TextEncoder();

/**
 * Opens a WebSocket of either kind: the whole of the adapter apart from making the socket. Rejects as
 * `Transport.open` promises, whatever `prepare` and the socket do.
 */
export function openSocket(
  prepare: (signal: AbortSignal) => Promise<Dial>,
  settings: SocketSettings,
  sink: FrameSink,
  signal?: AbortSignal,
): Promise<WebSocketConnection> {
  const { clock = systemClock(), connectTimeoutMs = 10_000 } = settings;
  return new Promise((resolve, reject) => {
    const givenUp = new AbortController();
    let callee: Callee = { address: "the WebSocket", secrets: [] };
    let awaited = "its url, apiKey and headers functions";
    let socket: SocketLike | undefined;
    let settled = false;

    const settle = () => {
      settled = true;
      cancelTimer();
      signal?.removeEventListener("abort", onAbort);
    };
    const fail = (error: RealtimeError) => {
      if (settled) return;
      settle();
      givenUp.abort(error);
      if (socket !== undefined) drop(socket);
      reject(error);
    };
    const onAbort = () => {
      const message = `Opening ${callee.address} was aborted by its caller.`;
      fail(new RealtimeError("aborted", message, { cause: signal?.reason }));
    };
    const dial = (prepared: Dial) => {
      if (settled) return;
      callee = prepared.callee;
      awaited = "the server";
      const made = prepared.create(fail);
      socket = made;
      made.binaryType = "arraybuffer";
      made.addEventListener("error", ({ error, message }) => fail(connectFailed(callee, error, message)));
      made.addEventListener("close", ({ code, reason }) =>
        fail(connectFailed(callee, undefined, `it was closed before it was open (${code} ${reason})`)),
      );
      made.addEventListener("open", () => {
        if (settled) return drop(made);
        settle();
        resolve(socketConnection(made, sink, settings, prepared.watch));
      });
    };

    const cancelTimer = Number.isFinite(connectTimeoutMs)
      ? clock.after(connectTimeoutMs, () => {
          const what = `no answer within ${connectTimeoutMs} ms from ${awaited}`;
          fail(connectFailed(callee, undefined, what));
        })
      : () => {};
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    prepare(givenUp.signal)
      .then(dial)
      .catch((cause: unknown) => fail(RealtimeError.is(cause) ? cause : connectFailed(callee, cause)));
  });
}

/** The connection of a socket that has opened. */
function socketConnection(
  socket: SocketLike,
  sink: FrameSink,
  settings: SocketSettings,
  watch: Dial["watch"],
): WebSocketConnection {
  const { maxFrameBytes = 16 * 1024 * 1024, closeTimeoutMs = 5_000, clock = systemClock() } = settings;
  const onSinkError =
    settings.onSinkError ?? ((error) => console.error("A frame sink of a WebSocket threw:", error));
  const { promise: closed, resolve: settleClosed } = Promise.withResolvers<void>();
  let closing = false;
  let ended = false;
  let trouble = "";
  let cancelFallback = () => {};
  let stopWatch = () => {};

  const guarded = (call: () => void) => {
    try {
      call();
    } catch (error) {
      onSinkError(error);
    }
  };

  const inOrder = arrivals((text) => guarded(() => sink.frame(text)));

  const end = (info: CloseInfo) => {
    if (ended) return;
    ended = true;
    stopWatch();
    cancelFallback();
    inOrder.behind(() => {
      guarded(() => sink.closed(info));
      settleClosed();
    });
  };

  const lose = (reason: string) => {
    drop(socket);
    end({ code: 1006, reason });
  };

  socket.addEventListener("message", ({ data }) => {
    if (!ended) inOrder.message(data);
  });
  socket.addEventListener("error", ({ message = "" }) => {
    trouble = message;
  });
  socket.addEventListener("close", ({ code: given = 0, reason = "" }) => {
    // No close frame has a code below 1000; Deno says 0 of a connection that was cut.
    const code = given < 1000 ? 1006 : given;
    end({ code, reason: code === 1006 && reason === "" ? trouble : reason });
  });
  if (watch !== undefined) stopWatch = watch(lose);

  return {
    maxFrameBytes,
    subprotocol: socket.protocol,
    get bufferedAmount() {
      return ended ? 0 : socket.bufferedAmount;
    },
    send(frame) {
      if (closing || ended || socket.readyState !== openState) {
        throw new RealtimeError("closed", "The WebSocket is closed: nothing can be sent any more.");
      }
      // No UTF-16 unit takes more than three bytes: most frames need no counting.
      if (frame.length * 3 > maxFrameBytes) {
        const bytes = utf8.encode(frame).length;
        if (bytes > maxFrameBytes) {
          const message = `A frame of ${bytes} bytes exceeds the WebSocket's limit of ${maxFrameBytes}: send less at once.`;
          throw new RealtimeError("frame_too_large", message);
        }
      }
      socket.send(frame);
    },
    close({ code = 1000, reason = "" } = {}) {
      if (closing || ended) return closed;
      closing = true;
      stopWatch();
      cancelFallback = clock.after(closeTimeoutMs, () =>
        lose(`the peer did not answer the close within ${closeTimeoutMs} ms`),
      );
      try {
        socket.close(sendableCode(code), sendableReason(reason));
      } catch (error) {
        lose(String(error));
      }
      return closed;
    },
  };
}

/** Of the codes below 3000 an application may send 1000 only: RFC 6455, section 7.4, and the WHATWG interface. */
function sendableCode(code: number): number {
  return code >= 3000 && code <= 4999 ? code : 1000;
}

/** A close frame has room for 123 bytes of reason; characters stay whole. */
function sendableReason(reason: string): string {
  const { read } = utf8.encodeInto(reason, new Uint8Array(123));
  return reason.slice(0, read);
}

/** Lets go of a socket, as hard as it allows. */
function drop(socket: SocketLike): void {
  try {
    if (socket.terminate === undefined) socket.close();
    else socket.terminate();
  } catch {
    // It is as good as gone, and whoever drops it reports why.
  }
}
