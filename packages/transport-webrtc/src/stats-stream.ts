import type { Clock } from "@duologue/core";
import { Observable } from "rxjs";
import { type CallStats, callStats } from "./call-stats.ts";

/** What is measured, and when. */
export interface StatsStreamOptions {
  readonly peer: Pick<RTCPeerConnection, "getStats" | "connectionState">;
  /** Fires when the connection is over. */
  readonly over: AbortSignal;
  readonly clock: Clock;
  readonly intervalMs: number;
  /** Called with each measurement, before it is told. */
  readonly measuring: () => void;
}

/**
 * Measures a peer every `intervalMs`, as long as somebody is subscribed; completes when the connection is over. The
 * first figures come after one interval.
 */
export function statsStream(options: StatsStreamOptions): Observable<CallStats> {
  const { peer, over, clock, intervalMs, measuring } = options;
  return new Observable((subscriber) => {
    let before: RTCStatsReport | undefined;
    let cancel = () => {};
    const measure = async () => {
      measuring();
      let after: RTCStatsReport | undefined;
      try {
        after = await peer.getStats();
      } catch {
        // A peer that is closed measures nothing any more; the end of the connection completes the stream.
      }
      if (subscriber.closed) return;
      if (before !== undefined && after !== undefined)
        subscriber.next(callStats(before, after, peer.connectionState));
      before = after ?? before;
      // Whoever wanted one figure has it.
      if (!subscriber.closed) cancel = clock.after(intervalMs, measure);
    };
    const complete = () => subscriber.complete();
    if (over.aborted) return complete();
    over.addEventListener("abort", complete);
    void measure();
    return () => {
      cancel();
      over.removeEventListener("abort", complete);
    };
  });
}
