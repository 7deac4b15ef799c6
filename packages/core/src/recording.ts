import type { UnknownEvent, WireEvent } from "@duologue/protocol";
import type { Entry, LocalEvent } from "./entry.ts";
import { RealtimeError } from "./error.ts";
import { redacted } from "./redacted.ts";

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

/** A recording, read. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly entries: readonly Entry[];
  /** The line of each entry, counted from 1: `lines[i]` belongs to `entries[i]`. */
  readonly lines: readonly number[];
  /** What could not be read; everything else is in `entries`. */
  readonly problems: readonly RecordingProblem[];
}

/** The header line of a new recording, without a line break. */
export function recordingHeader(protocol: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ duologue: formatVersion, protocol, ...fields });
}

/** One entry as a line, without a line break. Secrets in it are replaced; see `redacted`. */
export function recordingLine({ at, from, event }: Entry): string {
  if (from !== "local") return JSON.stringify({ t: at, from, event: redacted(event) });
  switch (event.type) {
    case "frame.undecodable":
      return JSON.stringify({ t: at, from: event.from, text: event.text, reason: event.reason });
    case "link.opened":
    case "link.closed": {
      const { type, ...fields } = event;
      return JSON.stringify({ t: at, from: "link", [type === "link.opened" ? "opened" : "closed"]: fields });
    }
    default:
      return JSON.stringify({ t: at, from, event });
  }
}

/**
 * Reads a recording. Throws `bad_recording` when the first line is no header that this version reads; any other
 * line that cannot be read, such as a last one that was cut, becomes a problem and costs nothing else.
 */
export function readRecording(text: string): Recording {
  const lines = text.split("\n");
  const header = readHeader(lines[0] ?? "");
  const entries: Entry[] = [];
  const places: number[] = [];
  const problems: RecordingProblem[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const entry = readLine(line);
    if (typeof entry === "string") {
      const cut = index === lines.length - 1 ? ": the recording ends in the middle of this line" : "";
      problems.push({ line: index + 1, message: entry + cut, text: line });
    } else {
      entries.push(entry);
      places.push(index + 1);
    }
  }
  return { header, entries, lines: places, problems };
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
