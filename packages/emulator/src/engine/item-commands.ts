import type { ServerItem } from "@duologue/protocol";
import type { CommandOf } from "../wire/command.ts";
import { type Refusal, refusal } from "../wire/refusal.ts";
import { findItem, replaceItem } from "./conversation.ts";
import { change, type Draft, send } from "./draft.ts";
import type { StoredItem } from "./engine-state.ts";
import { base64Of, cutAudio, durationMsOf } from "./item-audio.ts";
import { withoutWords } from "./response-output.ts";

/** `conversation.item.delete` */
export function deleteItem(
  draft: Draft,
  command: CommandOf<"conversation.item.delete">,
): Refusal | undefined {
  const { item_id } = command;
  const { conversation } = draft.state;
  const index = conversation.findLastIndex(({ item }) => item.id === item_id);
  if (index === -1) return unknownItem("delete", "deleting", item_id);
  change(draft, { conversation: conversation.toSpliced(index, 1) });
  send(draft, { type: "conversation.item.deleted", item_id });
  return undefined;
}

/** `conversation.item.retrieve`: the only answer that carries an item's sound. */
export function retrieveItem(
  draft: Draft,
  command: CommandOf<"conversation.item.retrieve">,
): Refusal | undefined {
  const { item_id } = command;
  const stored = findItem(draft.state, item_id);
  if (stored === undefined) return unknownItem("retrieve", "retrieving", item_id);
  send(draft, { type: "conversation.item.retrieved", item: withSound(stored) });
  return undefined;
}

/**
 * `conversation.item.truncate`: judged by the audio that was generated, whether or not it was played. The item loses
 * the rest of its sound, and all of its words.
 */
export function truncateItem(
  draft: Draft,
  command: CommandOf<"conversation.item.truncate">,
): Refusal | undefined {
  const { item_id, content_index, audio_end_ms } = command;
  const stored = findItem(draft.state, item_id);
  if (stored === undefined) return unknownItem("truncate", "truncating", item_id);
  const { item, audio } = stored;
  const isSpeech = item.type === "message" && item.role === "assistant" && content_index === 0;
  if (!isSpeech || audio === undefined) {
    return refusal("unsupported_content_type", "Only model output audio messages can be truncated");
  }
  const generatedMs = Math.floor(durationMsOf(audio));
  if (audio_end_ms > generatedMs) {
    const message = `Audio content of ${generatedMs}ms is already shorter than ${audio_end_ms}ms`;
    return refusal("invalid_value", message);
  }
  const cut = cutAudio(audio, audio_end_ms);
  const open = item.status === "in_progress";
  replaceItem(draft, { ...stored, item: open ? item : withoutWords(item), audio: cut, truncated: true });
  send(draft, { type: "conversation.item.truncated", item_id, content_index, audio_end_ms });
  return undefined;
}

function withSound({ item, audio }: StoredItem): ServerItem {
  if (audio === undefined || item.type !== "message") return item;
  const sound = { audio: base64Of(audio) };
  if (item.role === "user") {
    const content = item.content.map((part) => (part.type === "input_audio" ? { ...part, ...sound } : part));
    return { ...item, content };
  }
  if (item.role !== "assistant") return item;
  const content = item.content.map((part) => (part.type === "output_audio" ? { ...part, ...sound } : part));
  return { ...item, content };
}

function unknownItem(verb: string, doing: string, itemId: string): Refusal {
  const message = `Error ${doing} item: the item with id '${itemId}' does not exist.`;
  return refusal(`item_${verb}_invalid_item_id`, message);
}
