import type { Entry, LocalEvent } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { type ConversationState, initialState, reduce } from "../src/index.ts";

export type LogEntry = Entry<ClientEvent, ServerEvent>;

/** A server event; the tests write the fields that matter. */
export function server(type: string, fields: Record<string, unknown> = {}): LogEntry {
  return { at: 0, from: "server", event: { type, event_id: "event_0", ...fields } };
}

export function client(event: ClientEvent): LogEntry {
  return { at: 0, from: "client", event };
}

export function local(event: LocalEvent): LogEntry {
  return { at: 0, from: "local", event };
}

export const opened = local({ type: "link.opened", transport: "memory", audio: "events" });

/** Folds entries over a state. */
export function fold(
  entries: readonly LogEntry[],
  from: ConversationState = initialState,
): ConversationState {
  return entries.reduce(reduce, from);
}

const usage = {
  total_tokens: 30,
  input_tokens: 10,
  output_tokens: 20,
  input_token_details: { text_tokens: 10, audio_tokens: 0, image_tokens: 0, cached_tokens: 0 },
  output_token_details: { text_tokens: 5, audio_tokens: 15 },
};

/** `ms` milliseconds of silence at 24 kHz, as a delta carries it. */
export function silence(ms: number): string {
  return Buffer.alloc(ms * 48).toString("base64");
}

/** An item of an answer as the wire has it. */
export function assistant(id: string, status: string, content: unknown[] = []): Record<string, unknown> {
  return { id, type: "message", role: "assistant", status, content };
}

/** Where a piece of an answer belongs. */
export const at = (response: string, item: string) => ({
  response_id: response,
  item_id: item,
  output_index: 0,
  content_index: 0,
});

/** The beginning of a spoken answer: a response, its item behind `previous`, and the first content part. */
export function answerBegins(response: string, item: string, previous: string | null): LogEntry[] {
  const shell = assistant(item, "in_progress");
  return [
    server("response.created", {
      response: { id: response, status: "in_progress", output: [], conversation_id: "c" },
    }),
    server("response.output_item.added", { response_id: response, output_index: 0, item: shell }),
    server("conversation.item.added", { previous_item_id: previous, item: shell }),
    server("response.content_part.added", { ...at(response, item), part: { type: "audio", transcript: "" } }),
  ];
}

/** Words and as many milliseconds of sound. */
export function spoken(response: string, item: string, words: string, ms: number): LogEntry[] {
  return [
    server("response.output_audio_transcript.delta", { ...at(response, item), delta: words }),
    server("response.output_audio.delta", { ...at(response, item), delta: silence(ms) }),
  ];
}

/** The end of a spoken answer. */
export function answerEnds(
  response: string,
  item: string,
  previous: string | null,
  transcript: string,
  status = "completed",
): LogEntry[] {
  const itemStatus = status === "completed" ? "completed" : "incomplete";
  const whole = assistant(item, itemStatus, [{ type: "output_audio", transcript }]);
  const details =
    status === "completed"
      ? null
      : { type: status, reason: status === "cancelled" ? "turn_detected" : undefined };
  return [
    server("response.output_audio.done", at(response, item)),
    server("response.output_audio_transcript.done", { ...at(response, item), transcript }),
    server("response.content_part.done", { ...at(response, item), part: { type: "audio", transcript } }),
    server("conversation.item.done", { previous_item_id: previous, item: whole }),
    server("response.output_item.done", { response_id: response, output_index: 0, item: whole }),
    server("response.done", {
      response: {
        id: response,
        status,
        status_details: details,
        output: [whole],
        conversation_id: "c",
        usage,
      },
    }),
    server("rate_limits.updated", {
      rate_limits: [{ name: "tokens", limit: 100, remaining: 70, reset_seconds: 1 }],
    }),
  ];
}

/** A user turn that the server's ear took, with its transcript. */
export function heard(item: string, previous: string | null, transcript: string): LogEntry[] {
  const shape = {
    id: item,
    type: "message",
    role: "user",
    status: "completed",
    content: [{ type: "input_audio", transcript: null }],
  };
  return [
    server("input_audio_buffer.speech_started", { item_id: item, audio_start_ms: 0 }),
    server("input_audio_buffer.speech_stopped", { item_id: item, audio_end_ms: 900 }),
    server("input_audio_buffer.committed", { item_id: item, previous_item_id: previous }),
    server("conversation.item.added", { previous_item_id: previous, item: shape }),
    server("conversation.item.done", { previous_item_id: previous, item: shape }),
    server("conversation.item.input_audio_transcription.delta", {
      item_id: item,
      content_index: 0,
      delta: transcript,
    }),
    server("conversation.item.input_audio_transcription.completed", {
      item_id: item,
      content_index: 0,
      transcript,
      usage: { type: "tokens", total_tokens: 3, input_tokens: 2, output_tokens: 1 },
    }),
  ];
}

/** A function call as the only item of a completed response. */
export function called(response: string, item: string, callId: string, previous: string | null): LogEntry[] {
  const shell = (status: string, json: string) => ({
    id: item,
    type: "function_call",
    status,
    name: "get_weather",
    call_id: callId,
    arguments: json,
  });
  const json = '{"city":"Lisbon"}';
  const place = { response_id: response, item_id: item, output_index: 0, call_id: callId };
  return [
    server("response.created", {
      response: { id: response, status: "in_progress", output: [], conversation_id: "c" },
    }),
    server("response.output_item.added", {
      response_id: response,
      output_index: 0,
      item: shell("in_progress", ""),
    }),
    server("conversation.item.added", { previous_item_id: previous, item: shell("in_progress", "") }),
    server("response.function_call_arguments.delta", { ...place, delta: '{"city":' }),
    server("response.function_call_arguments.delta", { ...place, delta: '"Lisbon"}' }),
    server("response.function_call_arguments.done", { ...place, name: "get_weather", arguments: json }),
    server("conversation.item.done", { previous_item_id: null, item: shell("completed", json) }),
    server("response.output_item.done", {
      response_id: response,
      output_index: 0,
      item: shell("completed", json),
    }),
    server("response.done", {
      response: {
        id: response,
        status: "completed",
        status_details: null,
        output: [shell("completed", json)],
        conversation_id: "c",
        usage,
      },
    }),
  ];
}

export function toolOutput(callId: string, output = "sunny"): LogEntry {
  return client({
    type: "conversation.item.create",
    item: { type: "function_call_output", call_id: callId, output },
  });
}
