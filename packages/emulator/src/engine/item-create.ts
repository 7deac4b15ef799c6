import { audioFormats, base64ToBytes, decodeAudio } from "@duologue/audio";
import type { Item, ServerItem } from "@duologue/protocol";
import type { CommandOf } from "../wire/command.ts";
import { fieldRefusal, type Refusal, refusal } from "../wire/refusal.ts";
import { findItem, insertItem } from "./conversation.ts";
import { type Draft, freshId } from "./draft.ts";
import type { EngineState, ItemAudio, StoredItem } from "./engine-state.ts";
import { itemBytes } from "./held-bytes.ts";
import { byteLimit, itemLimit } from "./limits.ts";
import { answerApproval, isAwaited } from "./mcp-call.ts";
import { type SampleChain, withSamples } from "./sample-chain.ts";

/** `conversation.item.create`: at the end, at the beginning (`root`), or behind the item that is named. */
export function createItem(
  draft: Draft,
  command: CommandOf<"conversation.item.create">,
): Refusal | undefined {
  const { conversation } = draft.state;
  const { item, previous_item_id: previous } = command;
  let index = conversation.length;
  if (previous === "root") index = 0;
  else if (previous) {
    index = conversation.findLastIndex((stored) => stored.item.id === previous) + 1;
    if (index === 0) {
      const message = `Error creating item: the previous item with id '${previous}' does not exist.`;
      return refusal("item_create_invalid_previous_item_id", message);
    }
  }
  const made = storedItem(draft.state, item, item.id || freshId(draft, "item"), "item");
  if ("refused" in made) return made.refused;
  if (item.type === "function_call_output" && !hasCall(draft.state, item.call_id)) {
    const message = `Tool call ID '${item.call_id}' not found in conversation.`;
    return refusal("invalid_tool_call_id", message);
  }
  if (item.type === "mcp_approval_response" && !isAwaited(draft, item.approval_request_id)) {
    const message = `Error creating item: no approval request with id '${item.approval_request_id}' waits for an answer.`;
    return refusal("item_create_invalid_approval_request_id", message);
  }
  const limited = itemLimit(draft) ?? byteLimit(draft, itemBytes(made.stored));
  if (limited !== undefined) return limited;
  const { id } = made.stored.item;
  const namesItself =
    !previous && draft.settings.unsettled.duplicatesNameThemselves && findItem(draft.state, id) !== undefined;
  insertItem(draft, made.stored, index, namesItself ? id : undefined);
  if (item.type === "mcp_approval_response") answerApproval(draft, item);
  return undefined;
}

/**
 * An item of the client as the conversation keeps it: with an id and a status, its sound apart from it. `path` is its
 * place in the event, for the refusal of what cannot be kept.
 */
export function storedItem(
  state: EngineState,
  given: Item,
  id: string,
  path: string,
): { readonly stored: StoredItem } | { readonly refused: Refusal } {
  switch (given.type) {
    case "message":
      return storedMessage(state, given, id, path);
    case "function_call": {
      const { type, name, call_id = id, arguments: text } = given;
      return { stored: { item: { id, type, status: "completed", name, call_id, arguments: text } } };
    }
    case "function_call_output": {
      const { type, call_id, output } = given;
      return { stored: { item: { id, type, call_id, output } } };
    }
    case "mcp_approval_response": {
      const { type, approval_request_id, approve, reason = null } = given;
      return { stored: { item: { id, type, approval_request_id, approve, reason } } };
    }
    default: {
      const message = `Items of type '${given.type}' are made by the service alone.`;
      return { refused: fieldRefusal("invalid_value", `${path}.type`, message) };
    }
  }
}

function storedMessage(
  state: EngineState,
  given: Extract<Item, { type: "message" }>,
  id: string,
  path: string,
): { readonly stored: StoredItem } | { readonly refused: Refusal } {
  const head = { id, type: "message", status: "completed" } as const;
  if (given.role !== "user") {
    // Narrows the union of two roles, each with its own content, to one of them at a time.
    const item: ServerItem =
      given.role === "system"
        ? { ...head, role: "system", content: given.content }
        : { ...head, role: "assistant", content: given.content };
    return { stored: { item } };
  }
  const format = state.session.audio.input.format.type;
  const content: typeof given.content = [];
  let samples: SampleChain;
  const partSamples: number[] = [];
  let heard = "";
  for (const [index, part] of given.content.entries()) {
    if (part.type !== "input_audio") {
      content.push(part);
      continue;
    }
    const at = `${path}.content[${index}].audio`;
    let bytes: Uint8Array;
    try {
      bytes = base64ToBytes(part.audio ?? "");
    } catch {
      const message = `Invalid '${at}'. Expected base64-encoded audio bytes, but got an invalid value.`;
      return { refused: fieldRefusal("invalid_value", at, message) };
    }
    if (bytes.length % audioFormats[format].bytesPerSample !== 0) {
      const message = `Invalid '${at}'. Expected whole samples of 16 bits, but got an odd number of bytes.`;
      return { refused: fieldRefusal("invalid_value", at, message) };
    }
    const sound = decodeAudio(audioFormats[format], bytes);
    samples = withSamples(samples, sound);
    partSamples.push(sound.length);
    heard += part.transcript ?? "";
    content.push({ type: "input_audio", transcript: part.transcript ?? null });
  }
  const audio: ItemAudio = { format, samples };
  const item: ServerItem = { ...head, role: "user", content };
  return { stored: samples === undefined ? { item } : { item, audio, heard, partSamples } };
}

function hasCall(state: EngineState, callId: string): boolean {
  return state.conversation.some(({ item }) => item.type === "function_call" && item.call_id === callId);
}
