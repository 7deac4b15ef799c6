import { type Clock, systemClock } from "./clock.ts";
import type { Entry } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import type { Recording } from "./recording.ts";
import type { Connection, FrameSink, Transport } from "./transport.ts";

/** How a recording is played. */
export interface ReplayOptions {
  /**
   * Plays entries at their recorded times by this clock: the system's for real time, a virtual one for tests.
   * Unless given, entries follow each other without a pause. Entries without a time never wait.
   */
  readonly pace?: Clock;
  /** Called, in its turn, for each entry that neither the server nor the link made. */
  readonly onEntry?: (entry: Entry) => void;
}

/** What a replay offers beyond frames. */
export interface ReplayConnection extends Connection {
  /** What was sent to the replay, in order. A replay plays on, whatever it is sent. */
  readonly sent: readonly string[];
  /** Resolves when every entry was played, or when we closed the connection before. */
  readonly finished: Promise<void>;
}

/** A transport whose peer is a recording. */
export interface ReplayTransport extends Transport<ReplayConnection> {
  /** Tells the recorded time of the entry that is being played; its `after` never fires. */
  readonly clock: Clock;
}

/**
 * Replays a recording's server through the `Transport` interface: its frames in order, then its close. It passes
 * for the transport that was recorded, in `name` and `audio`. Playing starts in a later task than `open`
 * resolves in.
 */
export function replay(recording: Recording, options: ReplayOptions = {}): ReplayTransport {
  const { pace, onEntry } = options;
  const { entries } = recording;
  const opened = openedEntry(entries);
  let nowMs = 0;

  async function open(sink: FrameSink, { signal }: { readonly signal?: AbortSignal } = {}) {
    if (signal?.aborted) throw new RealtimeError("aborted", "The replay was aborted before it opened.");
    nowMs = opened?.at ?? 0;
    const sent: string[] = [];
    let linked = true;
    let stopped = false;
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();

    function unlink(code: number, reason: string): void {
      if (!linked) return;
      linked = false;
      sink.closed({ code, reason });
    }

    function deliver(entry: Entry): void {
      nowMs = entry.at ?? nowMs;
      const { from, event } = entry;
      if (from === "server") sink.frame(JSON.stringify(event));
      else if (from === "client") onEntry?.(entry);
      else if (event.type === "frame.undecodable" && event.from === "server") sink.frame(event.text);
      else if (event.type === "link.closed") unlink(event.code, event.reason);
      else if (event.type !== "link.opened") onEntry?.(entry);
    }

    const startedAtMs = (pace?.now() ?? 0) - nowMs;
    let next = 0;
    let cancel = (pace ?? systemClock()).after(0, play);
    function play(): void {
      for (; next < entries.length && !stopped; next++) {
        const entry = entries[next];
        if (entry === undefined) break;
        const waitMs = pace === undefined || entry.at === null ? 0 : startedAtMs + entry.at - pace.now();
        if (pace !== undefined && waitMs > 0) {
          cancel = pace.after(waitMs, play);
          return;
        }
        deliver(entry);
      }
      finish();
    }

    return {
      sent,
      finished,
      bufferedAmount: 0,
      maxFrameBytes: Number.MAX_SAFE_INTEGER,
      send(frame: string) {
        if (!linked) throw new RealtimeError("closed", "The replay is over: nothing can be sent to it.");
        sent.push(frame);
      },
      async close(info: { readonly code?: number; readonly reason?: string } = {}) {
        stopped = true;
        cancel();
        unlink(info.code ?? 1000, info.reason ?? "");
        finish();
      },
    };
  }

  return {
    name: opened?.event.transport ?? "replay",
    audio: opened?.event.audio ?? "events",
    clock: { now: () => nowMs, after: () => () => {} },
    open,
  };
}

function openedEntry(entries: readonly Entry[]) {
  for (const { at, from, event } of entries) {
    if (from === "local" && event.type === "link.opened") return { at, event };
  }
  return undefined;
}
