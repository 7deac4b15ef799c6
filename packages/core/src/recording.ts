import type { UnknownEvent, WireEvent } from "@duologue/protocol";
import type { Entry, LocalEvent } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import { refuse } from "./given.ts";
import { redacted, withoutKeys } from "./redacted.ts";
import { blocks, type Redaction, type Redactor, redactor } from "./redaction.ts";

/** The version of the recording format that this package writes; it stands in the header as `duologue`. */
const formatVersion = 1;

/** The first line of a recording. Fields beside these two are free and kept. */
export interface RecordingHeader {
  readonly duologue: number;
  /** The `name` of the protocol that was spoken. */
  readonly protocol: string;
  readonly [field: string]: unknown;
}

/** A line that is no entry. */
export interface RecordingProblem {
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly message: string;
  readonly text: string;
}

/** Why a recording ends before what it records did. */
export interface RecordingStop {
  /**
   * `max_bytes`, `max_duration`: a limit that was asked for. `max_buffered`: the sink was too slow. `sink_failed`: it
   * could not write; then nothing of this is in the recording itself.
   */
  readonly reason: "max_bytes" | "max_duration" | "max_buffered" | "sink_failed";
  /** One sentence for people. */
  readonly message: string;
  /** When, in the time of the entries. */
  readonly at: number | null;
}

/** A recording, read. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly entries: readonly Entry[];
  /** The line of each entry, counted from 1: `lines[i]` belongs to `entries[i]`. */
  readonly lines: readonly number[];
  /** What could not be read; everything else is in `entries`. */
  readonly problems: readonly RecordingProblem[];
  /** Set where the last line says that the recording was stopped before what it records had ended. */
  readonly stopped?: RecordingStop;
}

/** The header line of a new recording, without a line break. Throws `invalid_argument` for a protocol without a name. */
export function recordingHeader(protocol: string, fields: Readonly<Record<string, unknown>> = {}): string {
  if (typeof protocol !== "string") refuse("A recording names its protocol", protocol);
  return JSON.stringify({ duologue: formatVersion, protocol, ...fields });
}

const nothingMore = redactor({});

/** One entry as a line, without a line break. Secrets in it are replaced; see `redacted`. */
export function recordingLine(entry: Entry): string {
  return redactedLine(entry, nothingMore);
}

/** As `recordingLine`, with content replaced as well; hashes of it stand beside the event then. */
export function redactedLine({ at, from, event }: Entry, { hides, redact }: Redactor): string {
  if (from !== "local") return eventLine(at, from, redact(redacted(event)));
  switch (event.type) {
    case "frame.undecodable": {
      // Nobody knows what such a frame holds, and the reason may quote it.
      const [text, reason] = hides ? [blocks(event.text), "not an event"] : [event.text, event.reason];
      return JSON.stringify({ t: at, from: event.from, text, reason });
    }
    // Field by field, so that no address, header or subprotocol can ever get in.
    case "link.opened": {
      const { transport, audio } = event;
      return JSON.stringify({ t: at, from: "link", opened: { transport, audio } });
    }
    case "link.closed": {
      const { code, reason } = event;
      return JSON.stringify({ t: at, from: "link", closed: { code, reason: withoutKeys(reason) } });
    }
    case "link.ended":
    case "link.retry":
      return eventLine(at, from, { value: { ...event, reason: withoutKeys(event.reason) }, hashes: {} });
    default:
      return eventLine(at, from, redact(redacted(event)));
  }
}

function eventLine(t: number | null, from: Entry["from"], { value, hashes }: Redaction<object>): string {
  const beside = Object.keys(hashes).length === 0 ? {} : { redacted: hashes };
  return JSON.stringify({ t, from, event: value, ...beside });
}

const stopType = "recording.stopped";

/** The last line of a recording that was stopped. */
export function stopLine({ at, reason, message }: RecordingStop): string {
  return JSON.stringify({ t: at, from: "local", event: { type: stopType, reason, message } });
}

/**
 * Reads a recording. Throws `bad_recording` when the first line is no header that this version reads; any other
 * line that cannot be read, such as a last one that was cut, becomes a problem and costs nothing else.
 */
