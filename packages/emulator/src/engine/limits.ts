import { audioFormats } from "@duologue/audio";
import { type Refusal, refusal } from "../wire/refusal.ts";
import type { Draft } from "./draft.ts";
import type { StoredItem } from "./engine-state.ts";
import { heldBytes } from "./held-bytes.ts";
import { sampleCountOf } from "./sample-chain.ts";

/** The code of what is refused because a session is as large as it may be. */
const limitCode = "limit_exceeded";

/** Refuses another item where the conversation has as many as it may have. */
export function itemLimit({ state, settings }: Draft): Refusal | undefined {
  const { maxItems } = settings;
  if (state.conversation.length < maxItems) return undefined;
  const message = `The conversation has ${maxItems} items, as many as this emulator keeps. Delete some, or begin another session.`;
  return refusal(limitCode, message);
}

/** Refuses more sound or words where the session holds as much as it may hold. */
export function byteLimit({ state, settings }: Draft, bytes: number): Refusal | undefined {
  const { maxHeldBytes } = settings;
  if (heldBytes(state) + bytes <= maxHeldBytes) return undefined;
  const message = `The session holds as much sound and text as this emulator keeps: ${maxHeldBytes} bytes. Delete items or clear the input audio buffer, or begin another session.`;
  return refusal(limitCode, message);
}

/**
 * Refuses another response where as many run as may, or where there is no room for what it says. One out of band adds
 * nothing to the conversation.
 */
export function responseLimit(
  draft: Draft,
  { outOfBand }: { readonly outOfBand: boolean },
): Refusal | undefined {
  const { maxResponses } = draft.settings;
  if (draft.state.responses.length >= maxResponses) {
    const message = `${maxResponses} responses are in progress, as many as this emulator runs at once. Wait until one is finished.`;
    return refusal(limitCode, message);
  }
  return (outOfBand ? undefined : itemLimit(draft)) ?? byteLimit(draft, 0);
}

/** More sound than this is not sent in one event, for which every session would wait. */
const mostRetrievedBytes = 8 * 1024 * 1024;

/** Refuses to send all the sound of an item that is too long for one event. */
export function retrievalLimit({ audio }: StoredItem): Refusal | undefined {
  if (audio === undefined) return undefined;
  const bytes = sampleCountOf(audio.samples) * audioFormats[audio.format].bytesPerSample;
  if (bytes <= mostRetrievedBytes) return undefined;
  const message = `The item has ${bytes} bytes of sound, and this emulator sends at most ${mostRetrievedBytes} of them in one event.`;
  return refusal(limitCode, message);
}

/** Refuses more MCP servers where the session knows as many as it may know. */
export function serverLimit({ state, settings }: Draft, labels: readonly string[]): Refusal | undefined {
  const { maxMcpServers } = settings;
  const known = state.mcp.servers.map(({ definition }) => definition.server_label);
  if (new Set([...known, ...labels]).size <= maxMcpServers) return undefined;
  const message = `The session names more than ${maxMcpServers} MCP servers, as many as this emulator keeps.`;
  return refusal(limitCode, message);
}
