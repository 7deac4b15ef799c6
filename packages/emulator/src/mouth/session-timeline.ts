import type { Clock } from "@duologue/core";
import type { EmulatedEvent } from "../engine/engine-output.ts";
import { isObject } from "../wire/shape.ts";
import type { SessionObserver } from "./live-session.ts";

/** One event, or a run of the same one. */
export interface Mark {
  /** Milliseconds since the session opened. */
  readonly atMs: number;
  /** When the last one of a run came. */
  readonly untilMs: number;
  readonly from: "server" | "client";
  readonly type: string;
  /** How many events it stands for. */
  readonly count: number;
  /** The words, the name or the message that matters in it. */
  readonly note?: string;
}

/** How many frames and bytes went one way. */
export interface Traffic {
  readonly frames: number;
  readonly bytes: number;
}

/** What happened in a session so far. */
export interface SessionTimeline {
  /** The newest marks, oldest first. */
  readonly marks: readonly Mark[];
  /** How many older marks were let go. */
  readonly forgotten: number;
  readonly sent: Traffic;
  readonly received: Traffic;
  /** How many responses are under way, and how many ended in which way. */
  readonly responses: Readonly<Record<"in_progress" | ResponseEnd, number>>;
  readonly errors: number;
  /** Why it ended, and when. */
  readonly ended?: { readonly atMs: number; readonly code: number; readonly reason: string };
}

type ResponseEnd = "completed" | "cancelled" | "failed" | "incomplete";

const mostMarks = 400;
const longestNote = 240;
/** Frames of more characters are sound, whose words nobody wants to read. */
const longestReadFrame = 16_384;
/** After such a pause a run of the same event is told as two. */
const pauseMs = 1_000;

/** Watches a session and keeps what a person wants to see of it, within bounds. `onChange` is told of every change. */
export function sessionTimeline(
  clock: Clock,
  onChange: () => void,
): { readonly observer: SessionObserver; readonly timeline: SessionTimeline } {
  const startMs = clock.now();
  const marks: { -readonly [K in keyof Mark]: Mark[K] }[] = [];
  const runs = {
    server: new Map<string, (typeof marks)[number]>(),
    client: new Map<string, (typeof marks)[number]>(),
  };
  const sent = { frames: 0, bytes: 0 };
  const received = { frames: 0, bytes: 0 };
  const responses = { in_progress: 0, completed: 0, cancelled: 0, failed: 0, incomplete: 0 };
  const timeline = {
    marks,
    forgotten: 0,
    sent,
    received,
    responses,
    errors: 0,
  };

  function mark(from: "server" | "client", type: string, note: string | undefined): void {
    const atMs = Math.round(clock.now() - startMs);
    const isRun = type.endsWith(".delta") || type.endsWith(".append");
    if (!isRun) runs[from].clear();
    const run = runs[from].get(type);
    if (run !== undefined && atMs - run.untilMs < pauseMs) {
      run.count++;
      run.untilMs = atMs;
    } else {
      const made = {
        atMs,
        untilMs: atMs,
        from,
        type,
        count: 1,
        ...(note && { note: note.slice(0, longestNote) }),
      };
      marks.push(made);
      if (isRun) runs[from].set(type, made);
      if (marks.length > mostMarks) timeline.forgotten += marks.splice(0, mostMarks / 4).length;
    }
    onChange();
  }

  return {
    timeline,
    observer: {
      server(frame, event) {
        sent.frames++;
        sent.bytes += frame.length;
        if (event?.type === "response.created") responses.in_progress++;
        if (event?.type === "response.done") {
          responses.in_progress--;
          const { status } = event.response;
          if (status !== undefined && status in responses) responses[status]++;
        }
        if (event?.type === "error") timeline.errors++;
        mark("server", event?.type ?? "a broken frame", event && noteOf(event));
      },
      client(frame) {
        received.frames++;
        received.bytes += frame.length;
        const { type, note } = clientEvent(frame);
        mark("client", type, note);
      },
      closed(code, reason) {
        Object.assign(timeline, { ended: { atMs: Math.round(clock.now() - startMs), code, reason } });
        onChange();
      },
    },
  };
}

function noteOf(event: EmulatedEvent): string | undefined {
  switch (event.type) {
    case "error":
      return event.error.message;
    case "response.output_audio_transcript.done":
    case "conversation.item.input_audio_transcription.completed":
      return event.transcript;
    case "response.output_text.done":
      return event.text;
    case "response.function_call_arguments.done":
      return `${event.name}(${event.arguments})`;
    case "response.done":
      return event.response.status;
    case "input_audio_buffer.dtmf_event_received":
      return event.event;
    default:
      return undefined;
  }
}

function clientEvent(frame: string): { readonly type: string; readonly note?: string } {
  if (frame.length > longestReadFrame) {
    return { type: /"type"\s*:\s*"([\w.]{1,80})"/.exec(frame.slice(0, 300))?.[1] ?? "a long frame" };
  }
  let event: unknown;
  try {
    event = JSON.parse(frame);
  } catch {
    return { type: "not JSON", note: frame };
  }
  if (!isObject(event) || typeof event.type !== "string") return { type: "not an event", note: frame };
  const note = wordsOf(event.item);
  return { type: event.type.slice(0, 80), ...(note !== undefined && { note }) };
}

/** What an item says or gives back. */
function wordsOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  if (typeof item.output === "string") return item.output;
  const parts: readonly unknown[] = Array.isArray(item.content) ? item.content : [];
  const words = parts.flatMap((part) => (isObject(part) && typeof part.text === "string" ? [part.text] : []));
  return words.length === 0 ? undefined : words.join(" ");
}
