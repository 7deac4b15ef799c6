import type { Clock } from "@duologue/core";
import { Observable } from "rxjs";
import { type CallStats, callStats, type StatsEntry } from "./call-stats.ts";

/**
 * Measures a peer every `intervalMs`, as long as somebody is subscribed; completes when `ended` resolves. The first
 * figures come after one interval.
 */
export function statsStream(
  peer: Pick<RTCPeerConnection, "getStats">,
  ended: Promise<void>,
  clock: Clock,
  intervalMs: number,
): Observable<CallStats> {
  return new Observable((subscriber) => {
    let before: readonly StatsEntry[] | undefined;
    let cancel = () => {};
    const measure = async () => {
      let after: readonly StatsEntry[] = [];
      try {
        const report = await peer.getStats();
        // A report is a map whose values are such entries; DOM's types leave them open.
        report.forEach((entry: StatsEntry) => {
          after = [...after, entry];
        });
      } catch {
        // A peer that is closed measures nothing any more; the end of the connection completes the stream.
      }
      if (subscriber.closed) return;
      if (before !== undefined && after.length > 0) subscriber.next(callStats(before, after));
      if (after.length > 0) before = after;
      cancel = clock.after(intervalMs, measure);
    };
    void measure();
    void ended.then(() => subscriber.complete());
    return () => cancel();
  });
}
