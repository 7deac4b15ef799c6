import {
  type AzureClientEvent,
  type AzureServerEvent,
  azure,
  beta,
  type Dialect,
  dialect,
  upcast,
  type XaiClientEvent,
  type XaiForceMessageItem,
  type XaiServerEvent,
  xai,
} from "../../src/dialects.ts";
import {
  type ClientEvent,
  isServerEvent,
  openaiRealtime,
  type Protocol,
  type ServerEvent,
} from "../../src/index.ts";
import type { Same } from "../same.ts";

export const grok: Protocol<ClientEvent | XaiClientEvent, ServerEvent | XaiServerEvent> = dialect(
  openaiRealtime,
  xai,
);
export const voiceLive: Protocol<ClientEvent | AzureClientEvent, ServerEvent | AzureServerEvent> = dialect(
  openaiRealtime,
  azure,
);
/** A dialect without events of its own is the protocol itself. */
export const old: Protocol<ClientEvent, ServerEvent> = dialect(openaiRealtime, beta);

/** Nothing of a dialect is an event of the core. */
export const ofXai: Same<Extract<ServerEvent["type"], XaiServerEvent["type"]>, never> = true;
export const ofAzure: Same<Extract<ServerEvent["type"], AzureServerEvent["type"]>, never> = true;
export const commands: Same<
  Extract<ClientEvent["type"], (AzureClientEvent | XaiClientEvent)["type"]>,
  never
> = true;

/** The events of a dialect are told apart like all others. */
export function transcript(text: string): string | undefined {
  const decoded = grok.decode(text);
  if (decoded.kind !== "known") return undefined;
  const { event } = decoded;
  if (event.type === "conversation.item.input_audio_transcription.updated") return event.transcript;
  return event.type === "response.output_text.delta" ? event.delta : undefined;
}

/** What was turned into today's form can be asked what it is. */
export function delta(event: ServerEvent): string | undefined {
  const today = upcast(event);
  return isServerEvent(today) && today.type === "response.output_audio.delta" ? today.delta : undefined;
}

export const said: XaiForceMessageItem = {
  type: "force_message",
  role: "assistant",
  content: [{ type: "output_text", text: "Hello!" }],
};

// @ts-expect-error: a dialect names every event of its own
export const forgetful: Dialect<AzureClientEvent, never> = { ...beta, clientEvents: {} };
// @ts-expect-error: a command of one dialect is none of another
grok.issuesOf({ type: "session.avatar.connect", client_sdp: "v=0" });
