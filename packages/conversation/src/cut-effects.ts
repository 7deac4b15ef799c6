import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { PartAudio } from "./content-part.ts";
import { type Cut, cutsOf } from "./cuts.ts";
import type { Effect, Policy } from "./effects.ts";
import type { MessageItem } from "./item.ts";
import { findItem } from "./reduce/items.ts";
import { receivedMs } from "./reduce/playback.ts";
import { endedBy, findResponse } from "./reduce/responses.ts";
import { findSpoken } from "./reduce/spoken-part.ts";
import { isEnded } from "./reduce/wire-item.ts";
import type { ConversationState } from "./state.ts";

/** Tells the server where the user stopped hearing, so that the model knows what it got to say. */
export function cutEffects(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy,
): readonly Effect[] {
  if (after.audio !== "events" || after.link !== "open" || before === after) return [];
  const cuts = cutsOf(before, entry, after).flatMap((cut) => cutCommands(after, cut, policy));
  return [...cuts, ...deletions(before, entry, after, policy)].map((event) => ({ type: "send", event }));
}

/**
 * Where the server is asked to cut a part: `floor(min(heard, received) − margin)`, and not before its beginning.
 * `undefined` where it is not asked, because it has no such item, has no sound of it, or is to delete the item.
 */
export function plannedCutMs(state: ConversationState, cut: Cut, policy: Policy): number | undefined {
  const { item, part } = cut;
  const { heardMs, receivedBytes } = part.audio;
  if (state.link !== "open" || receivedBytes === 0 || !isThere(state, item)) return undefined;
  if (policy.unheard === "delete" && isUnheard(item)) return undefined;
  return Math.max(0, Math.floor(Math.min(heardMs, receivedMs(part.audio)) - policy.truncationMarginMs));
}

function cutCommands(state: ConversationState, cut: Cut, policy: Policy): ClientEvent[] {
  const { item, contentIndex, part } = cut;
  if (part.audio.cutting !== undefined || part.audio.truncatedAtMs !== undefined) return [];
  const audioEndMs = plannedCutMs(state, cut, policy);
  if (audioEndMs === undefined) {
    // A message of several parts is deleted with the first of them.
    const isFirst = item.content.findIndex(({ type }) => type === "output_audio") === contentIndex;
    return isFirst && isToGo(state, item) ? [deletion(item)] : [];
  }
  return [
    {
      type: "conversation.item.truncate",
      event_id: `cut_${item.id}_${contentIndex}`,
      item_id: item.id,
      content_index: contentIndex,
      audio_end_ms: audioEndMs,
    },
  ];
}

/**
 * Whether the server has an item that it can cut: it is in the conversation, and not told to it in words. Some services
 * announce an item as the output of its response alone; it is in the conversation as the response is.
 */
function isThere(state: ConversationState, { id, standing, responseId }: MessageItem): boolean {
  if (standing !== undefined) return false;
  if (state.items.some((item) => item.id === id)) return true;
  const response = findResponse(state, responseId);
  return response?.outOfBand === false;
}

/** Whether nobody has heard anything of a spoken message, though it has words or sound. */
function isUnheard({ content }: MessageItem): boolean {
  const isNothing = content.every(
    (part) => part.type === "output_audio" && part.transcript === "" && !part.audio?.receivedBytes,
  );
  return !isNothing && content.every((part) => part.type === "output_audio" && isUnheardPart(part.audio));
}

function isUnheardPart(audio: PartAudio | undefined): boolean {
  return audio?.heardMs === 0 && (audio.playback === "flushed" || audio.playback === "skipped");
}

/** Whether nothing is to be kept of a message: it is there, has ended, and nobody has heard anything of it. */
function isToGo(state: ConversationState, item: MessageItem): boolean {
  return isThere(state, item) && isEnded(item) && isUnheard(item);
}

function deletion({ id }: MessageItem): ClientEvent {
  return { type: "conversation.item.delete", event_id: `drop_${id}`, item_id: id };
}

/**
 * The messages to delete whose cut had to wait: until their response has ended, or for the server to say that it cannot
 * cut before their first sound.
 */
function deletions(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy,
): ClientEvent[] {
  if (entry.from !== "server") return [];
  const event = entry.event as ServerEvent;
  if (event.type === "error") {
    const { event_id: commandId, code } = event.error;
    if (commandId == null || code === "item_truncate_invalid_item_id") return [];
    const cut = findSpoken(before, ({ cutting }) => cutting?.commandId === commandId);
    return unheard(after, cut === undefined ? [] : [cut.item.id]);
  }
  if (policy.unheard !== "delete") return [];
  // What was never given to a player is cut only now.
  return unheard(after, endedBy(before, event, after)?.itemIds ?? [], "flushed");
}

function unheard(
  state: ConversationState,
  itemIds: readonly string[],
  playback?: PartAudio["playback"],
): ClientEvent[] {
  return itemIds.flatMap((id) => {
    const item = findItem(state, id);
    if (item?.type !== "message" || !isToGo(state, item)) return [];
    const [part] = item.content;
    const isMeant =
      part?.type === "output_audio" && (playback ?? part.audio?.playback) === part.audio?.playback;
    return isMeant && part.audio?.truncatedAtMs === undefined ? [deletion(item)] : [];
  });
}
