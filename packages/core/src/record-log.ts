import type { WireEvent } from "@duologue/protocol";
import type { Observable } from "rxjs";
import type { Entry } from "./entry.ts";
import { refuse } from "./given.ts";
import type { LineSink } from "./line-sink.ts";
import type { RecordingStop } from "./recording.ts";
import { type RecordingSettings, recordingWriter } from "./recording-writer.ts";

/** A log that is being written down. */
export interface LogRecording {
  /**
   * Resolves when the log has completed, or `stop` was called, and the sink has kept everything: with `undefined`, or
   * with why the recording stopped before its end. Never rejects. See `Session.log$` for when that is.
   */
  readonly finished: Promise<RecordingStop | undefined>;
  /** Writes no more, closes the sink, and resolves as `finished` does. Calling it again is harmless. */
  stop(): Promise<RecordingStop | undefined>;
}

/**
 * Writes a session's whole log down, what only this machine knows included: pass `session.log$` before `open`. The
 * sink is closed when the log completes: when the session is closed, when it cannot be opened, and, where a conversation
 * follows it, when the session is over and all that came of it has been heard. Throws `invalid_argument` as
 * `recordingWriter` does.
 *
 * `recording` does the same for a transport, where there is no session.
 */
export function recordLog<C extends WireEvent, S extends WireEvent>(
  log$: Observable<Entry<C, S>>,
  sink: LineSink,
  settings: RecordingSettings,
): LogRecording {
  if (typeof log$?.subscribe !== "function") refuse("log$ is the log of a session", log$);
  const writer = recordingWriter(sink, settings);
  const { promise: finished, resolve } = Promise.withResolvers<RecordingStop | undefined>();
  let over = false;

  async function close(): Promise<void> {
    if (over) return;
    over = true;
    try {
      await sink.close?.();
    } catch (cause) {
      writer.fail(cause);
    }
    resolve(writer.stopped);
  }

  const reading = log$.subscribe({
    next: (entry) => writer.write(entry),
    error: close,
    complete: close,
  });

  return {
    finished,
    stop() {
      reading.unsubscribe();
      void close();
      return finished;
    },
  };
}
