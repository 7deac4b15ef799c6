import type { WireEvent } from "@duologue/protocol";
import { type Observable, Subject } from "rxjs";
import type { Entry } from "./entry.ts";

/**
 * The one ordered log of a session. Each entry reaches every subscriber before the next one starts, even when a
 * subscriber appends: so no two observers can disagree about the order.
 */
export interface EntryLog<C extends WireEvent, S extends WireEvent> {
  /** Hot: a subscriber sees what comes after it subscribed. */
  readonly entries$: Observable<Entry<C, S>>;
  append(entry: Entry<C, S>): void;
  /**
   * Runs `act`, then appends `entry()` before anything that arrived while it ran: what we sent stands before the
   * answer to it, however fast the answer is. When `act` throws, nothing is appended.
   */
  appendAfter(act: () => void, entry: () => Entry<C, S>): void;
  /** Ends the stream, behind every entry that was appended before. */
  complete(): void;
}

export function entryLog<C extends WireEvent, S extends WireEvent>(): EntryLog<C, S> {
  const entries = new Subject<Entry<C, S>>();
  const queue: Entry<C, S>[] = [];
  let busy = false;
  let isEnding = false;

  function drain(): void {
    if (busy) return;
    busy = true;
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) entries.next(entry);
    busy = false;
    if (isEnding) entries.complete();
  }

  return {
    entries$: entries.asObservable(),
    append(entry) {
      queue.push(entry);
      drain();
    },
    appendAfter(act, entry) {
      const place = queue.length;
      const outer = busy;
      busy = true;
      try {
        act();
        queue.splice(place, 0, entry());
      } finally {
        busy = outer;
        drain();
      }
    },
    complete() {
      isEnding = true;
      drain();
    },
  };
}
