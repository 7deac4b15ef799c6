import type * as official from "openai/resources/realtime/realtime";
import {
  type AudioFormat,
  type ClientEvent,
  type ClientEventOf,
  type ErrorCode,
  encode,
  type Item,
  openaiRealtime,
  type Protocol,
  type ServerEvent,
  type ServerEventOf,
  type ServerItem,
  type SessionConfig,
} from "../src/index.ts";
import type { Same } from "./same.ts";

/** The unions hold exactly the events that the official ones hold. */
export const clientTypes: Same<ClientEvent["type"], official.RealtimeClientEvent["type"]> = true;
export const serverTypes: Same<ServerEvent["type"], official.RealtimeServerEvent["type"]> = true;
export const itemTypes: Same<Item["type"], official.ConversationItem["type"]> = true;

/** Narrowing by `type`, then by `role`. */
export function spokenText(event: ServerEvent): string | null | undefined {
  if (event.type !== "conversation.item.done") return undefined;
  const { item } = event;
  const id: string = item.id;
  if (item.type !== "message" || item.role !== "assistant") return id;
  const [part] = item.content;
  return part?.type === "output_audio" ? part.transcript : part?.text;
}

/** An event by its type alone. */
export const delta: Same<ServerEventOf<"response.output_audio.delta">["delta"], string> = true;
export const cancel: Same<ClientEventOf<"response.cancel">["type"], "response.cancel"> = true;

/** What a service reports can be sent back as history. */
export function history(item: ServerItem): ClientEvent {
  return { type: "conversation.item.create", item };
}

/** A JSON Schema of any origin fits a tool's parameters, interfaces included. */
interface SomeSchema {
  readonly type: "object";
}
export function tools(parameters: SomeSchema): SessionConfig {
  return { type: "realtime", tools: [{ type: "function", name: "look", parameters }] };
}

/** Names that are not known are taken; misspelt grammar is not. */
export const config: SessionConfig = {
  type: "realtime",
  model: "a-model-of-tomorrow",
  reasoning: { effort: "max" },
};
// @ts-expect-error: a modality is part of the protocol's grammar
export const misspelt: SessionConfig = { type: "realtime", output_modalities: ["sound"] };
// @ts-expect-error: other sample rates are refused by the service
export const slow: AudioFormat = { type: "audio/pcm", rate: 16000 };
// @ts-expect-error: the item is missing
encode({ type: "conversation.item.create" } satisfies ClientEvent);

export const protocol: Protocol<ClientEvent, ServerEvent> = openaiRealtime;
export const code: ErrorCode = "session_expired";
