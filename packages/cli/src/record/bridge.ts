import type { CloseInfo } from "@duologue/core";
import type { WebSocket } from "ws";

/** What is seen of two sockets that are joined. */
export interface BridgeObserver {
  frame(from: "server" | "client", bytes: Uint8Array, isBinary: boolean): void;
  /** One of the two has ended, and the other is being ended likewise. Called once, last of all. */
  closed(from: "server" | "client", info: CloseInfo): void;
}

/** A socket that has so much to send makes the other one wait. */
const mostBufferedBytes = 4 * 1024 * 1024;

/**
 * Joins a client's socket with a server's: every frame goes on as it came, text as text and bytes as bytes, in order;
 * and so does the close, with its code and reason.
 */
export function bridge(client: WebSocket, server: WebSocket, observer: BridgeObserver): void {
  let ended = false;

  function join(from: WebSocket, to: WebSocket, side: "server" | "client"): void {
    from.on("message", (data, isBinary) => {
      const bytes = bytesOf(data);
      if (!ended) observer.frame(side, bytes, isBinary);
      if (to.readyState !== to.OPEN) return;
      to.send(bytes, { binary: isBinary }, () => {
        if (from.isPaused && to.bufferedAmount < mostBufferedBytes / 2) from.resume();
      });
      if (to.bufferedAmount > mostBufferedBytes) from.pause();
    });
    from.on("close", (code, reason) => {
      if (!ended) {
        ended = true;
        observer.closed(side, { code, reason: reason.toString() });
      }
      // A paused socket would never hear the answer to its close.
      to.resume();
      endLike(to, code, reason);
    });
    // A socket that errs closes as well.
    from.on("error", () => {});
  }

  join(client, server, "client");
  join(server, client, "server");
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** 1005: closed without a code. 1006 and 1015 are never sent: they stand for a link that was lost. */
function endLike(socket: WebSocket, code: number, reason: Buffer): void {
  if (socket.readyState > socket.OPEN) return;
  if (code === 1006 || code === 1015) socket.terminate();
  else if (code === 1005) socket.close();
  else socket.close(code, reason);
}