export function readRecording(text: string): Recording {
  if (typeof text !== "string")
    throw new RealtimeError("bad_recording", "A recording is read as text: bytes have to be decoded first.");
  const lines = text.split("\n");
  const header = readHeader(lines[0] ?? "");
  const entries: Entry[] = [];
  const places: number[] = [];
  const problems: RecordingProblem[] = [];
  let stopped: RecordingStop | undefined;
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const entry = readLine(line);
    if (typeof entry === "string") {
      const cut = index === lines.length - 1 ? ": the recording ends in the middle of this line" : "";
      problems.push({ line: index + 1, message: entry + cut, text: line });
    } else if (isStop(entry)) {
      stopped = readStop(entry);
    } else {
      entries.push(entry);
      places.push(index + 1);
    }
  }
  return { header, entries, lines: places, problems, ...(stopped === undefined ? {} : { stopped }) };
}

/** Whether an entry tells of the recording itself; such a one is no part of the log. */
function isStop({ from, event }: Entry): boolean {
  return from === "local" && event.type === (stopType as string);
}

const stopReasons = ["max_bytes", "max_duration", "max_buffered", "sink_failed"] as const;

function readStop({ at, event }: Entry): RecordingStop {
  const { reason, message } = event as UnknownEvent;
  return {
    at,
    reason: stopReasons.find((known) => known === reason) ?? "sink_failed",
    message: typeof message === "string" ? message : "",
  };
}

function readHeader(line: string): RecordingHeader {
  const value = parseObject(line);
  if (value === undefined || typeof value.duologue !== "number") {
    throw new RealtimeError(
      "bad_recording",
      'This is no Duologue recording: its first line must be a JSON object such as {"duologue":1,"protocol":"openai-realtime"}.',
    );
  }
  const { duologue, protocol } = value;
  if (duologue > formatVersion) {
    throw new RealtimeError(
      "bad_recording",
      `This recording has format ${duologue}; this version of Duologue reads up to ${formatVersion}. Update Duologue.`,
    );
  }
  if (typeof protocol !== "string") {
    throw new RealtimeError("bad_recording", 'The first line of this recording names no "protocol".');
  }
  return { ...value, duologue, protocol };
}

/** An entry, or why the line is none. */
function readLine(line: string): Entry | string {
  const value = parseObject(line);
  if (value === undefined) return "not a JSON object";
  const { t, from, event, text, opened, closed } = value;
  if (t !== null && typeof t !== "number") return '"t" must be milliseconds or null';
  if (from === "link") {
    if (isObject(opened)) return { at: t, from: "local", event: readOpened(opened) };
    if (isObject(closed)) return { at: t, from: "local", event: readClosed(closed) };
    return 'a line from "link" must have "opened" or "closed"';
  }
  if (from === "server" || from === "client") {
    if (isWireEvent(event)) return { at: t, from, event };
    if (typeof text === "string") {
      const reason = typeof value.reason === "string" ? value.reason : "not recorded";
      return { at: t, from: "local", event: { type: "frame.undecodable", from, text, reason } };
    }
    return '"event" must be an object with a "type", or "text" a string';
  }
  if (from === "local") {
    // Local events are written by this package; a reader ignores those it does not know by their type.
    if (isWireEvent(event)) return { at: t, from, event: event as LocalEvent };
    return '"event" must be an object with a "type"';
  }
  return '"from" must be "server", "client", "local" or "link"';
}

function readOpened(fields: Readonly<Record<string, unknown>>): LocalEvent {
  const { transport, audio } = fields;
  return {
    type: "link.opened",
    transport: typeof transport === "string" ? transport : "unknown",
    audio: audio === "media" ? "media" : "events",
  };
}

function readClosed(fields: Readonly<Record<string, unknown>>): LocalEvent {
  const { code, reason } = fields;
  return {
    type: "link.closed",
    code: typeof code === "number" ? code : 1005,
    reason: typeof reason === "string" ? reason : "",
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a parsed frame is an event: an object with a `type`. */
export function isWireEvent(value: unknown): value is WireEvent & UnknownEvent {
  return isObject(value) && typeof value.type === "string";
}
