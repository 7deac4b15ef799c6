import type { Entry } from "./entry.ts";
import { type Kinds, optionsOf, refuse } from "./given.ts";
import type { LineSink } from "./line-sink.ts";
import { type RecordingStop, recordingHeader, redactedLine, stopLine } from "./recording.ts";
import { type RedactOptions, redactor } from "./redaction.ts";

/** What is recorded of a session, and how much. */
export interface RecordingSettings {
  /** The `name` of the protocol that is spoken; goes into the header. */
  readonly protocol: string;
  /** More fields of the header. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  /** What is left out beside secrets, which never enter a recording. The header's `redacted` names it. */
  readonly redact?: RedactOptions | undefined;
  /** The recording stops before it exceeds this many bytes. Default: no limit. */
  readonly maxBytes?: number | undefined;
  /** The recording stops at the first entry later than this, in milliseconds. Default: no limit. */
  readonly maxDurationMs?: number | undefined;
  /** The recording stops when its sink has more bytes than this waiting. Default: 16 MiB. */
  readonly maxBufferedBytes?: number | undefined;
  /** Told once, when the recording stops before its end; the session goes on. Default: `console.warn`. */
  readonly onStop?: ((stop: RecordingStop) => void) | undefined;
}

/** Writes one recording. */
export interface RecordingWriter {
  /** Writes one entry, unless the recording has stopped. Never throws. */
  write(entry: Entry): void;
  /** Ends the recording now, for a reason that the sink gave. */
  fail(cause: unknown): void;
  /** Why the recording stopped before its end; `undefined` while it has not. */
  readonly stopped: RecordingStop | undefined;
}

const limits: Kinds = { maxBytes: "number", maxDurationMs: "number", maxBufferedBytes: "number" };
const utf8 = new TextEncoder();

/**
 * Writes the header at once, then entries, each as a whole line. Where a limit is met or the sink fails, the recording
 * is complete up to that place, has a last line that says why it stops there, if the sink still takes one, and
 * `onStop` is told. Nothing is left out in the middle.
 *
 * Throws `invalid_argument` for a sink that does not write, a protocol without a name, and limits that are no numbers.
 */
export function recordingWriter(sink: LineSink, given: RecordingSettings): RecordingWriter {
  const settings = optionsOf(given, limits);
  const { protocol, redact = {}, maxBytes, maxDurationMs, maxBufferedBytes = 16 * 1024 * 1024 } = settings;
  if (typeof sink?.write !== "function") refuse("A sink has a function write", sink);
  const onStop = settings.onStop ?? (({ message }) => console.warn(message));
  const content = redactor(redact);
  let bytes = 0;
  let stopped: RecordingStop | undefined;

  function stop(reason: RecordingStop["reason"], message: string, atMs: number | null): void {
    if (stopped !== undefined) return;
    stopped = { reason, message, at: atMs };
    try {
      if (reason !== "sink_failed") sink.write(stopLine(stopped));
    } catch {
      // The recording stops either way, and `onStop` says so.
    }
    onStop(stopped);
  }

  function fail(cause: unknown, atMs: number | null): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    stop("sink_failed", `The recording stops: it cannot be written. ${why}`, atMs);
  }

  /** Why this line cannot follow; `undefined` when it can. */
  function limitMet(line: string, atMs: number | null): Omit<RecordingStop, "at"> | undefined {
    if (maxDurationMs !== undefined && atMs !== null && atMs > maxDurationMs) {
      return { reason: "max_duration", message: `The recording stops: it may last ${maxDurationMs} ms.` };
    }
    if ((sink.bufferedBytes ?? 0) > maxBufferedBytes) {
      const message = `The recording stops: more than ${maxBufferedBytes} bytes of it wait to be written.`;
      return { reason: "max_buffered", message };
    }
    if (maxBytes !== undefined) {
      bytes += utf8.encode(line).length + 1;
      if (bytes > maxBytes) {
        return { reason: "max_bytes", message: `The recording stops: it may have ${maxBytes} bytes.` };
      }
    }
    return undefined;
  }

  function writeLine(line: string, atMs: number | null): void {
    const limit = limitMet(line, atMs);
    if (limit !== undefined) {
      stop(limit.reason, limit.message, atMs);
      return;
    }
    try {
      sink.write(line);
    } catch (cause) {
      fail(cause, atMs);
    }
  }

  const left = (["audio", "text"] as const).filter((kind) => redact[kind]);
  writeLine(
    recordingHeader(protocol, { ...settings.header, ...(left.length === 0 ? {} : { redacted: left }) }),
    0,
  );

  return {
    write(entry) {
      if (stopped !== undefined) return;
      let line: string;
      try {
        line = redactedLine(entry, content);
      } catch (cause) {
        // A note of the program that has no form in JSON.
        return fail(cause, entry.at);
      }
      writeLine(line, entry.at);
    },
    fail: (cause) => fail(cause, null),
    get stopped() {
      return stopped;
    },
  };
}
