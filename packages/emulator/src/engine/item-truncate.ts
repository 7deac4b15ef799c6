import type { CommandOf } from "../wire/command.ts";
import { type Refusal, refusal } from "../wire/refusal.ts";
import { findItem, replaceItem, withoutWords } from "./conversation.ts";
import { type Draft, send } from "./draft.ts";
import type { StoredItem } from "./engine-state.ts";
import { cutAudio, durationMsOf } from "./item-audio.ts";
import { unknownItem } from "./unknown-item.ts";

/** Where the sound of an item stands in it. */
const contentIndex = 0;

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
  const isSpeech = item.type === "message" && item.role === "assistant" && content_index === contentIndex;
  if (!isSpeech || audio === undefined) {
    return refusal("unsupported_content_type", "Only model output audio messages can be truncated");
  }
  const generatedMs = Math.floor(durationMsOf(audio));
  if (audio_end_ms > generatedMs) {
    const message = `Audio content of ${generatedMs}ms is already shorter than ${audio_end_ms}ms`;
    return refusal("invalid_value", message);
  }
  truncate(draft, stored, audio_end_ms);
  return undefined;
}

/** Cuts the sound of an item down to its first milliseconds, takes all of its words, and says so. */
export function truncate(draft: Draft, stored: StoredItem, audioEndMs: number): void {
  const { item, audio } = stored;
  if (audio === undefined) return;
  const open = item.type === "message" && item.status === "in_progress";
  const cut = cutAudio(audio, audioEndMs);
  replaceItem(draft, { ...stored, item: open ? item : withoutWords(item), audio: cut, truncated: true });
  send(draft, {
    type: "conversation.item.truncated",
    item_id: item.id,
    content_index: contentIndex,
    audio_end_ms: audioEndMs,
  });
  if (open || !draft.settings.unsettled.repeatsDoneWhenTruncated) return;
  send(draft, { type: "conversation.item.done", previous_item_id: null, item: withoutWords(item) });
}
