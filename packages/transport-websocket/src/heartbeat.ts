import type { Clock } from "@duologue/core";

/** What can be asked of a peer, and seen of it. */
export interface Pulse {
  /** Asks for a sign of life. */
  ping(): void;
  /** Calls `listener` at every sign of life: answers to pings, pings, frames. */
  onSign(listener: () => void): void;
  /** Bytes that wait to be sent, the pings behind them. */
  readonly bufferedAmount: number;
}

/** When a silent peer is given up. */
export interface HeartbeatSettings {
  readonly clock: Clock;
  /** From one ping to the next. */
  readonly pingMs: number;
  /** From a ping to the end of patience. */
  readonly pongTimeoutMs: number;
}

/**
 * Pings a peer and calls `lost`, once, when it shows no sign of life for `pongTimeoutMs` after a ping. As long as what
 * waits to be sent gets less, the peer is taking it, and the ping has not had its turn: the wait begins anew. Returns
 * the function that stops it.
 */
export function heartbeat(
  pulse: Pulse,
  { clock, pingMs, pongTimeoutMs }: HeartbeatSettings,
  lost: (reason: string) => void,
): () => void {
  let cancel = () => {};
  let stopped = false;
  let waiting = false;

  const rest = () => {
    waiting = false;
    cancel = clock.after(pingMs, () => {
      // A socket that cannot even send is on its way to its end, which it reports itself.
      try {
        pulse.ping();
      } catch {
        return;
      }
      wait();
    });
  };
  const wait = () => {
    waiting = true;
    const bytes = pulse.bufferedAmount;
    cancel = clock.after(pongTimeoutMs, () => {
      if (pulse.bufferedAmount < bytes) wait();
      else lost(`no sign of life within ${pongTimeoutMs} ms of a ping`);
    });
  };

  pulse.onSign(() => {
    if (stopped || !waiting) return;
    cancel();
    rest();
  });
  rest();
  return () => {
    stopped = true;
    cancel();
  };
}
