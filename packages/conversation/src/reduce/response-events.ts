import type { Item, ServerEventOf } from "@duologue/protocol";
import type { ContentPart } from "../content-part.ts";
import type { MessageItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { argumentsCame, argumentsDone } from "./call-arguments.ts";
import { wantIfAllAnswered } from "./calls.ts";
import { appended, emptyOutputAudio, emptyText, finished, spoken, withPart } from "./content.ts";
import { responseBegun } from "./echoes.ts";
import type { Handlers } from "./handler.ts";
import { inMessage } from "./items.ts";
import { soundComplete, soundReceived, speechEnded } from "./ledger.ts";
import { readText } from "./readable.ts";
import { answerBegun, answerEnded } from "./request-answers.ts";
import { findResponse, mergeWireResponse, upsertOutput } from "./responses.ts";
import { hasEnded, whileMade } from "./while-made.ts";
import { itemLike, mergePart, mergeWireItem, pendingCall, pendingMessage } from "./wire-item.ts";

type PlaceInResponse = Pick<
  ServerEventOf<"response.output_audio.done">,
  "response_id" | "output_index" | "item_id"
>;

/** Generation: a response, the items it makes, and the streams in them. */
export const responseEvents: Handlers<
  | "response.created"
  | "response.done"
  | "response.output_item.added"
  | "response.output_item.done"
  | "response.content_part.added"
  | "response.content_part.done"
  | "response.output_text.delta"
  | "response.output_text.done"
  | "response.output_audio_transcript.delta"
  | "response.output_audio_transcript.done"
  | "response.output_audio.delta"
  | "response.output_audio.done"
  | "response.function_call_arguments.delta"
  | "response.function_call_arguments.done"
> = {
  "response.created": (state, { response, event_id }) => {
    const begun = mergeWireResponse(state, response, undefined);
    if (findResponse(state, response.id) !== undefined) return begun;
    const isMade = findResponse(begun, response.id)?.status === "in_progress";
    return answerBegun(isMade ? responseBegun(begun, event_id) : begun, response);
  },
  "response.done": (state, event) => {
    const { response } = event;
    if (response.id === undefined || hasEnded(state, response.id)) return state;
    // xAI puts the usage beside the response.
    const beside = "usage" in event ? (event.usage as typeof response.usage) : undefined;
    const usage = response.usage?.total_tokens === undefined ? beside : response.usage;
    const hadBegun = findResponse(state, response.id) !== undefined;
    const ended = answerEnded(mergeWireResponse(state, response, usage), response, hadBegun);
    return wantIfAllAnswered(speechEnded(ended, response.id), response.id);
  },
  "response.output_item.added": (state, event) => output(state, event, event.item, false),
  "response.output_item.done": (state, event) => output(state, event, event.item, true),

  "response.content_part.added": (state, event) =>
    message(state, event, (item) => mergePart(item, event.content_index, event.part, false)),
  "response.content_part.done": (state, event) =>
    message(state, event, (item) => mergePart(item, event.content_index, event.part, true)),
  "response.output_text.delta": whileMade((state, event) =>
    part(state, event, emptyText("output_text"), (text) => appended(text, event.delta)),
  ),
  "response.output_text.done": (state, event) =>
    part(state, event, emptyText("output_text"), (text) => finished(text, event.text)),
  "response.output_audio_transcript.delta": whileMade((state, event) =>
    part(state, event, emptyOutputAudio, (speech) =>
      speech.complete || !readText(event.delta)
        ? speech
        : { ...speech, transcript: speech.transcript + event.delta },
    ),
  ),
  "response.output_audio_transcript.done": (state, event) =>
    part(state, event, emptyOutputAudio, (speech) => spoken(speech, event.transcript)),
  "response.output_audio.delta": whileMade((state, event) =>
    part(state, event, emptyOutputAudio, soundReceived(state, event)),
  ),
  // Where the sound travels on a media track there is none to complete.
  "response.output_audio.done": (state, event) =>
    state.audio === "media" ? state : part(state, event, emptyOutputAudio, soundComplete(state, event)),

  "response.function_call_arguments.delta": whileMade((state, event) =>
    argumentsCame(state, event, pendingCall(event.item_id, event.call_id)),
  ),
  "response.function_call_arguments.done": (state, event) =>
    argumentsDone(state, event, pendingCall(event.item_id, event.call_id)),
};

function output(
  state: ConversationState,
  event: { readonly response_id: string; readonly output_index: number },
  wire: Item,
  final: boolean,
): ConversationState {
  const { id } = wire;
  if (id === undefined) return state;
  return upsertOutput(
    state,
    event,
    id,
    () => itemLike(id, wire),
    (item) => mergeWireItem(item, wire, final),
  );
}

/** Changes the assistant's message that a delta is of, made when the delta is the first that is heard of it. */
function message(
  state: ConversationState,
  event: PlaceInResponse,
  change: (item: MessageItem) => MessageItem,
): ConversationState {
  const { item_id: id } = event;
  return upsertOutput(state, event, id, () => pendingMessage(id, "assistant"), inMessage(change));
}

/** Changes a part of such a message, which is `empty` where nothing was heard of it. */
function part<P extends ContentPart>(
  state: ConversationState,
  event: PlaceInResponse & { readonly content_index: number },
  empty: P,
  change: (part: P) => P,
): ConversationState {
  return message(state, event, (item) => withPart(item, event.content_index, empty, change));
}
