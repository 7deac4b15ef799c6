import OpenAI from "openai";
import type { OpenAIRealtimeEmitter } from "openai/realtime/internal-base";
import type { ConversationItemCreateEvent, RealtimeServerEvent } from "openai/resources/realtime/realtime";
import { type EventLog, eventLog } from "./event-log.ts";
import { key, type Service } from "./service.ts";

/** The official client, aimed at the emulator. */
export function openaiOf({ baseUrl }: Service, apiKey = key): OpenAI {
  return new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0 });
}

/** Writes down what a connection of the official client is told, and the errors that it makes of it. */
export function listenedTo(
  realtime: OpenAIRealtimeEmitter,
): EventLog<RealtimeServerEvent> & { readonly errors: readonly Error[] } {
  const log = eventLog<RealtimeServerEvent>();
  const errors: Error[] = [];
  realtime.on("event", log.add);
  realtime.on("error", (error) => errors.push(error));
  return Object.assign(log, { errors });
}

/** A message of the user, as the client sends it. */
export function userMessage(text: string): ConversationItemCreateEvent {
  return {
    type: "conversation.item.create",
    item: { type: "message", role: "user", content: [{ type: "input_text", text }] },
  };
}
