import type { RealtimeResponse, ServerItem } from "@duologue/protocol";
import type { SessionScript } from "./session-script.ts";
import { silence, someWords } from "./words.ts";

/** How a response ends before it is complete. */
export type Breakage = Extract<RealtimeResponse["status"], "cancelled" | "incomplete" | "failed">;

/** A response while it is being made. */
export interface Answer {
  readonly id: string;
  readonly outOfBand: boolean;
  readonly metadata: { [name: string]: string } | null;
  readonly output: ServerItem[];
}

/** One message of a response while it is being made. */
export interface Message {
  readonly id: string;
  readonly index: number;
  readonly previous: string | null;
  readonly sound: boolean;
  text: string;
}

/** Begins a response. */
export function answerBegins(
  script: SessionScript,
  outOfBand = false,
  metadata: { [name: string]: string } | null = null,
): Answer {
  const answer: Answer = { id: script.id("resp"), outOfBand, metadata, output: [] };
  script.responses.set(answer.id, { id: answer.id, status: "in_progress", outOfBand });
  script.server({ type: "response.created", response: wireResponse(answer, "in_progress") });
  return answer;
}

/** Begins a message of a response, empty. */
export function messageBegins(script: SessionScript, answer: Answer): Message {
  const id = script.id("item");
  const index = answer.output.length;
  const item: ServerItem = { id, type: "message", role: "assistant", status: "in_progress", content: [] };
  const previous = itemBegins(script, answer, item);
  const sound = script.modality === "audio" && !answer.outOfBand;
  script.server({
    type: "response.content_part.added",
    ...placeOf(answer, { id, index }),
    part: sound ? { type: "audio", transcript: "" } : { type: "text", text: "" },
  });
  return { id, index, previous, sound, text: "" };
}

/** Says some words of a message; where they sound, with 200 ms of it. */
export function says(script: SessionScript, answer: Answer, message: Message, words: string): void {
  const place = placeOf(answer, message);
  message.text += words;
  if (!message.sound) {
    script.server({ type: "response.output_text.delta", ...place, delta: words });
    return;
  }
  script.server({ type: "response.output_audio_transcript.delta", ...place, delta: words });
  script.server({ type: "response.output_audio.delta", ...place, delta: silence(200) });
}

/** Ends a message, complete or not. */
export function messageEnds(script: SessionScript, answer: Answer, message: Message, whole = true): void {
  const place = placeOf(answer, message);
  const { id, text, sound } = message;
  if (sound) {
    script.server({ type: "response.output_audio.done", ...place });
    script.server({ type: "response.output_audio_transcript.done", ...place, transcript: text });
  } else {
    script.server({ type: "response.output_text.done", ...place, text });
  }
  script.server({
    type: "response.content_part.done",
    ...place,
    part: sound ? { type: "audio", transcript: text } : { type: "text", text },
  });
  const status = whole ? "completed" : "incomplete";
  itemEnds(script, answer, message, {
    id,
    type: "message",
    role: "assistant",
    status,
    content: [sound ? { type: "output_audio", transcript: text } : { type: "output_text", text }],
  });
  script.items.set(id, { id, type: "message", role: "assistant", status, text, response: answer.id });
}

/** A function call from its beginning to its end. Returns its call id. */
export function calls(script: SessionScript, answer: Answer): string {
  const id = script.id("item");
  const callId = script.id("call");
  const json = JSON.stringify({ city: someWords(script.choose).join("") });
  const call = { id, type: "function_call", name: "get_weather", call_id: callId } as const;
  const index = answer.output.length;
  const previous = itemBegins(script, answer, { ...call, status: "in_progress", arguments: "" });
  const place = { response_id: answer.id, item_id: id, output_index: index, call_id: callId };
  const half = Math.floor(json.length / 2);
  for (const delta of [json.slice(0, half), json.slice(half)]) {
    script.server({ type: "response.function_call_arguments.delta", ...place, delta });
  }
  script.server({
    type: "response.function_call_arguments.done",
    ...place,
    name: call.name,
    arguments: json,
  });
  itemEnds(script, answer, { index, previous }, { ...call, status: "completed", arguments: json });
  script.items.set(id, { id, type: "function_call", status: "completed", text: json, response: answer.id });
  return callId;
}

/** Ends a response, and reports what it cost. */
export function answerEnds(
  script: SessionScript,
  answer: Answer,
  status: "completed" | Breakage,
  reason?: string,
): void {
  script.responses.set(answer.id, { id: answer.id, status, outOfBand: answer.outOfBand });
  script.totalTokens += 30;
  script.server({
    type: "response.done",
    response: {
      ...wireResponse(answer, status),
      status_details: status === "completed" ? null : { type: status, ...detailsOf(status, reason) },
      usage: {
        total_tokens: 30,
        input_tokens: 10,
        output_tokens: 20,
        input_token_details: { text_tokens: 10, audio_tokens: 0, image_tokens: 0, cached_tokens: 0 },
        output_token_details: { text_tokens: 5, audio_tokens: 15 },
      },
    },
  });
  if (script.perhaps()) {
    const remaining = 40_000 - script.totalTokens;
    script.server({
      type: "rate_limits.updated",
      rate_limits: [{ name: "tokens", limit: 40_000, remaining, reset_seconds: 0.5 }],
    });
  }
}

function detailsOf(status: Breakage, reason: string | undefined) {
  if (status !== "failed") return { reason: reason ?? "max_output_tokens" };
  return { error: { type: "server_error", code: "server_error", message: "It did not work out." } };
}

export function itemBegins(script: SessionScript, answer: Answer, item: ServerItem): string | null {
  const place = { response_id: answer.id, output_index: answer.output.length };
  script.server({ type: "response.output_item.added", ...place, item });
  if (!answer.outOfBand) return script.add(item);
  script.outside.push(item.id);
  return null;
}

export function itemEnds(
  script: SessionScript,
  answer: Answer,
  { index, previous }: Pick<Message, "index" | "previous">,
  item: ServerItem,
): void {
  if (!answer.outOfBand) {
    script.server({ type: "conversation.item.done", previous_item_id: previous, item });
  }
  script.server({ type: "response.output_item.done", response_id: answer.id, output_index: index, item });
  answer.output.push(item);
}

function placeOf(answer: Answer, { id, index }: Pick<Message, "id" | "index">) {
  return { response_id: answer.id, item_id: id, output_index: index, content_index: 0 };
}

function wireResponse(answer: Answer, status: RealtimeResponse["status"]): RealtimeResponse {
  return {
    id: answer.id,
    object: "realtime.response",
    status,
    status_details: null,
    output: [...answer.output],
    conversation_id: answer.outOfBand ? null : "conv_1",
    usage: null,
    metadata: answer.metadata,
  };
}
