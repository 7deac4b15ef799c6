import type { Item, ServerEventOf } from "@duologue/protocol";
import type { ConversationState, FunctionCallItem } from "../state.ts";
import { appended, emptyOutputAudio, emptyText, finished, spoken, withPart } from "./content.ts";
import type { Handlers } from "./handler.ts";
import { updateItem, updateMessage, upsertItem } from "./items.ts";
import { byteCount, bytesPerMs, outputFormat, withAudio } from "./playback.ts";
import { addOutput, findResponse, mergeWireResponse } from "./responses.ts";
import { wantIfAllAnswered, withTurn } from "./turn.ts";
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
  "response.created": (state, { response }) => {
    const begun = mergeWireResponse(state, response, undefined);
    if (response.conversation_id === null) return begun;
    // Whoever asked for it: the answer that was wanted has begun. Whether it is the one that we asked for shows when
    // it ends, since the server refuses a second request while the first response runs.
    return withTurn(begun, { serverAnswers: false, wanted: null });
  },
  "response.done": (state, event) => {
    const { response } = event;
    if (response.id === undefined || hasEnded(state, response.id)) return state;
    // xAI puts the usage beside the response.
    const beside = "usage" in event ? (event.usage as typeof response.usage) : undefined;
    const usage = response.usage?.total_tokens === undefined ? beside : response.usage;
    const ended = mergeWireResponse(state, response, usage);
    const outOfBand = findResponse(ended, response.id)?.outOfBand === true;
    return outOfBand
      ? ended
      : wantIfAllAnswered(withTurn(ended, { asked: null, serverAnswers: false }), response.id);
  },
  "response.output_item.added": (state, event) => output(state, event, event.item, false),
  "response.output_item.done": (state, event) => output(state, event, event.item, true),

  "response.content_part.added": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      mergePart(item, event.content_index, event.part, false),
    ),
  "response.content_part.done": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      mergePart(item, event.content_index, event.part, true),
    ),
  "response.output_text.delta": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      withPart(item, event.content_index, emptyText("output_text"), (part) => appended(part, event.delta)),
    ),
  "response.output_text.done": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      withPart(item, event.content_index, emptyText("output_text"), (part) => finished(part, event.text)),
    ),
  "response.output_audio_transcript.delta": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      withPart(item, event.content_index, emptyOutputAudio, (part) =>
        part.complete || event.delta === "" ? part : { ...part, transcript: part.transcript + event.delta },
      ),
    ),
  "response.output_audio_transcript.done": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      withPart(item, event.content_index, emptyOutputAudio, (part) => spoken(part, event.transcript)),
    ),
  "response.output_audio.delta": (state, event) => {
    const known = message(state, event);
    const rate = bytesPerMs(outputFormat(known, event.response_id));
    const bytes = byteCount(event.delta);
    return withAudio(known, event.item_id, event.content_index, rate, (audio) =>
      bytes > 0 ? { ...audio, receivedBytes: audio.receivedBytes + bytes } : audio,
    );
  },
  "response.output_audio.done": (state, event) => {
    // Where the sound travels on a media track there is none to complete.
    if (state.audio === "media") return state;
    const known = message(state, event);
    const rate = bytesPerMs(outputFormat(known, event.response_id));
    return withAudio(known, event.item_id, event.content_index, rate, (audio) =>
      audio.complete ? audio : { ...audio, complete: true },
    );
  },

  "response.function_call_arguments.delta": (state, event) =>
    call(state, event, (item) =>
      item.status === "completed" || item.status === "incomplete" || event.delta === ""
        ? item
        : { ...item, arguments: item.arguments + event.delta },
    ),
  "response.function_call_arguments.done": (state, event) =>
    call(state, event, (item) => {
      const name = event.name ?? item.name;
      return item.arguments === event.arguments && item.name === name
        ? item
        : { ...item, name, arguments: event.arguments };
    }),
};

function hasEnded(state: ConversationState, responseId: string): boolean {
  const status = findResponse(state, responseId)?.status;
  return status !== undefined && status !== "in_progress";
}

function output(
  state: ConversationState,
  event: { readonly response_id: string; readonly output_index: number },
  wire: Item,
  final: boolean,
): ConversationState {
  const { id } = wire;
  if (id === undefined) return state;
  const responseId = event.response_id;
  const known = upsertItem(
    addOutput(state, responseId, event.output_index, id),
    id,
    () => ({ ...itemLike(id, wire), responseId }),
    (item) => mergeWireItem(item.responseId === responseId ? item : { ...item, responseId }, wire, final),
  );
  return known;
}

/** The assistant message of a delta, made when the delta is the first that is heard of it. */
function message(state: ConversationState, event: PlaceInResponse): ConversationState {
  const { response_id: responseId, output_index, item_id } = event;
  return upsertItem(addOutput(state, responseId, output_index, item_id), item_id, () => ({
    ...pendingMessage(item_id, "assistant"),
    responseId,
  }));
}

function call(
  state: ConversationState,
  event: PlaceInResponse & { readonly call_id: string },
  change: (item: FunctionCallItem) => FunctionCallItem,
): ConversationState {
  const { response_id: responseId, output_index, item_id } = event;
  const make = () => ({ ...pendingCall(item_id, event.call_id), responseId });
  const known = upsertItem(addOutput(state, responseId, output_index, item_id), item_id, make);
  return updateItem(known, item_id, (item) => (item.type === "function_call" ? change(item) : item));
}
