import type { Item, ServerEventOf } from "@duologue/protocol";
import type { InputAudioPart } from "../content-part.ts";
import type { ConversationState } from "../state.ts";
import { answeredBy } from "./answered-by.ts";
import { callGone } from "./calls.ts";
import { emptyInputAudio, speechIndex, withPart, withSegment } from "./content.ts";
import { isDeletionKnown, isKnown, pieceName, withDeletion, withName } from "./echoes.ts";
import type { Handlers } from "./handler.ts";
import { findItem, inMessage, isDeleted, updateItem, upsertItem } from "./items.ts";
import { cutMade } from "./ledger.ts";
import { deleteItem, placeItem, reviveItem } from "./places.ts";
import { isAlike, isAmount, readObject, readText } from "./readable.ts";
import { retellingDeleted } from "./retold.ts";
import { itemLike, mergeWireItem, pendingMessage } from "./wire-item.ts";
import { withFields } from "./with-fields.ts";

/** Items of the default conversation: their coming, their place, their end. */
export const itemEvents: Handlers<
  | "conversation.created"
  | "conversation.item.added"
  | "conversation.item.created"
  | "conversation.item.done"
  | "conversation.item.retrieved"
  | "conversation.item.deleted"
  | "conversation.item.truncated"
  | "conversation.item.input_audio_transcription.delta"
  | "conversation.item.input_audio_transcription.completed"
  | "conversation.item.input_audio_transcription.failed"
  | "conversation.item.input_audio_transcription.segment"
> = {
  "conversation.created": (state) => state,
  "conversation.item.added": (state, { item, previous_item_id }) => added(state, item, previous_item_id),
  "conversation.item.created": (state, { item, previous_item_id }) => added(state, item, previous_item_id),
  // A null here says nothing about the place: only the first mention of an item decides it.
  "conversation.item.done": (state, { item, previous_item_id }) =>
    described(state, item, true, previous_item_id ?? undefined),
  "conversation.item.retrieved": (state, { item }) => described(state, item, false, undefined),
  "conversation.item.deleted": (state, event) => {
    if (isDeletionKnown(state, event)) return state;
    const next = retellingDeleted(state, event.item_id) ?? deleteItem(state, event.item_id);
    return next === state ? state : withDeletion(callGone(state, event.item_id, next), event);
  },

  "conversation.item.truncated": cutMade,

  "conversation.item.input_audio_transcription.delta": (state, event) => {
    const name = pieceName(state, event);
    return transcribed(state, event.item_id, event.content_index, (part) => {
      const more = readText(event.delta);
      if (isSettled(part) || !more || isKnown(part.pieces, name)) return part;
      const transcript = part.transcript + more;
      const known = name === undefined ? {} : { pieces: withName(part.pieces, name) };
      return { ...part, transcription: "in_progress", transcript, ...known };
    });
  },
  "conversation.item.input_audio_transcription.completed": (state, event) => {
    const name = pieceName(state, event);
    return transcribed(state, event.item_id, event.content_index, (part) => understood(part, event, name));
  },
  "conversation.item.input_audio_transcription.failed": (state, { item_id, content_index, error }) =>
    transcribed(state, item_id, content_index, (part) => {
      const { pieces: _, ...others } = part;
      return isSettled(part)
        ? part
        : {
            ...others,
            transcription: "failed",
            error: readText(error?.message) ?? readText(error?.code) ?? "unknown",
          };
    }),
  "conversation.item.input_audio_transcription.segment": (state, event) =>
    transcribed(state, event.item_id, event.content_index, (part) =>
      typeof event.id === "string" && isAmount(event.start) && isAmount(event.end)
        ? withSegment(part, {
            id: event.id,
            speaker: readText(event.speaker) ?? "",
            text: readText(event.text) ?? "",
            startMs: Math.round(event.start * 1000),
            endMs: Math.round(event.end * 1000),
          })
        : part,
    ),
};

function added(state: ConversationState, item: Item, previous: string | null | undefined): ConversationState {
  const id = readText(item.id) ?? "";
  const { standing } = findItem(state, id) ?? {};
  if (standing === undefined) return described(reviveItem(state, id), item, false, previous);
  // What an earlier session made was told to this one in words: it is there, and there is nothing new in it.
  const there = updateItem(state, id, (known) => withFields(known, { standing: "rebuilt" }));
  return placeItem(there, id, previous);
}

function described(
  state: ConversationState,
  wire: Item,
  final: boolean,
  previous: string | null | undefined,
): ConversationState {
  const { id } = wire;
  if (typeof id !== "string" || id === "" || isDeleted(state, id)) return state;
  const known = upsertItem(
    state,
    id,
    () => itemLike(id, wire),
    (item) => (item.standing === undefined ? mergeWireItem(item, wire, final) : item),
  );
  return answeredBy(placeItem(known, id, previous), wire);
}

type Completed = ServerEventOf<"conversation.item.input_audio_transcription.completed">;

function isSettled({ transcription }: InputAudioPart): boolean {
  return transcription === "failed" || transcription === "completed";
}

/**
 * The whole transcript. Some services send several as they come to understand more, of which only the last is the last
 * word: one that is not outlasts nothing, and counts once.
 */
function understood(part: InputAudioPart, event: Completed, name: string | undefined): InputAudioPart {
  const isLast = !("status" in event) || event.status !== "in_progress";
  if (!isLast && (isSettled(part) || isKnown(part.pieces, name))) return part;
  const { error: _, pieces, ...others } = part;
  const codes = (Array.isArray(event.languages) ? event.languages : []).map(
    ({ code }) => readText(code) ?? "",
  );
  const next = withFields<InputAudioPart>(others, {
    transcript: readText(event.transcript),
    transcription: isLast ? "completed" : "in_progress",
    languages: codes.length === 0 ? undefined : codes,
    usage: readObject(event.usage),
    pieces: isLast || name === undefined ? undefined : withName(pieces, name),
  });
  return isAlike(next, part) ? part : next;
}

/** Changes one part of the user's speech, which is made where the transcript comes before the item. */
export function transcribed(
  state: ConversationState,
  itemId: string,
  contentIndex: number | null | undefined,
  change: (part: InputAudioPart) => InputAudioPart,
): ConversationState {
  return upsertItem(
    state,
    itemId,
    () => pendingMessage(itemId, "user"),
    inMessage((item) => withPart(item, speechIndex(item, contentIndex), emptyInputAudio, change)),
  );
}
