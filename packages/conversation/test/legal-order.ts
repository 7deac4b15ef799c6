import type { ServerEvent } from "@duologue/protocol";
import type { LogEntry } from "./wire.ts";

/**
 * Another order in which the same entries may legally arrive. `pick(n)` chooses among `n` entries that may come
 * next. Client and local entries keep their places; between them, server events move as far as the protocol
 * leaves them unordered.
 */
export function legalOrder(entries: readonly LogEntry[], pick: (choices: number) => number): LogEntry[] {
  const result: LogEntry[] = [];
  let run: LogEntry[] = [];
  for (const entry of entries) {
    if (entry.from === "server") {
      run.push(entry);
      continue;
    }
    result.push(...shuffled(run, pick), entry);
    run = [];
  }
  return [...result, ...shuffled(run, pick)];
}

function shuffled(run: readonly LogEntry[], pick: (choices: number) => number): LogEntry[] {
  const facts = run.map((entry) => factsOf(entry.event as ServerEvent));
  const waiting = run.map((_, index) => index);
  const result: LogEntry[] = [];
  while (waiting.length > 0) {
    const free = waiting.filter((index) =>
      waiting.every((other) => other >= index || !mustPrecede(facts[other]!, facts[index]!)),
    );
    const index = free[pick(free.length)]!;
    waiting.splice(waiting.indexOf(index), 1);
    result.push(run[index]!);
  }
  return result;
}

/** What an event belongs to, as far as its place depends on it. */
interface Facts {
  readonly type: string;
  /** Events of one stream keep their order. */
  readonly stream: string;
  readonly item?: string;
  readonly part?: string;
  readonly response?: string;
}

const conversation = "conversation";

function factsOf(event: ServerEvent): Facts {
  const fields = event as unknown as Record<string, unknown> & {
    item?: { id: string };
    response?: { id: string };
  };
  const item = (fields.item_id as string | undefined) ?? fields.item?.id;
  const response = (fields.response_id as string | undefined) ?? fields.response?.id;
  const part =
    item !== undefined && "content_index" in fields ? `${item}/${fields.content_index}` : undefined;
  const { type } = event;
  return {
    type,
    stream: streamOf(type, item, response),
    ...(item === undefined ? {} : { item }),
    ...(part === undefined ? {} : { part }),
    ...(response === undefined ? {} : { response }),
  };
}

function streamOf(type: string, item: string | undefined, response: string | undefined): string {
  if (type.includes("input_audio_transcription")) return `transcription ${item}`;
  const family = type.replace(/\.(delta|done)$/, "");
  if (/^response\.(output_text|output_audio|output_audio_transcript|function_call_arguments)$/.test(family)) {
    return `${family} ${item}`;
  }
  if (type === "conversation.item.done") return `done ${item}`;
  if (type.startsWith("conversation.") || type.startsWith("input_audio_buffer.")) return conversation;
  if (response !== undefined) return `response ${response}`;
  return type;
}

const begins = (type: string) => type === "conversation.item.added" || type === "response.output_item.added";
const ends = (type: string) => type === "conversation.item.done" || type === "response.output_item.done";

/** Whether `a`, which came first when the session was made, has to come before `b`. */
function mustPrecede(a: Facts, b: Facts): boolean {
  if (a.stream === b.stream) return true;
  if (a.type.startsWith("session.")) return true;
  // A new turn of the user, and a new response, come after what they react to.
  if (b.type === "input_audio_buffer.speech_started" || a.type === "input_audio_buffer.speech_started") {
    return (
      !a.type.includes("transcription") &&
      !b.type.includes("transcription") &&
      a.type !== "rate_limits.updated"
    );
  }
  if (b.type === "response.created") return a.stream === conversation || a.type === "response.done";
  if (a.type === "response.done" && b.type === "rate_limits.updated") return true;
  if (a.response !== undefined && a.response === b.response) {
    if (a.type === "response.created" || b.type === "response.done") return true;
  }
  if (a.item === undefined || a.item !== b.item) return b.type === "response.done" && ends(a.type);
  // The two announcements of an item come in either order, and so do its two ends.
  if (begins(a.type)) return !begins(b.type);
  if (ends(b.type)) return !ends(a.type) && !a.type.includes("transcription");
  if (a.type === "input_audio_buffer.committed") return true;
  if (a.part !== undefined && a.part === b.part) {
    return a.type === "response.content_part.added" || b.type === "response.content_part.done";
  }
  return false;
}
